"""Answers the turns of the bots that run inside. Any number of workers in any number of processes share them.

A turn is leased while its answer is made, outside any transaction; who dies leaves it to the next one. Whoever comes
second with an answer is refused, so that it is delivered once.
"""

import asyncio
import contextlib
import random

import structlog

from dibs import clock
from dibs.actor import Actor, system
from dibs.bot import builtin, keys, openai_compatible, queries, turns
from dibs.bot.external import LASTS
from dibs.bot.thread import look
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.outbound import Outbound
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core, transaction

log = structlog.get_logger()
AT_ONCE = 16
# Longer than an answer takes: two tries of a chat endpoint.
LEASE = {"builtin": 15 * clock.SECOND, "openai": 2 * clock.MINUTE}
EXPIRED_AT_ONCE = 100
ATTEMPT_AFTER_FAILURE_SECONDS = 2.0
# The seconds between looks for turns that nobody answered.
OVERDUE_SECONDS = 15.0


class Worker:
    """Takes turns while there are any, several at a time."""

    def __init__(self, core: Core, outbound: Outbound) -> None:
        self._core, self._outbound = core, outbound
        self._running: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._expires_at = 0.0

    def wake(self) -> None:
        """Looks at once, instead of at the next round."""
        self._woken.set()

    async def run(self, every: float) -> None:
        """Works until it is cancelled; what is under way then is left to the next process."""
        try:
            while True:
                await self._look()
                # Apart, so that several processes do not look at the same instant.
                await self._wait(every * random.uniform(0.8, 1.2))  # noqa: S311
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _wait(self, seconds: float) -> None:
        # Not wait_for, which may swallow a cancellation.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def _look(self) -> None:
        try:
            await self.take_more()
            now = asyncio.get_running_loop().time()
            if now >= self._expires_at:
                self._expires_at = now + OVERDUE_SECONDS
                await expire(self._core)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the worker must be there
            log.warning("bot.failed", error=repr(error))
            await asyncio.sleep(ATTEMPT_AFTER_FAILURE_SECONDS)

    async def take_more(self) -> int:
        """Begins with turns that wait and fit beside what is under way; returns how many."""
        room = AT_ONCE - len(self._running)
        taken = await take(self._core.database, most=room) if room > 0 else []
        for turn in taken:
            task = spawn(self._respond(turn), f"bot-{turn.id}")
            self._running.add(task)
            task.add_done_callback(self._ended)
        return len(taken)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self.wake()

    async def _respond(self, turn: Row) -> None:
        await respond(self._core, self._outbound, turn)


async def take(database: Database, *, most: int) -> list[Row]:
    """Leases up to `most` open turns of bots that run inside; nobody else gets them meanwhile."""
    now = clock.now()
    found = await database.run(queries.DUE, {"now": now, "most": most})
    if not found:
        return []
    taken = []
    async with database.transaction() as opened:
        # By id, so that two workers never wait for each other.
        for row in sorted(found, key=lambda each: str(each.id)):
            lease = {"ws": row.workspace_id, "turn": row.id, "now": now}
            taken += await opened.run(queries.TAKE, lease | {"until": now + LEASE[row.bot]})
    return taken


async def respond(core: Core, outbound: Outbound, turn: Row) -> None:
    """Makes the answer to a leased turn and delivers it, unless another process was faster."""
    try:
        seen = await look(core.database, turn)
        if turn.bot == "openai":
            key = await keys.read(core, turn.workspace_id)
            said = await openai_compatible.answer(core.database, outbound, seen, key=key)
        else:
            said = await asyncio.to_thread(builtin.answer, seen)
        async with transaction(core, _bot(turn.workspace_id)) as tx:
            if isinstance(said, turns.GiveUp):
                await turns.give_up(tx, turn.id, said)
            else:
                await turns.answer(tx, turn.id, said)
    except turns.BotPaused:
        log.info("bot.late", turn=turn.id)


async def expire(core: Core) -> int:
    """Ends turns that nobody answered within ten minutes; returns how many."""
    overdue = {"began": clock.now() - LASTS, "most": EXPIRED_AT_ONCE}
    rows = await core.database.run(queries.OVERDUE, overdue)
    for row in rows:
        # Answered at this very moment, or ended by another process.
        with contextlib.suppress(turns.BotPaused):
            async with transaction(core, _bot(row.workspace_id)) as tx:
                await turns.expire(tx, row.id)
    return len(rows)


def _bot(workspace_id: str) -> Actor:
    return system(workspace_id, "Bot", "timer")


def start(core: Core, settings: Settings, outbound: Outbound) -> "asyncio.Task[None]":
    """Answers in the background until the task is cancelled."""
    worker = Worker(core, outbound)
    core.wakers[turns.WORKER] = worker.wake
    return spawn(worker.run(settings.delivery_seconds), "bot")
