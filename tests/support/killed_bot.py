"""Bots that die: `python -m tests.support.killed_bot` forks one after the other, each kills itself at its step.

Arguments: folder, database URL, steps divided by commas. The last one lives until no turn is open. The step
`end_first` is the bug that the test must catch: it ends the turn, then answers.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from dibs.bot import reactions, turns, worker
from dibs.bot.tables import bot_turns
from dibs.db.open import database
from dibs.outbound import Outbound
from dibs.settings import Settings
from dibs.tx import Core, Tx, transaction

STEPS = ("taken", "looked", "answering", "answered")


def die_at(step: str, here: str) -> None:
    """Ends this process as a power cut does, if this is its step."""
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)


async def work(settings: Settings, step: str) -> None:
    """Answers turns until none is open."""
    core, outbound = Core(database(settings)), Outbound(settings)
    reactions.register(core)
    await core.database.open()
    # So that the next one need not wait.
    worker.LEASE = {"builtin": 1}

    @asynccontextmanager
    async def dying(core: Core, actor: Any) -> AsyncIterator[Tx]:
        die_at(step, "looked")
        async with transaction(core, actor) as tx:
            yield tx
            die_at(step, "answering")

    worker.transaction = dying  # type: ignore[attr-defined]
    while True:
        taken = await worker.take(core.database, most=4)
        die_at(step, "taken")
        for turn in taken:
            if step == "end_first":
                async with transaction(core, worker._bot(turn.workspace_id)) as tx:
                    await turns._end(tx, turn, "silent")
                die_at(step, "end_first")
            await worker.respond(core, outbound, turn)
            die_at(step, "answered")
        if not taken and not await open_turns(core):
            return


async def open_turns(core: Core) -> int:
    """How many turns still wait for an answer."""
    statement = select(func.count().label("n")).where(bot_turns.c.state == "open")
    return int((await core.database.run(statement))[0].n)


def main(folder: str, url: str, steps: str) -> None:
    """One process per step, then one that lives."""
    settings = Settings(data_dir=Path(folder), database_url=url)
    for step in [*steps.split(","), ""]:
        child = os.fork()
        if child == 0:
            asyncio.run(work(settings, step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(step or "lived", "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
