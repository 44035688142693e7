"""The visitors who are connected to this process: told what is said in their conversations, and nothing else.

Built on the hub's events, of which two kinds matter. A visitor's cursor is the last message they have: the numbers of
events, or of messages, would tell them how much goes on out of their sight.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec
import structlog

from dibs.channels.widget import reading
from dibs.channels.widget.queries import STILL_THERE, visible
from dibs.conversations.message_shapes import Message
from dibs.db.compiled import Row
from dibs.errors import Unavailable
from dibs.realtime.hub import Hub
from dibs.tasks import spawn
from dibs.tx import Core

log = structlog.get_logger()
# Shorter than the minute after which proxies commonly cut a silent connection.
PING_SECONDS = 15.0
MOST_PER_VISITOR = 20
ENDED, RESTARTING, TOO_MANY = 4401, 1012, 4429
_KINDS = frozenset({"message.created", "message.delivery"})
_SHOWN = frozenset({"customer", "reply", "bot"})


class _Contact(msgspec.Struct):
    id: str


class _Conversation(msgspec.Struct):
    id: str
    contact: _Contact


class _Event(msgspec.Struct):
    message: dict[str, Any]
    conversation: _Conversation


_decode = msgspec.json.Decoder(_Event).decode


class Wire(Protocol):
    """The sending side of one visitor's socket."""

    def put(self, frame: dict[str, Any]) -> None:
        """Sends without waiting."""

    def hang_up(self, code: int, reason: str) -> None:
        """Closes it."""


class Guest:
    """One visitor's socket: what it may see, and what it was told last."""

    def __init__(self, channel: Row, visitor: Row, wire: Wire) -> None:
        self.channel, self.visitor, self.wire = channel, visitor, wire
        self.conversations: list[str] = []
        self.known_as: str | None = None
        self.after: str | None = None
        self.typing = False


class Room:
    """A workspace that has visitors here."""

    def __init__(self, audience: "Audience", workspace_id: str) -> None:
        self.audience, self.workspace_id = audience, workspace_id
        self.guests: set[Guest] = set()
        self.by_conversation: dict[str, set[Guest]] = {}
        self.by_contact: dict[str, set[Guest]] = {}
        self._news: list[Row] = []
        self._telling = False

    def place(self, guest: Guest, conversation_ids: Sequence[str]) -> None:
        """The guest sees these conversations from now on, and is known by their contact."""
        self.take_away(guest)
        self.guests.add(guest)
        guest.conversations, guest.known_as = list(conversation_ids), guest.visitor.contact_id
        for each in guest.conversations:
            self.by_conversation.setdefault(each, set()).add(guest)
        if guest.known_as is not None:
            self.by_contact.setdefault(guest.known_as, set()).add(guest)

    def take_away(self, guest: Guest) -> None:
        """The guest sees nothing more."""
        self.guests.discard(guest)
        for each in guest.conversations:
            _discard(self.by_conversation, each, guest)
        if guest.known_as is not None:
            _discard(self.by_contact, guest.known_as, guest)
        guest.conversations, guest.known_as = [], None

    def events(self, rows: Sequence[Any]) -> None:
        """Hears of events from the hub."""
        self._news += [row for row in rows if row.kind in _KINDS and self.guests]
        if self._news and not self._telling:
            self._telling = True
            spawn(self._tell(), "widget-tell")

    def presences(self, conversation_ids: Iterable[str]) -> None:
        """Somebody began or ceased to write a reply: only that is told, not who."""
        presences = self.audience.hub.presences
        for each in conversation_ids:
            for guest in self.by_conversation.get(each, ()):
                typing = any(presences.is_answered(self.workspace_id, one) for one in guest.conversations)
                if typing != guest.typing:
                    guest.typing = typing
                    guest.wire.put({"type": "typing", "on": typing})

    async def _tell(self) -> None:
        try:
            while self._news:
                news, self._news = self._news, []
                for row in news:
                    await self._tell_one(_decode(row.body))
        except Unavailable as error:
            log.warning("widget.unavailable", workspace_id=self.workspace_id, detail=error.detail)
            self.close(RESTARTING, "Connect again.")
        finally:
            self._telling = False

    async def _tell_one(self, event: _Event) -> None:
        if event.message["kind"] not in _SHOWN:
            return
        known = self.by_conversation.get(event.conversation.id, set())
        for guest in list(self.by_contact.get(event.conversation.contact.id, set()) - known):
            # A conversation that began after they came: whether they may see it, the database says.
            await self.audience.resume(guest, guest.after)
        is_ours = event.message["kind"] == "customer"
        if not known or not (is_ours or event.message["delivery"] in ("sent", "delivered", "read")):
            return
        message: Message = event.message  # type: ignore[assignment]
        shown: dict[str, Any] = {}
        for guest in list(known):
            if guest.channel.id not in shown:
                look = await reading.sight(self.audience.core, guest.channel)
                shown[guest.channel.id] = look.message(message)
            guest.after = max(guest.after or "", message["id"])
            guest.wire.put({"type": "messages", "messages": [shown[guest.channel.id]]})

    def close(self, code: int, reason: str) -> None:
        """Closes every socket of the room."""
        for guest in list(self.guests):
            guest.wire.hang_up(code, reason)


def _discard(index: dict[str, set[Guest]], name: str, guest: Guest) -> None:
    guests = index.get(name, set())
    guests.discard(guest)
    if not guests:
        index.pop(name, None)


class Audience:
    """All visitors of this process."""

    def __init__(self, core: Core, hub: Hub) -> None:
        self.core, self.hub = core, hub
        self.rooms: dict[str, Room] = {}

    async def join(self, guest: Guest, after: str | None) -> None:
        """A visitor has connected; tells them what they missed since the message `after`."""
        ws = guest.visitor.workspace_id
        room = self.rooms.setdefault(ws, Room(self, ws))
        same = sum(1 for each in room.guests if each.visitor.id == guest.visitor.id)
        if same >= MOST_PER_VISITOR:
            guest.wire.hang_up(TOO_MANY, "Too many open tabs.")
            return
        room.guests.add(guest)
        await self.hub.follow(ws, room)
        await self.resume(guest, after)

    async def resume(self, guest: Guest, after: str | None) -> None:
        """Looks anew at what the visitor may see, and tells what they missed."""
        room = self.rooms.get(guest.visitor.workspace_id)
        if room is None or guest not in room.guests:
            return
        # First known by what they may see, then told what there is: nothing falls in between, repeats have the same id.
        room.place(guest, await visible(self.core.database.run, guest.visitor))
        found, anew = await reading.since(self.core, guest.channel, guest.visitor, after)
        guest.wire.put({"type": "messages", **found, "reset": anew})
        guest.after = max([guest.after or "", *(each["id"] for each in found["messages"])]) or None
        guest.typing = False
        room.presences(guest.conversations[:1])

    def leave(self, guest: Guest) -> None:
        """A visitor has gone."""
        room = self.rooms.get(guest.visitor.workspace_id)
        if room is None:
            return
        room.take_away(guest)
        if not room.guests:
            del self.rooms[room.workspace_id]
            self.hub.unfollow(room.workspace_id, room)

    def start(self) -> "asyncio.Task[None]":
        """Looks after the visitors in the background until the task is cancelled."""
        return spawn(self.run(), "widget-audience")

    async def run(self) -> None:
        """Pings, and closes who has lost their widget, until it is cancelled; then closes all."""
        try:
            while True:
                await asyncio.sleep(PING_SECONDS)
                for room in list(self.rooms.values()):
                    await self._look_after(room)
        finally:
            for room in list(self.rooms.values()):
                room.close(RESTARTING, "The server restarts: connect again.")

    async def _look_after(self, room: Room) -> None:
        guests = list(room.guests)
        wanted = {"ws": room.workspace_id, "visitors": [each.visitor.id for each in guests]}
        try:
            there = {row.id for row in await self.core.database.run(STILL_THERE, wanted)}
        except Unavailable:
            return
        for guest in guests:
            if guest.visitor.id in there:
                guest.wire.put({"type": "ping"})
            else:
                guest.wire.hang_up(ENDED, "This visit has ended.")
