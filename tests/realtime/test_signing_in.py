"""Signing in to a live socket, and everything that a socket refuses."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import InvalidStatus

from dibs import clock
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.realtime.client import connected
from tests.support.server import RunningServer

AUTH = {"type": "auth", "key": "ak_000000_" + "x" * 32}


async def test_a_session_cookie_signs_in(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    same_site = {"Origin": server.url}
    async with connected(server.live_url, cookie=ana.cookie, headers=same_site) as client:
        await client.resume(0)
        await client.until(lambda c: c.numbers == [1])


async def test_another_sites_page_cannot_use_the_visitors_cookie(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    for origin in ("https://evil.example", "null", "http://[", f"{server.url}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            async with connected(server.live_url, cookie=ana.cookie, headers={"Origin": origin}):
                pass
        assert refused.value.response.status_code == 403


async def test_another_sites_page_may_use_a_key(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    await workspace.emit(1)
    async with connected(server.live_url, key=ana.key, headers={"Origin": "https://tools.example"}) as client:
        await client.resume(0)
        await client.until(lambda c: c.numbers == [1])


@pytest.mark.parametrize("key", ["ak_000000_" + "x" * 32, "", "nonsense", "ak_\x00", "ak_ünïcödé", "x" * 10_000])
async def test_an_unknown_key_is_closed_4401(key: str, server: RunningServer, workspace: Workspace) -> None:
    async with connected(server.live_url) as client:
        await client.say(type="auth", key=key)
        assert (await client.closed())[0] == 4401


async def test_a_key_in_the_url_does_not_sign_in(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    async with connected(f"{server.live_url}?key={ana.key}&token={ana.key}") as client:
        await client.resume()
        assert (await client.closed())[0] == 4401


async def test_whoever_does_not_sign_in_is_closed_4401_after_ten_seconds(
    server: RunningServer, workspace: Workspace
) -> None:
    async with connected(server.live_url) as client:
        code, reason = await client.closed(seconds=14)
        assert code == 4401
        assert "10 seconds" in reason


async def test_resuming_before_signing_in_is_closed_4401(server: RunningServer, workspace: Workspace) -> None:
    async with connected(server.live_url) as client:
        await client.resume(0)
        assert (await client.closed())[0] == 4401


async def test_a_session_that_has_ended_is_closed_4401(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana", session_ms=-clock.MINUTE)
    for cookie in (ana.cookie, "nonsense", "x" * 4_000):
        async with connected(server.live_url, cookie=cookie) as client:
            assert (await client.closed())[0] == 4401


async def test_a_key_without_the_scope_is_closed_4403(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana", scopes=("contacts:read", "analytics:read", "admin"))
    async with connected(server.live_url, key=ana.key) as client:
        code, reason = await client.closed()
        assert code == 4403
        assert "conversations:read" in reason


async def test_a_viewer_may_listen(server: RunningServer, workspace: Workspace) -> None:
    vera = await workspace.person("Vera", role="viewer", scopes=("conversations:read",))
    await workspace.emit(1)
    async with connected(server.live_url, key=vera.key) as client:
        await client.resume(0)
        await client.until(lambda c: c.numbers == [1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"resume"',
        "{}",
        '{"type":"claim"}',
        '{"type":"resume","after":"1"}',
        '{"type":"resume","after":1.5}',
        '{"type":"resume","after":true}',
        '{"type":"resume","before":1}',
        '{"type":"presence"}',
        '{"type":"presence","conversation_id":1,"state":"viewing"}',
        '{"type":"presence","conversation_id":"conv_1","state":"sleeping"}',
        '{"type":"presence","conversation_id":"conv_1","state":"\\ud800"}',
        '{"type":"auth","key":"again"}',
        json.dumps({"type": "presence", "conversation_id": "x", "state": "viewing", "draft": "x" * 4_001}),
        "[" * 5_000,
    ],
)
async def test_a_malformed_frame_is_closed_4400_with_a_reason(
    text: str, server: RunningServer, workspace: Workspace
) -> None:
    ana = await workspace.person("Ana")
    async with connected(server.live_url, key=ana.key) as client:
        await client.socket.send(text)
        code, reason = await client.closed()
        assert code == 4400
        assert reason


async def test_a_binary_frame_is_closed_4400(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    async with connected(server.live_url, key=ana.key) as client:
        await client.socket.send(b'{"type":"resume"}')
        assert (await client.closed())[0] == 4400


async def test_a_huge_frame_is_refused(server: RunningServer, workspace: Workspace) -> None:
    async with connected(server.live_url) as client:
        await client.socket.send("x" * 100_000)
        assert (await client.closed())[0] == 1009


async def test_a_pong_is_welcome_and_changes_nothing(server: RunningServer, workspace: Workspace) -> None:
    ana = await workspace.person("Ana")
    async with connected(server.live_url, key=ana.key) as client:
        await client.say(type="pong")
        await client.resume(0)
        await workspace.emit(1)
        await client.until(lambda c: c.numbers == [1])


async def test_a_key_of_another_workspace_hears_only_its_own(server: RunningServer, workspace: Workspace) -> None:
    other = await cast.workspace(workspace.core)
    eve = await other.person("Eve")
    await workspace.emit(1)
    async with connected(server.live_url, key=eve.key) as client:
        await client.resume(0)
        await other.emit(2)
        await client.until(lambda c: c.numbers == [2])
