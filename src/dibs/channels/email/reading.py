"""Reads the mailboxes of connected channels: one process each, again and again until it is told to stop.

How far a mailbox has been read is committed with the mail that was read: after a crash between fetch and commit the
mail is read again, and what was stored already is recognised by its Message-ID.
"""

import asyncio
import random
import uuid
from dataclasses import dataclass, field
from typing import Any

import structlog

from dibs import clock
from dibs.channels import leases
from dibs.channels.connections import ACTIVE, opened
from dibs.channels.email import mailbox, parsing, problems
from dibs.channels.email.incoming import take
from dibs.channels.email.kind import KIND
from dibs.channels.email.mailbox import Mailbox
from dibs.channels.email.settings import of
from dibs.db.compiled import Row
from dibs.errors import Unavailable
from dibs.outbound import Outbound
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core, Tx

log = structlog.get_logger()
LOOK_SECONDS = 5.0
# Pauses after a failure, the last one again and again.
BACK_OFF_SECONDS = (1.0, 5.0, 15.0, 60.0, 120.0, 300.0)
RENEW_BEFORE = leases.LEASE * 2 // 3
# Mail from before the channel was connected is left alone; clocks may disagree by so much.
TOLERANCE = 10 * clock.MINUTE
# A renumbered mailbox is read anew from so long before the last mail; what is known changes nothing.
OVERLAP = 2 * clock.DAY
# After so many attempts in vain a mail is taken in unread, as a file.
MOST_ATTEMPTS = 3


@dataclass(slots=True)
class _Reader:
    """A mailbox that this process reads."""

    row: Row
    task: "asyncio.Task[None]"
    leased_until: int


@dataclass
class Readers:
    """Sees to it that each mailbox is read by one process, and by this one if nobody else does."""

    core: Core
    outbound: Outbound
    settings: Settings
    who: str = field(default_factory=lambda: uuid.uuid4().hex)
    running: dict[str, _Reader] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Looks for mailboxes until cancelled; then gives them back."""
        try:
            while True:
                self.woken.clear()
                try:
                    await self.look()
                except Exception as error:  # noqa: BLE001 - a database that is away comes back
                    log.warning("mailboxes.failed", error=repr(error))
                try:
                    async with asyncio.timeout(LOOK_SECONDS * random.uniform(0.8, 1.2)):  # noqa: S311 - not a secret
                        await self.woken.wait()
                except TimeoutError:
                    pass
        finally:
            for channel_id in list(self.running):
                await self._stop(channel_id)

    async def look(self) -> None:
        """Begins with mailboxes that nobody reads, ends with those that changed or are gone, renews leases."""
        rows = {
            row.id: row
            for row in await self.core.database.run(ACTIVE, {"kind": KIND.name})
            if row.settings.get("inbound") == "imap"
        }
        for channel_id, reader in list(self.running.items()):
            row = rows.get(channel_id)
            if row is None or row.updated_at != reader.row.updated_at or reader.task.done():
                await self._stop(channel_id)
        for row in rows.values():
            await self._serve(row)

    async def _serve(self, row: Row) -> None:
        reader, now = self.running.get(row.id), clock.now()
        if reader is not None and reader.leased_until - now > RENEW_BEFORE:
            return
        if await leases.take(self.core, row, self.who):
            if reader is None:
                task = spawn(read(self, row), f"read-{row.id}")
                self.running[row.id] = _Reader(row, task, now + leases.LEASE)
            else:
                reader.leased_until = now + leases.LEASE
        elif reader is not None:
            await self._stop(row.id)

    async def _stop(self, channel_id: str) -> None:
        reader = self.running.pop(channel_id)
        reader.task.cancel()
        await asyncio.gather(reader.task, return_exceptions=True)
        try:
            await leases.release(self.core, reader.row, self.who)
        except Unavailable:
            log.info("lease.kept", channel=channel_id)


def start(core: Core, outbound: Outbound, settings: Settings) -> "asyncio.Task[None]":
    """Reads mailboxes in the background until the task is cancelled."""
    readers = Readers(core, outbound, settings)
    core.wakers[KIND.name] = readers.woken.set
    return spawn(readers.run(), "mailboxes")


async def read(readers: Readers, row: Row) -> None:
    """Reads one mailbox; after trouble again, later and later, with the trouble told on the channel."""
    failures = 0
    attempts: dict[int, int] = {}
    place: dict[str, Any] = dict(row.progress or {})
    while True:
        try:
            settings = of(opened(readers.core, readers.outbound, KIND, row).settings)
            async with mailbox.opened(readers.outbound, settings) as box:
                await problems.clear(readers.core, row, problems.READING)
                failures = 0
                await _follow(readers, row, box, place, attempts)
        except leases.LeaseLost:
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, the mailbox is read again
            log.info("mailbox.failed", channel=row.id, error=repr(error))
            await _tell(readers.core, row, error)
        pause = BACK_OFF_SECONDS[min(failures, len(BACK_OFF_SECONDS) - 1)]
        failures += 1
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret


async def _follow(readers: Readers, row: Row, box: Mailbox, place: dict[str, Any], attempts: dict[int, int]) -> None:
    """Takes in what is new, then waits for more. `place` is where reading goes on, kept over connections."""
    while True:
        for uid in await _new(box, row, place):
            try:
                await _take(readers, row, box, {"validity": box.validity, "uid": uid}, attempts.get(uid, 0))
            except (Unavailable, leases.LeaseLost, OSError):
                raise
            except Exception:
                # The mail itself may be to blame.
                attempts[uid] = attempts.get(uid, 0) + 1
                raise
            place |= {"validity": box.validity, "uid": uid, "at": clock.now()}
        await box.wait(readers.settings.mail_poll_seconds)


async def _new(box: Mailbox, row: Row, place: dict[str, Any]) -> list[int]:
    if place.get("validity") == box.validity:
        return await box.after(int(place["uid"]))
    return await box.since(max(row.created_at - TOLERANCE, place.get("at", 0) - OVERLAP))


async def _take(readers: Readers, row: Row, box: Mailbox, place: dict[str, Any], failures: int) -> None:
    """One mail, with how far that is, in one commit."""
    fetched = await box.fetch(place["uid"], readers.settings.mail_max_bytes)

    async def remember(tx: Tx) -> None:
        await leases.remember(tx, row, readers.who, place | {"at": tx.now})

    if fetched is None or _is_older(fetched, row):
        return
    if failures >= MOST_ATTEMPTS:
        mail = parsing.as_file(fetched.raw)
    else:
        mail = await asyncio.to_thread(parsing.read, fetched.raw, cut=fetched.is_cut)
    await take(readers.core, row, mail, arrived_at=_when(fetched), then=remember)
    await box.mark_seen(place["uid"])


def _is_older(fetched: mailbox.Fetched, row: Row) -> bool:
    return fetched.arrived_at is not None and fetched.arrived_at < row.created_at - TOLERANCE


def _when(fetched: mailbox.Fetched) -> int | None:
    """When a mail arrived; None, now, for one of this minute: its server counts in whole seconds."""
    at = fetched.arrived_at
    return None if at is None or clock.now() - at < clock.MINUTE else at


async def _tell(core: Core, row: Row, error: Exception) -> None:
    try:
        await problems.tell(core, row, problems.READING, problems.reason(error))
    except Unavailable:
        log.info("problem.untold", channel=row.id)
