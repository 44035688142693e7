"""Spam: kept apart in a view of its own. What comes to it is stored, tells nobody and starts nothing; reversible."""

from typing import Any

from sqlalchemy import bindparam, func, select

from dibs.conversations.changes import change, record
from dibs.conversations.claims import require_eligible
from dibs.conversations.locks import lock
from dibs.conversations.ownership import free
from dibs.conversations.refusals import CLOSED, refuse_held, refuse_old_epoch
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.tx import Tx

_m = messages.c
_theirs = (_m.workspace_id == bindparam("ws", type_=Id), _m.conversation_id == bindparam("conversation", type_=Id))
_ANSWERED = select(func.coalesce(func.max(_m.seq), 0, type_=_m.seq.type)).where(*_theirs, _m.kind.in_(["reply", "bot"]))
# The oldest customer message that nobody answered.
_WAITS = select(func.min(_m.created_at).label("since")).where(
    *_theirs, _m.kind == "customer", _m.seq > _ANSWERED.scalar_subquery()
)


async def mark(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Says that a conversation is spam: its owner, an admin or, when unclaimed, any eligible agent.

    A claim ends as resolved, the conversation is archived. What is spam already stays as it is.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    if row.spam:
        return row
    who = tx.actor.shape()
    closed: dict[str, Any] = {
        "status": "archived",
        "spam": True,
        "escalated_at": None,
        "waiting_since": None,
        "unclaimed_since": None,
    }
    if row.status not in CLOSED:
        closed |= {"resolved_at": tx.now, "resolved_by": {name: who[name] for name in ("type", "id", "name")}}
    if row.assignee_id is not None:
        return await free(tx, row, ended_as="resolved", kind="conversation.archived", reason="spam", **closed)
    await require_eligible(tx, row, admins_may=True)
    marked = await change(tx, row, snoozed_until=None, **closed)
    await record(tx, "conversation.archived", row, marked, reason="spam")
    return marked


async def unmark(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Says that a conversation is no spam: open again, unclaimed, the bot as it was. What is none stays as it is."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    refuse_old_epoch(row, epoch, tx.actor)
    if not row.spam:
        return row
    await require_eligible(tx, row, admins_may=True)
    (waits,) = await tx.run(_WAITS, {"ws": tx.workspace_id, "conversation": row.id})
    again = await change(
        tx,
        row,
        status="open",
        spam=False,
        unclaimed_since=tx.now,
        waiting_since=waits.since,
        resolved_at=None,
        resolved_by=None,
    )
    await record(tx, "conversation.reopened", row, again, reason="not_spam")
    return again
