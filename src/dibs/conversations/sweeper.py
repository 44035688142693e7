"""Timers: due rows, taken in small batches. Several processes may sweep at once: each row's lock decides.

What is due is found without locks and judged again under the conversation's lock; a row that somebody else has locked
is left for the next round.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog
from sqlalchemy import BigInteger, Integer, bindparam, delete, func, select, update

from dibs import clock
from dibs.accounts.tables import sessions, workspaces
from dibs.actor import system
from dibs.conversations import staleness, takeovers
from dibs.conversations.lifecycle import resolve_locked, wake_locked
from dibs.conversations.locks import lock_if_free, lock_many
from dibs.conversations.tables import conversations, takeover_requests
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.errors import Refusal
from dibs.ledger import counters, events, idempotency_keys
from dibs.pools.rules import rules
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core, transaction

log = structlog.get_logger()

BATCH = 100
# Conversations resolved in one transaction: short enough that nobody waits for it.
RESOLVE_BATCH = 50
HOUSEKEEPING_EVERY = 5 * clock.MINUTE
AUTO_RESOLVE_EVERY = 15 * clock.SECOND

_c, _t = conversations.c, takeover_requests.c
_now, _most = bindparam("now", type_=Instant), bindparam("most", type_=Integer)
_ASLEEP = select(_c.workspace_id, _c.id).where(_c.snoozed_until <= _now).order_by(_c.snoozed_until).limit(_most)
_UNANSWERED = (
    select(_t.workspace_id, _t.id).where(_t.state == "open", _t.expires_at <= _now).order_by(_t.expires_at).limit(_most)
)
_SILENT = (
    select(_c.id)
    .where(
        _c.workspace_id == bindparam("ws", type_=Id),
        _c.status == "open",
        _c.last_message_at < bindparam("before", type_=Instant),
    )
    .order_by(_c.last_message_at)
    .limit(_most)
)
_WORKSPACES = select(workspaces.c.id, workspaces.c.rules_version)

Look = Callable[[Core, Row], Awaitable[None]]


def start(core: Core, settings: Settings) -> "asyncio.Task[None]":
    """Sweeps in the background until the task is cancelled."""
    return spawn(_run(core, settings), "sweeper")


async def _run(core: Core, settings: Settings) -> None:
    rounds: dict[str, int] = {}
    while True:
        # Apart, so that several processes do not look at the same instant.
        await asyncio.sleep(settings.sweep_seconds * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
        try:
            await sweep(core, settings, rounds)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the sweeper must be there
            log.warning("sweep.failed", error=repr(error))


async def sweep(core: Core, settings: Settings, rounds: dict[str, int] | None = None) -> None:
    """Does everything that is due now. `rounds` remembers when the rarer jobs ran."""
    rounds = {} if rounds is None else rounds
    await _all(core, staleness.DUE, _look_at_claim)
    await _all(core, _ASLEEP, _wake)
    await _all(core, _UNANSWERED, _lapse)
    now = clock.now()
    if now - rounds.get("auto_resolve", 0) >= AUTO_RESOLVE_EVERY:
        rounds["auto_resolve"] = now
        await auto_resolve(core)
    if now - rounds.get("housekeeping", 0) >= HOUSEKEEPING_EVERY:
        rounds["housekeeping"] = now
        await tidy(core, settings)


async def _all(core: Core, due: Any, look: Look) -> None:
    """Looks at what is due, a batch after the other, while a batch is full and changes."""
    last: list[Row] = []
    while (batch := await core.database.run(due, {"now": clock.now(), "most": BATCH})) and batch != last:
        for row in batch:
            try:
                await look(core, row)
            except Refusal as refusal:
                log.info("sweep.refused", code=refusal.code, detail=refusal.detail)
        if len(batch) < BATCH:
            return
        last = batch


async def _look_at_claim(core: Core, due: Row) -> None:
    await staleness.look(core, due.workspace_id, due.conversation_id)


async def _wake(core: Core, due: Row) -> None:
    async with transaction(core, system(due.workspace_id, "Snooze", "timer")) as tx:
        row = await lock_if_free(tx, due.id)
        if row is not None and row.status == "snoozed" and row.snoozed_until and row.snoozed_until <= tx.now:
            await wake_locked(tx, row, reason="timer")


async def _lapse(core: Core, due: Row) -> None:
    async with transaction(core, system(due.workspace_id, "Take-over time-out", "timer")) as tx:
        await takeovers.lapse(tx, due.id)


async def auto_resolve(core: Core) -> None:
    """Resolves open conversations without a message from either side for the configured days, claimed ones too."""
    for workspace in await core.database.run(_WORKSPACES, {}):
        settings = (await rules(core.database.run, workspace.id, workspace.rules_version)).settings
        if not settings.auto_resolve_enabled:
            continue
        before = clock.now() - settings.auto_resolve_after_days * clock.DAY
        async for batch in _silent(core, workspace.id, before):
            async with transaction(core, system(workspace.id, "Auto-resolve", "rule")) as tx:
                for row in (await lock_many(tx, batch)).values():
                    if row.status == "open" and row.last_message_at < before:
                        await resolve_locked(tx, row, reason="auto_resolve")


async def _silent(core: Core, workspace_id: str, before: int) -> AsyncIterator[list[str]]:
    last: list[str] = []
    while True:
        params = {"ws": workspace_id, "before": before, "most": RESOLVE_BATCH}
        found = [row.id for row in await core.database.run(_SILENT, params)]
        if not found or found == last:
            return
        yield found
        # Others are served between two batches.
        await asyncio.sleep(0)
        last = found


async def tidy(core: Core, settings: Settings) -> None:
    """Deletes what nobody can ask for any more: old events, idempotent answers, ended sessions."""
    now = clock.now()
    async with core.database.transaction() as opened:
        await opened.run(delete(idempotency_keys).where(idempotency_keys.c.created_at < now - clock.DAY))
        await opened.run(delete(sessions).where(sessions.c.expires_at < now))
    for workspace in await core.database.run(_WORKSPACES, {}):
        await _forget_events(core, workspace.id, now - settings.event_retention_days * clock.DAY)


_NEWEST_OLD = select(func.max(events.c.seq).label("seq")).where(
    events.c.workspace_id == bindparam("ws", type_=Id),
    events.c.at < bindparam("before", type_=Instant),
    events.c.seq <= bindparam("upto", type_=BigInteger),
)
_PURGED = select(counters.c.event_purged_seq).where(counters.c.workspace_id == bindparam("ws", type_=Id))
EVENTS_AT_ONCE = 5_000


async def _forget_events(core: Core, workspace_id: str, before: int) -> None:
    """Deletes a workspace's events from before an instant; a cursor older than them gets a reset."""
    while True:
        purged = (await core.database.run(_PURGED, {"ws": workspace_id}))[0].event_purged_seq
        params = {"ws": workspace_id, "before": before, "upto": purged + EVENTS_AT_ONCE}
        newest = (await core.database.run(_NEWEST_OLD, params))[0].seq
        if newest is None or newest <= purged:
            return
        async with core.database.transaction() as opened:
            await opened.run(
                update(counters).where(counters.c.workspace_id == workspace_id).values(event_purged_seq=newest)
            )
            await opened.run(delete(events).where(events.c.workspace_id == workspace_id, events.c.seq <= newest))
