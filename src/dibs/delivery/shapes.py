"""Notifications as REST answers and live events show them."""

from typing import Any

from typing_extensions import TypedDict

from dibs import clock


class Notification(TypedDict):
    """One thing an agent is told."""

    id: str
    kind: str
    conversation_id: str | None
    text: str
    note: str | None
    link: str | None
    actor: dict[str, Any]
    seen_at: str | None
    created_at: str


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
