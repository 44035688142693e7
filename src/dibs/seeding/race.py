"""This installation races itself: agents claim the same conversations at once, and the history rows are counted."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from dibs import clock
from dibs.actor import Actor
from dibs.conversations.claims import claim
from dibs.conversations.tables import claims, conversations
from dibs.db.open import Database
from dibs.errors import Refusal
from dibs.events import read_after
from dibs.ledger import audit_rows
from dibs.seeding.cast import crowd
from dibs.seeding.life import acting
from dibs.seeding.scratch import remove
from dibs.seeding.seed import Wish, seed
from dibs.tasks import spawn
from dibs.tx import Core, transaction


@dataclass(frozen=True, slots=True)
class Report:
    """What a race showed; times in milliseconds."""

    rounds: int
    agents: int
    claim_p50: float
    claim_p99: float
    events_p95: float
    lost_updates: int


async def race(core: Core, *, agents: int, rounds: int) -> Report:
    """Races in a scratch workspace, which is removed afterwards."""
    workspace_id, members = await seed(core, crowd(agents), Wish(rounds, name="Dibs doctor", limit=rounds))
    ears = _Ears(core, workspace_id)
    try:
        found = await core.database.run(
            select(conversations.c.id).where(conversations.c.workspace_id == workspace_id).order_by(conversations.c.id)
        )
        actors = [acting(workspace_id, member, "api") for member in members]
        times: list[float] = []
        won = 0
        for row in found:
            won += await _round(core, actors, row.id, times)
        await ears.quiet()
        lost = await _lost(core.database, workspace_id, won, rounds)
    finally:
        await ears.stop()
        await remove(core.database, workspace_id)
    return Report(rounds, len(actors), quantile(times, 0.5), quantile(times, 0.99), quantile(ears.delays, 0.95), lost)


async def _round(core: Core, actors: Sequence[Actor], conversation_id: str, times: list[float]) -> int:
    """Everybody claims one conversation; returns how many were told yes."""

    async def attempt(actor: Actor) -> bool:
        began = time.perf_counter()
        try:
            async with transaction(core, actor) as tx:
                await claim(tx, conversation_id)
        except Refusal:
            return False
        finally:
            times.append((time.perf_counter() - began) * 1_000)
        return True

    return sum(await asyncio.gather(*(attempt(actor) for actor in actors)))


async def _lost(database: Database, workspace_id: str, won: int, rounds: int) -> int:
    """How far yes-answers, spells, owners and audit rows are from one per round."""
    mine = claims.c.workspace_id == workspace_id
    spells = (await database.run(select(func.count().label("n")).where(mine).select_from(claims)))[0].n
    owned = (
        await database.run(
            select(func.count().label("n"))
            .select_from(conversations)
            .where(
                conversations.c.workspace_id == workspace_id,
                conversations.c.assignee_id.is_not(None),
                conversations.c.epoch == 1,
            )
        )
    )[0].n
    audited = (
        await database.run(
            select(func.count().label("n"))
            .select_from(audit_rows)
            .where(audit_rows.c.workspace_id == workspace_id, audit_rows.c.action == "conversation.claimed")
        )
    )[0].n
    return max(abs(int(number) - rounds) for number in (won, spells, owned, audited))


class _Ears:
    """Reads the workspace's events as they are announced, and notes how old they are then."""

    def __init__(self, core: Core, workspace_id: str) -> None:
        self.delays: list[float] = []
        self._core, self._workspace_id = core, workspace_id
        self._rang = asyncio.Event()
        self._cursor, self._newest = 0, 0
        core.doorbell.listen(self._ring)
        self._task = spawn(self._listen(), "race-ears")

    def _ring(self, workspace_id: str, cursor: int) -> None:
        if workspace_id == self._workspace_id:
            self._newest = max(self._newest, cursor)
            self._rang.set()

    async def _listen(self) -> None:
        while True:
            await self._rang.wait()
            self._rang.clear()
            rows = await read_after(self._core.database, self._workspace_id, self._cursor)
            self.delays += [clock.now() - row.at for row in rows if row.kind == "conversation.claimed"]
            self._cursor = rows[-1].seq if rows else self._cursor

    async def quiet(self) -> None:
        """Returns when everything announced has been read."""
        while self._cursor < self._newest:
            self._rang.set()
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """Stops listening."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


def quantile(numbers: Sequence[float], share: float) -> float:
    """The value that `share` of the numbers do not exceed; 0 when there is none."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
