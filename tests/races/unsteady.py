"""A database whose statements take random turns, so that transactions meet at every point between two of them."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable

from dibs.db.compiled import Params, Row
from dibs.db.open import Database, Transaction
from dibs.tx import Core


def unsteady(core: Core, dice: random.Random) -> Core:
    """`core` with pauses before its statements; the reactions are shared."""
    made = Core(_Unsteady(core.database, dice), core.doorbell, core.reactions)  # type: ignore[arg-type]
    made.on_settings_changed = core.on_settings_changed
    return made


class _Unsteady:
    def __init__(self, database: Database, dice: random.Random) -> None:
        self._database, self._dice = database, dice
        self.run, self.scan, self.dialect = database.run, database.scan, database.dialect

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["_Slow"]:
        await pause(self._dice)
        async with self._database.transaction() as opened:
            yield _Slow(opened, self._dice)
            await pause(self._dice)


class _Slow:
    def __init__(self, opened: Transaction, dice: random.Random) -> None:
        self._opened, self._dice = opened, dice

    async def run(self, statement: Executable, params: Params | None = None) -> list[Row]:
        await pause(self._dice)
        return await self._opened.run(statement, params)

    async def run_many(self, statement: Executable, many: Sequence[Params]) -> None:
        await pause(self._dice)
        await self._opened.run_many(statement, many)

    async def run_together(self, parts: Sequence[tuple[Executable, Params]]) -> None:
        await pause(self._dice)
        await self._opened.run_together(parts)


async def pause(dice: random.Random) -> Any:
    """Mostly nothing, at times some turns of the loop, now and then as long as a statement takes."""
    fate = dice.random()
    if fate < 0.25:
        for _ in range(dice.randrange(1, 6)):
            await asyncio.sleep(0)
    elif fate < 0.35:
        await asyncio.sleep(dice.random() * 0.003)
