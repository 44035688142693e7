"""Fixtures of the races: real servers in processes of their own, seeded dice, and a voice for what was measured."""

import os
import random
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.conftest import seed
from tests.races import counts
from tests.races.wire import Wire
from tests.support.house import House, Person, build
from tests.support.postgres import PostgresServer
from tests.support.server import ROOT, RunningServer

LINES: list[str] = []
Tell = Callable[[str], None]
# Nothing is swept unless a test does it.
QUIET: dict[str, Any] = {"SWEEP_SECONDS": 60, "LOG_LEVEL": "error"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LINES:
        terminalreporter.section(f"races, seed {seed()}")
        for line in LINES:
            terminalreporter.write_line(line)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Says what a race found, at the end of the run."""
    name = request.node.name

    def say(line: str) -> None:
        LINES.append(f"{name}: {line}")
        print(line)

    return say


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """Randomness that the run's seed repeats."""
    print(f"seed {seed()}")
    return counts.dice(request.node.name)


class Fleet:
    """The running servers of the whole run, started when a test first asks for their database.

    Two processes share PostgreSQL; a test of one process uses the first and leaves the other idle.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, list[RunningServer]] = {}

    def of(self, backend: str, url: str, template: Path) -> list[RunningServer]:
        """The servers over that database: one on SQLite, two on PostgreSQL."""
        if backend not in self._running:
            folder = self.folder / backend
            folder.mkdir()
            if backend == "sqlite":
                shutil.copy(template, folder / "dibs.db")
            made = [RunningServer(folder, url, **QUIET) for _ in range(1 if backend == "sqlite" else 2)]
            self._running[backend] = made
            with ThreadPoolExecutor(len(made)) as pool:
                list(pool.map(RunningServer.start, made))
        return self._running[backend]

    def stop(self) -> None:
        """Ends all of them, also when one does not want to."""
        with ExitStack() as stack:
            while self._running:
                for server in self._running.popitem()[1]:
                    stack.callback(server.stop)


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The servers that the races share."""
    made = Fleet(tmp_path_factory.mktemp("fleet"))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def races_url(postgres: PostgresServer, postgres_template: str, fleet: Fleet) -> Iterator[str]:
    """The PostgreSQL database of the fleet, dropped after its servers have ended."""
    postgres.create_database("dibs_races", template=postgres_template)
    yield postgres.url("dibs_races")
    fleet.stop()
    postgres.drop_database("dibs_races")


@pytest.fixture
def processes() -> int:
    """How many server processes share the database; a test overrides it."""
    return 1


@pytest.fixture
def servers(backend: str, processes: int, request: pytest.FixtureRequest) -> list[RunningServer]:
    """That many running servers over one database."""
    url = request.getfixturevalue("races_url") if backend == "postgres" else ""
    fleet: Fleet = request.getfixturevalue("fleet")
    return fleet.of(backend, url, request.getfixturevalue("sqlite_template"))[:processes]


@pytest.fixture
async def town(servers: list[RunningServer]) -> AsyncIterator[House]:
    """A workspace on the running servers; its own people talk to the first of them."""
    core = Core(database(Settings(data_dir=servers[0].data_dir, database_url=servers[0].database_url)))
    await core.database.open()
    async with httpx.AsyncClient(base_url=servers[0].url, trust_env=False) as client:
        yield await build(core, client, "Town")
    await core.database.close()


@pytest.fixture
async def wires(servers: list[RunningServer]) -> AsyncIterator[Callable[[list[Person]], list[Wire]]]:
    """Gives each person a connection of their own, spread over the servers."""
    async with AsyncExitStack() as stack:

        def connect(people: list[Person]) -> list[Wire]:
            made = [Wire(servers[n % len(servers)].port, person) for n, person in enumerate(people)]
            for wire in made:
                stack.push_async_callback(wire.close)
            return made

        yield connect


@pytest.fixture
def python(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How a test starts Python with this project on its path."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT)]))
    return [sys.executable]
