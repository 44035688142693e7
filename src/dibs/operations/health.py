"""Whether this process should get traffic: the database answers and has the schema that this program needs."""

import asyncio

from dibs.db.open import Database
from dibs.errors import Unavailable
from dibs.migrations.versioning import HEAD, found_version

PATIENCE_SECONDS = 3.0


async def refuse_unready(database: Database) -> None:
    """Refuses with 503 while the database cannot be reached or waits for `dibs migrate`."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            found = await found_version(database)
    except TimeoutError as error:
        raise Unavailable(f"The database did not answer within {PATIENCE_SECONDS:.0f} seconds.") from error
    if found is None:
        raise Unavailable("The database has no schema yet: run dibs migrate.")
    if found != HEAD:
        raise Unavailable(f"The schema is at version {found}, this program needs {HEAD}: run dibs migrate.")
