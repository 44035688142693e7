"""`GET /widget/v1/{key}/live`, the visitor's WebSocket: say hello with the token, then be told what is said.

The widget says: hello (token, after), resume (token, after), typing, delivered (id), seen (id).
The server says: messages (messages, more, reset), typing (on), ping.
"""

import asyncio
import time
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from dibs.accounts import rate_limits
from dibs.accounts.identify import address
from dibs.channels.widget import reading, visitors
from dibs.channels.widget.audience import ENDED, RESTARTING, TOO_MANY, Audience, Guest
from dibs.channels.widget.identify import PREFIX, called, cross_origin
from dibs.db.compiled import Row
from dibs.errors import Refusal, Unauthenticated, Unavailable
from dibs.tasks import spawn
from dibs.tx import Core, transaction

MALFORMED, SLOW, TRY_AGAIN = 4400, 4408, 1013
HELLO_SECONDS = 10.0
# Frames that may wait for a visitor's socket, and that one may send in a window.
MOST_WAITING = 200
MOST_FRAMES, WINDOW_SECONDS = 60, 10.0
# Typing is told this often at most.
TYPING_SECONDS = 1.0
LONGEST_REASON = 123


class Frame(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    """What widgets may say."""


class Hello(Frame, tag="hello"):
    """The first frame: who it is, and the last message that they have."""

    token: str
    after: str | None = None


class Resume(Frame, tag="resume"):
    """Look anew at what this visitor may see: they have written their first message, or were identified."""

    token: str
    after: str | None = None


class Typing(Frame, tag="typing"):
    """The visitor is writing."""


class Delivered(Frame, tag="delivered"):
    """The team's messages up to this one have arrived."""

    id: str


class Seen(Frame, tag="seen"):
    """The team's messages up to this one were shown to the visitor."""

    id: str


class Pong(Frame, tag="pong"):
    """An answer to a ping; none is needed."""


_decode = msgspec.json.Decoder(Hello | Resume | Typing | Delivered | Seen | Pong).decode


class HangUp(Exception):
    """Closes the socket with a code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Line:
    """Sends frames one after the other in the background."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._closed = False
        self._sending = spawn(self._send(), "widget-send")

    def put(self, frame: dict[str, Any]) -> None:
        """Sends without waiting; a socket that does not keep up is closed, and its widget comes again."""
        if self._closed:
            return
        if self._waiting.qsize() >= MOST_WAITING:
            self.hang_up(SLOW, "Too slow: connect again.")
            return
        self._waiting.put_nowait({"type": "websocket.send", "text": msgspec.json.encode(frame).decode()})

    def hang_up(self, code: int, reason: str) -> None:
        """Closes the socket after what was sent before."""
        if not self._closed:
            self._closed = True
            short = reason.encode()[:LONGEST_REASON].decode(errors="ignore")
            self._waiting.put_nowait({"type": "websocket.close", "code": code, "reason": short})

    async def end(self) -> None:
        """Ends the sending; waits for a close that is on its way."""
        if not self._closed:
            self._sending.cancel()
        await asyncio.wait([self._sending], timeout=1)

    async def _send(self) -> None:
        try:
            while True:
                message = await self._waiting.get()
                await self._websocket.send(message)
                if message["type"] == "websocket.close":
                    return
        except (WebSocketDisconnect, OSError, RuntimeError):
            self._closed = True  # it has gone, and whoever receives is told


class Pace:
    """How much one socket says."""

    def __init__(self) -> None:
        self._began, self._frames, self._typed = time.monotonic(), 0, 0.0

    def count(self) -> None:
        """Counts a frame. Hangs up on who sends too many."""
        now = time.monotonic()
        if now - self._began > WINDOW_SECONDS:
            self._began, self._frames = now, 0
        self._frames += 1
        if self._frames > MOST_FRAMES:
            raise HangUp(TOO_MANY, "Too many frames: come back in a while.")

    def may_type(self) -> bool:
        """Whether typing may be told again."""
        now = time.monotonic()
        if now - self._typed < TYPING_SECONDS:
            return False
        self._typed = now
        return True


async def live(websocket: WebSocket) -> None:
    """Serves one visitor's socket until either side closes it. Pages of other origins, and who comes too often: 403."""
    audience: Audience = websocket.app.state.audience
    try:
        channel = await called(audience.core, websocket.path_params["key"])
        cross_origin(websocket, channel)
        rate_limits.spend_visitors_address(websocket.app.state.settings, address(websocket))
    except Refusal:
        await websocket.close()
        return
    await websocket.accept()
    line = Line(websocket)
    try:
        await _serve(websocket, audience, channel, line)
    except HangUp as error:
        line.hang_up(error.code, error.reason)
    except Refusal as error:
        line.hang_up(TRY_AGAIN if isinstance(error, Unavailable) else ENDED, error.detail)
    except WebSocketDisconnect:
        pass
    finally:
        await line.end()


async def _serve(websocket: WebSocket, audience: Audience, channel: Row, line: Line) -> None:
    guest, after = await _greeted(websocket, audience, channel, line)
    pace = Pace()
    try:
        await audience.join(guest, after)
        while True:
            frame = await _next(websocket)
            pace.count()
            await _hear(frame, audience, guest, pace)
    finally:
        audience.leave(guest)


async def _greeted(websocket: WebSocket, audience: Audience, channel: Row, line: Line) -> tuple[Guest, str | None]:
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            frame = await _next(websocket)
    except TimeoutError as error:
        raise Unauthenticated(f"Nobody said hello within {HELLO_SECONDS:.0f} seconds.") from error
    if not isinstance(frame, Hello):
        raise HangUp(MALFORMED, "Say hello first.")
    guest = Guest(channel, await visitors.find(audience.core, channel, frame.token), line)
    return guest, frame.after


async def _hear(frame: Frame, audience: Audience, guest: Guest, pace: Pace) -> None:
    core = audience.core
    match frame:
        case Resume(token=token, after=after):
            visitor = await visitors.find(core, guest.channel, token)
            if visitor.id != guest.visitor.id:
                raise HangUp(RESTARTING, "Another visitor: connect again.")
            guest.visitor = visitor
            await audience.resume(guest, after)
        case Typing():
            if guest.conversations and pace.may_type():
                audience.hub.customer_types(guest.visitor.workspace_id, guest.conversations[0])
        case Delivered(id=message_id):
            await _got(core, guest, message_id, "delivered")
        case Seen(id=message_id):
            await _got(core, guest, message_id, "read")
        case Hello():
            raise HangUp(MALFORMED, "Hello was said already.")


async def _got(core: Core, guest: Guest, message_id: str, to: Any) -> None:
    async with transaction(core, visitors.actor(guest.visitor.workspace_id)) as tx:
        await reading.has_got(tx, guest.visitor, message_id, to)


async def _next(websocket: WebSocket) -> Frame:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text = message.get("text")
    if text is None:
        raise HangUp(MALFORMED, "Send text, not binary.")
    try:
        frame: Frame = _decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise HangUp(MALFORMED, f"Malformed: {error}") from error
    return frame


router = APIRouter()
router.add_websocket_route(f"{PREFIX}/live", live)
