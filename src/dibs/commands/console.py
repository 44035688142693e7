"""What every command needs: settings from flags and environment, an open database, and errors as one line."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar

import msgspec
import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from typer.core import TyperGroup

from dibs.db.open import database
from dibs.errors import Refusal
from dibs.migrations.apply import migrate
from dibs.migrations.versioning import HEAD, found_version
from dibs.operations import logs
from dibs.settings import Settings
from dibs.tx import Core

T = TypeVar("T")
BAD_SETTINGS = 2

DatabaseUrl = Annotated[
    str | None, typer.Option("--database-url", metavar="URL", help="sqlite:///… or postgresql://…", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Workspace = Annotated[
    str | None,
    typer.Option("--workspace", metavar="WS", help="Id or name; needed when there are several.", show_default=False),
]


class OneLine(TyperGroup):
    """Commands whose expected failures are one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; a refusal ends it with 1, bad settings with 2."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            fail(refusal.detail)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


def fail(line: str, code: int = 1) -> None:
    """Ends the command with one line."""
    typer.echo(f"dibs: {line}", err=True)
    raise typer.Exit(code)


def settings(**flags: Any) -> Settings:
    """The settings; a flag wins over the environment. Wrong ones end the command with a line each and code 2."""
    try:
        found = Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            typer.echo(f"DIBS_{name}: {each['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(BAD_SETTINGS) from None
    except SettingsError as error:
        fail(str(error), BAD_SETTINGS)
        raise
    logs.configure(found)
    return found


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command's coroutine to its end."""
    return asyncio.run(work)


@asynccontextmanager
async def opened(found: Settings) -> AsyncIterator[Core]:
    """A core on the open database, whose schema is made when there is none. Refuses another version's schema."""
    core = Core(database(found))
    await core.database.open()
    try:
        version = await found_version(core.database)
        if version is None:
            await migrate(found)
        elif version != HEAD:
            fail(f"the database is at version {version}, this program needs {HEAD}: run dibs migrate")
        yield core
    finally:
        await core.database.close()


def show(document: Any, lines: list[str], *, as_json: bool) -> None:
    """Prints a result, for programs or for people."""
    typer.echo(msgspec.json.encode(document).decode() if as_json else "\n".join(lines))
