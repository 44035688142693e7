"""Stale claims: flagged when their owner has done nothing for a while, then, if the workspace wants it, released.

Each open claim carries `due_at`, the instant at which it is looked at again. Looking takes the conversation's lock and
then the owner's row, so that a reply, a heartbeat or a reassign that commits first wins.
"""

from typing import Any

from sqlalchemy import bindparam, select, update

from dibs import clock
from dibs.accounts.settings import WorkspaceSettings
from dibs.actor import Actor, system
from dibs.conversations.changes import change, emit, record
from dibs.conversations.locks import lock, lock_if_free, lock_receiver
from dibs.conversations.ownership import CURRENT, free
from dibs.conversations.tables import claims, conversations
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, any_of
from dibs.pools.rules import rules
from dibs.tx import Core, Tx, transaction

# Nobody is released less than this after the warning.
WARNING = 2 * clock.MINUTE
# A claim on a snoozed conversation is looked at this often: it cannot go stale before it wakes.
SNOOZED_LOOK = 5 * clock.MINUTE

_c, _s = conversations.c, claims.c
_ws = bindparam("ws", type_=Id)
DUE = (
    select(_s.workspace_id, _s.conversation_id)
    .where(_s.ended_at.is_(None), _s.due_at <= bindparam("now", type_=Instant))
    .order_by(_s.due_at)
    .limit(bindparam("most"))
)
_LOOK_AGAIN = (
    update(claims)
    .where(_s.workspace_id == _ws, _s.id == bindparam("claim", type_=Id), _s.ended_at.is_(None))
    .values(
        due_at=bindparam("due", type_=Instant),
        stale_at=bindparam("stale", type_=Instant),
        warned_at=bindparam("warned", type_=Instant),
    )
)
# In the order of the conversations, as those who end many claims at once take them.
_LOCK_ALL = (
    select(_s.id)
    .where(_s.workspace_id == _ws, _s.ended_at.is_(None))
    .order_by(_s.conversation_id)
    .with_for_update(key_share=True)
)
_LOOK_AT = (
    update(claims).where(_s.workspace_id == _ws, any_of(_s.id, "ids")).values(due_at=bindparam("now", type_=Instant))
)
_STALE_OF = select(_c.id).where(_c.workspace_id == _ws, _c.assignee_id == bindparam("agent", type_=Id), _c.stale)


async def look(core: Core, workspace_id: str, conversation_id: str) -> None:
    """Looks at a due claim: flags it, warns its owner, releases it, or sets when to look again."""
    async with transaction(core, system(workspace_id, "Stale claims", "timer")) as tx:
        row = await lock_if_free(tx, conversation_id)
        spell = await tx.one(CURRENT, {"ws": workspace_id, "id": conversation_id})
        if row is None or spell is None or spell.due_at is None or spell.due_at > tx.now:
            return
        owner = await lock_receiver(tx, spell.agent_id)
        if owner is None or not owner.active or owner.role == "viewer":
            # Their departure was committed, but the process died before it released what they held.
            await free(tx, row, ended_as="member_removed", reason="member_removed")
            return
        found = await rules(tx.run, workspace_id, owner.rules_version)
        idle_since = max(owner.last_active_at, spell.started_at)
        await _decide(tx, row, spell, found.settings, idle_since)


async def _decide(tx: Tx, row: Row, spell: Row, settings: WorkspaceSettings, idle_since: int) -> None:
    if row.status == "snoozed":
        await _look_again(tx, spell, due=tx.now + SNOOZED_LOOK)
        return
    stale_due = idle_since + settings.stale_after_minutes * clock.MINUTE
    release_due = idle_since + settings.auto_release_after_minutes * clock.MINUTE
    # A warning from before the owner's last activity no longer counts.
    warned = spell.warned_at if spell.warned_at and spell.warned_at > idle_since else None
    is_stale = tx.now >= stale_due
    if settings.auto_release_enabled and warned and tx.now >= max(release_due, warned + WARNING):
        await free(tx, row, ended_as="stale", reason="stale")
        return
    if is_stale and not row.stale:
        flagged = await change(tx, row, stale=True)
        await record(tx, "conversation.stale", row, flagged)
        row = flagged
    due: list[int] = [] if is_stale else [stale_due]
    if settings.auto_release_enabled:
        if warned is None and tx.now >= release_due - WARNING:
            warned = tx.now
            releases_at = clock.iso(max(release_due, warned + WARNING))
            await emit(tx, "conversation.stale", row, releases_at=releases_at)
        due.append(release_due - WARNING if warned is None else max(release_due, warned + WARNING))
    next_look = min(due) if due else tx.now + SNOOZED_LOOK
    await _look_again(tx, spell, due=next_look, stale=tx.now if is_stale else None, warned=warned)


async def _look_again(tx: Tx, spell: Row, *, due: int, stale: int | None = None, warned: int | None = None) -> None:
    params = {"ws": tx.workspace_id, "claim": spell.id, "due": due, "stale": stale, "warned": warned}
    await tx.run(_LOOK_AGAIN, params)


async def clear(core: Core, actor: Actor) -> None:
    """The agent works again: none of their claims is stale any longer."""
    for found in await core.database.run(_STALE_OF, {"ws": actor.workspace_id, "agent": actor.id}):
        async with transaction(core, actor) as tx:
            row = await lock(tx, found.id)
            spell = await tx.one(CURRENT, {"ws": tx.workspace_id, "id": row.id})
            if spell is None or row.assignee_id != actor.id or not row.stale:
                continue
            cleared = await change(tx, row, stale=False)
            await record(tx, "conversation.stale_cleared", row, cleared)
            after = (await rules(tx.run, tx.workspace_id)).settings.stale_after_minutes * clock.MINUTE
            await _look_again(tx, spell, due=tx.now + after)


async def settings_changed(tx: Tx, before: Any, after: Any) -> None:
    """New times for stale claims hold at once: every open claim of the workspace is looked at again."""
    names = ("stale_after_minutes", "auto_release_enabled", "auto_release_after_minutes")
    if any(getattr(before, name) != getattr(after, name) for name in names):
        found = await tx.run(_LOCK_ALL, {"ws": tx.workspace_id})
        await tx.run(_LOOK_AT, {"ws": tx.workspace_id, "ids": [each.id for each in found], "now": tx.now})
