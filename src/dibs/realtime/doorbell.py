"""The doorbell between processes, over PostgreSQL's LISTEN/NOTIFY: who has new events, and who is present where.

It has a connection of its own and rings after the commit: NOTIFY inside a claim's transaction would make all claims of
the installation queue for one lock. Rings are gathered and sent together. Nothing depends on it but time: events are
read from the table, and every process also looks by itself.
"""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import asyncpg
import msgspec
import structlog

from dibs.realtime.presence import Entry, Presences, Sign
from dibs.tasks import spawn

log = structlog.get_logger()

CHANNEL = "dibs"
GATHER_SECONDS = 0.005
# PostgreSQL refuses 8,000 bytes and more.
MOST_BYTES = 7_900
BEAT_SECONDS = 4.0
# A process that has not been heard this long is gone, and its presences with it.
SILENCE_SECONDS = 12.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0
CALL_SECONDS = 5.0
LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

_NOTIFY = "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload"


class Word(msgspec.Struct, omit_defaults=True):
    """One notification. An empty one only says that its process lives."""

    process: str
    rung: dict[str, int] = {}
    here: list[Entry] = []
    # Workspaces and conversations whose customers are writing.
    typing: list[tuple[str, str]] = []
    hello: bool = False
    bye: bool = False


class Line:
    """This process's end of the doorbell."""

    def __init__(self, url: str, rung: Callable[[str, int], None], presences: Presences) -> None:
        self.url, self.rung, self.presences = url, rung, presences
        self.process = secrets.token_hex(6)
        self._decode = msgspec.json.Decoder(Word).decode
        self._rings: dict[str, int] = {}
        self._entries: list[Entry] = []
        self._typing: set[tuple[str, str]] = set()
        # Told of each customer whom another process hears writing.
        self.heard_typing: Callable[[str, str], None] | None = None
        self._stir = asyncio.Event()
        self._heard: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connects in the background, and again whenever the connection is lost."""
        self._task = spawn(self._keep(), "doorbell")

    async def stop(self) -> None:
        """Says good-bye and disconnects."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def ring(self, workspace_id: str, cursor: int) -> None:
        """Lets the other processes know that events up to a cursor are committed."""
        self._rings[workspace_id] = max(cursor, self._rings.get(workspace_id, 0))
        self._stir.set()

    def tell(self, entries: Iterable[Entry]) -> None:
        """Lets the other processes know what the sockets of this one show."""
        self._entries.extend(entries)
        self._stir.set()

    def tell_typing(self, workspace_id: str, conversation_id: str) -> None:
        """Lets the other processes know that a customer is writing."""
        self._typing.add((workspace_id, conversation_id))
        self._stir.set()

    async def _keep(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                connection = await asyncpg.connect(
                    self.url, timeout=CALL_SECONDS, server_settings={"application_name": "dibs doorbell"}
                )
                try:
                    await connection.add_listener(CHANNEL, self._hear)
                    pause = FIRST_PAUSE_SECONDS
                    await self._talk(connection)
                finally:
                    connection.terminate()
            except LOST as error:
                log.warning("doorbell.lost", error=repr(error), retry_in_seconds=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _talk(self, connection: Any) -> None:
        """Sends what there is to send until the connection fails; at least a beat, which also shows that it works."""
        # What others told while nobody listened here is unknown: all tell everything anew.
        for process in self.presences.processes():
            self.presences.forget(process)
        self._entries = self.presences.ours()
        await self._send(connection, [Word(self.process, hello=True)])
        try:
            while True:
                await self._send(connection, self._words() or [Word(self.process)])
                self._forget_silent()
                with contextlib.suppress(TimeoutError):
                    # Not wait_for: before Python 3.12 that may swallow a cancellation.
                    async with asyncio.timeout(BEAT_SECONDS):
                        await self._stir.wait()
                    await asyncio.sleep(GATHER_SECONDS)
        except asyncio.CancelledError:
            with contextlib.suppress(*LOST):
                await self._send(connection, [Word(self.process, bye=True)])
            raise

    async def _send(self, connection: Any, words: Iterable[Word]) -> None:
        payloads = [msgspec.json.encode(word).decode() for word in words]
        await connection.execute(_NOTIFY, CHANNEL, payloads, timeout=CALL_SECONDS)

    def _words(self) -> list[Word]:
        self._stir.clear()
        rings, self._rings = self._rings, {}
        entries, self._entries = self._entries, []
        typing, self._typing = self._typing, set()
        words = [Word(self.process, rung=dict(some)) for some in portions(rings.items())]
        words += [Word(self.process, typing=some) for some in portions(typing)]
        return words + [Word(self.process, here=some) for some in portions(map(_shortened, entries))]

    def _hear(self, _: Any, __: int, ___: str, payload: object) -> None:
        try:
            word = self._decode(str(payload))
        except msgspec.DecodeError as error:
            log.warning("doorbell.malformed", error=str(error))
            return
        if word.process == self.process:
            return
        self._heard[word.process] = time.monotonic()
        if word.hello or word.bye:
            self.presences.forget(word.process)
        if word.hello:
            self.tell(self.presences.ours())
        self.presences.hear(word.process, word.here)
        for workspace_id, cursor in word.rung.items():
            self.rung(workspace_id, cursor)
        for workspace_id, conversation_id in word.typing:
            if self.heard_typing is not None:
                self.heard_typing(workspace_id, conversation_id)

    def _forget_silent(self) -> None:
        now = time.monotonic()
        for process in [name for name, heard in self._heard.items() if now - heard > SILENCE_SECONDS]:
            del self._heard[process]
            self.presences.forget(process)


def portions(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items in lists that each fit into one notification."""
    portion: list[Any] = []
    room = MOST_BYTES - 100
    for item in items:
        size = len(msgspec.json.encode(item)) + 1
        if portion and size > room:
            yield portion
            portion, room = [], MOST_BYTES - 100
        portion.append(item)
        room -= size
    if portion:
        yield portion


def _shortened(entry: Entry) -> Entry:
    # A draft too long for a notification is left out: the state still shows.
    place, sign = entry
    fits = len(msgspec.json.encode(entry)) < MOST_BYTES - 200
    return entry if fits else (place, Sign(sign.name, sign.state))
