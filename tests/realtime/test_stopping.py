"""A server that ends or dies: clients are told to come back, and resume without a loss."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import connected, narrow_socket
from tests.support.server import RunningServer


@pytest.fixture
def own_server(tmp_path: Path) -> RunningServer:
    return RunningServer(tmp_path, SOCKET_QUEUE=100_000)


@pytest.fixture
async def own(own_server: RunningServer) -> AsyncIterator[Workspace]:
    own_server.start()
    core = Core(database(Settings(data_dir=own_server.data_dir)))
    await core.database.open()
    yield await cast.workspace(core)
    await core.database.close()
    own_server.stop()


async def test_a_server_that_ends_closes_its_sockets_with_1012_and_nothing_is_lost(
    own_server: RunningServer, own: Workspace
) -> None:
    ana = await own.person("Ana")
    await own.emit(1)
    async with connected(own_server.live_url, key=ana.key) as client:
        await client.resume(0)
        await client.until(lambda c: c.numbers == [1])
        stopping = asyncio.get_running_loop().run_in_executor(None, own_server.stop)
        assert (await client.closed())[0] == 1012
        await stopping
    await own.emit(2)
    own_server.start()
    async with connected(own_server.live_url, key=ana.key) as again:
        await again.resume(client.cursor)
        await again.until(lambda c: c.numbers == [2])


async def test_a_client_that_does_not_read_does_not_keep_the_server_from_ending(
    own_server: RunningServer, own: Workspace
) -> None:
    ana = await own.person("Ana")
    sleepy: dict[str, Any] = {"sock": narrow_socket(own_server.port), "max_queue": 1}
    async with (
        connected(own_server.live_url, key=ana.key) as reader,
        connected(own_server.live_url, key=ana.key, **sleepy) as sleeper,
    ):
        for client in (reader, sleeper):
            await client.resume(0)
        for start in range(0, 400, 50):
            last = await own.emit(*range(start, start + 50), padding="x" * 30_000)
            await reader.up_to(last)
        began = time.perf_counter()
        await asyncio.to_thread(own_server.stop)
        assert time.perf_counter() - began < 8


async def test_after_a_crash_a_client_resumes_from_its_last_cursor(own_server: RunningServer, own: Workspace) -> None:
    ana = await own.person("Ana")
    await own.emit(*range(50))
    async with connected(own_server.live_url, key=ana.key) as client:
        await client.resume(0)
        await client.until(lambda c: len(c.events) == 50)
        own_server.kill9()
        with pytest.raises(ConnectionClosed):
            await client.until(lambda _: False)
    await own.emit(*range(50, 60))
    own_server.start()
    async with connected(own_server.live_url, key=ana.key) as again:
        await again.resume(client.cursor)
        await again.until(lambda c: c.numbers == list(range(50, 60)))
