"""The cheapest HTTP/1.1 client that measures well: requests are ready-made bytes, answers are read by their length."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import uvloop

T = TypeVar("T")
_LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how many seconds after the last byte was sent."""

    status: int
    body: bytes
    seconds: float


class Wire(asyncio.Protocol):
    """One kept-alive connection with one request under way at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.told: Callable[[Answer], None] | None = None
        self.lost: Callable[[], None] | None = None
        self._got = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready for the first request."""
        # uvloop's transports are none by their class.
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server closed the connection."""
        if self.lost is not None:
            self.lost()

    def send(self, request: bytes) -> None:
        """Sends a request; `told` gets its answer."""
        assert self.transport is not None
        self._began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Collects an answer until it is whole."""
        self._got = data = self._got + data if self._got else data
        head = data.find(b"\r\n\r\n")
        if head < 0:
            return
        at = data.find(_LENGTH, 0, head)
        length = int(data[at + len(_LENGTH) : data.index(b"\r", at)]) if at >= 0 else 0
        if len(data) - head - 4 < length:
            return
        self._got = b""
        if self.told is not None:
            self.told(Answer(int(data[9:12]), data[head + 4 :], time.perf_counter() - self._began))

    def close(self) -> None:
        """Hangs up."""
        self.lost = None
        if self.transport is not None:
            self.transport.close()

    async def ask(self, request: bytes) -> Answer:
        """Sends a request and waits for its answer. A lost connection is a ConnectionError."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.told = answer.set_result

        def lost() -> None:
            if not answer.done():
                answer.set_exception(ConnectionError("the server hung up"))

        self.lost = lost
        self.send(request)
        return await answer


async def connect(port: int) -> Wire:
    """A connection to a server on loopback."""
    _, wire = await asyncio.get_running_loop().create_connection(Wire, "127.0.0.1", port)
    return wire


def request(method: str, path: str, key: str, body: bytes = b"") -> bytes:
    """A request's bytes."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    kind = "Content-Type: application/json\r\n" if body else ""
    return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a measurement on uvloop."""
    return uvloop.run(work)
