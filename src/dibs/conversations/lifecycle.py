"""Resolve, reopen, archive, snooze and wake: the status of a conversation, and its owner with it."""

from typing import Any

from dibs.conversations.changes import Note, change, noted, record
from dibs.conversations.claims import claim_locked, require_eligible
from dibs.conversations.locks import lock
from dibs.conversations.messages import add_note
from dibs.conversations.ownership import free
from dibs.conversations.refusals import (
    CLOSED,
    ConversationClosed,
    NotResolved,
    refuse_closed,
    refuse_held,
    refuse_old_epoch,
)
from dibs.db.compiled import Row
from dibs.errors import Invalid
from dibs.tx import Tx


async def resolve(tx: Tx, conversation_id: str, *, epoch: int | None = None, note: str | None = None) -> Row:
    """Closes the conversation and ends its claim: its owner, an admin or, when unclaimed, any eligible agent.

    A resolved one stays as it is (a note is still stored); an archived one is refused.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    return await resolve_locked(tx, row, epoch=epoch, note=note)


async def resolve_locked(
    tx: Tx, row: Row, *, epoch: int | None = None, note: str | None = None, reason: str | None = None
) -> Row:
    """As `resolve`, for a row that the caller has locked."""
    if row.status == "archived":
        raise ConversationClosed("This conversation is archived. Reopen it first.", status=row.status)
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    said = noted(note)
    resolved = row if row.status == "resolved" else await _resolve(tx, row, reason=reason, note=said)
    return await add_note(tx, resolved, said) if said else resolved


async def _resolve(tx: Tx, row: Row, *, reason: str | None, note: Note | None) -> Row:
    who = tx.actor.shape()
    closed: dict[str, Any] = {
        "status": "resolved",
        "resolved_at": tx.now,
        "resolved_by": {name: who[name] for name in ("type", "id", "name")},
        "escalated_at": None,
        "waiting_since": None,
        "unclaimed_since": None,
    }
    kind = "conversation.resolved"
    if row.assignee_id is not None:
        return await free(tx, row, ended_as="resolved", kind=kind, reason=reason, note=note, **closed)
    await require_eligible(tx, row, admins_may=True)
    resolved = await change(tx, row, snoozed_until=None, **closed)
    await record(tx, kind, row, resolved, reason=reason, note=note)
    return resolved


async def reopen(tx: Tx, conversation_id: str, *, epoch: int | None = None, claim: bool = False) -> Row:
    """Opens a resolved or archived conversation again, unclaimed, the bot as it was; with `claim` both or neither.

    Spam that is opened is none.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    if claim:
        refuse_held(row, tx.actor)
    refuse_old_epoch(row, epoch, tx.actor)
    if row.status in CLOSED:
        before = row
        row = await change(
            tx,
            row,
            status="open",
            spam=False,
            unclaimed_since=tx.now,
            resolved_at=None,
            resolved_by=None,
            snoozed_until=None,
        )
        await record(tx, "conversation.reopened", before, row)
    if claim and row.assignee_id is None:
        row = await claim_locked(tx, row, via=tx.actor.via)
    return row


async def archive(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Hides a resolved conversation from the default views. Refuses an open or snoozed one (`not_resolved`)."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    if row.status not in CLOSED:
        raise NotResolved(f"This conversation is {row.status}. Resolve it first.", status=row.status)
    refuse_old_epoch(row, epoch, tx.actor)
    if row.status == "archived":
        return row
    await require_eligible(tx, row, admins_may=True)
    archived = await change(tx, row, status="archived")
    await record(tx, "conversation.archived", row, archived)
    return archived


async def snooze(
    tx: Tx, conversation_id: str, *, epoch: int | None = None, until: int | None = None, until_reply: bool = False
) -> Row:
    """Hides the conversation until the instant `until`, or until the customer writes; a claim is kept and counts."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    return await snooze_locked(tx, row, epoch=epoch, until=until, until_reply=until_reply)


async def snooze_locked(
    tx: Tx, row: Row, *, epoch: int | None = None, until: int | None = None, until_reply: bool = False
) -> Row:
    """As `snooze`, for a row that the caller has locked."""
    refuse_closed(row)
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    if not until_reply and (until is None or until <= tx.now):
        raise Invalid("until", "choose a time in the future, or until_customer_replies")
    if row.assignee_id is None:
        await require_eligible(tx, row, admins_may=True)
    wake_at = None if until_reply else until
    if row.status == "snoozed" and row.snoozed_until == wake_at:
        return row
    snoozed = await change(tx, row, status="snoozed", snoozed_until=wake_at, stale=False)
    await record(tx, "conversation.snoozed", row, snoozed)
    return snoozed


async def wake(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Brings a snoozed conversation back now; an open one stays as it is."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    refuse_closed(row)
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    if row.status == "open":
        return row
    if row.assignee_id is None:
        await require_eligible(tx, row, admins_may=True)
    return await wake_locked(tx, row)


async def wake_locked(tx: Tx, row: Row, reason: str | None = None) -> Row:
    """Opens a locked snoozed conversation."""
    woken = await change(tx, row, status="open", snoozed_until=None)
    await record(tx, "conversation.woken", row, woken, reason=reason)
    return woken
