"""Who looks at which conversation right now. Never stored: it lives as long as the sockets that say so.

An agent may have several windows, here and at other processes. The most telling one counts, and others are told only
when that changes.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import bindparam, select

from dibs import ids
from dibs.conversations.tables import conversations
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.realtime.listener import Listener
from dibs.tasks import spawn

State = Literal["viewing", "replying", "noting", "away", "left"]
# From least to most telling.
RANKS: dict[State, int] = {"left": 0, "away": 1, "viewing": 2, "noting": 3, "replying": 4}
# Changes are gathered this long, and longer when telling them takes long.
GATHER_SECONDS = 0.05
MOST_PAUSE_SECONDS = 1.0
# Conversations that one socket may be present in.
MOST_PER_SOCKET = 50
MOST_KNOWN = 20_000

_EXISTS = select(conversations.c.id).where(
    conversations.c.workspace_id == bindparam("ws", type_=Id), conversations.c.id == bindparam("id", type_=Id)
)


class Place(NamedTuple):
    """An agent at a conversation."""

    workspace_id: str
    conversation_id: str
    agent_id: str


class Sign(NamedTuple):
    """What one window, or one other process, says of an agent at a place."""

    name: str
    state: State
    draft: str | None = None


Entry = tuple[Place, Sign]
Show = Callable[[str, dict[str, list[bytes]]], Awaitable[None]]


class Presences:
    """All presences that this process knows, by the sockets and the other processes that tell them."""

    def __init__(self, database: Database, show: Show) -> None:
        self._database, self._show = database, show
        # Tells other processes; set when there may be some.
        self.tell: Callable[[Iterable[Entry]], None] | None = None
        self._signs: dict[Place, dict[Hashable, Sign]] = {}
        self._of: dict[Hashable, set[Place]] = {}
        self._in: dict[str, set[Place]] = {}
        self._told: dict[Place, Sign] = {}
        self._dirty: dict[Place, bool] = {}
        self._flushing = False
        self._known: set[tuple[str, str]] = set()

    async def change(self, listener: Listener, conversation_id: str, state: State, *, draft: str | None = None) -> None:
        """A client says where its agent is. What is not a conversation of the workspace is ignored."""
        place = Place(listener.workspace_id, conversation_id, listener.agent_id)
        here = self._of.get(listener, ())
        arrives = state != "left" and place not in here
        if arrives and (len(here) >= MOST_PER_SOCKET or not await self._exists(place)):
            return
        if not listener.closed:
            self._put(listener, place, Sign(listener.agent_name, state, draft), ours=True)

    def gone(self, listener: Listener) -> None:
        """A socket has closed."""
        self._drop(listener, ours=True)

    def around(self, listener: Listener) -> list[bytes]:
        """The present signs of the other agents of a workspace, for a socket that has just resumed."""
        return [
            frame(place, self._told[place])
            for place in self._in.get(listener.workspace_id, ())
            if place in self._told and place.agent_id != listener.agent_id
        ]

    def is_answered(self, workspace_id: str, conversation_id: str) -> bool:
        """Whether somebody is writing a reply there at this moment."""
        return any(
            place.conversation_id == conversation_id and self._told[place].state == "replying"
            for place in self._in.get(workspace_id, ())
            if place in self._told
        )

    def ours(self) -> list[Entry]:
        """Everything that the sockets of this process say."""
        return [(place, sign) for place in self._signs if (sign := self._strongest(place, ours=True))]

    def hear(self, process: str, entries: Iterable[Entry]) -> None:
        """Another process says what its sockets show."""
        for place, sign in entries:
            self._put(process, place, sign, ours=False)

    def forget(self, process: str) -> None:
        """Another process has ended, or starts to tell everything anew."""
        self._drop(process, ours=False)

    def processes(self) -> list[str]:
        """The other processes from which presences are known."""
        return [source for source in self._of if isinstance(source, str)]

    async def _exists(self, place: Place) -> bool:
        known = place[:2]
        if known in self._known:
            return True
        if not ids.well_formed(place.conversation_id, "conv"):
            return False
        found = await self._database.run(_EXISTS, {"ws": place.workspace_id, "id": place.conversation_id})
        if found:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known.add(known)
        return bool(found)

    def _put(self, source: Hashable, place: Place, sign: Sign, *, ours: bool) -> None:
        signs = self._signs.get(place, {})
        if signs.get(source) == sign or (sign.state == "left" and source not in signs):
            return
        if sign.state == "left":
            del signs[source]
            self._of[source].discard(place)
            if not self._of[source]:
                del self._of[source]
            if not signs:
                del self._signs[place]
        else:
            self._signs.setdefault(place, signs)[source] = sign
            self._of.setdefault(source, set()).add(place)
            self._in.setdefault(place.workspace_id, set()).add(place)
        self._dirty[place] = self._dirty.get(place, False) or ours
        if not self._flushing:
            self._flushing = True
            spawn(self._flush(), "live-presence")

    def _drop(self, source: Hashable, *, ours: bool) -> None:
        for place in list(self._of.get(source, ())):
            self._put(source, place, Sign("", "left"), ours=ours)

    def _strongest(self, place: Place, *, ours: bool = False) -> Sign | None:
        signs = [sign for source, sign in self._signs.get(place, {}).items() if not (ours and isinstance(source, str))]
        return max(signs, key=lambda sign: RANKS[sign.state], default=None)

    async def _flush(self) -> None:
        try:
            while self._dirty:
                await asyncio.sleep(GATHER_SECONDS)
                dirty, self._dirty = self._dirty, {}
                began = time.perf_counter()
                if self.tell is not None:
                    gone = Sign("", "left")
                    self.tell([(p, self._strongest(p, ours=True) or gone) for p, ours in dirty.items() if ours])
                for workspace_id, shown in self._news(dirty).items():
                    await self._show(workspace_id, shown)
                await asyncio.sleep(min(MOST_PAUSE_SECONDS, 4 * (time.perf_counter() - began)))
        finally:
            self._flushing = False

    def _news(self, dirty: Iterable[Place]) -> dict[str, dict[str, list[bytes]]]:
        """What changed for those who look on: by workspace and by the agent whom it is about."""
        news: dict[str, dict[str, list[bytes]]] = {}
        for place in dirty:
            before, sign = self._told.get(place), self._strongest(place)
            if sign is None:
                self._vacate(place)
            else:
                self._told[place] = sign
            shown = sign or (before and Sign(before.name, "left"))
            if shown is not None and sign != before:
                about = news.setdefault(place.workspace_id, {}).setdefault(place.agent_id, [])
                about.append(frame(place, shown))
        return news

    def _vacate(self, place: Place) -> None:
        self._told.pop(place, None)
        places = self._in.get(place.workspace_id, set())
        places.discard(place)
        if not places:
            self._in.pop(place.workspace_id, None)


def frame(place: Place, sign: Sign) -> bytes:
    """A presence as clients get it."""
    shape: dict[str, Any] = {
        "type": "presence",
        "conversation_id": place.conversation_id,
        "agent": {"id": place.agent_id, "name": sign.name},
        "state": sign.state,
    }
    if sign.draft is not None:
        shape["draft"] = sign.draft
    return msgspec.json.encode(shape)
