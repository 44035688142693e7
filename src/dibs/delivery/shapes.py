"""Notifications as REST answers and live events show them."""

from typing import Any, Literal

from typing_extensions import TypedDict

from dibs import clock
from dibs.actor import ActorShape

Kind = Literal[
    "customer_reply",
    "unclaimed_waiting",
    "reassigned",
    "takeover_requested",
    "takeover_answered",
    "claim_stale",
    "claim_expiring",
    "released",
    "mention",
]


class Notification(TypedDict):
    """One thing an agent is told."""

    id: str
    kind: Kind
    conversation_id: str | None
    text: str
    note: str | None
    link: str | None
    actor: ActorShape
    seen_at: str | None
    created_at: str


class NotificationPage(TypedDict):
    """A page of notifications, newest first."""

    data: list[Notification]
    next_cursor: str | None


def shape(fields: dict[str, Any]) -> Notification:
    """The columns of a row of `notifications`, by name."""
    return {
        "id": fields["id"],
        "kind": fields["kind"],
        "conversation_id": fields["conversation_id"],
        "text": fields["text"],
        "note": fields["note"],
        "link": fields["link"],
        "actor": fields["actor"],
        "seen_at": clock.iso_or_none(fields["seen_at"]),
        "created_at": clock.iso(fields["created_at"]),
    }
