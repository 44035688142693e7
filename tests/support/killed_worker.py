"""Workers that die: `python -m tests.support.killed_worker` forks one after the other, each kills itself at its step.

Arguments: folder, database URL, port of the other side, steps divided by commas. The last worker lives until nothing is
left. The step `settle_first` is the bug that the test must catch: it writes down that it delivered, then delivers.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from dibs.db.open import database
from dibs.delivery import outbox, worker
from dibs.delivery.tables import outbox as entries_table
from dibs.settings import Settings
from dibs.tx import Core, Tx, transaction

STEPS = ("looking", "taken", "sending", "sent", "settled", "committed")
# So that the next worker need not wait for two minutes.
LEASE_MS = 1


def die_at(step: str, here: str) -> None:
    """Ends this process as a power cut does, if this is its step."""
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)


async def work(settings: Settings, port: int, step: str) -> None:
    """Takes what is due and hands it over, until nothing is queued."""
    core = Core(database(settings))
    await core.database.open()
    outbox.LEASE = LEASE_MS
    outbox.BACK_OFF = (1,)

    async def send(_: Core, entry: Any) -> None:
        die_at(step, "sending")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{entry.id} {entry.lane} {entry.seq}\n".encode())
        await reader.readline()
        writer.close()
        die_at(step, "sent")

    async def done(_: Tx, __: Any, ___: object) -> None:
        die_at(step, "settled")

    async def failed(_: Tx, entry: Any, refused: worker.Refused) -> None:
        raise AssertionError(f"{entry.id} failed: {refused}")

    deliverer = worker.Deliverer(send, done, failed)
    while True:
        die_at(step, "looking")
        entries = await outbox.take(core.database, most=worker.PER_TARGET)
        die_at(step, "taken" if entries else "looking")
        for entry in entries:
            if step == "settle_first":
                async with transaction(core, worker._delivery(entry)) as tx:
                    await outbox.settle(tx, entry, "done")
                die_at("settle_first", "settle_first")
            await worker.hand_over(core, deliverer, entry)
            die_at(step, "committed")
        if not entries and not await queued(core):
            return


async def queued(core: Core) -> int:
    """How many entries are still to leave."""
    statement = select(func.count().label("n")).where(entries_table.c.state == "queued")
    return int((await core.database.run(statement))[0].n)


def main(folder: str, url: str, port: str, steps: str) -> None:
    """One process per step, then one that lives."""
    settings = Settings(data_dir=Path(folder), database_url=url)
    for step in [*steps.split(","), ""]:
        child = os.fork()
        if child == 0:
            asyncio.run(work(settings, int(port), step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(step or "lived", "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
