"""Turns, hand-off cards, articles and the bot itself, as answers and events show them."""

from typing import Literal

from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.settings import BotKind
from dibs.conversations.message_shapes import Citation, Message
from dibs.db.compiled import Row

# What made the bot step back: the customer asked for a person, two guesses in a row, the customer has had enough,
# a tag or a word on the list, an article that people are to answer, or the bot itself.
Trigger = Literal["request", "low_confidence", "frustration", "rule", "article", "bot"]
TurnState = Literal["open", "answered", "silent", "expired"]


class Turn(TypedDict):
    """One turn of an external bot. `messages` are those that it is to answer, while it is open."""

    id: str
    conversation_id: str
    state: TurnState
    started_at: str
    expires_at: str
    ended_at: str | None
    message_id: str | None
    confidence: float | None
    messages: list[Message]


class Turns(TypedDict):
    """A page of turns, the oldest first."""

    data: list[Turn]
    next_cursor: str | None


class Handoff(TypedDict):
    """Why the bot stepped back, how often it had answered before, and from which articles.

    `cleared_at` says since when that is over.
    """

    id: str
    conversation_id: str
    at: str
    trigger: Trigger
    reason: str
    tried: int
    articles: list[Citation]
    cleared_at: str | None


class BotState(TypedDict):
    """Which bot serves the workspace, whether its key is set, and how much of its budget the last day took."""

    kind: BotKind
    name: str
    key_set: bool
    published_articles: bool
    answers_today: int
    max_answers_per_day: int


class ArticleHead(TypedDict):
    """An article without its text."""

    id: str
    title: str
    language: str
    published: bool
    hand_to_human: bool
    source: str | None
    created_at: str
    updated_at: str


class Article(ArticleHead):
    """Something that the bot may answer from; `body` is Markdown."""

    body: str


class Articles(TypedDict):
    """A page of articles, the oldest first."""

    data: list[ArticleHead]
    next_cursor: str | None


def handoff(row: Row) -> Handoff:
    """A row of `escalations`."""
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "at": clock.iso(row.at),
        "trigger": row.trigger,
        "reason": row.reason,
        "tried": row.tried,
        "articles": row.articles,
        "cleared_at": clock.iso_or_none(row.cleared_at),
    }


def article_head(row: Row) -> ArticleHead:
    """A row of `articles` for lists."""
    return {
        "id": row.id,
        "title": row.title,
        "language": row.language,
        "published": row.published,
        "hand_to_human": row.hand_to_human,
        "source": row.source,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }


def article(row: Row) -> Article:
    """A row of `articles`, whole."""
    return {**article_head(row), "body": row.body}
