"""Messages as REST answers and live events show them."""

from typing import Literal

from typing_extensions import TypedDict

from dibs import clock
from dibs.actor import ActorType
from dibs.db.compiled import Row
from dibs.files.shapes import Attachment

Delivery = Literal["queued", "sent", "delivered", "read", "failed"]


class Who(TypedDict):
    """Who did or wrote something."""

    type: ActorType
    id: str | None
    name: str | None


class Failure(TypedDict):
    """Why a channel did not deliver: its own code, and a sentence for a person."""

    code: str
    detail: str


class Citation(TypedDict):
    """An article that a bot's answer stands on."""

    id: str
    title: str


class Reaction(TypedDict):
    """What the customer put on a message."""

    emoji: str
    at: str


class TemplateValue(TypedDict):
    """What was filled in for one of a template's variables."""

    part: Literal["header", "body"]
    name: str
    value: str


class Template(TypedDict):
    """A WhatsApp template as it was filled in: WhatsApp is sent this, the message's text is what it comes to."""

    name: str
    language: str
    values: list[TemplateValue]


class Details(TypedDict, total=False):
    """What only some messages have."""

    failure: Failure
    # The message that this one answers, by its `external_id`: the channel may tell of an answer before the message.
    reply_to: str
    # By what the channel knows the one who wrote: a number, a user id. An answer goes there.
    sender: str
    # Files that the channel still holds; they become attachments, or are named in `dropped`.
    fetching: list[str]
    reactions: list[Reaction]
    # It came as HTML: ask for it at `/v1/conversations/{id}/messages/{message_id}/html`.
    html: bool
    # How many images that HTML would load from elsewhere; they are off until asked for.
    remote_images: int
    # A mail's quoted text, folded away.
    quoted: str
    subject: str
    # Files that came along and were not kept, with the reason.
    dropped: list[str]
    citations: list[Citation]
    confidence: float
    turn_id: str
    # The page on which a visitor wrote.
    page_url: str
    template: Template
    # What it was on its channel where it was no text: `image`, `location`, `contacts`, `button` …
    kind: str
    # The customer was erased, and this with them.
    erased: bool


class Message(TypedDict):
    """One entry of a conversation. `seq` is its place there: 1, 2, 3 …"""

    id: str
    conversation_id: str
    seq: int
    kind: Literal["customer", "reply", "bot", "note", "system"]
    text: str
    author: Who
    via: str
    client_id: str | None
    external_id: str | None
    attachments: list[Attachment]
    details: Details
    delivery: Delivery
    created_at: str


def message(row: Row) -> Message:
    """A row of `messages`."""
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "seq": row.seq,
        "kind": row.kind,
        "text": row.text,
        "author": {"type": row.author_type, "id": row.author_id, "name": row.author_name},
        "via": row.via,
        "client_id": row.client_id,
        "external_id": row.external_id,
        "attachments": row.attachments,
        "details": row.details or Details(),
        "delivery": row.delivery,
        "created_at": clock.iso(row.created_at),
    }
