"""A client that stops reading is closed with 4408, delays nobody, and resumes where it was."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.realtime.cast import Workspace
from tests.realtime.client import Client, connected, narrow_socket
from tests.support.server import RunningServer

SETTINGS = {"SOCKET_QUEUE": 50}
# Enough to fill every buffer between the server and the one who does not read.
PADDING = "x" * 30_000
ROUNDS, EACH = 16, 40


async def test_a_client_that_stops_reading_is_closed_4408_and_delays_nobody(
    server: RunningServer, workspace: Workspace
) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    await workspace.emit(0)
    async with (
        connected(server.live_url, key=ana.key) as reader,
        connected(server.live_url, key=ben.key, sock=narrow_socket(server.port), max_queue=1) as sleeper,
    ):
        for client in (reader, sleeper):
            await client.resume(0)
            await client.until(lambda c: c.numbers == [0])
        slowest = 0.0
        for start in range(1, ROUNDS * EACH, EACH):
            began = time.perf_counter()
            last = await workspace.emit(*range(start, start + EACH), padding=PADDING)
            await reader.up_to(last, seconds=5)
            slowest = max(slowest, time.perf_counter() - began)
        # Half a second is the pause between looks, since nobody rings for this test's events.
        assert slowest < 2
        code, reason = await sleeper.closed()
        assert code == 4408
        assert "resume" in reason
        assert sleeper.numbers == list(range(len(sleeper.numbers)))
    async with connected(server.live_url, key=ben.key) as again:
        again.events = sleeper.events
        await again.resume(sleeper.cursor)
        await again.until(lambda c: c.cursor == reader.cursor)
        assert again.numbers == list(range(ROUNDS * EACH + 1))


async def test_a_slow_replay_is_waited_for_and_not_closed(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    for start in range(0, 300, 50):
        await workspace.emit(*range(start, start + 50), padding=PADDING)

    async def read_slowly(client: Client) -> None:
        while len(client.events) < 300:
            await client.hear()
            await asyncio.sleep(0.005)

    options: dict[str, Any] = {"sock": narrow_socket(server.port), "max_queue": 1}
    async with connected(server.live_url, key=ana.key, **options) as client:
        await client.resume(0)
        await asyncio.wait_for(read_slowly(client), 30)
    assert client.numbers == list(range(300))
