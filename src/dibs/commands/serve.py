"""dibs serve and dibs migrate."""

import asyncio
import re
from typing import Annotated

import structlog
import typer

from dibs.app import create
from dibs.commands.console import BAD_SETTINGS, DatabaseUrl, fail, run, settings
from dibs.db.open import database
from dibs.first_run import code
from dibs.first_run.setting_up import is_needed
from dibs.migrations.apply import migrate as apply_migrations
from dibs.migrations.versioning import HEAD
from dibs.operations.serving import listen, url_of
from dibs.operations.serving import serve as serve_on
from dibs.settings import Settings

log = structlog.get_logger()

Host = Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")]
Workers = Annotated[int | None, typer.Option(help="Server processes; more than 1 needs PostgreSQL.", show_default="1")]


def serve(host: Host = None, port: Port = None, database_url: DatabaseUrl = None, workers: Workers = None) -> None:
    """Serve the web app and the API. Migrations are applied first, under a lock."""
    found = settings(host=host, port=port, database_url=database_url, workers=workers)
    if found.workers > 1 and found.is_sqlite:
        fail("DIBS_WORKERS: more than one worker needs PostgreSQL; SQLite has one writer", BAD_SETTINGS)
    try:
        listener = listen(found)
    except OSError as error:
        fail(f"DIBS_HOST, DIBS_PORT: cannot listen on {found.host}:{found.port}: {error.strerror}", BAD_SETTINGS)
        raise
    with listener:
        if welcome := asyncio.run(_prepared(found, url_of(listener))):
            typer.echo(welcome)
        log.info("serving", url=url_of(listener), workers=found.workers, database=_kind(found), schema=HEAD)
        serve_on(create, found, listener)


def migrate(database_url: DatabaseUrl = None) -> None:
    """Bring the database to the newest schema."""
    changed = run(apply_migrations(settings(database_url=database_url)))
    typer.echo(f"{'migrated to' if changed else 'already at'} version {HEAD}")


async def _prepared(found: Settings, url: str) -> str | None:
    """Brings the schema up to date; the line for who starts an installation that has no workspace yet."""
    await apply_migrations(found)
    opened = database(found)
    await opened.open()
    try:
        needed = await is_needed(opened)
    finally:
        await opened.close()
    if needed:
        return _welcome(found, url)
    code.forget(found)
    return None


def _welcome(found: Settings, url: str) -> str:
    # Nobody can open the address that stands for all of them.
    here = re.sub(r"//(0\.0\.0\.0|\[::\]):", "//localhost:", url)
    try:
        link = f"{found.public_url.rstrip('/') or here}/welcome?code={code.issued(found)}"
    except OSError as error:
        reason = f"{found.data_dir} cannot be written: {error.strerror}"
        return f"To set up this installation, run dibs workspace create NAME --owner-email ADDRESS ({reason})"
    return f"To set up this installation, open {link}"


def _kind(found: Settings) -> str:
    return "sqlite" if found.is_sqlite else "postgresql"
