"""Audit rows, history entries and the verdict on a chain, as answers show them."""

from typing import Any, Literal

from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.shapes import AgentName
from dibs.actor import ActorShape
from dibs.db.compiled import Row

# Everything that changes something is audited under one of these.
Action = Literal[
    "agent.created",
    "agent.removed",
    "agent.updated",
    "api_key.created",
    "api_key.revoked",
    "article.created",
    "article.deleted",
    "article.updated",
    "audit.purged",
    "bot_key.removed",
    "bot_key.updated",
    "canned_reply.created",
    "canned_reply.deleted",
    "canned_reply.updated",
    "channel.connected",
    "channel.disconnected",
    "channel.updated",
    "contact.created",
    "contact.deleted",
    "contact.erased",
    "contact.exported",
    "contact.merged",
    "contact.updated",
    "conversation.archived",
    "conversation.bot_paused",
    "conversation.bot_resumed",
    "conversation.claimed",
    "conversation.escalated",
    "conversation.reassigned",
    "conversation.released",
    "conversation.reopened",
    "conversation.resolved",
    "conversation.snoozed",
    "conversation.stale",
    "conversation.stale_cleared",
    "conversation.updated",
    "conversation.woken",
    "invitation.accepted",
    "invitation.created",
    "invitation.revoked",
    "observer.joined",
    "observer.left",
    "password.changed",
    "password_reset.created",
    "pool.created",
    "pool.deleted",
    "pool.updated",
    "preferences.updated",
    "saved_view.created",
    "saved_view.deleted",
    "saved_view.updated",
    "session.created",
    "session.ended",
    "settings.updated",
    "tag.created",
    "tag.deleted",
    "tag.updated",
    "takeover.answered",
    "takeover.requested",
    "workspace.created",
]
# The steps in the life of a conversation: what `history` shows of the actions.
HistoryKind = Literal[
    "archived",
    "claimed",
    "escalated",
    "reassigned",
    "released",
    "reopened",
    "resolved",
    "snoozed",
    "stale",
    "stale_cleared",
    "takeover.answered",
    "takeover.requested",
    "woken",
]


class AuditRow(TypedDict):
    """One change: who, what, before, after and why. `hash` covers this row and the one before it."""

    id: str
    at: str
    actor: ActorShape
    action: Action
    target: str
    conversation_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    ip: str | None
    request_id: str | None
    hash: str


class AuditPage(TypedDict):
    """A page of the audit, newest first."""

    data: list[AuditRow]
    next_cursor: str | None


class HistoryEntry(TypedDict):
    """One step in the life of a conversation. `assignee` and `epoch` are as they were after it."""

    kind: HistoryKind
    at: str
    actor: ActorShape
    assignee: AgentName | None
    reason: str | None
    note: str | None
    epoch: int | None


class HistoryPage(TypedDict):
    """A page of a conversation's history, oldest first."""

    data: list[HistoryEntry]
    next_cursor: str | None


class BadRowShape(TypedDict):
    """The first row at which the chain breaks. `id` is null when the row is gone."""

    seq: int
    id: str | None
    problem: str


class Verdict(TypedDict):
    """Whether the chain holds, over how many rows."""

    ok: bool
    rows: int
    first_bad: BadRowShape | None


def audit_row(row: Row) -> AuditRow:
    """A row of `audit_rows`."""
    return {
        "id": row.id,
        "at": clock.iso(row.at),
        "actor": row.actor,
        "action": row.action,
        "target": row.target,
        "conversation_id": row.conversation_id,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "ip": row.ip,
        "request_id": row.request_id,
        "hash": row.hash,
    }


def history_entry(
    row: Row, assignee: AgentName | None, *, note: str | None = None, name: str | None = None
) -> HistoryEntry:
    """An audit row of a conversation as its history shows it; `assignee` is who held it afterwards.

    `note` and the customer's `name` are looked up elsewhere: the audit holds neither.
    """
    after = row.after or {}
    return {
        "kind": row.action.removeprefix("conversation."),
        "at": clock.iso(row.at),
        "actor": row.actor if name is None else row.actor | {"name": name},
        "assignee": assignee,
        "reason": row.reason or after.get("reason"),
        "note": note,
        "epoch": after.get("epoch"),
    }
