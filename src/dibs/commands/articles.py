"""dibs articles import: a folder of Markdown and text files becomes articles."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dibs.accounts import provision
from dibs.actor import system
from dibs.bot import articles as articles_of
from dibs.bot import imports
from dibs.commands.console import AsJson, DatabaseUrl, Workspace, fail, opened, run, settings, show
from dibs.pools.rules import rules
from dibs.tx import Core, transaction

articles = typer.Typer(no_args_is_help=True, help="Articles that the bot answers from.")

Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="L",
        help="Such as en, for files that do not say it (returns.es.md does); detected by default.",
        show_default=False,
    ),
]


@articles.callback()
def group() -> None:
    """Articles that the bot answers from."""


@articles.command("import")
def import_folder(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER")],
    *,
    language: Language = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make an article of each .md and .txt file below FOLDER; again, what has changed is changed."""
    found = settings(database_url=database_url)
    if not folder.is_dir():
        fail(f"{folder} is no folder")

    files = sorted(each for each in folder.rglob("*") if _is_article(each, folder))

    async def work() -> list[str]:
        async with opened(found) as core:
            into = await provision.find_workspace(core, workspace)
            counted, refused = await _bring_in(core, into.id, files, folder=folder, language=language)
        names = ("created", "changed", "unchanged")
        said = ", ".join(f"{counted[name]} {name}" for name in names)
        show({name: counted[name] for name in names} | {"refused": refused}, [f"articles: {said}"], as_json=as_json)
        return refused

    if refused := run(work()):
        fail("; ".join(refused))


async def _bring_in(
    core: Core, workspace_id: str, files: Sequence[Path], *, folder: Path, language: str | None
) -> tuple[Counter[str], list[str]]:
    """How many articles were created, changed and left as they were, and why files were refused."""
    wanted = (await rules(core.database.run, workspace_id)).settings
    counted, refused = Counter[str](), list[str]()
    for path in files:
        try:
            given = imports.from_file(path, folder, language=language, settings=wanted)
        except imports.ImportFailed as refusal:
            refused.append(refusal.detail)
            continue
        source = given.pop("source")
        async with transaction(core, system(workspace_id, "Command line", via="cli")) as tx:
            row, is_new = await articles_of.bring_in(tx, source, given)
        counted["created" if is_new else "changed" if row.updated_at == tx.now else "unchanged"] += 1
    return counted, refused


def _is_article(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in imports.ENDINGS and path.is_file() and not hidden
