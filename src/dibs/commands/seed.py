"""dibs seed."""

import time
from typing import Annotated

import typer

from dibs.commands.console import AsJson, DatabaseUrl, opened, run, settings, show
from dibs.seeding.cast import crowd
from dibs.seeding.seed import Wish
from dibs.seeding.seed import as_json as described
from dibs.seeding.seed import seed as fill

MOST_LISTED = 20

Agents = Annotated[int, typer.Option("--agents", metavar="N", min=1, max=100_000, help="Members to make.")]
Conversations = Annotated[
    int, typer.Option("--conversations", metavar="M", min=0, max=100_000_000, help="Open, unclaimed conversations.")
]
History = Annotated[int, typer.Option("--history", metavar="D", min=0, max=3_650, help="Days of ended ones besides.")]


def seed(
    *,
    agents: Agents,
    conversations: Conversations,
    history: History = 0,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Fill a fresh workspace with agents and conversations, fast."""
    found = settings(database_url=database_url)
    began = time.monotonic()

    async def work() -> None:
        async with opened(found) as core:
            workspace_id, members = await fill(core, crowd(agents), Wish(conversations, history))
        shown = [f"{each.role:6} {each.email}  {each.password}  {each.key}" for each in members[:MOST_LISTED]]
        more = len(members) - len(shown)
        show(
            described(workspace_id, members, conversations),
            [
                f"workspace {workspace_id}: {conversations} open conversations in {time.monotonic() - began:.1f} s",
                *shown,
                *([f"and {more} more with the same password; --json lists them all"] if more else []),
            ],
            as_json=as_json,
        )

    run(work())
