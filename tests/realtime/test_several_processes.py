"""Several processes on one PostgreSQL see each other's events and presences."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, select

from dibs.db.open import database
from dibs.realtime.doorbell import MOST_BYTES, Line, Word, portions
from dibs.realtime.presence import Place, Presences, Sign
from dibs.settings import Settings
from dibs.tx import Core
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import connected
from tests.support.server import RunningServer, until

CUT = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE application_name = 'dibs doorbell' AND datname = current_database()"""


@pytest.fixture
def two(postgres_url: str, tmp_path: Path) -> Iterator[tuple[RunningServer, RunningServer]]:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with RunningServer(folders[0], postgres_url) as one, RunningServer(folders[1], postgres_url) as other:
        yield one, other


@pytest.fixture
async def workspace(postgres_url: str) -> AsyncIterator[Workspace]:
    core = Core(database(Settings(database_url=postgres_url)))
    await core.database.open()
    yield await cast.workspace(core)
    await core.database.close()


async def test_each_process_tells_every_event_and_every_presence(
    two: tuple[RunningServer, RunningServer], workspace: Workspace
) -> None:
    one, other = two
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    async with connected(one.live_url, key=ana.key) as anas, connected(other.live_url, key=ben.key) as bens:
        for client in (anas, bens):
            await client.resume(0)
        for number in range(1, 21):
            await workspace.emit(number)
        for client in (anas, bens):
            await client.until(lambda c: len(c.events) >= 20)
            assert client.numbers == list(range(1, 21))
        await anas.at(place, "replying", draft="x" * 4_000)
        await bens.until(lambda c: c.states == [("Ana", "replying")])
        await bens.at(place, "viewing")
        await anas.until(lambda c: c.states == [("Ben", "viewing")])
        async with connected(other.live_url, key=ben.key) as later:
            await later.resume(0)
            await later.until(lambda c: c.states == [("Ana", "replying")])
        # Ana has a window at each process: closing one is no leaving.
        async with connected(other.live_url, key=ana.key) as second:
            await second.at(place, "viewing")
            anas.socket.transport.abort()
            await bens.until(lambda c: c.states[-1:] == [("Ana", "viewing")])
        await bens.until(lambda c: c.states[-1:] == [("Ana", "left")])


async def test_the_presences_of_a_killed_process_are_gone_within_15_seconds(
    two: tuple[RunningServer, RunningServer], workspace: Workspace
) -> None:
    one, other = two
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(other.live_url, key=ben.key) as bens:
        await bens.resume(0)
        await bens.until(lambda c: bool(c.events))
        async with connected(one.live_url, key=ana.key) as anas:
            await anas.at(place, "viewing")
            await bens.until(lambda c: c.states == [("Ana", "viewing")])
            one.kill9()
            await bens.until(lambda c: c.states[1:] == [("Ana", "left")], seconds=17)


async def test_a_lost_connection_to_the_doorbell_is_made_again_and_told_anew(
    two: tuple[RunningServer, RunningServer], workspace: Workspace
) -> None:
    one, other = two
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place, elsewhere = await workspace.conversation(), await workspace.conversation()
    async with connected(one.live_url, key=ana.key) as anas, connected(other.live_url, key=ben.key) as bens:
        for client in (anas, bens):
            await client.resume(0)
        await anas.at(place, "viewing")
        await bens.until(lambda c: c.states == [("Ana", "viewing")])
        connection = await asyncpg.connect(one.database_url)
        assert await connection.fetchval(CUT) == 2
        await connection.close()
        await anas.at(elsewhere, "replying")
        await bens.until(lambda c: ("Ana", "replying") in c.states)
        await workspace.emit(1)
        await bens.until(lambda c: c.numbers == [1])
        async with connected(other.live_url, key=ben.key) as later:
            await later.resume(0)
            await later.until(lambda c: len(c.states) == 2)
            assert sorted(later.states) == [("Ana", "replying"), ("Ana", "viewing")]


@asynccontextmanager
async def _line(url: str, core: Core) -> AsyncIterator[tuple[Line, dict[str, int], list[str]]]:
    rung: dict[str, int] = {}
    shown: list[str] = []

    async def show(_: str, news: dict[str, list[bytes]]) -> None:
        shown.extend(part.decode() for parts in news.values() for part in parts)

    presences = Presences(core.database, show)
    line = Line(url, lambda workspace_id, cursor: rung.update({workspace_id: cursor}), presences)
    line.start()
    yield line, rung, shown
    await line.stop()


async def test_rings_reach_the_other_processes_and_not_their_own(postgres_url: str, workspace: Workspace) -> None:
    core = workspace.core
    async with (
        _line(postgres_url, core) as (one, ones_rings, _),
        _line(postgres_url, core) as (two, twos_rings, shown),
    ):
        # Who says hello is answered: then both listen.
        await until(lambda: two.process in one._heard and one.process in two._heard, what="hello")
        many = {f"ws_{n:026}": n for n in range(1, 2_001)}
        for workspace_id, cursor in many.items():
            one.ring(workspace_id, cursor)
            one.ring(workspace_id, cursor - 1)
        place = Place("ws_1", "conv_1", "agt_1")
        one.tell([(place, Sign("Ana", "replying", "\x01" * 4_000))])
        await until(lambda: twos_rings == many, what="every ring")
        await until(lambda: len(shown) == 1, what="the presence")
        assert '"state":"replying"' in shown[0]
        assert "draft" not in shown[0]  # too long for a notification
        assert ones_rings == {}
        await one.stop()
        await until(lambda: len(shown) == 2, what="good-bye")
        assert '"state":"left"' in shown[1]


async def test_a_malformed_notification_is_survived(postgres_url: str, workspace: Workspace) -> None:
    core = workspace.core
    async with _line(postgres_url, core) as (one, _, __), _line(postgres_url, core) as (_, rung, ___):
        await until(lambda: one._heard, what="hello")
        for payload in ("", "{", "[]", '{"process":1}', '{"process":"x","rung":{"ws_1":"soon"}}'):
            await core.database.run(select(func.pg_notify("dibs", payload)))
        one.ring("ws_1", 7)
        await until(lambda: rung == {"ws_1": 7}, what="the ring")


def test_portions_fit_into_a_notification() -> None:
    items = [("ws_" + "x" * (n % 300), n) for n in range(1_000)]
    found = list(portions(items))
    assert [item for portion in found for item in portion] == items
    assert all(sum(len(str(item)) for item in portion) < MOST_BYTES for portion in found)
    assert list(portions([])) == []


async def test_many_rings_of_one_workspace_are_one_notification(postgres_url: str, workspace: Workspace) -> None:
    core = workspace.core
    async with _line(postgres_url, core) as (one, _, __), _line(postgres_url, core) as (two, rung, ___):
        await until(lambda: one.process in two._heard and two.process in one._heard, what="hello")
        heard: list[str] = []
        hear = two._decode

        def listen(payload: Any) -> Word:
            heard.append(payload)
            return hear(payload)

        two._decode = listen
        for cursor in range(1, 1_001):
            one.ring(workspace.id, cursor)
        await until(lambda: rung == {workspace.id: 1_000}, what="the newest ring")
        assert sum(workspace.id in payload for payload in heard) == 1
