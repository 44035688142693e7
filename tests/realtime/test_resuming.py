"""Resuming from a cursor: every event once, in the order of commits, and only what the agent may see."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from sqlalchemy import delete, update

from dibs.ledger import counters, events
from dibs.tx import transaction
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import connected
from tests.support.server import RunningServer


async def test_a_client_gets_what_it_missed_and_then_what_happens(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    seen = await workspace.emit(1, 2)
    await workspace.emit(3, 4, 5)
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(seen)
        await client.until(lambda c: c.numbers == [3, 4, 5])
        await workspace.emit(6)
        await client.until(lambda c: c.numbers == [3, 4, 5, 6])
    assert [event["cursor"] for event in client.events] == [seen + n for n in (1, 2, 3, 4)]
    assert client.events[0]["kind"] == "conversation.updated"
    assert client.events[0]["actor"]["name"] == "Test"


async def test_a_long_replay_comes_in_pages_without_a_gap(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    for start in range(0, 1_000, 100):
        await workspace.emit(*range(start, start + 100))
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(0)
        await client.until(lambda c: len(c.events) >= 500)
        await workspace.emit(*range(1_000, 1_100))
        await client.until(lambda c: len(c.events) >= 1_100)
    assert client.numbers == list(range(1_100))


async def test_events_that_commit_during_the_replay_come_once(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(*range(300))

    async def keep_emitting() -> None:
        for number in range(300, 400):
            await workspace.emit(number)

    async with connected(server.live_url, key=ana.key) as client, asyncio.TaskGroup() as group:
        group.create_task(keep_emitting())
        await client.resume(0)
        await client.until(lambda c: len(c.events) >= 400)
    assert client.numbers == list(range(400))


async def test_without_a_cursor_a_client_starts_now(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume()
        number = 1
        while not client.events:  # nothing says when a resume was taken: emit until one is told
            number += 1
            await workspace.emit(number)
            with contextlib.suppress(TimeoutError):
                await client.until(lambda c: bool(c.events), seconds=1)
        assert 1 not in client.numbers


@pytest.mark.parametrize("after", [10**6, 2**63, 10**30, -1])
async def test_a_cursor_that_cannot_be_resumed_gets_a_reset_and_goes_on_from_now(
    after: int, server: RunningServer, workspace: Workspace
) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(after)
        await client.until(lambda c: c.resets == 1)
        await workspace.emit(2)
        await client.until(lambda c: c.numbers == [2])


async def test_a_cursor_older_than_what_is_kept_gets_a_reset(server: RunningServer, workspace: Workspace) -> None:
    ana, purged = await workspace.person("Ana"), await workspace.emit(1, 2, 3)
    newest = await workspace.emit(4)
    async with transaction(workspace.core, workspace.actor) as tx:
        await tx.run(delete(events).where(events.c.workspace_id == workspace.id, events.c.seq <= purged))
        kept = update(counters).where(counters.c.workspace_id == workspace.id)
        await tx.run(kept.values(event_purged_seq=purged))
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(purged - 1)
        await client.until(lambda c: c.resets == 1)
        assert not client.events
        await client.resume(purged)
        await client.until(lambda c: c.cursor == newest)
        assert client.resets == 1
        assert client.numbers == [4]


async def test_resuming_again_on_the_same_socket_starts_over_from_that_cursor(
    server: RunningServer, workspace: Workspace
) -> None:
    ana, first = await workspace.person("Ana"), await workspace.emit(1)
    await workspace.emit(2, 3)
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(first)
        await client.until(lambda c: c.numbers == [2, 3])
        await client.resume(0)
        await client.until(lambda c: c.numbers == [2, 3, 1, 2, 3])
        await workspace.emit(4)
        await client.until(lambda c: c.numbers == [2, 3, 1, 2, 3, 4])


async def test_an_event_for_one_agent_is_told_to_that_agent_only(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    await workspace.emit(1)
    await workspace.emit(2, only=ana.id)
    async with connected(server.live_url, key=ana.key) as for_ana, connected(server.live_url, key=ben.key) as for_ben:
        for client in (for_ana, for_ben):
            await client.resume(0)
        await for_ana.until(lambda c: c.numbers == [1, 2])
        await for_ben.until(lambda c: c.numbers == [1])
        await workspace.emit(3, 4, only=ben.id)
        await workspace.emit(5, only=ana.id)
        await workspace.emit(6)
        await for_ana.until(lambda c: 6 in c.numbers)
        await for_ben.until(lambda c: 6 in c.numbers)
        assert for_ana.numbers == [1, 2, 5, 6]
        assert for_ben.numbers == [1, 3, 4, 6]


async def test_another_workspaces_events_are_never_told(server: RunningServer, workspace: Workspace) -> None:
    other = await cast.workspace(workspace.core)
    ana, eve = await workspace.person("Ana"), await other.person("Eve")
    async with connected(server.live_url, key=ana.key) as client, connected(server.live_url, key=eve.key) as foreign:
        await client.resume(0)
        await foreign.resume(0)
        await other.emit(66)
        await workspace.emit(1)
        await client.until(lambda c: bool(c.events))
        await foreign.until(lambda c: bool(c.events))
        assert (client.numbers, foreign.numbers) == ([1], [66])


async def test_nothing_is_told_before_a_client_resumes(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    async with connected(server.live_url, key=ana.key) as quiet, connected(server.live_url, key=ana.key) as client:
        await client.resume(0)
        await workspace.emit(1)
        await client.until(lambda c: c.numbers == [1])
        with pytest.raises(TimeoutError):
            await quiet.until(lambda c: bool(c.events), seconds=0.2)
