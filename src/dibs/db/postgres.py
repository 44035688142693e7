"""PostgreSQL: a pool of asyncpg connections; one transaction takes one connection."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import asyncpg
from sqlalchemy import Dialect, Executable
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from dibs.db.compiled import Params, Row, Statements
from dibs.errors import Unavailable

# How long a request waits for a connection before it is told 503, and a statement may run.
PATIENCE_SECONDS = 10.0
LONGEST_STATEMENT = "60s"
_PLACE = re.compile(r"\$(\d+)")
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.QueryCanceledError,
    OSError,
    TimeoutError,
)


class PostgresDatabase:
    """One PostgreSQL database, reached through a pool."""

    def __init__(self, url: str, pool_size: int) -> None:
        self.url = url
        self.dialect: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
        self._statements = Statements(self.dialect)
        self._size = pool_size
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Opens the pool. Refuses with 503 when the server cannot be reached."""
        try:
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=1,
                max_size=self._size,
                max_inactive_connection_lifetime=300,
                reset=_keep_session,
                # The server ends what takes too long: a timer for every statement here would cost more than some.
                server_settings={"application_name": "dibs", "jit": "off", "statement_timeout": LONGEST_STATEMENT},
            )
        except (*LOST, asyncpg.PostgresError) as error:
            raise Unavailable(f"The database cannot be reached: {error}") from error

    async def close(self) -> None:
        """Closes the pool once its transactions have ended."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection of the pool. A database that is gone becomes 503 `unavailable`."""
        if self._pool is None:
            raise Unavailable("The server is shutting down; nothing was changed. Send it again.")
        try:
            patience = None if self._pool.get_idle_size() else PATIENCE_SECONDS
            async with self._pool.acquire(timeout=patience) as connection:
                yield connection
        except LOST as error:
            raise Unavailable(f"The database cannot be reached ({type(error).__name__}). Try again.") from error

    async def run(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """Reads what is committed."""
        async with self.connection() as connection:
            return await PostgresTransaction(self._statements, connection).run(statement, params)

    async def scan(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """As `run`: PostgreSQL works elsewhere, so a long read blocks nobody here."""
        return await self.run(statement, params)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["PostgresTransaction"]:
        """A READ COMMITTED transaction; leaving the block normally commits, an exception rolls back."""
        async with self.connection() as connection, connection.transaction():
            yield PostgresTransaction(self._statements, connection)


async def _keep_session(_: object) -> None:
    """Nothing to reset: these connections never change their session. asyncpg would spend a round trip each time."""


class PostgresTransaction:
    """The statements of one connection."""

    def __init__(self, statements: Statements, connection: Any) -> None:
        self._statements, self._connection = statements, connection

    async def run(self, statement: Executable, params: Params | None = None) -> list[Row]:
        """Executes one statement and returns its rows."""
        compiled = self._statements.get(statement, params)
        return compiled.rows(await self._connection.fetch(compiled.sql, *compiled.bind(params or {})))

    async def run_together(self, parts: Sequence[tuple[Executable, Params]]) -> None:
        """Executes statements of which none looks at what another one writes, in one round trip."""
        if not parts:
            return
        compiled = [self._statements.get(statement, params) for statement, params in parts]
        arguments = [value for each, (_, params) in zip(compiled, parts, strict=True) for value in each.bind(params)]
        await self._connection.fetch(_together(tuple(each.sql for each in compiled)), *arguments)

    async def run_many(self, statement: Executable, many: Sequence[Params]) -> None:
        """Executes one statement for each set of parameters, in one round trip."""
        if many:
            compiled = self._statements.get(statement, many[0])
            await self._connection.executemany(compiled.sql, [compiled.bind(params) for params in many])


@lru_cache(maxsize=64)
def _together(sqls: tuple[str, ...]) -> str:
    """One statement that does the same: all but the last become CTEs, their parameters are numbered on."""
    parts, used = [], 0
    for sql in sqls:
        parts.append(_PLACE.sub(lambda place, used=used: f"${int(place[1]) + used}", sql))  # type: ignore[misc]
        used += len(set(_PLACE.findall(sql)))
    named = ", ".join(f"part{number} AS ({part})" for number, part in enumerate(parts[:-1]))
    return f"WITH {named} {parts[-1]}" if named else parts[-1]
