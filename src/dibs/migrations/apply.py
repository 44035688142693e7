"""Brings a database to the newest schema, also when several processes start at once."""

import asyncio
import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, create_engine, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from dibs.db.types import metadata
from dibs.errors import Unavailable
from dibs.migrations.versioning import HEAD, VERSION_OF
from dibs.settings import Settings

FOLDER = Path(__file__).parent
# One number for every Dibs on a PostgreSQL server; PostgreSQL keeps such locks per database.
LOCK = 0x44494253
# A migration of a large table may take its time, and whoever starts beside it waits.
PATIENCE_SECONDS = 600


def tables() -> MetaData:
    """Every table of every slice."""
    for path in sorted(FOLDER.parent.glob("*/tables.py")):
        import_module(f"dibs.{path.parent.name}.tables")
    import_module("dibs.ledger")
    return metadata


_INDEXES = ("messages_search", "contacts_search", "articles_search")


def in_tables(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether Alembic compares this with the tables. search_ddl.py and article_ddl.py alone make full-text indexes."""
    if kind == "table":
        return name is None or not name.startswith(("search_", "article_index"))
    return not (kind == "column" and name == "search") and name not in _INDEXES


async def migrate(settings: Settings) -> bool:
    """Applies what is missing, all of it or nothing, and tells whether anything was. Refuses with `Unavailable`."""
    try:
        if settings.is_sqlite:
            return await asyncio.to_thread(_migrate_sqlite, Path(settings.url.removeprefix("sqlite:///")))
        return await _migrate_postgres(settings.url)
    except (DBAPIError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        place = "DIBS_DATA_DIR and DIBS_DATABASE_URL" if settings.is_sqlite else "DIBS_DATABASE_URL"
        advice = f"; check {place}" if isinstance(error, OSError) else ""
        raise Unavailable(f"The database cannot be migrated: {_first_line(error)}{advice}") from error


def _migrate_sqlite(path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sqlite_engine(path)
    try:
        with engine.begin() as connection:
            return upgrade(connection)
    finally:
        engine.dispose()


def sqlite_engine(path: Path) -> Engine:
    """An engine whose transactions hold the file for themselves, and wait for whoever holds it."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver must not begin by itself: it would leave DDL outside of the transaction.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    return engine


async def _migrate_postgres(url: str) -> bool:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.begin() as connection:
            # Held to the end of this transaction, so that a pooler in between does no harm.
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            return await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def upgrade(connection: Connection) -> bool:
    """Applies what is missing on a connection whose transaction has begun."""
    if version(connection) == HEAD:
        return False
    command.upgrade(configured(connection), "head")
    return True


def configured(connection: Connection) -> Config:
    """Alembic, told to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def version(connection: Connection) -> str | None:
    """The schema's version; None when the database is empty."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.execute(VERSION_OF).scalar()
    return found


def _first_line(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
