"""Claim, release, undo, force-release, hand back and reassign: what people and rules do with ownership.

Each locks the conversation, refuses in the order of the wire contract, and ends in ownership.give or ownership.free.
"""

from dibs import clock
from dibs.conversations.changes import change, noted, record
from dibs.conversations.locks import lock, lock_receiver
from dibs.conversations.messages import add_note
from dibs.conversations.ownership import CURRENT, eligible_receiver, free, give, require_pools
from dibs.conversations.refusals import (
    already_claimed,
    not_claimed,
    refuse_closed,
    refuse_held,
    refuse_old_epoch,
)
from dibs.db.compiled import Row
from dibs.errors import Forbidden, Invalid
from dibs.tx import Tx

UNDO_WITHIN = 10 * clock.SECOND


async def claim(tx: Tx, conversation_id: str, *, epoch: int | None = None, via: str | None = None) -> Row:
    """Makes the actor the owner; what is theirs already stays as it is.

    Refuses, in this order: unknown (404), role or scope (403), closed, held by another, an old `epoch` (409), a pool
    the actor is not in (403), the limit (409).
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    refuse_closed(row)
    refuse_held(row, tx.actor)
    refuse_old_epoch(row, epoch, tx.actor)
    return row if row.assignee_id is not None else await claim_locked(tx, row, via=via or tx.actor.via)


async def claim_locked(tx: Tx, row: Row, *, via: str) -> Row:
    """Claims an unclaimed row that the caller has locked: the receiver's role and pools, then the limit."""
    receiver = await lock_receiver(tx, tx.actor.id)
    found = await eligible_receiver(tx, receiver)
    require_pools(found, row, receiver)
    (given,) = await give(tx, [row], receiver, found, via=via)
    return given


async def release(
    tx: Tx,
    conversation_id: str,
    *,
    epoch: int | None = None,
    hand_back: bool = False,
    reason: str | None = None,
) -> Row:
    """Gives the actor's conversation back to everybody; with `hand_back` to the bot.

    Refuses `not_claimed`, `already_claimed` (also to an admin, who force-releases instead) and `stale_epoch`.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    return await release_locked(tx, row, epoch=epoch, hand_back=hand_back, reason=reason)


async def release_locked(
    tx: Tx, row: Row, *, epoch: int | None = None, hand_back: bool = False, reason: str | None = None
) -> Row:
    """As `release`, for a row that the caller has locked."""
    _refuse_not_mine(tx, row, epoch)
    if hand_back:
        return await free(tx, row, ended_as="handed_back", reason=reason, bot_paused=False, escalated_at=None)
    return await free(tx, row, ended_as="released", reason=reason)


async def undo(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Takes the actor's fresh claim back as if it had not been: within 10 seconds and before a reply, else 422."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    _refuse_not_mine(tx, row, epoch)
    spell = await tx.one(CURRENT, {"ws": tx.workspace_id, "id": row.id})
    if spell is None or spell.via in ("reassign", "takeover", "rule"):
        raise Invalid("undo", "only a claim of your own can be undone; release it instead")
    if tx.now - spell.started_at > UNDO_WITHIN or spell.replied:
        raise Invalid("undo", "a claim can be undone for 10 seconds and before a reply; release it instead")
    return await free(
        tx,
        row,
        ended_as="undone",
        bot_paused=spell.bot_was_paused,
        unclaimed_since=spell.unclaimed_since,
    )


async def force_release(tx: Tx, conversation_id: str, *, epoch: int | None = None, reason: str | None = None) -> Row:
    """An admin takes a conversation from its owner. Refuses without a `reason` (422) unless the claim is stale."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "admin")
    if row.assignee_id is None:
        raise not_claimed()
    refuse_old_epoch(row, epoch, tx.actor)
    if not row.stale and not (reason and reason.strip()):
        raise Invalid("reason", "say why: the claim is not stale, and its owner will read it")
    return await free(tx, row, ended_as="forced", reason=reason)


async def hand_back(tx: Tx, conversation_id: str, *, epoch: int | None = None) -> Row:
    """Gives the conversation to the bot: by its owner, an admin or, when unclaimed, any eligible agent."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    refuse_closed(row)
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    if row.assignee_id is not None:
        return await free(tx, row, ended_as="handed_back", bot_paused=False, escalated_at=None)
    await require_eligible(tx, row, admins_may=True)
    if not row.bot_paused and row.escalated_at is None:
        return row
    resumed = await change(tx, row, bot_paused=False, escalated_at=None)
    return await record(tx, "conversation.bot_resumed", row, resumed)


async def reassign(
    tx: Tx,
    conversation_id: str,
    agent_id: str,
    *,
    epoch: int | None = None,
    note: str | None = None,
    override_limit: bool = False,
) -> Row:
    """Hands the conversation to `agent_id`: its owner or an admin; on an unclaimed one an admin assigns it.

    The note is stored as an internal message, also when the target holds the conversation already.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    return await reassign_locked(tx, row, agent_id, epoch=epoch, note=note, override_limit=override_limit)


async def reassign_locked(
    tx: Tx,
    row: Row,
    agent_id: str,
    *,
    epoch: int | None = None,
    note: str | None = None,
    override_limit: bool = False,
) -> Row:
    """As `reassign`, for a row that the caller has locked."""
    is_admin = tx.actor.is_at_least("admin")
    if override_limit and not is_admin:
        raise Forbidden("Only an admin may pass the limit. Leave override_limit out.", needs="admin")
    refuse_closed(row)
    if row.assignee_id is None and not is_admin:
        raise Forbidden("Only an admin assigns an unclaimed conversation. Claim it instead.", needs="admin")
    refuse_held(row, tx.actor, admins_may=True)
    refuse_old_epoch(row, epoch, tx.actor)
    receiver = await lock_receiver(tx, agent_id)
    found = await eligible_receiver(tx, receiver)
    given, said = row, noted(note)
    if row.assignee_id != agent_id:
        require_pools(found, row, receiver)
        (given,) = await give(
            tx,
            [row],
            receiver,
            found,
            via="reassign",
            kind="conversation.reassigned" if row.assignee_id else "conversation.claimed",
            former_ends_as="reassigned" if row.assignee_id else None,
            override_limit=override_limit,
            note=said,
        )
    return await add_note(tx, given, said) if said else given


async def require_eligible(tx: Tx, row: Row, *, admins_may: bool = False) -> None:
    """Refuses with 403 `pool_restricted` when the actor could not claim this unclaimed row (the limit aside)."""
    if tx.actor.type == "system" or (admins_may and tx.actor.is_at_least("admin")):
        return
    receiver = await lock_receiver(tx, tx.actor.id)
    require_pools(await eligible_receiver(tx, receiver), row, receiver)


def _refuse_not_mine(tx: Tx, row: Row, epoch: int | None) -> None:
    if row.assignee_id is None:
        raise not_claimed()
    if row.assignee_id != tx.actor.id:
        raise already_claimed(row)
    refuse_old_epoch(row, epoch, tx.actor)
