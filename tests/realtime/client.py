"""A live client as tests need it: signs in, resumes, keeps everything it is told."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_SECONDS = 15


class Client:
    """One socket. `events`, `presences` and `resets` fill up while `listen` runs."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self.presences: list[dict[str, Any]] = []
        self.resets = 0
        self.pings = 0

    @property
    def cursor(self) -> int:
        """The newest event's cursor; 0 without one."""
        return int(self.events[-1]["cursor"]) if self.events else 0

    @property
    def numbers(self) -> list[int]:
        """The numbers that the test's events carry, in the order told."""
        return [event["n"] for event in self.events]

    @property
    def states(self) -> list[tuple[str, str]]:
        """Who was told to do what, in order."""
        return [(each["agent"]["name"], each["state"]) for each in self.presences]

    async def say(self, **frame: Any) -> None:
        """Sends one frame."""
        await self.socket.send(json.dumps(frame))

    async def resume(self, after: int | None = None) -> None:
        """Asks for everything after a cursor."""
        await self.say(type="resume", after=after)

    async def at(self, conversation_id: str, state: str, **more: Any) -> None:
        """Says where the agent is."""
        await self.say(type="presence", conversation_id=conversation_id, state=state, **more)

    async def hear(self) -> None:
        """Takes one message."""
        told = json.loads(await self.socket.recv())
        for frame in told if isinstance(told, list) else [told]:
            match frame["type"]:
                case "event":
                    self.events.append(frame)
                case "presence":
                    self.presences.append(frame)
                case "reset":
                    self.resets += 1
                case "ping":
                    self.pings += 1
                case other:
                    raise AssertionError(f"unknown frame {other}")

    async def until(self, fact: Callable[[Client], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
        """Takes messages until `fact(client)` holds."""
        async with asyncio.timeout(seconds):
            while not fact(self):
                await self.hear()

    async def up_to(self, cursor: int, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Takes messages until the event with that cursor."""
        await self.until(lambda c: c.cursor >= cursor, seconds=seconds)

    async def closed(self, *, seconds: float = PATIENCE_SECONDS) -> tuple[int, str]:
        """Takes messages until the server closes; returns its code and reason."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self.hear()
        except ConnectionClosed as error:
            if error.rcvd is None:
                raise
            return error.rcvd.code, error.rcvd.reason


@asynccontextmanager
async def connected(live_url: str, *, key: str = "", cookie: str = "", **options: Any) -> AsyncIterator[Client]:
    """A socket, signed in with a key or a session cookie, or with neither."""
    headers = {"Cookie": f"dibs_session={cookie}"} if cookie else {}
    headers |= options.pop("headers", {})
    async with connect(
        live_url, additional_headers=headers, compression=None, ping_interval=None, proxy=None, **options
    ) as opened:
        client = Client(opened)
        if key:
            await client.say(type="auth", key=key)
        yield client


def narrow_socket(port: int) -> socket.socket:
    """A connection whose receive buffer holds next to nothing, so that not reading is soon felt."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect(("127.0.0.1", port))
    made.setblocking(False)
    return made
