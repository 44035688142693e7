"""What the command line does with accounts. Each function opens its own transaction and acts as the system."""

from collections.abc import Collection

from sqlalchemy import select

from dibs.accounts import agents, api_keys, fields, password_resets, passwords, tokens, workspaces
from dibs.accounts.tables import agents as agents_table
from dibs.accounts.tables import workspaces as workspaces_table
from dibs.accounts.workspaces import Created
from dibs.actor import ROLES, SCOPES, Role, Scope, system
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound
from dibs.tx import Core, transaction

BY = "Command line"


async def create_workspace(
    core: Core, name: str, owner_email: str, *, owner_name: str | None = None, password: str | None = None
) -> Created:
    """Makes a workspace with an owner and a key, as `workspaces.create` does."""
    return await workspaces.create(core, name, owner_email, owner_name=owner_name, password=password)


async def find_workspace(core: Core, name_or_id: str | None) -> Row:
    """The workspace with that id or name; without one, the only one there is. Refuses with 422 when several fit."""
    wanted = select(workspaces_table).order_by(workspaces_table.c.id).limit(2)
    if name_or_id is not None:
        wanted = wanted.where((workspaces_table.c.id == name_or_id) | (workspaces_table.c.name == name_or_id))
    rows = await core.database.run(wanted)
    if not rows:
        raise NotFound(f"There is no workspace {name_or_id!r}." if name_or_id else "There is no workspace yet.")
    if len(rows) > 1:
        raise Invalid("workspace", "there are several; name one of them by its id, with --workspace")
    return rows[0]


async def add_agent(
    core: Core,
    workspace_id: str,
    email: str,
    *,
    name: str | None = None,
    role: Role = "agent",
    password: str | None = None,
    skills: Collection[str] = (),
    languages: Collection[str] = (),
) -> tuple[Row, str]:
    """Adds an agent and returns the row with the password, made up when none is given. Refuses a member's address."""
    if role not in ROLES:
        raise Invalid("role", f"use one of {', '.join(ROLES)}")
    email = fields.address_or_refuse(email)
    name = fields.name_or_refuse(name or email.partition("@")[0])
    password = password or tokens.one_time_password()
    password_hash = await passwords.hashed(password)
    async with transaction(core, system(workspace_id, BY, via="cli")) as tx:
        row = await agents.add(
            tx,
            email=email,
            name=name,
            role=role,
            password_hash=password_hash,
            skills=sorted({skill.strip().lower() for skill in skills}),
            languages=sorted({language.strip().lower() for language in languages}),
        )
    return row, password


async def create_key(
    core: Core, workspace_id: str, email: str, scopes: Collection[Scope] | None = None, *, name: str = BY
) -> tuple[Row, str]:
    """Makes a key for the agent with that address, by default with every scope of the role; returns its row and it."""
    if unknown := [scope for scope in scopes or () if scope not in SCOPES]:
        raise Invalid("scope", f"{unknown[0]} is none; use {', '.join(SCOPES)}")
    row = await _member(core, workspace_id, email)
    async with transaction(core, system(workspace_id, BY, via="cli")) as tx:
        return await api_keys.create(tx, row.id, scopes or api_keys.scopes_of(row.role), name=name)


async def reset_password(core: Core, workspace_id: str, email: str) -> tuple[Row, str]:
    """Makes a reset link for the agent with that address and returns its row and token."""
    row = await _member(core, workspace_id, email)
    async with transaction(core, system(workspace_id, BY, via="cli")) as tx:
        return await password_resets.create(tx, row.id)


async def _member(core: Core, workspace_id: str, email: str) -> Row:
    rows = await core.database.run(
        select(agents_table).where(
            agents_table.c.workspace_id == workspace_id,
            agents_table.c.email == fields.address_or_refuse(email),
            agents_table.c.removed_at.is_(None),
        )
    )
    if not rows:
        raise NotFound(f"No member of this workspace has the address {email}.")
    return rows[0]
