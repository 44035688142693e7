"""One signed-in socket as the hub sees it: what it has been told, what waits for it, and how it is closed."""

import asyncio
from collections.abc import Sequence

from dibs.realtime.credentials import Credential
from dibs.realtime.frames import Batch, batches
from dibs.realtime.visibility import Audience
from dibs.realtime.wire import SLOW, Wire


class Listener:
    """A socket's queue is empty and costs nothing while it keeps up; beyond `limit` events it is closed with 4408."""

    __slots__ = (
        "agent_id",
        "agent_name",
        "ahead",
        "audience",
        "closed",
        "credential",
        "lag",
        "limit",
        "live",
        "replay",
        "waiter",
        "waiting",
        "wire",
        "workspace_id",
    )

    def __init__(
        self, workspace_id: str, agent: tuple[str, str], credential: Credential, wire: Wire, *, limit: int
    ) -> None:
        self.workspace_id, (self.agent_id, self.agent_name) = workspace_id, agent
        self.credential, self.wire, self.limit = credential, wire, limit
        self.audience: Audience = frozenset({None, self.agent_id})
        # Live: told each event as it happens, but for those up to `ahead`, which its replay has sent.
        self.live = False
        self.ahead = 0
        self.waiting: list[bytes] = []
        self.lag = 0
        self.closed = False
        self.waiter: asyncio.Future[None] | None = None
        self.replay: asyncio.Task[None] | None = None
        wire.on_resume = self._resumed

    def give(self, batch: Batch) -> None:
        """Sends a message, or queues it while the socket is clogged. Never waits."""
        if self.closed:
            return
        if not self.waiting and not self.wire.paused:
            self.wire.put(batch)
            return
        self.waiting.extend(batch.parts)
        self.lag = len(self.waiting)
        if self.lag > self.limit:
            self.close(SLOW, f"More than {self.limit} events behind: resume from your last cursor.")

    async def send(self, parts: Sequence[bytes]) -> None:
        """Sends messages as fast as the socket takes them: for a replay, which the client asked for."""
        for batch in batches(parts):
            while (self.waiting or self.wire.paused) and not self.closed:
                self.waiter = asyncio.get_running_loop().create_future()
                await self.waiter
            if not self.closed:
                self.wire.put(batch)

    def close(self, code: int, reason: str) -> None:
        """Closes the socket with a WebSocket code and a reason."""
        self.silence()
        self.wire.hang_up(code, reason)

    def silence(self) -> None:
        """Nothing more is told to this socket."""
        self.closed, self.live = True, False
        self.waiting, self.lag = [], 0
        self._wake()

    def _resumed(self) -> None:
        """What has queued up goes out, joined, until the socket is clogged again."""
        waiting, sent = self.waiting, 0
        for batch in batches(waiting) if waiting else ():
            if self.wire.paused:
                break
            self.wire.put(batch)
            sent += len(batch.parts)
        if sent and not self.closed:
            self.waiting = waiting[sent:]
            self.lag = len(self.waiting)
        if not self.waiting:
            self._wake()

    def _wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)
        self.waiter = None
