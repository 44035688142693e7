"""The hub of a process: reads each workspace's events once, in commit order, and tells them to its sockets.

It is woken by the doorbell of its own process and of the others. watch.py starts it and looks as well, so a lost ring
costs half a second and never an event.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec
import structlog

from dibs import clock
from dibs.actor import Actor
from dibs.db.postgres import PostgresDatabase
from dibs.errors import Unavailable
from dibs.events import newest_cursor, oldest_cursor, read_after
from dibs.realtime.credentials import Credential
from dibs.realtime.doorbell import Line
from dibs.realtime.frames import Batch, batches
from dibs.realtime.listener import Listener
from dibs.realtime.presence import Presences
from dibs.realtime.visibility import EVERYBODY, Audience, Told, audience, seen_by, told
from dibs.realtime.wire import Wire
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core

log = structlog.get_logger()

# Events that come while others are being told are gathered at most this long, then told together.
GATHER_SECONDS = 0.025
# Sockets that are served before the loop may do something else, such as a claim.
SLICE = 64
PAGE = 500
REPLAY_PAGE = 200
REPLAYS_AT_ONCE = 8
FAILED, RESTARTING, TRY_AGAIN = 1011, 1012, 1013
RESET = Batch([b'{"type":"reset"}'])


class Follower(Protocol):
    """Whoever else in this process wants a workspace's events and presences. Must not block."""

    def events(self, rows: Sequence[Any]) -> None:
        """Rows of `events`, in commit order."""

    def presences(self, conversation_ids: Iterable[str]) -> None:
        """At these conversations somebody came, went or does something else now."""


class Room:
    """A workspace that has sockets here: how far its events were told, and how far they are known to go."""

    def __init__(self, workspace_id: str) -> None:
        self.workspace_id = workspace_id
        self.listeners: set[Listener] = set()
        self.followers: set[Follower] = set()
        self.cursor = -1  # not read yet
        self.newest = 0
        self.pumping = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody wants to be told anything."""
        return not self.listeners and not self.followers


class Hub:
    """All sockets of this process."""

    def __init__(self, core: Core, settings: Settings) -> None:
        self.database, self.limit = core.database, settings.socket_queue
        self.rooms: dict[str, Room] = {}
        self.presences = Presences(core.database, self._show)
        # Set when an agent changed: sockets may have lost their right.
        self.suspicion = asyncio.Event()
        # How old the newest event was when the last socket had been told, in milliseconds.
        self.event_lag_ms = 0
        self.line: Line | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self._replays = asyncio.Semaphore(REPLAYS_AT_ONCE)
        core.doorbell.listen(self.rung)
        if isinstance(core.database, PostgresDatabase):
            self.line = Line(core.database.url, self.rung, self.presences)
            self.presences.tell = self.line.tell
            self.line.heard_typing = self._show_typing
            core.doorbell.listen(self.line.ring)

    @property
    def sockets(self) -> int:
        """How many sockets are signed in."""
        return sum(len(room.listeners) for room in self.rooms.values())

    @property
    def deepest_queue(self) -> int:
        """The most events that wait for any one socket."""
        return max((each.lag for each in self.listeners()), default=0)

    def listeners(self) -> list[Listener]:
        """Every signed-in socket."""
        return [listener for room in self.rooms.values() for listener in room.listeners]

    async def stop(self) -> None:
        """Closes every socket with 1012 and ends the background work."""
        for listener in self.listeners():
            listener.close(RESTARTING, "The server restarts: connect again.")
            self.leave(listener)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.line is not None:
            await self.line.stop()

    def join(self, actor: Actor, credential: Credential, wire: Wire) -> Listener:
        """A socket has signed in. It is told nothing before it resumes."""
        agent = (actor.id or "", actor.name)
        listener = Listener(actor.workspace_id, agent, credential, wire, limit=self.limit)
        listener.audience = audience(actor)
        self.rooms.setdefault(actor.workspace_id, Room(actor.workspace_id)).listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """A socket has gone: nobody sees it as present any more."""
        listener.silence()
        if listener.replay is not None:
            listener.replay.cancel()
        self.presences.gone(listener)
        room = self.rooms.get(listener.workspace_id)
        if room is not None:
            room.listeners.discard(listener)
            self._close(room)

    async def follow(self, workspace_id: str, follower: Follower) -> None:
        """From now on tells a follower what happens. What was committed before this returns can be read already."""
        room = self.rooms.setdefault(workspace_id, Room(workspace_id))
        room.followers.add(follower)
        if room.cursor < 0:
            await self._begin(room)

    def unfollow(self, workspace_id: str, follower: Follower) -> None:
        """Tells a follower nothing more."""
        room = self.rooms.get(workspace_id)
        if room is not None:
            room.followers.discard(follower)
            self._close(room)

    def _close(self, room: Room) -> None:
        if room.is_empty and self.rooms.get(room.workspace_id) is room:
            del self.rooms[room.workspace_id]

    def resume(self, listener: Listener, after: int | None) -> None:
        """Tells a socket everything after a cursor (None = from now), then goes on live."""
        if listener.replay is not None:
            listener.replay.cancel()
        listener.live = False
        listener.replay = spawn(self._resume(listener, after), "live-replay")

    async def _resume(self, listener: Listener, after: int | None) -> None:
        try:
            cursor = await self._catch_up(listener, after)
        except Unavailable as error:
            listener.close(TRY_AGAIN, error.detail)
            return
        except Exception:
            listener.close(FAILED, "The server failed: resume from your last cursor.")
            raise
        # Between the last look at the room's cursor and this nothing else runs: no gap, and nothing twice.
        listener.ahead, listener.live = cursor, not listener.closed
        listener.replay = None
        for batch in batches(self.presences.around(listener)):
            listener.give(batch)

    async def _catch_up(self, listener: Listener, after: int | None) -> int:
        """Sends what the room was told after a cursor, page by page, and returns the cursor reached."""
        room = self.rooms.get(listener.workspace_id)
        if room is None:
            return 0
        if room.cursor < 0:
            await self._begin(room)
        cursor = room.cursor if after is None else after
        if cursor != room.cursor and not await self._kept(room, cursor):
            listener.give(RESET)
            cursor = room.cursor
        while cursor < room.cursor and not listener.closed:
            async with self._replays:
                rows = await read_after(self.database, room.workspace_id, cursor, REPLAY_PAGE)
            if not rows:
                return room.cursor
            cursor = int(rows[-1].seq)
            await listener.send(seen_by(listener.audience, map(told, rows)))
        return cursor

    async def _begin(self, room: Room) -> None:
        cursor = await newest_cursor(self.database, room.workspace_id)
        if room.cursor < 0:
            room.cursor = cursor
            self.rung(room.workspace_id, room.newest)

    async def _kept(self, room: Room, cursor: int) -> bool:
        """Whether everything after the cursor can still be told, and the cursor is not from the future."""
        if cursor > room.cursor:
            return cursor <= await newest_cursor(self.database, room.workspace_id)
        return cursor >= await oldest_cursor(self.database, room.workspace_id)

    def rung(self, workspace_id: str, cursor: int) -> None:
        """Events up to a cursor are committed: tell them, unless nobody listens here."""
        room = self.rooms.get(workspace_id)
        if room is None:
            return
        room.newest = max(room.newest, cursor)
        if not room.pumping and 0 <= room.cursor < room.newest:
            room.pumping = True
            spawn(self._pump(room), "live-pump")

    async def _pump(self, room: Room) -> None:
        try:
            while room.cursor < room.newest and not room.is_empty:
                rows = await read_after(self.database, room.workspace_id, room.cursor, PAGE)
                if not rows:
                    break
                began = time.perf_counter()
                if any(row.kind == "agent.updated" for row in rows):
                    self.suspicion.set()
                for follower in list(room.followers):
                    follower.events(rows)
                await self._tell(room, [told(row) for row in rows])
                self.event_lag_ms = max(0, clock.now() - rows[-1].at)
                if room.cursor < room.newest:
                    await asyncio.sleep(min(GATHER_SECONDS, time.perf_counter() - began))
        except Unavailable as error:
            log.warning("live.unavailable", workspace_id=room.workspace_id, detail=error.detail)
        finally:
            # What could not be read is found again by the next ring or look.
            room.pumping, room.newest = False, room.cursor

    async def _tell(self, room: Room, events: Sequence[Told]) -> None:
        """Tells events to the sockets of a room: one message for all but those who may see more, or saw some."""
        before = room.cursor
        everybody = list(batches(seen_by(EVERYBODY, events)))
        named = {each.only for each in events if each.only is not None}
        own: dict[Audience, list[Batch]] = {}
        # From here on whoever becomes live has these events from its replay.
        room.cursor = events[-1].seq
        for index, listener in enumerate([each for each in room.listeners if each.live], 1):
            if listener.ahead > before:
                mine = list(batches(seen_by(listener.audience, events, listener.ahead)))
            elif named.isdisjoint(listener.audience):
                mine = everybody
            else:
                mine = own.get(listener.audience) or list(batches(seen_by(listener.audience, events)))
                own[listener.audience] = mine
            if listener.live:
                for batch in mine:
                    listener.give(batch)
            if index % SLICE == 0:
                await asyncio.sleep(0)

    async def _show(self, workspace_id: str, shown: dict[str, list[bytes]]) -> None:
        """Shows presences, given by the agent whom they are about, to the other agents of the workspace."""
        room = self.rooms.get(workspace_id)
        if room is None:
            return
        if room.followers:
            places = {_place(part) for parts in shown.values() for part in parts}
            for follower in list(room.followers):
                follower.presences(places)
        everybody = list(batches([part for parts in shown.values() for part in parts]))
        others = {
            agent: list(batches([part for about, parts in shown.items() if about != agent for part in parts]))
            for agent in {each.agent_id for each in room.listeners} & shown.keys()
        }
        for index, listener in enumerate([each for each in room.listeners if each.live], 1):
            if listener.live:
                for batch in others.get(listener.agent_id, everybody):
                    listener.give(batch)
            if index % SLICE == 0:
                await asyncio.sleep(0)

    def customer_types(self, workspace_id: str, conversation_id: str) -> None:
        """Shows the agents, here and at other processes, that the customer of a conversation is writing."""
        self._show_typing(workspace_id, conversation_id)
        if self.line is not None:
            self.line.tell_typing(workspace_id, conversation_id)

    def _show_typing(self, workspace_id: str, conversation_id: str) -> None:
        room = self.rooms.get(workspace_id)
        batch = Batch([msgspec.json.encode({"type": "typing", "conversation_id": conversation_id})])
        for listener in list(room.listeners) if room is not None else ():
            if listener.live:
                listener.give(batch)


def _place(part: bytes) -> str:
    return str(msgspec.json.decode(part)["conversation_id"])
