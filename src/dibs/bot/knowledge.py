"""What the workspace's articles say about a question: found by full text, rated by a stated formula, no network.

confidence = 0.75 · (share of the question's words in the passage, its heading and the article's title)
           + 0.25 · (share of them in the heading and the title, doubled, at most 1)
           times 0.7 when the article is in another language than the customer writes
Words are compared by their stems; those that say nothing about a subject do not count. The same question and the same
articles give the same number on both databases.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, Text, bindparam, column, func, literal_column, select, table

from dibs.bot import words
from dibs.bot.passages import passages
from dibs.bot.tables import articles
from dibs.contacts.terms import mark
from dibs.conversations.message_shapes import Citation
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id

# Articles that the index rates best are looked into; a question has so many words at most.
CANDIDATES = 8
MOST_WORDS = 24
IN_PASSAGE, IN_TITLE, FOREIGN = 0.75, 0.25, 0.7

_a = articles.c
_ws, _q, _most = bindparam("ws", type_=Id), bindparam("q", type_=Text), bindparam("most", type_=Integer)
_index = table("article_index", column("article_id", Id), column("article_index", Text))
_words: Any = literal_column("articles.search")
_query = func.to_tsquery(literal_column("'simple'"), _q)


def _on_sqlite() -> Select[Any]:
    return (
        select(articles)
        .join(_index, _index.c.article_id == _a.id)
        .where(_index.c.article_index.op("MATCH")(_q), _a.workspace_id == _ws, _a.published)
        .order_by(func.bm25(literal_column("article_index")), _a.id)
        .limit(_most)
    )


def _on_postgres() -> Select[Any]:
    return (
        select(articles)
        .where(_a.workspace_id == _ws, _a.published, _words.op("@@")(_query))
        .order_by(func.ts_rank(_words, _query).desc(), _a.id)
        .limit(_most)
    )


_MATCHING = {"sqlite": _on_sqlite(), "postgresql": _on_postgres()}


class Found(NamedTuple):
    """A passage that may answer the question, and how likely it does: 0 to 1."""

    article: Row
    text: str
    confidence: float

    @property
    def citation(self) -> Citation:
        """The article, as messages name it."""
        return {"id": self.article.id, "title": self.article.title}


def indexed(workspace_id: str, title: str, body: str, language: str) -> str:
    """What the index has of an article: the stems of its words, each once, marked as the workspace's."""
    return " ".join(mark(workspace_id) + stem for stem in words.stems(f"{title}\n{body}", language))


async def search(database: Database, workspace_id: str, question: str, *, language: str | None) -> list[Found]:
    """The best passage of each article that has words of the question, the likeliest first."""
    wanted = _wanted(question, language)
    if not wanted:
        return []
    marked = [mark(workspace_id) + stem for stem in wanted]
    on_postgres = database.dialect.name == "postgresql"
    query = " | ".join(marked) if on_postgres else " OR ".join(f'"{each}"' for each in marked)
    params = {"ws": workspace_id, "q": query, "most": CANDIDATES}
    rows = await database.scan(_MATCHING[database.dialect.name], params)
    # Reading Markdown takes milliseconds for long articles: not in the loop.
    return await asyncio.to_thread(_rated, rows, question, language)


def _wanted(question: str, language: str | None) -> list[str]:
    """The stems to look for, in the languages in which they may be meant."""
    meant = [language] if language in words.languages() else [*words.languages()]
    stems = [stem for each in meant for stem in words.stems(question, each)[:MOST_WORDS]]
    return list(dict.fromkeys(stems))[: 3 * MOST_WORDS]


def _rated(rows: Sequence[Row], question: str, language: str | None) -> list[Found]:
    found = [_best(row, question, language) for row in rows]
    return sorted(found, key=lambda each: (-each.confidence, each.article.id))


def _best(article: Row, question: str, language: str | None) -> Found:
    asked = set(words.stems(question, article.language)[:MOST_WORDS])
    title = set(words.stems(article.title, article.language))
    best = Found(article, "", 0.0)
    for passage in passages(article.body):
        named = title | set(words.stems(passage.heading, article.language))
        has = named | set(words.stems(passage.text, article.language))
        confidence = _confidence(asked, has, named)
        if language is not None and article.language != language:
            confidence *= FOREIGN
        if confidence > best.confidence and passage.text:
            best = Found(article, passage.text, round(confidence, 4))
    return best


def _confidence(asked: set[str], has: set[str], named: set[str]) -> float:
    if not asked:
        return 0.0
    return IN_PASSAGE * len(asked & has) / len(asked) + IN_TITLE * min(1.0, 2 * len(asked & named) / len(asked))
