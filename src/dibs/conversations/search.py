"""Search over messages, notes and contacts: the newest thousand matches of a query, the most relevant first.

SQLite answers from the FTS5 tables of migrations/search_ddl.py, PostgreSQL from its generated tsvector columns.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    tuple_,
    union,
    union_all,
)

from dibs import clock, cursors
from dibs.actor import Actor
from dibs.contacts import terms
from dibs.contacts.queries import contact_text
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations, messages
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of

# Ranking looks at this many matches, the newest ones.
RANKED = 1_000
# A list narrowed by `q` considers this many matches, the newest ones.
CONSIDERED = 2_000
# A word is common when one in twenty of the newest thousand rows has it. Then the newest matches are all among so many
# of the newest rows, however many there are in all.
SAMPLE, COMMON = 1_000, 50
LOOKED_THROUGH = 20_000
SNIPPET = 160

_c, _m, _k = conversations.c, messages.c, contacts.c
_ws, _q = bindparam("ws", type_=Id), bindparam("q", type_=Text)
_top, _most = bindparam("top", type_=BigInteger), bindparam("most", type_=Integer)
_after = tuple_(bindparam("rank", type_=BigInteger), bindparam("newness", type_=BigInteger), bindparam("id", type_=Id))
# SQLite's tables, which PostgreSQL does not have.
_d = table(
    "search_documents",
    *(column(name, BigInteger) for name in ("doc", "at")),
    *(column(name, Id) for name in ("workspace_id", "kind", "conversation_id", "message_id", "contact_id")),
)
_f = table("search_index", column("rowid", BigInteger), column("search_index", Text))
_said_words: Any = literal_column("messages.search")
_known_words: Any = literal_column("contacts.search")
_query = func.to_tsquery(literal_column("'simple'"), _q)


def _matches_on_sqlite(*more: Any, most: int) -> Any:
    # The limit is inside, or a common word would be ranked a million times over.
    return (
        select(_f.c.rowid.label("doc"), *more)
        .where(_f.c.search_index.op("MATCH")(_q), _f.c.rowid <= _top)
        .order_by(_f.c.rowid.desc())
        .limit(most)
        .subquery("matches")
    )


def _ranked_on_sqlite() -> Select[Any]:
    rank = cast(func.bm25(literal_column("search_index")) * 1_000_000, BigInteger).label("rank")
    hit = _matches_on_sqlite(rank, most=RANKED)
    said, known = (
        and_(_m.workspace_id == _ws, _m.id == _d.c.message_id),
        and_(_k.workspace_id == _ws, _k.id == _d.c.contact_id),
    )
    rated = (
        select(
            *(_d.c[name] for name in ("kind", "conversation_id", "message_id", "contact_id", "at")),
            func.coalesce(_m.text, contact_text(), type_=Text).label("text"),
            hit.c.rank,
            (-_d.c.at).label("newness"),
            func.coalesce(_d.c.message_id, _d.c.contact_id, type_=Id).label("id"),
            select(func.coalesce(func.max(_d.c.doc), 0, type_=BigInteger)).scalar_subquery().label("top"),
        )
        .select_from(hit.join(_d, _d.c.doc == hit.c.doc).outerjoin(messages, said).outerjoin(contacts, known))
        .where(_d.c.workspace_id == _ws)
        .subquery("rated")
    )
    return _page(rated)


def _newest_on_postgres(of: Table, words: Any, most: int) -> Any:
    """A condition on rows of `of`: they are among the newest `most` matches.

    The index of words knows no order: it would fetch every match to find the newest. For a common word the newest rows
    are looked through instead, by the primary key, until there are enough; the index is asked for all others.
    """
    mine = (of.c.workspace_id == _ws, of.c.created_at <= _top)
    newest = select(of.c.id, words.label("words")).where(*mine).order_by(of.c.id.desc())
    sample = newest.limit(SAMPLE).subquery(f"sample_{of.name}")
    share = select(func.count()).select_from(sample).where(sample.c.words.op("@@")(_query)).scalar_subquery()
    row = newest.limit(case((share >= COMMON, LOOKED_THROUGH), else_=0)).subquery(f"lately_{of.name}")
    matching = select(row.c.id).where(row.c.words.op("@@")(_query)).order_by(row.c.id.desc()).limit(most)
    recent = matching.cte(f"recent_{of.name}")
    too_few = select(func.count()).select_from(recent).scalar_subquery() < most
    indexed = select(of.c.id).where(*mine, words.op("@@")(_query), too_few).order_by(of.c.id.desc()).limit(most)
    # The index finds the recent ones too: together they are the newest either way. As an array, which is looked up by
    # the primary key; a join may read the whole table.
    both = union(select(recent.c.id), select(indexed.subquery(f"indexed_{of.name}")))
    return of.c.id == func.any(func.array(both.scalar_subquery()))


def _ranked_on_postgres() -> Select[Any]:
    nothing = null().cast(Id)
    kind = case((_m.kind == "note", "note"), else_="message")
    said = select(
        kind.label("kind"), _m.conversation_id, _m.id.label("message_id"), nothing.label("contact_id"),
        _m.created_at.label("at"), _m.text, _m.id, _said_words.label("document"),
    )  # fmt: skip
    said = said.where(_m.workspace_id == _ws, _newest_on_postgres(messages, _said_words, RANKED))
    known = select(
        literal("contact").label("kind"), nothing.label("conversation_id"), nothing.label("message_id"),
        _k.id.label("contact_id"), _k.created_at.label("at"), contact_text().label("text"), _k.id,
        _known_words.label("document"),
    )  # fmt: skip
    known = known.where(_k.workspace_id == _ws, _newest_on_postgres(contacts, _known_words, RANKED))
    hit = union_all(said, known).subquery("hit")
    rank = cast(func.ts_rank(literal_column("document"), _query, 1) * -1_000_000, BigInteger).label("rank")
    rated = select(*(each for each in hit.c if each.name != "document"), rank, (-hit.c.at).label("newness"))
    return _page(rated.add_columns(_top.label("top")).subquery("rated"))


def _page(rated: Any) -> Select[Any]:
    place = (rated.c.rank, rated.c.newness, rated.c.id)
    return select(rated).where(tuple_(*place) > _after).order_by(*place).limit(_most)


_RANKED = {"sqlite": _ranked_on_sqlite(), "postgresql": _ranked_on_postgres()}


def _about_on_sqlite() -> Select[Any]:
    hit = _matches_on_sqlite(most=CONSIDERED)
    return (
        select(_d.c.conversation_id, _d.c.contact_id)
        .join_from(hit, _d, _d.c.doc == hit.c.doc)
        .where(_d.c.workspace_id == _ws)
    )


def _about_on_postgres() -> Any:
    nothing = null().cast(Id)
    said = select(_m.conversation_id, nothing.label("contact_id"), _m.id).where(
        _m.workspace_id == _ws, _newest_on_postgres(messages, _said_words, CONSIDERED)
    )
    known = select(nothing.label("conversation_id"), _k.id.label("contact_id"), _k.id).where(
        _k.workspace_id == _ws, _newest_on_postgres(contacts, _known_words, CONSIDERED)
    )
    return union_all(said, known)


_ABOUT = {"sqlite": _about_on_sqlite(), "postgresql": _about_on_postgres()}
_OF_CONTACTS = (
    select(_c.id)
    .where(_c.workspace_id == _ws, any_of(_c.contact_id, "contacts"))
    .order_by(_c.last_message_at.desc())
    .limit(CONSIDERED)
)


@dataclass(frozen=True, slots=True)
class Found:
    """One match, with the words around it."""

    kind: str
    conversation_id: str | None
    message_id: str | None
    contact_id: str | None
    snippet: str
    at: int


async def search(
    database: Database, actor: Actor, text: str, *, cursor: str | None, limit: int
) -> tuple[list[Found], str | None]:
    """Matches for all words of `text`, the last one as a beginning. Any text is fine; no word in it finds nothing."""
    actor.must("conversations:read")
    name = cursors.fingerprint(actor.workspace_id, "search", text)
    place: list[Any] = [-cursors.BIGGEST, -cursors.BIGGEST, "", cursors.BIGGEST]
    if cursor is not None:
        place = cursors.decode(cursor, name, int, int, str, int)
    query = terms.query(text, actor.workspace_id, database.dialect)
    if query is None:
        return [], None
    top = place[3] if cursor is not None or database.dialect.name == "sqlite" else clock.now()
    params = {"ws": actor.workspace_id, "q": query, "most": limit + 1, "top": top}
    params |= {"rank": place[0], "newness": place[1], "id": place[2]}
    rows = await database.scan(_RANKED[database.dialect.name], params)
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        last = rows[-1]
        following = cursors.encode(name, last.rank, last.newness, last.id, min(top, last.top))
    words = terms.words(text)
    return [_found(row, words) for row in rows], following


def _found(row: Row, words: list[str]) -> Found:
    snippet = snip(row.text or "", words)
    return Found(row.kind, row.conversation_id, row.message_id, row.contact_id, snippet, row.at)


def snip(text: str, words: list[str]) -> str:
    """At most 160 characters of one line around the first of `words` that the text has."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET:
        return line
    folded = terms.fold(line)
    first = min((at for word in words if (at := folded.find(terms.fold(word))) >= 0), default=0)
    start = max(0, min(first - SNIPPET // 4, len(line) - SNIPPET))
    end = start + SNIPPET
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


async def conversations_about(database: Database, workspace_id: str, text: str) -> list[str]:
    """The conversations with the newest matches, and those of matching contacts: for lists narrowed by `q`."""
    query = terms.query(text, workspace_id, database.dialect)
    if query is None:
        return []
    params = {"ws": workspace_id, "q": query, "top": cursors.BIGGEST}
    rows = await database.scan(_ABOUT[database.dialect.name], params)
    found = dict.fromkeys(row.conversation_id for row in rows if row.conversation_id)
    if known := [row.contact_id for row in rows if row.contact_id]:
        theirs = await database.scan(_OF_CONTACTS, {"ws": workspace_id, "contacts": known})
        found |= dict.fromkeys(row.id for row in theirs)
    return list(found)
