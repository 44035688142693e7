"""`GET /v1/live`, the WebSocket: sign in, resume from a cursor, then be told everything. api.md section 5."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from dibs.accounts.identify import COOKIE, by_key, by_session, is_from_another_site
from dibs.accounts.tokens import digest
from dibs.actor import Actor
from dibs.errors import Forbidden, Unauthenticated, Unavailable
from dibs.realtime.credentials import FORBIDDEN, UNAUTHENTICATED, credential
from dibs.realtime.frames import Batch
from dibs.realtime.hub import TRY_AGAIN, Hub
from dibs.realtime.listener import Listener
from dibs.realtime.presence import State
from dibs.realtime.wire import EXTENSION, Wire
from dibs.tasks import spawn

MALFORMED = 4400
SIGN_IN_SECONDS = 10.0
LONGEST_DRAFT = 4_000
# A close frame carries at most 123 bytes of reason.
LONGEST_REASON = 123


class Frame(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    """What clients may say."""


class Auth(Frame, tag="auth"):
    """The first frame of a client without a session cookie."""

    key: str


class Resume(Frame, tag="resume"):
    """From which cursor to tell; from now without one."""

    after: int | None = None


class Presence(Frame, tag="presence"):
    """Where the agent is, and what they do there."""

    conversation_id: str
    state: State
    draft: str | None = None


class Pong(Frame, tag="pong"):
    """An answer to a ping; none is needed."""


_decode = msgspec.json.Decoder(Auth | Resume | Presence | Pong).decode


class HangUp(Exception):
    """Closes the socket with a code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def live(websocket: WebSocket) -> None:
    """Serves one socket until either side closes it. Another site's page with the visitor's cookie gets a 403."""
    if _from_another_site(websocket):
        await websocket.close()
        return
    await websocket.accept()
    wire = _wire(websocket)
    hub: Hub = websocket.app.state.hub
    listener = None
    try:
        listener = await _signed_in(websocket, hub, wire)
        while True:
            await _hear(await _next(websocket), hub, listener)
    except HangUp as error:
        wire.hang_up(error.code, error.reason.encode()[:LONGEST_REASON].decode(errors="ignore"))
    except WebSocketDisconnect:
        pass
    finally:
        if listener is not None:
            hub.leave(listener)
        if isinstance(wire, AsgiWire):
            await wire.settled()


async def _hear(frame: Frame, hub: Hub, listener: Listener) -> None:
    match frame:
        case Resume(after=after):
            hub.resume(listener, after)
        case Presence(conversation_id=conversation_id, state=state, draft=draft):
            if draft is not None and len(draft) > LONGEST_DRAFT:
                raise HangUp(MALFORMED, f"draft: use at most {LONGEST_DRAFT} characters")
            try:
                await hub.presences.change(listener, conversation_id, state, draft=draft)
            except Unavailable as error:
                raise HangUp(TRY_AGAIN, error.detail) from error
        case Auth():
            raise HangUp(MALFORMED, "This socket is signed in already.")


async def _signed_in(websocket: WebSocket, hub: Hub, wire: Wire) -> Listener:
    try:
        actor, secret = await _identify(websocket, hub)
        return hub.join(actor, credential(actor, digest(secret)), wire)
    except Unauthenticated as error:
        raise HangUp(UNAUTHENTICATED, error.detail) from error
    except Forbidden as error:
        raise HangUp(FORBIDDEN, error.detail) from error
    except Unavailable as error:
        raise HangUp(TRY_AGAIN, error.detail) from error


async def _identify(websocket: WebSocket, hub: Hub) -> tuple[Actor, str]:
    """The agent by session cookie, else by the key in the first frame, which must come within ten seconds."""
    if token := websocket.cookies.get(COOKIE):
        return await by_session(hub.database, token), token
    try:
        async with asyncio.timeout(SIGN_IN_SECONDS):
            frame = await _next(websocket)
    except TimeoutError as error:
        raise Unauthenticated(f"Nobody signed in within {SIGN_IN_SECONDS:.0f} seconds.") from error
    if not isinstance(frame, Auth):
        raise Unauthenticated('Send {"type":"auth","key":"ak_…"} first, or sign in.')
    return await by_key(hub.database, frame.key), frame.key


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


def _from_another_site(websocket: WebSocket) -> bool:
    """Browsers send cookies with any page's WebSocket, and always say which site the page is from."""
    return COOKIE in websocket.cookies and is_from_another_site(websocket)


def _wire(websocket: WebSocket) -> Wire:
    found: Wire | None = websocket.scope.get("extensions", {}).get(EXTENSION)
    return found or AsgiWire(websocket)


class AsgiWire:
    """A wire over plain ASGI, for servers other than ours: one message at a time, and the next when that was taken."""

    def __init__(self, websocket: WebSocket) -> None:
        self.paused = False
        self.on_resume: Callable[[], None] | None = None
        self._websocket = websocket
        self._closing: asyncio.Task[None] | None = None

    def put(self, batch: Batch) -> None:
        """Sends in the background; `paused` until the server has taken it."""
        self.paused = True
        spawn(self._send({"type": "websocket.send", "text": batch.text}), "live-send")

    def hang_up(self, code: int, reason: str) -> None:
        """Closes in the background."""
        self.paused = True
        self._closing = spawn(self._send({"type": "websocket.close", "code": code, "reason": reason}), "live-close")

    async def settled(self) -> None:
        """Waits until a close has been sent: when the application returns, the server cuts the connection."""
        if self._closing is not None:
            await self._closing

    async def _send(self, message: dict[str, Any]) -> None:
        try:
            await self._websocket.send(message)
        except (WebSocketDisconnect, OSError, RuntimeError):
            return  # it has gone, and whoever receives is told
        self.paused = False
        if self.on_resume is not None:
            self.on_resume()


router = APIRouter()
router.add_websocket_route("/v1/live", live)
