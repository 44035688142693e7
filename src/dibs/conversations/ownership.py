"""Ownership. This module alone changes who holds a conversation: every path ends in `give` or `free`.

Both write the conversation, its claim (the spell), the audit row and the event in the caller's transaction. The rows
are locked first (locks.py says in which order); the UPDATE still carries its condition, and what it returned counts.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Integer, Text, bindparam, case, func, insert, null, or_, select, update

from dibs import clock, ids
from dibs.actor import ROLES
from dibs.conversations.changes import LostUpdate, Note, record, sync_tags
from dibs.conversations.refusals import ClaimLimitReached
from dibs.conversations.requests import lapse_all
from dibs.conversations.shapes import PRIORITIES
from dibs.conversations.tables import claims, conversations
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, any_of
from dibs.errors import Forbidden, Invalid
from dibs.pools import eligibility
from dibs.pools.rules import Rules, rules
from dibs.tx import Tx

NO_LIMIT = 2**31 - 1

_c, _s = conversations.c, claims.c
_ws, _ids, _at = bindparam("ws", type_=Id), "ids", bindparam("at", type_=Instant)
_open = _s.ended_at.is_(None)
_HELD = select(func.count().label("held")).where(
    _s.workspace_id == _ws, _s.agent_id == bindparam("agent", type_=Id), _open
)
# A claim never begins before the one before it ended, though its transaction began earlier, or a clock went back.
_LAST_END = (
    select(_s.ended_at)
    .where(_s.workspace_id == _c.workspace_id, _s.conversation_id == _c.id)
    .order_by(_s.epoch.desc())
    .limit(1)
    .scalar_subquery()
)
_GIVE = (
    update(conversations)
    .where(
        _c.workspace_id == _ws,
        any_of(_c.id, _ids),
        _c.status.in_(["open", "snoozed"]),
        or_(_c.assignee_id.is_(None), _c.assignee_id == bindparam("former", type_=Id)),
        # Counted after the receiver's row was locked: whoever gives to the same agent waits for this commit.
        _HELD.scalar_subquery() + bindparam("adding", type_=Integer) <= bindparam("limit", type_=Integer),
    )
    .values(
        status="open",
        assignee_id=bindparam("agent", type_=Id),
        claimed_at=case((_at < _LAST_END, _LAST_END), else_=_at),
        claimed_via=bindparam("via", type_=Text),
        epoch=_c.epoch + 1,
        version=_c.version + 1,
        unclaimed_since=null(),
        snoozed_until=null(),
        stale=False,
        bot_paused=or_(_c.bot_paused, bindparam("pause", type_=Boolean)),
    )
    .returning(_c.id, _c.claimed_at)
)
_FREE = (
    update(conversations)
    .where(_c.workspace_id == _ws, _c.id == bindparam("id", type_=Id))
    .where(_c.assignee_id.is_not(None), _c.epoch == bindparam("seen_epoch", type_=Integer))
    .values(
        status=bindparam("new_status", type_=Text),
        assignee_id=null(),
        claimed_at=null(),
        claimed_via=null(),
        epoch=_c.epoch + 1,
        version=_c.version + 1,
        unclaimed_since=bindparam("new_since", type_=Instant),
        snoozed_until=null(),
        stale=False,
        bot_paused=bindparam("new_paused", type_=Boolean),
        escalated_at=bindparam("new_escalated", type_=Instant),
        waiting_since=bindparam("new_waiting", type_=Instant),
        resolved_at=bindparam("new_resolved_at", type_=Instant),
        resolved_by=bindparam("new_resolved_by", type_=_c.resolved_by.type),
        spam=bindparam("new_spam", type_=Boolean),
    )
    .returning(_c.id)
)
# The parameters of _FREE and the columns that they set: what a release may leave otherwise than before.
_LEFT = {
    "status": "status",
    "since": "unclaimed_since",
    "paused": "bot_paused",
    "escalated": "escalated_at",
    "waiting": "waiting_since",
    "resolved_at": "resolved_at",
    "resolved_by": "resolved_by",
    "spam": "spam",
}
_BEGIN = insert(claims).values({column.name: bindparam(column.name, type_=column.type) for column in _s})
_END = (
    update(claims)
    .where(_s.workspace_id == _ws, _s.conversation_id == bindparam("id", type_=Id), _open)
    .values(
        ended_at=_at,
        ended_as=bindparam("as_", type_=Text),
        end_reason=bindparam("why", type_=Text),
        due_at=null(),
    )
    .returning(_s.id)
)
CURRENT = select(claims).where(_s.workspace_id == _ws, _s.conversation_id == bindparam("id", type_=Id), _open)


async def held(tx: Tx, agent_id: str) -> int:
    """How many conversations the agent holds; call it under the agent's lock when the answer decides something."""
    return int((await tx.run(_HELD, {"ws": tx.workspace_id, "agent": agent_id}))[0].held)


async def eligible_receiver(tx: Tx, receiver: Row | None, field: str = "agent_id") -> Rules:
    """The rules in force, for a receiver who may hold conversations at all.

    Refuses an unknown, inactive or viewer target with 422; when it is the actor, whose role has just changed, with 403.
    """
    if receiver is None or not receiver.active or ROLES.index(receiver.role) < ROLES.index("agent"):
        if receiver is not None and receiver.id == tx.actor.id:
            raise Forbidden("Your role no longer lets you hold conversations. Ask an admin.", needs="agent")
        raise Invalid(field, "choose an active agent of this workspace; viewers cannot hold conversations")
    return await rules(tx.run, tx.workspace_id, receiver.rules_version)


def require_pools(found: Rules, row: Row, agent: Row) -> None:
    """Refuses with 403 `pool_restricted` an agent who is not in every pool that the conversation meets now."""
    eligibility.require(matching(found, row), agent)


def matching(found: Rules, row: Row) -> list[Any]:
    """The pools that a conversation row meets."""
    if not found.pools:
        return []
    return eligibility.matching(
        found, tags=row.tags, priority=PRIORITIES[row.priority], language=row.language, channel=row.channel
    )


async def give(
    tx: Tx,
    rows: Sequence[Row],
    receiver: Row,
    found: Rules,
    *,
    via: str,
    kind: str = "conversation.claimed",
    former_ends_as: str | None = None,
    override_limit: bool = False,
    note: Note | None = None,
) -> list[Row]:
    """Makes `receiver` (locked) the owner of `rows` (locked, all unclaimed or all of one owner) and returns them.

    Refuses with 409 `claim_limit_reached` when they do not all fit below the limit. Pools are the caller's check.
    """
    at = max(tx.now, *(max(row.unclaimed_since or 0, row.claimed_at or 0) for row in rows))
    pause = found.settings.pause_bot_on_claim
    limit = NO_LIMIT if override_limit else found.settings.max_claims_per_agent
    batch = {"ids": [row.id for row in rows], "adding": len(rows), "former": rows[0].assignee_id}
    to = {"ws": tx.workspace_id, "agent": receiver.id, "limit": limit, "at": at, "via": via, "pause": pause}
    written = {each.id: each.claimed_at for each in await tx.run(_GIVE, batch | to)}
    if not written:
        raise await _limit_reached(tx, receiver, limit)
    if len(written) != len(rows):
        raise LostUpdate(f"gave {len(written)} of {len(rows)} locked conversations")
    given = [_given(row, receiver, written[row.id], via, pause) for row in rows]
    if former_ends_as:
        await _end(tx, rows[0], given[0].claimed_at, former_ends_as, None)
    await _begin(tx, rows, given, found)
    await sync_tags(tx, given)
    for before, after in zip(rows, given, strict=True):
        await record(tx, kind, before, after, note=note, via=via, override_limit=override_limit or None)
    return given


async def free(
    tx: Tx,
    row: Row,
    *,
    ended_as: str,
    kind: str = "conversation.released",
    reason: str | None = None,
    note: Note | None = None,
    **new: Any,
) -> Row:
    """Ends the claim of a locked, claimed conversation and returns it, unclaimed.

    `new` overrides what a release leaves: `status`, `bot_paused`, `escalated_at`, `waiting_since`, `unclaimed_since`,
    `resolved_at`, `resolved_by`, `spam`.
    """
    at = max(tx.now, row.claimed_at)
    freed = row._replace(
        assignee_id=None,
        assignee_name=None,
        claimed_at=None,
        claimed_via=None,
        epoch=row.epoch + 1,
        version=row.version + 1,
        snoozed_until=None,
        stale=False,
        **({"status": "open", "unclaimed_since": at} | new),
    )
    after = {f"new_{name}": getattr(freed, column) for name, column in _LEFT.items()}
    written = await tx.run(_FREE, {"ws": tx.workspace_id, "id": row.id, "seen_epoch": row.epoch} | after)
    if not written:
        raise LostUpdate(f"{row.id} was freed by somebody else although its row was locked")
    await _end(tx, row, at, ended_as, reason)
    await sync_tags(tx, [freed])
    told = reason or (ended_as if ended_as != "released" else None)
    await record(tx, kind, row, freed, reason=told, note=note, ended_as=ended_as, previous_assignee=_owner(row))
    return freed


def _owner(row: Row) -> dict[str, Any]:
    return {"id": row.assignee_id, "name": row.assignee_name}


def _given(row: Row, receiver: Row, at: int, via: str, pause: bool) -> Row:
    return row._replace(
        status="open",
        assignee_id=receiver.id,
        assignee_name=receiver.name,
        claimed_at=at,
        claimed_via=via,
        epoch=row.epoch + 1,
        version=row.version + 1,
        unclaimed_since=None,
        snoozed_until=None,
        stale=False,
        bot_paused=row.bot_paused or pause,
    )


async def _begin(tx: Tx, rows: Sequence[Row], given: Sequence[Row], found: Rules) -> None:
    due = given[0].claimed_at + found.settings.stale_after_minutes * clock.MINUTE
    spells = [
        {
            "workspace_id": tx.workspace_id,
            "id": ids.new("clm"),
            "conversation_id": after.id,
            "agent_id": after.assignee_id,
            "epoch": after.epoch,
            "via": after.claimed_via,
            "started_at": after.claimed_at,
            "ended_at": None,
            "ended_as": None,
            "end_reason": None,
            "unclaimed_since": before.unclaimed_since,
            "escalated_at": before.escalated_at,
            "waiting_since": before.waiting_since,
            "bot_was_paused": before.bot_paused,
            "replied": False,
            "due_at": due,
            "stale_at": None,
            "warned_at": None,
        }
        for before, after in zip(rows, given, strict=True)
    ]
    if len(spells) == 1:
        await tx.run(_BEGIN, spells[0])
    else:
        await tx.run_many(_BEGIN, spells)


async def _end(tx: Tx, row: Row, at: int, ended_as: str, why: str | None) -> None:
    ended = await tx.run(_END, {"ws": tx.workspace_id, "id": row.id, "at": at, "as_": ended_as, "why": why})
    if len(ended) != 1:
        raise LostUpdate(f"{row.id} had {len(ended)} open claims")
    await lapse_all(tx, row)


async def _limit_reached(tx: Tx, receiver: Row, limit: int) -> ClaimLimitReached:
    count = await held(tx, receiver.id)
    whose = "You hold" if receiver.id == tx.actor.id else f"{receiver.name} holds"
    return ClaimLimitReached(
        f"{whose} {count} of {limit} conversations. Release or resolve one first.",
        limit=limit,
        held=count,
        agent_id=receiver.id,
    )
