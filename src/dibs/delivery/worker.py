"""Hands over what the outbox holds. Any number of workers in any number of processes share it.

At most PER_TARGET at a time go to one target, so that a dead one, which makes each of its callers wait, leaves the
others their turn.
"""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from dibs import clock
from dibs.actor import Actor, system
from dibs.db.compiled import Row
from dibs.delivery import outbox
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core, Tx, transaction

log = structlog.get_logger()
AT_ONCE, PER_TARGET = 32, 4
# Less than a lease: whoever takes longer is given up before somebody else begins.
LONGEST_SECONDS = 60.0
ATTEMPT_AFTER_FAILURE_SECONDS = 2.0


class Refused(Exception):
    """The other side will never take this: `code` is its own, the text is for a person."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Later(Exception):
    """The other side cannot take it now; `seconds` when it said how long to wait."""

    def __init__(self, detail: str, seconds: float | None = None) -> None:
        super().__init__(detail)
        self.detail, self.seconds = detail, seconds


@dataclass(frozen=True, slots=True)
class Deliverer:
    """How entries of one topic leave: `send` speaks to the other side, outside any transaction; what it returned is
    given to `done`, which writes it down in the transaction that settles the entry. `failed` does so at the end.
    """

    send: Callable[[Core, Row], Awaitable[object]]
    done: Callable[[Tx, Row, object], Awaitable[None]]
    failed: Callable[[Tx, Row, Refused], Awaitable[None]]


class Worker:
    """Takes entries while there are any, several at a time."""

    def __init__(self, core: Core, deliverers: Mapping[str, Deliverer]) -> None:
        self._core, self._deliverers = core, deliverers
        self._running: dict[asyncio.Task[None], str] = {}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Looks at once, instead of at the next round."""
        self._woken.set()

    async def run(self, every: float) -> None:
        """Works until it is cancelled, and waits for what is under way then."""
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
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def _look(self) -> None:
        try:
            await self.take_more()
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the worker must be there
            log.warning("outbox.failed", error=repr(error))
            await asyncio.sleep(ATTEMPT_AFTER_FAILURE_SECONDS)

    async def take_more(self) -> int:
        """Begins with what is due and fits beside what is under way; returns how many."""
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return 0
        load = Counter(self._running.values())
        busy = [target for target, number in load.items() if number >= PER_TARGET]
        taken = await outbox.take(self._core.database, most=min(room, PER_TARGET), busy=busy)
        for entry in taken:
            task = spawn(self._hand_over(entry), f"deliver-{entry.id}")
            self._running[task] = entry.target
            task.add_done_callback(self._ended)
        if len(taken) == min(room, PER_TARGET):
            self.wake()
        return len(taken)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        del self._running[task]
        self.wake()

    async def _hand_over(self, entry: Row) -> None:
        await hand_over(self._core, self._deliverers[entry.topic], entry)


async def hand_over(core: Core, deliverer: Deliverer, entry: Row) -> None:
    """Sends one leased entry and writes down what came of it."""
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            said = await deliverer.send(core, entry)
    except Refused as refused:
        await _failed(core, deliverer, entry, refused)
    except Later as later:
        wait = None if later.seconds is None else round(later.seconds * clock.SECOND)
        await _postponed(core, deliverer, entry, later.detail, wait)
    except Exception as error:  # noqa: BLE001 - whatever went wrong on the way, the entry is tried again
        log.info("outbox.postponed", entry=entry.id, topic=entry.topic, attempt=entry.attempts, error=repr(error))
        await _postponed(core, deliverer, entry, f"{type(error).__name__}: {error}"[:500], None)
    else:
        async with transaction(core, _delivery(entry)) as tx:
            if await outbox.settle(tx, entry, "done"):
                await deliverer.done(tx, entry, said)


async def _postponed(core: Core, deliverer: Deliverer, entry: Row, error: str, wait: int | None) -> None:
    async with transaction(core, _delivery(entry)) as tx:
        if await outbox.postpone(tx, entry, error, wait=wait):
            return
    await _failed(core, deliverer, entry, Refused("gave_up", f"Tried for a day, in vain: {error}"))


async def _failed(core: Core, deliverer: Deliverer, entry: Row, refused: Refused) -> None:
    async with transaction(core, _delivery(entry)) as tx:
        if await outbox.settle(tx, entry, "failed", refused.detail):
            await deliverer.failed(tx, entry, refused)


def _delivery(entry: Row) -> Actor:
    return system(entry.workspace_id, "Delivery", "timer")


def start(core: Core, settings: Settings, deliverers: Mapping[str, Deliverer]) -> tuple[Worker, "asyncio.Task[None]"]:
    """Delivers in the background until the task is cancelled."""
    worker = Worker(core, deliverers)
    return worker, spawn(worker.run(settings.delivery_seconds), "outbox")
