"""dibs backup and dibs restore."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit, urlunsplit

import typer
from sqlalchemy import select

from dibs.accounts.tables import workspaces
from dibs.commands.console import DatabaseUrl, fail, run, settings
from dibs.db.open import database
from dibs.migrations.apply import migrate
from dibs.migrations.versioning import found_version
from dibs.settings import Settings

PAGES_AT_ONCE = 4_096
File = Annotated[Path, typer.Argument(metavar="FILE")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a database that has workspaces.")]


def backup(file: File, *, database_url: DatabaseUrl = None) -> None:
    """Write the whole database to FILE; consistent also while the server runs."""
    found = settings(database_url=database_url)
    part = file.with_name(file.name + ".part")
    try:
        if found.is_sqlite:
            _copy_sqlite(_path(found), part)
        else:
            _postgres("pg_dump", found, "--format=custom", f"--file={part}")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    typer.echo(f"wrote {file} ({file.stat().st_size:,} bytes)")


def restore(file: File, *, force: Force = False, database_url: DatabaseUrl = None) -> None:
    """Replace the database by what FILE has. Stop the server first."""
    found = settings(database_url=database_url)
    if not file.is_file():
        fail(f"there is no file {file}")
    if not force and run(_has_workspaces(found)):
        fail("the database has workspaces already; add --force to replace them")
    if found.is_sqlite:
        _check_sqlite(file)
        _path(found).parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(file, _path(found))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(file))
        _postgres("pg_restore", found, *options)
    # A backup of an older version is brought up to date.
    run(migrate(found))
    typer.echo(f"restored {file}")


def _path(found: Settings) -> Path:
    return Path(found.url.removeprefix("sqlite:///"))


async def _has_workspaces(found: Settings) -> bool:
    if found.is_sqlite and not _path(found).exists():
        return False
    core = database(found)
    await core.open()
    try:
        if await found_version(core) is None:
            return False
        return bool(await core.run(select(workspaces.c.id).limit(1)))
    finally:
        await core.close()


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        fail(f"there is no database {source}")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=60)) as new:
            old.backup(new, pages=PAGES_AT_ONCE, sleep=0.01)
            # One file, with nothing beside it. Whoever opens it for use switches the log on again.
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        fail(f"{source} cannot be copied: {error}")
    _check_sqlite(target)


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        fail(f"{path} is no backup of Dibs: {error}")
        raise
    if said != "ok":
        fail(f"{path} is damaged: {said.splitlines()[0]}")


def _postgres(program: str, found: Settings, *options: str) -> None:
    path = shutil.which(program)
    if path is None:
        fail(f"{program} is not on PATH; install PostgreSQL's client programs, of the server's version or newer")
        return
    url = urlsplit(found.url)
    # Not on the command line, where every process of the machine could read it.
    password = {"PGPASSWORD": unquote(url.password)} if url.password else {}
    address = urlunsplit(url._replace(netloc=url.netloc.replace(f":{url.password}@", "@")))
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program with our options
        [path, f"--dbname={address}", *options], env=password, capture_output=True, text=True, check=False
    )
    if done.returncode:
        fail(f"{program} failed: {done.stderr.strip().splitlines()[0] if done.stderr.strip() else done.returncode}")
