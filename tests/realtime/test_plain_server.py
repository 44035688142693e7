"""Live sockets behind an ASGI server that knows nothing of ready-made frames."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import connected
from tests.support.server import RunningServer


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncIterator[tuple[RunningServer, Workspace]]:
    with RunningServer(tmp_path, command=["tests.support.plain_serving"]) as server:
        core = Core(database(Settings(data_dir=server.data_dir)))
        await core.database.open()
        yield server, await cast.workspace(core)
        await core.database.close()


async def test_events_presences_and_refusals_are_the_same(plain: tuple[RunningServer, Workspace]) -> None:
    server, workspace = plain
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(*range(450))
    async with connected(server.live_url, key=ana.key) as anas, connected(server.live_url, key=ben.key) as bens:
        for client in (anas, bens):
            await client.resume(0)
        await workspace.emit(450, only=ben.id)
        await workspace.emit(451)
        await anas.until(lambda c: c.numbers == [*range(450), 451])
        await bens.until(lambda c: c.numbers == [*range(452)])
        await anas.at(place, "viewing")
        await bens.until(lambda c: c.states == [("Ana", "viewing")])
        await anas.socket.send("nonsense")
        assert (await anas.closed())[0] == 4400
        await bens.until(lambda c: c.states[1:] == [("Ana", "left")])
    async with connected(server.live_url, key="ak_000000_unknown") as stranger:
        assert (await stranger.closed())[0] == 4401
