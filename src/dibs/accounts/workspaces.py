"""Workspaces: making one with its owner, and changing its settings."""

from typing import Any

import msgspec
from pydantic import ValidationError
from sqlalchemy import insert, update
from sqlalchemy.dialects import postgresql

from dibs import ids
from dibs.accounts import agents, api_keys, fields, passwords, tokens
from dibs.accounts.queries import workspace
from dibs.accounts.settings import SettingsChanges, WorkspaceSettings
from dibs.accounts.tables import workspaces
from dibs.actor import SCOPES, system
from dibs.db.compiled import Row
from dibs.errors import Invalid
from dibs.ledger import counters
from dibs.tx import Core, Tx, transaction


class Created(msgspec.Struct, frozen=True):
    """A new workspace: the only time that its owner's password and key can be seen."""

    workspace_id: str
    owner: Row
    password: str
    key: str


async def create(
    core: Core, name: str, owner_email: str, *, owner_name: str | None = None, password: str | None = None
) -> Created:
    """Makes a workspace with an owner, who gets an API key with every scope. Opens its own transaction.

    Without `password` it makes one up. Refuses an empty name, an address that is none, a short password with 422.
    """
    name, email = fields.name_or_refuse(name), fields.address_or_refuse(owner_email)
    owner_name = fields.name_or_refuse(owner_name or email.partition("@")[0])
    password = password or tokens.one_time_password()
    password_hash = await passwords.hashed(password)
    workspace_id = ids.new("ws")
    async with transaction(core, system(workspace_id, "Command line", via="cli")) as tx:
        owner = await begin(tx, name, email=email, owner_name=owner_name, password_hash=password_hash)
        _, key = await api_keys.create(tx, owner.id, SCOPES, name="First key")
    return Created(workspace_id, owner, password, key)


async def begin(
    tx: Tx, name: str, *, email: str, owner_name: str, password_hash: str, owner_id: str | None = None
) -> Row:
    """Makes the workspace in which `tx` acts, and its owner, whom it returns. Names and address come normalised."""
    await tx.run(insert(counters).values(workspace_id=tx.workspace_id))
    await _insert(tx, name)
    tx.audit("workspace.created", tx.workspace_id, after={"name": name})
    return await agents.add(
        tx, email=email, name=owner_name, role="owner", password_hash=password_hash, agent_id=owner_id
    )


async def _insert(tx: Tx, name: str) -> None:
    values = {"id": tx.workspace_id, "name": name, "settings": {}, "rules_version": 1, "created_at": tx.now}
    made = None
    while made is None:  # until the six characters are nobody else's
        statement = postgresql.insert(workspaces).values(values | {"key_prefix": tokens.key_prefix()})
        made = await tx.one(statement.on_conflict_do_nothing().returning(workspaces.c.id))


async def change_settings(tx: Tx, changes: SettingsChanges) -> WorkspaceSettings:
    """Changes the settings that `changes` sets; inside `escalation`, `bot` and `business_hours` too, the rest stays.

    They take effect in every process at its next transaction. Refuses with 422 what does not fit together.
    """
    row = await workspace(tx.run, tx.workspace_id, locked=True)
    tx.actor.must("admin", "admin")
    before = WorkspaceSettings(**row.settings)
    after = _merged(row.settings, changes.model_dump(exclude_unset=True))
    old, new = before.model_dump(), after.model_dump()
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return before
    await tx.run(
        update(workspaces)
        .where(workspaces.c.id == tx.workspace_id)
        .values(settings=after.model_dump(exclude_defaults=True), rules_version=workspaces.c.rules_version + 1)
    )
    tx.audit(
        "settings.updated",
        tx.workspace_id,
        before={name: old[name] for name in changed},
        after={name: new[name] for name in changed},
    )
    await tx.emit("settings.updated", {"settings": new})
    for listener in tx.core.on_settings_changed:
        await listener(tx, before, after)
    return after


def _merged(stored: dict[str, Any], changes: dict[str, Any]) -> WorkspaceSettings:
    whole = dict(stored)
    for name, value in changes.items():
        inside = whole.get(name)
        whole[name] = {**inside, **value} if isinstance(value, dict) and isinstance(inside, dict) else value
    try:
        return WorkspaceSettings(**whole)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "auto_release_after_minutes"
        raise Invalid(field, first["msg"].removeprefix("Value error, ")) from error
