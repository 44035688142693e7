"""Which database a URL means. Everything above knows only this: `Database` and `Transaction`."""

from pathlib import Path

from dibs.db.postgres import PostgresDatabase, PostgresTransaction
from dibs.db.sqlite import SqliteDatabase, SqliteTransaction
from dibs.settings import Settings

Database = SqliteDatabase | PostgresDatabase
Transaction = SqliteTransaction | PostgresTransaction


def database(settings: Settings) -> Database:
    """The database that the settings name, not opened yet."""
    if settings.is_sqlite:
        return SqliteDatabase(Path(settings.url.removeprefix("sqlite:///")))
    return PostgresDatabase(settings.url, settings.pool_size)
