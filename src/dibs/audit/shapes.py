"""Audit rows, history entries and the verdict on a chain, as answers show them."""

from typing import Any

from typing_extensions import TypedDict

from dibs import clock
from dibs.db.compiled import Row


class ActorShape(TypedDict):
    """Who did it, and through what."""

    type: str
    id: str | None
    name: str
    via: str


class AuditRow(TypedDict):
    """One change: who, what, before, after and why. `hash` covers this row and the one before it."""

    id: str
    at: str
    actor: ActorShape
    action: str
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


class Holder(TypedDict):
    """The agent who holds a conversation."""

    id: str
    name: str | None


class HistoryEntry(TypedDict):
    """One step in the life of a conversation. `assignee` and `epoch` are as they were after it."""

    kind: str
    at: str
    actor: ActorShape
    assignee: Holder | None
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


def history_entry(row: Row, assignee: Holder | None) -> HistoryEntry:
    """An audit row of a conversation as its history shows it; `assignee` is who held it afterwards."""
    after = row.after or {}
    return {
        "kind": row.action.removeprefix("conversation."),
        "at": clock.iso(row.at),
        "actor": row.actor,
        "assignee": assignee,
        "reason": row.reason or after.get("reason"),
        "note": after.get("note"),
        "epoch": after.get("epoch"),
    }
