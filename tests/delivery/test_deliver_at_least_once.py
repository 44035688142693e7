"""Workers killed at every step: what was committed leaves at least once, in order, under one id; nothing else does."""

import asyncio
import random
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from dibs.accounts import provision
from dibs.actor import system
from dibs.delivery import outbox
from dibs.settings import Settings
from dibs.tx import Core, transaction
from tests.conftest import seed
from tests.races.counts import count
from tests.support.killed_worker import STEPS
from tests.support.server import ROOT, _environment

LANES = 5


class OtherSide:
    """Whom the entries go to: it notes what reached it, and answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, int]] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = (await reader.readline()).decode().split()
        if said:
            self.got.append((said[0], said[1], int(said[2])))
            writer.write(b"ok\n")
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[OtherSide]:
    side = OtherSide()
    server = await asyncio.start_server(side.answer, "127.0.0.1", 0)
    side.port = server.sockets[0].getsockname()[1]
    async with server:
        yield side


async def filled(core: Core, workspace_id: str, number: int) -> tuple[list[str], list[str]]:
    """Entries that were committed, and the ids of those whose transaction failed."""
    committed, undone = [], []
    for each in range(number):
        lane = f"conv_{each % LANES}"
        with suppress(Undone):
            async with transaction(core, system(workspace_id, "Test")) as tx:
                entry = await outbox.put(tx, "test", target=f"chn_{each % 3}", lane=lane, seq=each)
                if each % 4 == 3:
                    undone.append(entry)
                    raise Undone
                committed.append(entry)
    return committed, undone


class Undone(Exception):
    pass


async def killed(settings: Settings, port: int, steps: list[str]) -> list[str]:
    """What became of the workers, one line each."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.support.killed_worker", str(settings.data_dir), settings.database_url, str(port)),
        ",".join(steps),
        cwd=ROOT,
        env=_environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().splitlines()


async def test_everything_committed_is_delivered_although_workers_die(settings: Settings, bare_core: Core) -> None:
    kills = count(100)
    steps = [random.Random(seed() + each).choice(STEPS) for each in range(kills)]
    committed, undone = await filled(bare_core, await workspace(bare_core), 4 * kills)
    async with listening() as side:
        ends = await killed(settings, side.port, steps)
    assert [end.split()[-1] for end in ends] == ["killed"] * kills + ["0"]
    reached = [entry for entry, _, _ in side.got]
    assert set(reached) == set(committed)
    assert not set(reached) & set(undone)
    lanes = defaultdict(list)
    for _, lane, number in dict.fromkeys(side.got):
        lanes[lane].append(number)
    assert all(numbers == sorted(numbers) for numbers in lanes.values())
    print(f"{kills} workers killed, {len(committed)} entries, {len(reached) - len(set(reached))} repeats, 0 lost")


async def test_a_worker_that_settles_before_it_sends_is_caught(settings: Settings, bare_core: Core) -> None:
    committed, _ = await filled(bare_core, await workspace(bare_core), 16)
    async with listening() as side:
        await killed(settings, side.port, ["settle_first"] * 3)
    lost = set(committed) - {entry for entry, _, _ in side.got}
    assert lost
    print(f"caught: settling first loses {len(lost)} of {len(committed)}")


async def workspace(core: Core) -> str:
    made = await provision.create_workspace(core, "W", "olga@dibs.example")
    return made.workspace_id


def test_the_steps_are_those_of_the_worker() -> None:
    source = Path(ROOT / "tests/support/killed_worker.py").read_text()
    assert all(f'"{step}"' in source for step in STEPS)
