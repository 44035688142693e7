"""What `GET /v1/live` says, for the OpenAPI document: a shape for every frame, named after its noun.

The document's own machinery knows routes only, so `schemas` makes these from the types, beside what routes answer.
"""

from typing import Any, Literal, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from dibs.accounts.preferences import Preferences
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.shapes import Agent, AgentName
from dibs.actor import ActorShape
from dibs.bot.shapes import Trigger
from dibs.contacts.shapes import Contact
from dibs.conversations.message_shapes import Message
from dibs.conversations.shapes import ClaimedVia, Conversation, EndedAs, TakeoverRequest
from dibs.delivery.shapes import Notification
from dibs.pools.shapes import Pool
from dibs.realtime.presence import State

REF = "#/components/schemas/"


class Event(TypedDict):
    """What every event has. `cursor` is where to resume from after it."""

    type: Literal["event"]
    cursor: int
    at: str
    actor: ActorShape


class ConversationEvent(Event):
    """A conversation changed; it is here as it was after that. `version` tells which of two is the newer one."""

    kind: Literal[
        "conversation.created",
        "conversation.claimed",
        "conversation.released",
        "conversation.reassigned",
        "conversation.resolved",
        "conversation.reopened",
        "conversation.snoozed",
        "conversation.woken",
        "conversation.archived",
        "conversation.updated",
        "conversation.escalated",
        "conversation.stale",
        "conversation.stale_cleared",
        "conversation.bot_paused",
        "conversation.bot_resumed",
    ]
    conversation: Conversation
    # Claimed and reassigned: through what, and whether an admin passed the receiver's limit.
    via: NotRequired[ClaimedVia]
    override_limit: NotRequired[bool]
    # Where a claim ended: how, and whose it was.
    ended_as: NotRequired[EndedAs]
    previous_assignee: NotRequired[AgentName]
    reason: NotRequired[str]
    note: NotRequired[str]
    # Escalated: what made the bot step back.
    trigger: NotRequired[Trigger]
    # Stale, a second time: when it goes back to Unclaimed unless its owner keeps it.
    releases_at: NotRequired[str]


class MessageEvent(Event):
    """A message was written, or went on: its delivery, a file that has arrived, a reaction.

    `reopened`: the customer came back to what was closed.
    """

    kind: Literal["message.created", "message.delivery"]
    conversation: Conversation
    message: Message
    reopened: NotRequired[bool]
    # The agents whom the author of a note chose to tell.
    mentions: NotRequired[list[str]]


class TakeoverEvent(Event):
    """Somebody asked for a conversation, or that was answered, withdrawn or has lapsed."""

    kind: Literal["takeover.requested", "takeover.answered"]
    takeover_request: TakeoverRequest


class ObserverEvent(Event):
    """Somebody began or ceased to observe a conversation."""

    kind: Literal["observer.joined", "observer.left"]
    conversation: Conversation
    observer: AgentName


class NotificationEvent(Event):
    """The agent is told something; nobody else sees this event."""

    kind: Literal["notification.created"]
    notification: Notification


class AgentEvent(Event):
    """A member changed. With `preferences` they are one's own, and nobody else sees the event."""

    kind: Literal["agent.updated"]
    agent: Agent
    preferences: NotRequired[Preferences]


class ContactEvent(Event):
    """A contact changed: every conversation that names it shows its new name. One that was `merged` into it is gone.

    With `erased_at` the customer was erased: whatever is still on a screen of their messages has to go.
    """

    kind: Literal["contact.updated"]
    contact: Contact
    merged: NotRequired[str]


class TagChange(TypedDict):
    """A tag that was `was` has another name now on every conversation, or with null is gone."""

    id: str
    name: str | None
    was: str


class SettingsEvent(Event):
    """The workspace's settings, a pool or a tag changed; just one of them is there."""

    kind: Literal["settings.updated"]
    settings: NotRequired[WorkspaceSettings]
    pool: NotRequired[Pool]
    # What was done to the pool; a deleted one is here as it was.
    action: NotRequired[Literal["pool.created", "pool.updated", "pool.deleted"]]
    tag: NotRequired[TagChange]


class TurnEvent(Event):
    """It is an external bot's turn to answer these messages; only keys with the scope `bot` see this event."""

    kind: Literal["conversation.turn"]
    turn_id: str
    expires_at: str
    conversation: Conversation
    messages: list[Message]


class PresenceFrame(TypedDict):
    """Where another agent is. `draft` is what they write, if they share it."""

    type: Literal["presence"]
    conversation_id: str
    agent: AgentName
    state: State
    draft: NotRequired[str]


class TypingFrame(TypedDict):
    """The customer of a conversation is writing; told again every few seconds while they do."""

    type: Literal["typing"]
    conversation_id: str


class ResetFrame(TypedDict):
    """The cursor is older than what is kept: read everything again."""

    type: Literal["reset"]


class PingFrame(TypedDict):
    """The socket lives."""

    type: Literal["ping"]


EVENTS = (
    ConversationEvent,
    MessageEvent,
    TakeoverEvent,
    ObserverEvent,
    NotificationEvent,
    AgentEvent,
    ContactEvent,
    SettingsEvent,
    TurnEvent,
)
OTHERS = (PresenceFrame, TypingFrame, ResetFrame, PingFrame)


def schemas() -> dict[str, Any]:
    """The schemas by name: each frame, what they are made of, and the unions `LiveEvent` and `LiveFrame`."""
    wanted = [(frame, "serialization", TypeAdapter(frame)) for frame in (*EVENTS, *OTHERS)]
    _, made = TypeAdapter.json_schemas(wanted, ref_template=REF + "{model}")  # type: ignore[arg-type]
    found: dict[str, Any] = made["$defs"]
    events = {kind: REF + frame.__name__ for frame in EVENTS for kind in _kinds(found[frame.__name__])}
    found["LiveEvent"] = _union(EVENTS, "One event.") | {"discriminator": {"propertyName": "kind", "mapping": events}}
    said = "What the server says on `GET /v1/live`, told apart by `type`. Several may come in one array."
    found["LiveFrame"] = _union((*EVENTS, *OTHERS), said)
    return found


def _union(frames: Any, description: str) -> dict[str, Any]:
    return {"description": description, "oneOf": [{"$ref": REF + frame.__name__} for frame in frames]}


def _kinds(schema: dict[str, Any]) -> list[str]:
    kind = schema["properties"]["kind"]
    return list(kind["enum"]) if "enum" in kind else [kind["const"]]
