"""What the hub does by the clock: look for events that nobody rang for, check credentials, ping."""

import asyncio
import contextlib

from sqlalchemy import select

from dibs.db.types import any_of
from dibs.errors import Unavailable
from dibs.ledger import counters
from dibs.realtime import credentials
from dibs.realtime.frames import Batch
from dibs.realtime.hub import Hub
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core

POLL_SECONDS = 0.5
RECHECK_SECONDS = 2.0
# However many agents change, credentials are not checked more often than this.
RECHECK_PAUSE_SECONDS = 0.1
# The app calls a connection lost after two silent intervals: a banner within 5 s (ux 27).
PING_SECONDS = 2.0
PINGS_AT_ONCE = 64
PING = Batch([b'{"type":"ping"}'])

_NEWEST = select(counters.c.workspace_id, counters.c.event_seq).where(any_of(counters.c.workspace_id, "ids"))


async def start(core: Core, settings: Settings) -> Hub:
    """Starts the hub of this process and returns it; `await hub.stop()` ends it. The database must be open."""
    hub = Hub(core, settings)
    if hub.line is not None:
        hub.line.start()
    work = {"live-poll": poll(hub), "live-recheck": recheck(hub), "live-ping": ping(hub)}
    hub.tasks = [spawn(each, name) for name, each in work.items()]
    return hub


async def poll(hub: Hub) -> None:
    """Finds events whose ring was lost, or came from a process that does not ring: one query for all workspaces."""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        if not hub.rooms:
            continue
        with contextlib.suppress(Unavailable):
            for row in await hub.database.run(_NEWEST, {"ids": list(hub.rooms)}):
                hub.rung(row.workspace_id, row.event_seq)


async def recheck(hub: Hub) -> None:
    """Closes sockets whose key, session, role or agent is gone: every two seconds, and at once after agent.updated."""
    while True:
        with contextlib.suppress(TimeoutError):
            # Not wait_for: before Python 3.12 that may swallow a cancellation.
            async with asyncio.timeout(RECHECK_SECONDS):
                await hub.suspicion.wait()
        hub.suspicion.clear()
        listeners = hub.listeners()
        with contextlib.suppress(Unavailable):
            lost = await credentials.lost(hub.database, (each.credential for each in listeners))
            for listener in listeners:
                loss = lost.get(listener.credential)
                if loss is not None and not listener.closed:
                    listener.close(loss.code, loss.reason)
        await asyncio.sleep(RECHECK_PAUSE_SECONDS)


async def ping(hub: Hub) -> None:
    """Lets every client know that its socket lives, for those that cannot see the protocol's own pings."""
    while True:
        await asyncio.sleep(PING_SECONDS)
        for index, listener in enumerate(hub.listeners(), 1):
            if not listener.waiting:
                listener.give(PING)
            if index % PINGS_AT_ONCE == 0:
                await asyncio.sleep(0)
