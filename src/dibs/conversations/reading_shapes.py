"""Lists, counts, findings and tags as REST answers show them."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from dibs import clock
from dibs.contacts.shapes import Contact
from dibs.conversations.message_shapes import Message
from dibs.conversations.search import Found
from dibs.conversations.shapes import Conversation
from dibs.db.compiled import Row
from dibs.files.shapes import File


class Conversations(TypedDict):
    """One page of conversations."""

    data: list[Conversation]
    next_cursor: str | None


class Messages(TypedDict):
    """One page of messages, newest last; the cursor leads backwards."""

    data: list[Message]
    next_cursor: str | None


class Count(TypedDict):
    """How many, and whether there are more than are counted."""

    count: int
    capped: bool


class Counts(TypedDict):
    """One count per view; `stale` for admins only."""

    unclaimed: Count
    mine: Count
    others: Count
    observing: Count
    snoozed: Count
    stale: NotRequired[Count]
    resolved: Count
    archived: Count
    spam: Count
    all: Count
    any: Count


class Finding(TypedDict):
    """One match of a search."""

    kind: Literal["message", "note", "contact"]
    conversation_id: str | None
    message_id: str | None
    contact_id: str | None
    snippet: str
    at: str


class Findings(TypedDict):
    """One page of matches, the most relevant first."""

    data: list[Finding]
    next_cursor: str | None


class Tag(TypedDict):
    """A word that a team gives to conversations."""

    id: str
    name: str
    created_at: str


class Tags(TypedDict):
    """One page of tags by name."""

    data: list[Tag]
    next_cursor: str | None


def finding(found: Found) -> Finding:
    """A match."""
    return {
        "kind": found.kind,  # type: ignore[typeddict-item]
        "conversation_id": found.conversation_id,
        "message_id": found.message_id,
        "contact_id": found.contact_id,
        "snippet": found.snippet,
        "at": clock.iso(found.at),
    }


def tag(row: Row) -> Tag:
    """A row of `tags`."""
    return {"id": row.id, "name": row.name, "created_at": clock.iso(row.created_at)}


class Identity(TypedDict):
    """By what a channel knows a contact."""

    kind: Literal["email", "phone", "external_id"]
    value: str


class ConversationExport(Conversation):
    """A conversation with all that was written and sent in it."""

    messages: list[Message]
    files: list[File]


class ContactExport(TypedDict):
    """Everything that is known of a customer."""

    exported_at: str
    contact: Contact
    identities: list[Identity]
    conversations: list[ConversationExport]
