"""An outbox in a test's hands: a workspace, entries, a deliverer that does as it is told."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from dibs.accounts import provision
from dibs.actor import system
from dibs.delivery import outbox, worker
from dibs.tx import Core, Tx, transaction


@dataclass
class Post:
    """What was sent, in order, and what became of each entry."""

    core: Core
    workspace_id: str
    sent: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    # What sending an entry of a target does instead of succeeding.
    trouble: dict[str, Any] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, seq: int, *, target: str = "chn_a", lane: str = "conv_a") -> str:
        async with transaction(self.core, system(self.workspace_id, "Test")) as tx:
            return await outbox.put(tx, "test", target=target, lane=lane, seq=seq)

    async def _send(self, _: Core, entry: Any) -> object:
        self.sent.append(entry.seq)
        self.changed.set()
        trouble = self.trouble.get(entry.target)
        if isinstance(trouble, asyncio.Event):
            await trouble.wait()
        elif trouble is not None:
            raise trouble
        return None

    async def _done(self, _: Tx, entry: Any, __: object) -> None:
        self.done.append(entry.seq)
        self.changed.set()

    async def _failed(self, _: Tx, entry: Any, refused: worker.Refused) -> None:
        self.failed[entry.seq] = refused.code

    @property
    def deliverer(self) -> worker.Deliverer:
        return worker.Deliverer(self._send, self._done, self._failed)

    async def until(self, seen: list[int], number: int) -> None:
        """Waits until `seen`, which is `sent` or `done`, has so many."""
        async with asyncio.timeout(30):
            while len(seen) < number:
                self.changed.clear()
                await self.changed.wait()

    async def round(self) -> list[int]:
        """Takes what is due and hands it over, one by one; the numbers of what was taken."""
        entries = await outbox.take(self.core.database, most=100)
        for entry in entries:
            await worker.hand_over(self.core, self.deliverer, entry)
        return [entry.seq for entry in entries]


async def post_of(core: Core) -> Post:
    """A post in a workspace of its own."""
    made = await provision.create_workspace(core, "W", "olga@dibs.example")
    return Post(core, made.workspace_id)
