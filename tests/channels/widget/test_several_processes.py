"""A visitor at one process, an agent at another: they hear each other all the same."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.realtime.client import Client
from tests.realtime.client import connected as agent_connected
from tests.support.house import House, build
from tests.support.postgres import PostgresServer
from tests.support.server import RunningServer
from tests.support.visitors import connected, conversation_of, widget_of

NAME = "widget_of_two"
SHARED: dict[str, Any] = {"SECRET_KEY": "the same for both of them, and long enough", "VISITOR_LIMIT_PER_MINUTE": 0}


@pytest.fixture
def two(
    postgres: PostgresServer, postgres_template: str, tmp_path: Path
) -> Iterator[tuple[RunningServer, RunningServer]]:
    """Two servers of one installation."""
    postgres.create_database(NAME, template=postgres_template)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    url = postgres.url(NAME)
    with RunningServer(folders[0], url, **SHARED) as one, RunningServer(folders[1], url, **SHARED) as other:
        yield one, other
    postgres.drop_database(NAME)


@pytest.fixture
async def house(two: tuple[RunningServer, RunningServer], postgres: PostgresServer) -> AsyncIterator[House]:
    """A workspace of theirs; its people call the second one."""
    core = Core(database(Settings(database_url=postgres.url(NAME))))
    await core.database.open()
    async with httpx.AsyncClient(base_url=two[1].url, trust_env=False) as http:
        yield await build(core, http, "Two")
    await core.database.close()


async def heard_typing(agent: Client) -> dict[str, Any]:
    """Takes what the agent is told until a customer types."""
    while True:
        told = json.loads(await agent.socket.recv())
        for frame in told if isinstance(told, list) else [told]:
            if frame["type"] == "typing":
                found: dict[str, Any] = frame
                return found


async def test_a_visitor_and_an_agent_at_two_processes_hear_each_other(
    house: House, two: tuple[RunningServer, RunningServer]
) -> None:
    one, other = two
    async with httpx.AsyncClient(base_url=one.url, trust_env=False) as page:
        widget = await widget_of(house.ada, page)
        visitor = await widget.visitor()
        await visitor.says("Hello")
        conversation = (await conversation_of(house))["id"]
        live = agent_connected(other.live_url, key=house.sam.key)
        async with connected(one.url, visitor) as socket, live as agent:
            await socket.until_told("Hello")
            await agent.resume()
            await agent.at(conversation, "replying")
            async with asyncio.timeout(15):
                while socket.typing != [True]:
                    await socket.hear()
                await socket.send(type="typing")
                assert (await heard_typing(agent))["conversation_id"] == conversation
                path = f"/conversations/{conversation}/messages"
                assert (await house.sam.post(path, {"kind": "reply", "text": "Good day"})).status_code == 201
                await socket.until_told("Good day")
