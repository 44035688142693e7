"""Conversations and take-over requests as REST answers and live events show them."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.shapes import AgentName
from dibs.conversations.message_shapes import Message, Who
from dibs.db.compiled import Row
from dibs.pools.shapes import Channel, PoolName, Priority

PRIORITIES = ("low", "normal", "high", "urgent")
CHANNELS = ("widget", "whatsapp", "email", "api")
Status = Literal["open", "snoozed", "resolved", "archived"]
# Through what a claim came about, and how it ended.
ClaimedVia = Literal["ui", "api", "reply", "bulk", "next", "slack", "rule", "reassign", "takeover"]
EndedAs = Literal[
    "released",
    "reassigned",
    "resolved",
    "forced",
    "stale",
    "member_removed",
    "handed_back",
    "taken_over",
    "undone",
]


class ContactName(TypedDict):
    """A customer; one without a name may still write."""

    id: str
    name: str | None


class Conversation(TypedDict):
    """One thread with one contact on one channel. Times are ISO 8601 UTC."""

    id: str
    workspace_id: str
    channel: Channel
    status: Status
    priority: Priority
    language: str | None
    tags: list[str]
    subject: str | None
    preview: str | None
    # Until when its channel takes a reply; null where it always does.
    reply_until: str | None
    # Kept apart until somebody says that it is none.
    spam: bool
    contact: ContactName
    assignee: AgentName | None
    claimed_at: str | None
    claimed_via: ClaimedVia | None
    epoch: int
    stale: bool
    bot_paused: bool
    escalated_at: str | None
    unclaimed_since: str | None
    waiting_since: str | None
    snoozed_until: str | None
    resolved_at: str | None
    resolved_by: Who | None
    message_count: int
    last_message_at: str
    created_at: str
    version: int


class Observers(TypedDict):
    """Who observes a conversation, the first one first."""

    data: list[AgentName]


class TakeoverRequest(TypedDict):
    """One agent asks the holder for a conversation."""

    id: str
    conversation_id: str
    asker: AgentName
    assignee: AgentName
    state: Literal["open", "accepted", "declined", "cancelled", "lapsed"]
    note: str | None
    reason: str | None
    expires_at: str
    created_at: str


class TakeoverPage(TypedDict):
    """A page of take-over requests, newest first."""

    data: list[TakeoverRequest]
    next_cursor: str | None


class AcceptedTakeover(TakeoverRequest):
    """An accepted request with the conversation as it is now."""

    conversation: Conversation


class Written(TypedDict):
    """A message and its conversation as it is now."""

    message: Message
    conversation: Conversation


class Draft(TypedDict):
    """What an agent has begun to write."""

    conversation_id: str
    kind: Literal["reply", "note"]
    text: str
    updated_at: str


class AgentDraft(TypedDict):
    """That an agent has begun to write; `text` is null for those who may not read it."""

    agent: AgentName
    conversation_id: str
    kind: Literal["reply", "note"]
    text: str | None
    updated_at: str


class AgentDrafts(TypedDict):
    """Everybody's drafts for one conversation, the latest first."""

    data: list[AgentDraft]


Outcome = Literal[
    "claimed",
    "already_yours",
    "already_claimed",
    "pool_restricted",
    "claim_limit_reached",
    "conversation_closed",
    "not_found",
    "done",
    "unchanged",
    "not_claimed",
    "forbidden",
    "invalid",
]


class BulkOutcome(TypedDict):
    """What happened to one id; further members as in the refusal of that code."""

    id: str
    outcome: Outcome
    detail: NotRequired[str]
    assignee: NotRequired[AgentName | None]
    claimed_at: NotRequired[str]
    epoch: NotRequired[int]
    pools: NotRequired[list[PoolName]]
    agent_id: NotRequired[str]
    limit: NotRequired[int]
    held: NotRequired[int]
    status: NotRequired[Status]
    needs: NotRequired[str]
    errors: NotRequired[list[dict[str, str]]]


class BulkClaimed(TypedDict):
    """The outcome of a bulk claim; `held` of `limit` are the caller's now."""

    results: list[BulkOutcome]
    claimed: int
    held: int
    limit: int


class BulkDone(TypedDict):
    """The outcome of another bulk action."""

    results: list[BulkOutcome]
    done: int


def conversation(row: Row) -> Conversation:
    """A row of `conversations` with `contact_name` and `assignee_name`."""
    iso = clock.iso_or_none
    return {
        "id": row.id,
        "workspace_id": row.workspace_id,
        "channel": row.channel,
        "status": row.status,
        "priority": PRIORITIES[row.priority],  # type: ignore[typeddict-item]
        "language": row.language,
        "tags": row.tags,
        "subject": row.subject,
        "preview": row.preview,
        "reply_until": iso(row.reply_until),
        "spam": row.spam,
        "contact": {"id": row.contact_id, "name": row.contact_name},
        "assignee": None if row.assignee_id is None else {"id": row.assignee_id, "name": row.assignee_name},
        "claimed_at": iso(row.claimed_at),
        "claimed_via": row.claimed_via,
        "epoch": row.epoch,
        "stale": row.stale,
        "bot_paused": row.bot_paused,
        "escalated_at": iso(row.escalated_at),
        "unclaimed_since": iso(row.unclaimed_since),
        "waiting_since": iso(row.waiting_since),
        "snoozed_until": iso(row.snoozed_until),
        "resolved_at": iso(row.resolved_at),
        "resolved_by": row.resolved_by,
        "message_count": row.message_count,
        "last_message_at": clock.iso(row.last_message_at),
        "created_at": clock.iso(row.created_at),
        "version": row.version,
    }


def takeover(row: Row) -> TakeoverRequest:
    """A row of `takeover_requests` with `asker_name` and `assignee_name`."""
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "asker": {"id": row.asker_id, "name": row.asker_name},
        "assignee": {"id": row.assignee_id, "name": row.assignee_name},
        "state": row.state,
        "note": row.note,
        "reason": row.reason,
        "expires_at": clock.iso(row.expires_at),
        "created_at": clock.iso(row.created_at),
    }


def draft(row: Row) -> Draft:
    """A row of `drafts`."""
    return {
        "conversation_id": row.conversation_id,
        "kind": row.kind,
        "text": row.text,
        "updated_at": clock.iso(row.updated_at),
    }


def empty_draft(conversation_id: str, now: int) -> Draft:
    """What is left of a draft that was thrown away."""
    return {"conversation_id": conversation_id, "kind": "reply", "text": "", "updated_at": clock.iso(now)}


def agent_draft(row: Row) -> AgentDraft:
    """A row of `drafts` with `agent_name`."""
    return {
        "agent": {"id": row.agent_id, "name": row.agent_name},
        "conversation_id": row.conversation_id,
        "kind": row.kind,
        "text": row.text,
        "updated_at": clock.iso(row.updated_at),
    }
