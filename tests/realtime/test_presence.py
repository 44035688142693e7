"""Presence: who looks at a conversation, told to the other agents, never stored, gone with the socket."""

from __future__ import annotations

import functools

import pytest
from websockets.exceptions import ConnectionClosed

from dibs import ids
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import Client, connected
from tests.support.server import RunningServer

GONE_SECONDS = 15


def _ends_with(sign: tuple[str, str], client: Client) -> bool:
    return client.states[-1:] == [sign]


async def _live(client: Client) -> None:
    await client.resume(0)
    await client.until(lambda c: bool(c.events))


async def test_the_others_see_where_an_agent_is_and_the_agent_does_not(
    server: RunningServer, workspace: Workspace
) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with (
        connected(server.live_url, key=ana.key) as anas,
        connected(server.live_url, cookie=ana.cookie) as anas_other,
        connected(server.live_url, key=ben.key) as bens,
    ):
        for client in (anas, anas_other, bens):
            await _live(client)
        for state in ("viewing", "replying", "noting", "away", "left"):
            await anas.at(place, state)
            await bens.until(functools.partial(_ends_with, ("Ana", state)))
        shape = {"type": "presence", "conversation_id": place, "agent": {"id": ana.id, "name": "Ana"}}
        assert bens.presences[0] == shape | {"state": "viewing"}
        await bens.at(place, "viewing")
        for client in (anas, anas_other):
            await client.until(lambda c: c.states == [("Ben", "viewing")])


async def test_a_shared_draft_comes_with_the_state(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key) as anas, connected(server.live_url, key=ben.key) as bens:
        for client in (anas, bens):
            await _live(client)
        await anas.at(place, "replying", draft="Dear Ana, ¿qué tal?")
        await bens.until(lambda c: bool(c.presences))
        assert bens.presences[0]["draft"] == "Dear Ana, ¿qué tal?"


async def test_a_new_socket_is_told_who_is_there_after_its_replay(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key) as anas, connected(server.live_url, key=ben.key) as first:
        for client in (anas, first):
            await _live(client)
        await anas.at(place, "viewing")
        await first.until(lambda c: c.states == [("Ana", "viewing")])
        async with connected(server.live_url, key=ben.key) as later, connected(server.live_url, key=ana.key) as own:
            await later.resume(0)
            await later.until(lambda c: c.states == [("Ana", "viewing")])
            assert later.numbers == [1]
            await own.resume(0)
            await own.until(lambda c: c.numbers == [1])
            assert own.states == []


async def test_a_killed_socket_is_gone_within_15_seconds(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ben.key) as bens:
        await _live(bens)
        async with connected(server.live_url, key=ana.key) as anas:
            await anas.at(place, "replying")
            await bens.until(lambda c: c.states == [("Ana", "replying")])
            anas.socket.transport.abort()
            await bens.until(lambda c: c.states[1:] == [("Ana", "left")], seconds=GONE_SECONDS)


async def test_a_socket_whose_other_end_fell_silent_is_gone_within_15_seconds(
    server: RunningServer, workspace: Workspace
) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ben.key) as bens, connected(server.live_url, key=ana.key) as anas:
        await _live(bens)
        await anas.at(place, "viewing")
        await bens.until(lambda c: c.states == [("Ana", "viewing")])
        # As with a pulled plug: nothing is read any more, so pings go unanswered, and nothing says good-bye.
        anas.socket.transport.pause_reading()
        await bens.until(lambda c: c.states[1:] == [("Ana", "left")], seconds=GONE_SECONDS)
        anas.socket.transport.resume_reading()
        with pytest.raises(ConnectionClosed) as closed:
            await anas.until(lambda _: False)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4408


async def test_two_windows_of_one_agent_count_as_the_more_telling_one(
    server: RunningServer, workspace: Workspace
) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ben.key) as bens, connected(server.live_url, key=ana.key) as one:
        await _live(bens)
        async with connected(server.live_url, key=ana.key) as two:
            await one.at(place, "viewing")
            await bens.until(lambda c: c.states == [("Ana", "viewing")])
            await two.at(place, "replying")
            await bens.until(lambda c: c.states[1:] == [("Ana", "replying")])
            await one.at(place, "away")
        await bens.until(lambda c: c.states[2:] == [("Ana", "away")])
        await one.at(place, "left")
        await bens.until(lambda c: c.states[3:] == [("Ana", "left")])


async def test_what_is_not_a_conversation_of_the_workspace_is_ignored(
    server: RunningServer, workspace: Workspace
) -> None:
    other = await cast.workspace(workspace.core)
    foreign, place = await other.conversation(), await workspace.conversation()
    ana, ben, eve = await workspace.person("Ana"), await workspace.person("Ben"), await other.person("Eve")
    await workspace.emit(1)
    await other.emit(1)
    async with (
        connected(server.live_url, key=ana.key) as anas,
        connected(server.live_url, key=ben.key) as bens,
        connected(server.live_url, key=eve.key) as eves,
    ):
        for client in (anas, bens, eves):
            await _live(client)
        for nowhere in (foreign, ids.new("conv"), "", "conv_", "x" * 9_000, f"{place}\x00", f"{place}\n", "agt_1"):
            await anas.at(nowhere, "viewing")
        await anas.at(place, "left")
        await anas.at(place, "viewing")
        await bens.until(lambda c: bool(c.presences))
        assert [each["conversation_id"] for each in bens.presences] == [place]
        await eves.at(foreign, "viewing")
        await bens.at(place, "viewing")
        await anas.until(lambda c: c.states == [("Ben", "viewing")])
        assert eves.presences == []


async def test_a_client_that_floods_is_told_on_once_in_a_while(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    place = await workspace.conversation()
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key) as anas, connected(server.live_url, key=ben.key) as bens:
        for client in (anas, bens):
            await _live(client)
        for _ in range(500):
            await anas.at(place, "viewing")
            await anas.at(place, "replying")
        await anas.at(place, "noting")
        await bens.until(lambda c: c.states[-1:] == [("Ana", "noting")])
        assert len(bens.presences) < 200
