"""A running server per module and database, and a fresh workspace per test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest

from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.realtime import cast
from tests.realtime.cast import Workspace
from tests.support.postgres import PostgresServer
from tests.support.server import RunningServer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def postgres_url(postgres: PostgresServer, request: pytest.FixtureRequest) -> Iterator[str]:
    name = request.module.__name__.rpartition(".")[2]
    postgres.create_database(name)
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder: Path = tmp_path_factory.mktemp("dibs")
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with RunningServer(folder, url, **getattr(request.module, "SETTINGS", {})) as running:
        yield running


@pytest.fixture
async def workspace(server: RunningServer) -> AsyncIterator[Workspace]:
    core = Core(database(Settings(data_dir=server.data_dir, database_url=server.database_url)))
    await core.database.open()
    yield await cast.workspace(core)
    await core.database.close()
