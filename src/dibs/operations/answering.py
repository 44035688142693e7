"""How answers leave: each in one write. uvicorn writes head and body apart, which wakes the client twice."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class AnsweringProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol on a transport that gathers. Give it to uvicorn as `http=AnsweringProtocol`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast("asyncio.Transport", Gathering(transport, self.loop)))

    def handle_websocket_upgrade(self) -> None:
        # Sockets write whole frames, and count on knowing at once that one does not keep up.
        self.transport = cast("Gathering", self.transport).release()
        super().handle_websocket_upgrade()


class Gathering:
    """A transport that sends what is written in one turn of the loop together."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Sends `data` at the end of this turn, behind what is held already."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)

    def close(self) -> None:
        """Sends what is held, then closes."""
        self.release().close()

    def release(self) -> asyncio.Transport:
        """Sends what is held and returns the transport underneath."""
        self._send()
        return self._transport

    def _send(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))
