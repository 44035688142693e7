"""Installations to measure: a database on a disk, filled by `dibs seed`, served by `dibs serve` with its defaults."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from dibs.settings import Settings
from tests.support.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 60
STOP_SECONDS = 30
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Installation:
    """A database and the folder beside it."""

    store: "Store"
    folder: Path
    name: str

    @property
    def url(self) -> str:
        """The database's URL."""
        if self.store.postgres is not None:
            return self.store.postgres.url(self.name)
        return f"sqlite:///{self.folder / 'dibs.db'}"

    @property
    def settings(self) -> Settings:
        """Settings to open the database with, in this process."""
        return Settings(data_dir=self.folder, database_url=self.url)

    def environment(self, **settings: object) -> dict[str, str]:
        """The environment of a command on this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DIBS_")}
        given = {"DATA_DIR": self.folder, "DATABASE_URL": self.url, "RATE_LIMIT_PER_MINUTE": 0} | settings
        return kept | {"NO_PROXY": "*"} | {f"DIBS_{name}": str(value) for name, value in given.items()}

    def dibs(self, *arguments: str) -> str:
        """Runs a command of Dibs and returns what it prints."""
        command = [sys.executable, "-m", "dibs", *arguments]
        done = subprocess.run(command, env=self.environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def seed(self, agents: int, conversations: int) -> dict[str, Any]:
        """Fills it with one workspace; returns what `dibs seed --json` prints."""
        arguments = ("--agents", str(agents), "--conversations", str(conversations), "--json")
        made: dict[str, Any] = json.loads(self.dibs("seed", *arguments))
        return made

    def serve(self, **settings: object) -> "Server":
        """`dibs serve` on it, to be entered with `with`."""
        return Server(self, settings)


@dataclass
class Store:
    """One kind of database: SQLite files in a folder, or the databases of one PostgreSQL with fsync on."""

    name: str
    folder: Path
    postgres: PostgresServer | None = None
    seeded: dict[tuple[int, int], tuple[Installation, dict[str, Any], float]] = field(default_factory=dict)

    def new(self, like: Installation | None = None) -> Installation:
        """An empty installation, or a copy of one that nobody has open."""
        name = f"dibs_bench_{next(_numbers)}"
        made = Installation(self, self.folder / name, name)
        made.folder.mkdir()
        if self.postgres is not None:
            self.postgres.create_database(name, template=like.name if like else None)
        elif like is not None:
            with sqlite3.connect(like.folder / "dibs.db") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(like.folder / "dibs.db", made.folder / "dibs.db")
        return made

    def remove(self, gone: Installation) -> None:
        """Throws an installation away."""
        if self.postgres is not None:
            self.postgres.drop_database(gone.name)
        shutil.rmtree(gone.folder, ignore_errors=True)

    def full(self, agents: int, conversations: int) -> tuple[Installation, dict[str, Any], float]:
        """An installation seeded with these, made once per run, with its seed and the seconds that seeding took.

        Several measurements share it: change nothing in it that another one looks at.
        """
        wanted = (agents, conversations)
        if wanted not in self.seeded:
            made = self.new()
            made.dibs("migrate")
            began = time.perf_counter()
            seed = made.seed(*wanted)
            self.seeded[wanted] = (made, seed, time.perf_counter() - began)
        return self.seeded[wanted]


_open: list[Store] = []


@contextmanager
def stores() -> Iterator[list[Store]]:
    """SQLite and PostgreSQL, on a disk; everything in them is gone afterwards. Inside of another one, the same."""
    if _open:
        yield _open
        return
    # Unlike /tmp this is never held in memory.
    with tempfile.TemporaryDirectory(prefix="dibs-bench-", dir="/var/tmp") as folder, ExitStack() as running:
        for name in ("SQLite", "PostgreSQL"):
            (Path(folder) / name).mkdir()
        postgres = running.enter_context(PostgresServer(durable=True))
        _open.append(Store("SQLite", Path(folder) / "SQLite"))
        _open.append(Store("PostgreSQL", Path(folder) / "PostgreSQL", postgres))
        try:
            yield _open
        finally:
            _open.clear()


class Server:
    """A running `dibs serve`."""

    def __init__(self, of: Installation, settings: dict[str, object]) -> None:
        self.of, self.settings = of, settings
        self.log = of.folder / f"server-{next(_numbers)}.log"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dibs", "serve", "--port", "0"],
                env=self.of.environment(**self.settings),
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._is_ready():
                return self
            time.sleep(0.05)
        self._end(signal.SIGKILL)
        raise RuntimeError(f"the server did not become ready:\n{self.log.read_text(errors='replace')[-4_000:]}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end(signal.SIGTERM)

    def _is_ready(self) -> bool:
        if not self.port:
            lines = [line for line in self.log.read_text().splitlines() if '"serving"' in line]
            self.port = int(json.loads(lines[0])["url"].rpartition(":")[2]) if lines else 0
        try:
            url = f"http://127.0.0.1:{self.port}/readyz"
            return bool(self.port) and httpx.get(url, trust_env=False, timeout=5).is_success
        except httpx.TransportError:
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def call(self, method: str, path: str, key: str, body: Any = None) -> Any:
        """A request that is not measured. Refuses any answer but a 2xx."""
        headers = {"Authorization": f"Bearer {key}"}
        url = f"http://127.0.0.1:{self.port}/v1{path}"
        answer = httpx.request(method, url, headers=headers, json=body, trust_env=False, timeout=60)
        if not answer.is_success:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()
