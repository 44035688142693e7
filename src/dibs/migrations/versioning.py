"""Which version of the schema this program needs, and which one a database has."""

import sqlite3
from pathlib import Path

import asyncpg
from sqlalchemy import column, select, table

from dibs.db.open import Database

# Revisions are numbered: 0001_core.py is revision 0001.
HEAD = max(path.stem[:4] for path in Path(__file__).parent.glob("versions/[0-9]*.py"))
VERSION_OF = select(table("alembic_version", column("version_num")).c.version_num)


async def found_version(database: Database) -> str | None:
    """The version of an open database's schema; None when it has none yet."""
    try:
        rows = await database.run(VERSION_OF)
    except asyncpg.UndefinedTableError:
        return None
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None
    return str(rows[0].version_num) if rows else None
