"""dibs workspace create, dibs agent add, dibs api-key create."""

from typing import Annotated

import typer

from dibs.accounts import provision
from dibs.commands.console import AsJson, DatabaseUrl, Workspace, opened, run, settings, show

workspace = typer.Typer(no_args_is_help=True, help="Workspaces.")
agent = typer.Typer(no_args_is_help=True, help="Members of a workspace.")
api_key = typer.Typer(no_args_is_help=True, help="API keys.")

Name = Annotated[str | None, typer.Option("--name", metavar="N", help="The agent's name.", show_default=False)]
Role = Annotated[str, typer.Option("--role", metavar="R", help="viewer, agent, admin or owner.")]
Scopes = Annotated[
    list[str] | None,
    typer.Option(
        "--scope", metavar="S…", help="One or several; all that the role reaches by default.", show_default=False
    ),
]
# An option takes one value: what follows the first scope arrives as arguments.
MoreScopes = Annotated[list[str] | None, typer.Argument(hidden=True)]


@workspace.command("create")
def create_workspace(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    *,
    owner_email: Annotated[str, typer.Option("--owner-email", metavar="E", help="The owner's address.")],
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a workspace with an owner; prints a one-time password and an API key."""
    found = settings(database_url=database_url)

    async def work() -> None:
        async with opened(found) as core:
            made = await provision.create_workspace(core, name, owner_email)
        owner = {"id": made.owner.id, "email": made.owner.email, "password": made.password}
        show(
            {"workspace_id": made.workspace_id, "owner": owner, "key": made.key},
            [
                f"workspace  {made.workspace_id}",
                f"owner      {made.owner.id}  {made.owner.email}",
                f"password   {made.password}",
                f"API key    {made.key}",
                "Password and key are shown this once.",
            ],
            as_json=as_json,
        )

    run(work())


@agent.command("add")
def add_agent(
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    *,
    name: Name = None,
    role: Role = "agent",
    workspace: Workspace = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Add a member; prints a one-time password."""
    found = settings(database_url=database_url)

    async def work() -> None:
        async with opened(found) as core:
            into = await provision.find_workspace(core, workspace)
            row, password = await provision.add_agent(core, into.id, email, name=name, role=role)  # type: ignore[arg-type]
        show(
            {
                "workspace_id": into.id,
                "agent": {
                    "id": row.id,
                    "name": row.name,
                    "email": row.email,
                    "role": row.role,
                    "password": password,
                },
            },
            [f"agent      {row.id}  {row.email}  {row.role}", f"password   {password}  (shown this once)"],
            as_json=as_json,
        )

    run(work())


@api_key.command("create")
def create_api_key(
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    more: MoreScopes = None,
    *,
    scope: Scopes = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make an API key that acts as the agent with that address."""
    scopes = [*(scope or []), *(more or [])]
    found = settings(database_url=database_url)

    async def work() -> None:
        async with opened(found) as core:
            into = await provision.find_workspace(core, workspace)
            row, key = await provision.create_key(core, into.id, email, scopes=scopes or None)  # type: ignore[arg-type]
        show(
            {"workspace_id": into.id, "agent_id": row.agent_id, "id": row.id, "scopes": row.scopes, "key": key},
            [f"API key    {key}  (shown this once)", f"scopes     {', '.join(row.scopes)}"],
            as_json=as_json,
        )

    run(work())
