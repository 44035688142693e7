"""Many rows at once: COPY on PostgreSQL, executemany in one transaction per batch on SQLite."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from sqlalchemy import Table

from dibs.contacts.tables import contact_identities, contacts
from dibs.conversations.tables import claims, conversation_tags, conversations, messages, tags
from dibs.db.open import Database
from dibs.db.postgres import PostgresDatabase
from dibs.db.sqlite import connect
from dibs.db.types import Json
from dibs.ledger import audit_rows
from dibs.seeding import words

Rows = Sequence[dict[str, Any]]
# Long enough for any batch of another process.
PATIENCE_MS = 60_000
TIMEOUT_SECONDS = 600
PARALLEL = 3


# The order in which foreign keys allow them to be written.
TABLES = (contacts, contact_identities, tags, conversations, conversation_tags, messages, claims, audit_rows)


class Batch:
    """Rows by table."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}

    def add(self, table: Table, row: dict[str, Any]) -> None:
        """Adds a row. Columns that it leaves out are null."""
        self.rows[table].append(row)


class Writer:
    """Where batches go; each is one transaction."""

    def __init__(self, database: Database, sqlite: sqlite3.Connection | None) -> None:
        self._database, self._sqlite = database, sqlite
        # PostgreSQL computes each COPY in a process of its own; SQLite has one writer.
        self.at_once = PARALLEL if sqlite is None else 1

    async def write(self, batch: Batch) -> None:
        """Writes everything of a batch, or nothing."""
        if self._sqlite is not None:
            await asyncio.to_thread(_write_sqlite, self._sqlite, batch)
            return
        assert isinstance(self._database, PostgresDatabase)
        async with self._database.connection() as connection, connection.transaction():
            for table, rows in batch.rows.items():
                names = columns(table)
                records = _records(table, names, rows)
                await connection.copy_records_to_table(
                    table.name, records=records, columns=names, timeout=TIMEOUT_SECONDS
                )

    async def analyze(self) -> None:
        """Lets the planner know what there is now."""
        if self._sqlite is not None:
            await asyncio.to_thread(self._sqlite.execute, "ANALYZE")
            return
        assert isinstance(self._database, PostgresDatabase)
        async with self._database.connection() as connection:
            await connection.execute("ANALYZE", timeout=TIMEOUT_SECONDS)


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[Writer]:
    """A writer into an open database, safe beside a running server."""
    if isinstance(database, PostgresDatabase):
        yield Writer(database, None)
        return
    connection = connect(database.path)
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    # The rows come from here, with their parents: looking each up again would cost a third of the time.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield Writer(database, connection)
    finally:
        connection.close()


def _write_sqlite(connection: sqlite3.Connection, batch: Batch) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        triggers = words.suspend(connection)
        for table, rows in batch.rows.items():
            names = columns(table)
            marks = ", ".join("?" for _ in names)
            connection.executemany(
                f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - names of our tables
                _records(table, names, rows),
            )
        words.index(connection, batch.rows)
        for trigger in triggers:
            connection.execute(trigger)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def columns(table: Table) -> list[str]:
    """The columns that are written; the database computes the others."""
    return [column.name for column in table.c if column.computed is None]


def _records(table: Table, names: list[str], rows: Rows) -> list[list[Any]]:
    documents = [index for index, name in enumerate(names) if isinstance(table.c[name].type, Json)]
    records = [[row.get(name) for name in names] for row in rows]
    for index in documents:
        for record in records:
            if record[index] is not None:
                record[index] = msgspec.json.encode(record[index]).decode()
    return records
