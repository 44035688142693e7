"""Migrations make exactly the tables, safely; and keys begin with the workspace, so that one can shard by it."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from dibs.errors import Unavailable
from dibs.migrations.apply import FOLDER, in_tables, migrate, tables
from dibs.migrations.versioning import HEAD
from dibs.settings import Settings
from tests.support.postgres import PostgresServer
from tests.support.server import ROOT, _environment

# What finds the workspace, before one is known: credentials, and what the schema itself needs.
LOOK_UPS: set[tuple[str, tuple[str, ...]]] = {
    ("workspaces", ("id",)),
    ("workspaces", ("key_prefix",)),
    ("sessions", ("token_hash",)),
    ("api_keys", ("hash",)),
    ("invitations", ("token_hash",)),
    ("password_resets", ("token_hash",)),
    ("channels", ("kind", "address")),
    ("visitors", ("token_hash",)),
    ("alembic_version", ("version_num",)),
}
# SQLite's search index numbers its documents by itself.
SEARCH: set[tuple[str, tuple[str, ...]]] = {
    ("search_documents", ("doc",)),
    *((f"search_index_{part}", ("id",)) for part in ("data", "docsize")),
}
SEARCH |= {("search_index_config", ("k",)), ("search_index_idx", ("segid", "term"))}
SEARCH |= {(f"article_index_{part}", ("id",)) for part in ("content", "data", "docsize")}
SEARCH |= {("article_index_config", ("k",)), ("article_index_idx", ("segid", "term"))}


async def look(settings: Settings, read: object) -> object:
    """What `read(connection)` says about a database."""
    assert callable(read)
    if settings.is_sqlite:
        engine = create_engine(settings.url)
        try:
            with engine.connect() as connection:
                return read(connection)
        finally:
            engine.dispose()
    async_engine = create_async_engine(settings.url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with async_engine.connect() as async_connection:
            return await async_connection.run_sync(read)
    finally:
        await async_engine.dispose()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_object": in_tables, "compare_type": True})
    return list(compare_metadata(context, tables()))


def keys(connection: Connection) -> set[tuple[str, tuple[str, ...]]]:
    """Every primary key and unique index of the database: table and columns."""
    seen = inspect(connection)
    found = set()
    for table in seen.get_table_names():
        found.add((table, tuple(seen.get_pk_constraint(table)["constrained_columns"])))
        found |= {(table, tuple(each["column_names"])) for each in seen.get_unique_constraints(table)}
        found |= {(table, tuple(map(str, each["column_names"]))) for each in seen.get_indexes(table) if each["unique"]}
    return {(table, columns) for table, columns in found if columns}


@pytest.fixture
def empty(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings of an installation whose database has nothing in it."""
    if backend == "sqlite":
        yield Settings(data_dir=tmp_path)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"dibs_empty_{tmp_path.name.lower()}"[:60]
    server.create_database(name)
    yield Settings(data_dir=tmp_path, database_url=server.url(name))
    server.drop_database(name)


async def test_migrations_from_zero_make_exactly_the_tables(settings: Settings) -> None:
    assert await look(settings, differences) == []


async def test_every_primary_key_and_unique_index_begins_with_the_workspace(settings: Settings) -> None:
    found = await look(settings, keys)
    assert isinstance(found, set)
    odd = {(table, columns) for table, columns in found if columns[0] != "workspace_id"}
    assert odd - SEARCH == LOOK_UPS


async def test_migrating_twice_changes_nothing_the_second_time(empty: Settings) -> None:
    assert await migrate(empty) is True
    assert await migrate(empty) is False


async def test_several_migrations_at_once_in_one_process_end_well(empty: Settings) -> None:
    changed = await asyncio.gather(*(migrate(empty) for _ in range(4)))
    assert sorted(changed) == [False, False, False, True]


def test_two_processes_may_migrate_at_once(empty: Settings) -> None:
    environment = _environment() | {"DIBS_DATA_DIR": str(empty.data_dir), "DIBS_DATABASE_URL": empty.database_url}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dibs", "migrate"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=60)[0] for process in started)
    assert [process.returncode for process in started] == [0, 0]
    assert said == [f"already at version {HEAD}\n", f"migrated to version {HEAD}\n"]


async def test_a_database_that_cannot_be_reached_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be migrated") as refused:
        await migrate(Settings(data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/nowhere"))
    assert "\n" not in refused.value.detail


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "dibs.db").write_text("these are my notes, not a database\n" * 100)
    with pytest.raises(Unavailable, match="not a database"):
        await migrate(Settings(data_dir=tmp_path))
    assert (tmp_path / "dibs.db").read_text().startswith("these are my notes")


def test_head_is_the_newest_revision_and_there_is_only_one() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
