"""Losing a key, a session, a role or the membership closes the sockets that rested on it, within five seconds."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete

from dibs import clock
from dibs.accounts.tables import agents, api_keys, sessions
from dibs.tx import transaction
from tests.realtime.cast import Workspace
from tests.realtime.client import Client, connected
from tests.support.server import RunningServer

WITHIN_SECONDS = 5


async def _live(client: Client) -> None:
    await client.resume(0)
    await client.until(lambda c: bool(c.events))


@pytest.mark.parametrize(
    ("change", "code"),
    [({"revoked_at": 1}, 4401), ({"scopes": ["contacts:read"]}, 4403)],
    ids=["revoked", "without the scope"],
)
async def test_a_key_that_no_longer_holds_closes_its_sockets(
    change: dict[str, Any], code: int, server: RunningServer, workspace: Workspace
) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    await workspace.emit(1)
    async with (
        connected(server.live_url, key=ana.key) as by_key,
        connected(server.live_url, cookie=ana.cookie) as by_session,
        connected(server.live_url, key=ben.key) as of_ben,
    ):
        for client in (by_key, by_session, of_ben):
            await _live(client)
        await workspace.change(api_keys, ana, **change)
        assert (await by_key.closed(seconds=WITHIN_SECONDS))[0] == code
        await workspace.emit(2)
        for client in (by_session, of_ben):
            await client.until(lambda c: c.numbers == [1, 2])


async def test_signing_out_closes_the_sessions_sockets(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with connected(server.live_url, cookie=ana.cookie) as client:
        await _live(client)
        async with transaction(workspace.core, workspace.actor) as tx:
            await tx.run(delete(sessions).where(sessions.c.agent_id == ana.id))
        assert (await client.closed(seconds=WITHIN_SECONDS))[0] == 4401


async def test_a_session_that_expires_closes_its_sockets(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with connected(server.live_url, cookie=ana.cookie) as client:
        await _live(client)
        await workspace.change(sessions, ana, expires_at=clock.now())
        assert (await client.closed(seconds=WITHIN_SECONDS))[0] == 4401


@pytest.mark.parametrize(("change", "code"), [({"active": False}, 4401), ({"role": "viewer"}, 4403)])
async def test_an_agent_who_is_deactivated_or_demoted_is_closed(
    change: dict[str, Any], code: int, server: RunningServer, workspace: Workspace
) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with (
        connected(server.live_url, key=ana.key) as by_key,
        connected(server.live_url, cookie=ana.cookie) as by_session,
    ):
        for client in (by_key, by_session):
            await _live(client)
        await workspace.change(agents, ana, **change)
        for client in (by_key, by_session):
            assert (await client.closed(seconds=WITHIN_SECONDS))[0] == code


async def test_a_promotion_closes_nothing(server: RunningServer, workspace: Workspace) -> None:
    ana, ben = await workspace.person("Ana"), await workspace.person("Ben")
    await workspace.emit(1)
    async with (
        connected(server.live_url, key=ana.key) as promoted,
        connected(server.live_url, key=ben.key) as deactivated,
    ):
        for client in (promoted, deactivated):
            await _live(client)
        await workspace.change(agents, ana, role="admin")
        await workspace.change(agents, ben, active=False)
        # Both are looked at together.
        await deactivated.closed(seconds=WITHIN_SECONDS)
        await workspace.emit(2)
        await promoted.until(lambda c: c.numbers == [1, 2])


async def test_a_closed_socket_cannot_come_back_with_the_same_key(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.change(api_keys, ana, revoked_at=clock.now())
    async with connected(server.live_url, key=ana.key) as client:
        await client.resume(0)
        assert (await client.closed())[0] == 4401
        assert not client.events
