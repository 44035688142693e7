"""The embedded database: one writing connection per process, with group commit, and readers beside it.

Transactions queue on one FIFO lock, each in a savepoint of a shared BEGIN IMMEDIATE. The flush that commits queues on
the same lock, so every transaction ahead of it shares its COMMIT (and its fsync). Nobody is answered before that.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Dialect, Executable
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from dibs.db.compiled import Params, Row, Statements
from dibs.errors import Unavailable
from dibs.tasks import spawn

# A statement takes microseconds: the writer runs it in the event loop. Reads that may be long go to threads.
READERS = 3
# How often another process's write lock is tried again. SQLite's own waiting would block the loop.
BUSY_PAUSE_SECONDS = 0.002
BUSY_PATIENCE_SECONDS = 10.0

T = TypeVar("T")


class _Batch:
    """The transactions that one COMMIT stores, all or none."""

    def __init__(self) -> None:
        self._size = 0
        self._ended = asyncio.Event()
        self._error: Exception | None = None

    def __len__(self) -> int:
        return self._size

    def join(self) -> bool:
        """One more; whether it is the first, who sees to the COMMIT."""
        self._size += 1
        return self._size == 1

    def end(self, error: Exception | None) -> None:
        """It is on disk, or with `error` nothing of it is."""
        self._error = error
        self._ended.set()

    async def ended(self) -> None:
        """Waits until it is on disk or lost. Who is cancelled meanwhile leaves the others waiting."""
        if self:
            await self._ended.wait()

    async def stored(self) -> None:
        """As `ended`, and raises what kept it from the disk."""
        await self.ended()
        if self._error is not None:
            raise self._error


class SqliteDatabase:
    """One SQLite file, opened in WAL mode with synchronous=FULL: what is acknowledged survives a crash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dialect: Dialect = SQLiteDialect_pysqlite(paramstyle="qmark")
        self.statements = Statements(self.dialect)
        self._lock = asyncio.Lock()
        self._batch = _Batch()
        self._writer: sqlite3.Connection | None = None
        self._reader: sqlite3.Connection | None = None
        self._scanners: asyncio.Queue[sqlite3.Connection] = asyncio.Queue()

    async def open(self) -> None:
        """Opens the file, which is made when absent."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = connect(self.path)
        self._reader = connect(self.path)
        for _ in range(READERS):
            self._scanners.put_nowait(connect(self.path))

    async def close(self) -> None:
        """Commits what is under way and closes every connection."""
        async with self._lock:
            pass
        await self._batch.ended()
        if self._reader is not None:
            # Those that still read come back first: a connection left open would hold the file.
            for _ in range(READERS):
                (await self._scanners.get()).close()
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()
        self._reader = self._writer = None

    async def run(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """Reads what is committed, in the loop: for look-ups by key and for pages of a list."""
        assert self._reader is not None
        return self.execute(self._reader, statement, params)

    async def scan(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """As `run`, in a thread: for reads that may take longer than a few milliseconds."""
        connection = await self._scanners.get()
        work = asyncio.ensure_future(  # noqa: TID251 - awaited below, and it must outlive a cancelled caller
            asyncio.to_thread(self.execute, connection, statement, params)
        )
        try:
            return await asyncio.shield(work)
        finally:
            if work.done():
                self._scanners.put_nowait(connection)
            else:  # A cancelled caller leaves its thread running: the connection returns when that has ended.
                work.add_done_callback(lambda _: self._scanners.put_nowait(connection))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["SqliteTransaction"]:
        """A transaction; leaving the block normally returns once it is on disk, an exception undoes it alone."""
        try:
            async with self._lock:
                writer = await self._begin()
                writer.execute("SAVEPOINT tx")
                try:
                    yield SqliteTransaction(self, writer)
                    # Fails when SQLite rolled back under a verb that went on: then the batch is gone too.
                    writer.execute("RELEASE tx")
                except BaseException as error:
                    self._undo(writer, error)
                    raise
                batch = self._batch
                if batch.join():
                    spawn(self._flush(), "sqlite-flush")
        except BaseException:
            # A refusal may rest on a neighbour's change that is not on disk yet: it must not overtake it.
            await self._batch.ended()
            raise
        await batch.stored()

    async def _begin(self) -> sqlite3.Connection:
        writer = self._writer
        if writer is None:
            raise Unavailable("The server is shutting down; nothing was changed. Send it again.")
        give_up = asyncio.get_running_loop().time() + BUSY_PATIENCE_SECONDS
        while not writer.in_transaction:
            try:
                writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise Unavailable(f"The database cannot be written: {error}. Nothing was changed.") from error
                if asyncio.get_running_loop().time() > give_up:
                    raise Unavailable("Another process holds the database; nothing was changed.") from error
                await asyncio.sleep(BUSY_PAUSE_SECONDS)
        return writer

    def _undo(self, writer: sqlite3.Connection, error: BaseException) -> None:
        if writer.in_transaction:
            writer.execute("ROLLBACK TO tx")
            writer.execute("RELEASE tx")
            if not self._batch:
                writer.execute("ROLLBACK")
        else:  # Disk full or an I/O error: SQLite threw the whole batch away, so nobody in it may be told yes.
            self._settle(Unavailable(f"The database rolled back: {error!r}. Nothing was changed."))

    async def _flush(self) -> None:
        async with self._lock:
            writer = self._writer
            if not self._batch or writer is None:
                return
            try:
                # In a thread, because COMMIT waits for the disk and may run a checkpoint.
                await _uncancelled(asyncio.to_thread(writer.execute, "COMMIT"))
            except sqlite3.Error as error:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                self._settle(Unavailable(f"The database could not commit: {error}. Nothing was changed."))
            else:
                self._settle(None)

    def _settle(self, error: Exception | None) -> None:
        batch, self._batch = self._batch, _Batch()
        batch.end(error)

    def execute(self, connection: sqlite3.Connection, statement: Executable, params: Params | None) -> list[Row]:
        compiled = self.statements.get(statement, params)
        cursor = connection.execute(compiled.sql, compiled.bind(params or {}))
        return compiled.rows(cursor.fetchall()) if compiled.returns_rows else []


class SqliteTransaction:
    """The statements of one open transaction."""

    def __init__(self, database: SqliteDatabase, writer: sqlite3.Connection) -> None:
        self._database, self._writer = database, writer

    async def run(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """Executes one statement and returns its rows. Never suspends."""
        return self._database.execute(self._writer, statement, params)

    async def run_together(self, parts: Sequence[tuple[Executable, Params]]) -> None:
        """Executes statements of which none looks at what another one writes."""
        for statement, params in parts:
            self._database.execute(self._writer, statement, params)

    async def run_many(self, statement: Executable, many: Sequence[Params]) -> None:
        """Executes one statement for each set of parameters."""
        if many:
            compiled = self._database.statements.get(statement, many[0])
            self._writer.executemany(compiled.sql, [compiled.bind(params) for params in many])


def connect(path: Path) -> sqlite3.Connection:
    """A connection with Dibs' pragmas and functions, in autocommit, usable from any thread, one at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
    # Switching to WAL needs the file for itself for a moment: here waiting is right.
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    return connection


async def _uncancelled(work: Awaitable[T]) -> T:
    """Waits for `work` to its end even when the waiting task is cancelled meanwhile."""
    future = asyncio.ensure_future(work)  # noqa: TID251 - awaited to its end below
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future])
        raise
