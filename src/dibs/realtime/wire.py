"""How bytes leave for a socket: at once, without waiting, and with a sign when the other side does not keep up.

`LiveProtocol` is uvicorn's own WebSocket protocol plus three things that ASGI cannot say: write a frame that is already
made (two thirds of the cost of a send at 5,000 sockets), know that a socket is clogged without waiting on it, and close
a clogged one. Give it to uvicorn as `ws=LiveProtocol`.
"""

from collections.abc import Callable
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from dibs.realtime.frames import Batch

EXTENSION = "dibs.wire"
SLOW = 4408
# Together below 15 s: so long may a socket look alive whose other end is gone.
PING_SECONDS = 7.0
PONG_SECONDS = 6.0
# A closed socket may read what was sent to it this long, then it is cut off.
LINGER_SECONDS = 60.0
SHUTDOWN_SECONDS = 2.0
MOST_RECEIVED_BYTES = 64 * 1024


class Wire(Protocol):
    """The sending side of one socket."""

    paused: bool
    on_resume: Callable[[], None] | None

    def put(self, batch: Batch) -> None:
        """Sends without waiting; to be called only while not `paused`."""

    def hang_up(self, code: int, reason: str) -> None:
        """Closes the socket, also a clogged one."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol as a `Wire`, which the application finds in the scope's extensions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn.max_message_size = MOST_RECEIVED_BYTES
        self.ping_interval, self.ping_timeout = PING_SECONDS, PONG_SECONDS
        self.paused = False
        self.on_resume: Callable[[], None] | None = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    def put(self, batch: Batch) -> None:
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(batch.frame)

    def hang_up(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return
        self.stop_keepalive()
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        self.pong_timer = None
        self.hang_up(SLOW, "No answer to pings: resume from your last cursor.")

    def pause_writing(self) -> None:
        super().pause_writing()
        self.paused = True

    def resume_writing(self) -> None:
        super().resume_writing()
        self._resumed()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._resumed()
        self.on_resume = None

    def shutdown(self) -> None:
        super().shutdown()
        # A client that does not read would keep the server from ending.
        self.loop.call_later(SHUTDOWN_SECONDS, self.transport.abort)

    def _resumed(self) -> None:
        self.paused = False
        if self.on_resume is not None:
            self.on_resume()
