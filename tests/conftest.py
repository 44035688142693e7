"""Fixtures: every test runs on SQLite and on a real PostgreSQL, each with a database of its own and a small cast."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args
from zlib import crc32

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from dibs import clock
from dibs.accounts import passwords
from dibs.app import create
from dibs.audit.shapes import Action
from dibs.db.open import database
from dibs.migrations.apply import migrate
from dibs.settings import Settings
from dibs.tx import Core, Fields, Tx
from tests.ownership.checks import Time
from tests.support.catalogue import judge_answer, judge_row
from tests.support.house import House, Person, build
from tests.support.postgres import PostgresServer

BACKENDS = ("sqlite", "postgres")
# What is written here once runs on both databases by the same statements, which other folders try on both in full.
HALVED = {"bot", "channels", "files"}


def pytest_configure() -> None:
    """Draws the seed before any worker starts: all share it."""
    seed()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what only `--full` runs."""
    if os.environ.get("DIBS_TEST_FULL"):
        return
    if left_out := {item for item in items if item.get_closest_marker("full") or _is_halved(item)}:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _is_halved(item: pytest.Item) -> bool:
    """Whether the seed leaves this test out on PostgreSQL: the other half has its turn with another seed."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    if params.get("backend") != "postgres" or not HALVED & set(item.path.parts):
        return False
    return crc32(item.nodeid.encode()) % 2 != seed() % 2


def pytest_report_header() -> str:
    full = "all of" if os.environ.get("DIBS_TEST_FULL") else "a tenth of (--full runs all)"
    half = "" if os.environ.get("DIBS_TEST_FULL") else "; half of the tests of channels, files and bot on PostgreSQL"
    return f"dibs: the races run {full} the counts in the issues{half}; seed {seed()}"


def seed() -> int:
    """The seed of everything random in this run: DIBS_TEST_SEED, or a new one that the header prints."""
    if "DIBS_TEST_SEED" not in os.environ:
        os.environ["DIBS_TEST_SEED"] = str(int.from_bytes(os.urandom(4), "big"))
    return int(os.environ["DIBS_TEST_SEED"])


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL for the whole run, with a migrated template database."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of an empty, migrated database."""
    postgres.create_database("dibs_template")
    asyncio.run(migrate(Settings(database_url=postgres.url("dibs_template"))))
    return "dibs_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of an empty, migrated SQLite file."""
    folder = tmp_path_factory.mktemp("template")
    asyncio.run(migrate(Settings(data_dir=folder)))
    return folder / "dibs.db"


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The database that this run of the test uses."""
    return str(request.param)


_databases = iter(range(1_000_000))


@pytest.fixture
def settings(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings of an installation with an empty, migrated database."""
    if backend == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "dibs.db")
        yield _settings(tmp_path, "")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"dibs_test_{next(_databases)}"
    server.create_database(name, template=request.getfixturevalue("postgres_template"))
    yield _settings(tmp_path, server.url(name))
    server.drop_database(name)


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=url,
        rate_limit_per_minute=0,
        sign_in_limit_per_minute=0,
        visitor_limit_per_minute=0,
        # Tests sweep when they mean to.
        sweep_seconds=60,
        log_level="error",
    )


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work: the tests sign in often."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(autouse=True)
def _no_collection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection at the end of start-up is for servers that live long: here it would cost 0.15 s a test."""
    cheap = {"collect": int, "freeze": int, "unfreeze": int}
    monkeypatch.setattr("dibs.app.gc", SimpleNamespace(**vars(gc) | cheap))


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The product's clock in the test's hands: `time.passes(minutes=30)`."""
    moved, now = Time(), clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + moved.ahead)
    return moved


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running application."""
    application = create(settings)
    async with application.router.lifespan_context(application):
        yield application


@pytest.fixture
async def core(app: FastAPI) -> Core:
    """The running application's core: database, doorbell, reactions."""
    found: Core = app.state.core
    return found


@pytest.fixture
async def bare_core(settings: Settings) -> AsyncIterator[Core]:
    """A core without the application: no reactions, no sweeper."""
    made = Core(database(settings))
    await made.database.open()
    yield made
    await made.database.close()


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client without credentials."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://dibs.test") as client:
        yield client


@pytest.fixture
def _as_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event and answer has the shape that the OpenAPI document gives it, every audit row a known action."""
    emit = Tx.emit

    async def checked(self: Tx, kind: str, fields: Fields, **more: Any) -> Any:
        first = len(self._events)
        left = await emit(self, kind, fields, **more)
        judge_row(1, self._events[first]["body"])
        return left

    monkeypatch.setattr(Tx, "emit", checked)
    audit = Tx.audit

    def named(self: Tx, action: str, target: str, **more: Any) -> None:
        assert action in get_args(Action), f"{action} is missing among the audit's actions"
        audit(self, action, target, **more)

    monkeypatch.setattr(Tx, "audit", named)
    call = Person.call

    async def answered(self: Person, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await call(self, method, path, **more)
        judge_answer(answer)
        return answer

    monkeypatch.setattr(Person, "call", answered)


@pytest.fixture
async def house(core: Core, http: httpx.AsyncClient, _as_documented: None) -> House:
    """A workspace with its cast: olga (owner), ada (admin), sam and kim (agents), vic (viewer)."""
    return await build(core, http, "House")


@pytest.fixture
async def neighbour(core: Core, http: httpx.AsyncClient) -> House:
    """Another workspace on the same installation, with a cast of its own."""
    return await build(core, http, "Neighbour")
