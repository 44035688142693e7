"""Making, changing and removing pools. Every change counts from the next transaction on, in every process."""

from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from dibs import ids
from dibs.accounts.tables import agents, workspaces
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.errors import Invalid, NotFound
from dibs.pools.shapes import shape
from dibs.pools.tables import pools
from dibs.tx import Fields, Tx

MOST_POOLS = 200

_p = pools.c
_ws = bindparam("ws", type_=Id)
READ = select(pools).where(_p.workspace_id == _ws, _p.id == bindparam("id", type_=Id))
ALL = select(pools).where(_p.workspace_id == _ws, _p.id > bindparam("after", type_=Id)).order_by(_p.id)
_LOCK = READ.with_for_update()
_KNOWN = select(agents.c.id).where(agents.c.workspace_id == _ws, any_of(agents.c.id, "ids"))
_BUMP = (
    update(workspaces)
    .where(workspaces.c.id == _ws)
    .values(rules_version=workspaces.c.rules_version + 1)
    .returning(workspaces.c.rules_version)
)


async def create(tx: Tx, fields: Fields) -> Row:
    """Adds a pool (`name`, `members`, `skill`, `conditions`). Refuses a taken name and unknown members with 422."""
    tx.actor.must("admin", "admin")
    await _check_members(tx, fields["members"])
    values = {"workspace_id": tx.workspace_id, "id": ids.new("pool"), "created_at": tx.now, **fields}
    await tx.run(_BUMP, {"ws": tx.workspace_id})
    made = await tx.one(insert(pools).values(values).on_conflict_do_nothing().returning(pools))
    if made is None:
        raise Invalid("name", "another pool has this name")
    if len(await tx.run(ALL, {"ws": tx.workspace_id, "after": ""})) > MOST_POOLS:
        raise Invalid("name", f"a workspace has at most {MOST_POOLS} pools")
    await _record(tx, "pool.created", made, None)
    return made


async def edit(tx: Tx, pool_id: str, fields: Fields) -> Row:
    """Changes those of a pool's fields that are given. A claim that was taken stays."""
    before = await _locked(tx, pool_id)
    tx.actor.must("admin", "admin")
    if "members" in fields:
        await _check_members(tx, fields["members"])
    if not fields:
        return before
    taken = select(_p.id).where(
        _p.workspace_id == tx.workspace_id, _p.name == fields.get("name", before.name), _p.id != pool_id
    )
    await tx.run(_BUMP, {"ws": tx.workspace_id})
    if await tx.one(taken):
        raise Invalid("name", "another pool has this name")
    changed = await tx.one(
        update(pools).where(_p.workspace_id == tx.workspace_id, _p.id == pool_id).values(**fields).returning(pools)
    )
    await _record(tx, "pool.updated", changed, before)
    return changed


async def remove(tx: Tx, pool_id: str) -> Row:
    """Removes a pool, and returns it as it was: what it restricted is open to everybody."""
    before = await _locked(tx, pool_id)
    tx.actor.must("admin", "admin")
    await tx.run(_BUMP, {"ws": tx.workspace_id})
    await tx.run(delete(pools).where(_p.workspace_id == tx.workspace_id, _p.id == pool_id))
    await _record(tx, "pool.deleted", None, before)
    return before


async def _locked(tx: Tx, pool_id: str) -> Row:
    row = await tx.one(_LOCK, {"ws": tx.workspace_id, "id": pool_id}) if ids.well_formed(pool_id, "pool") else None
    if row is None:
        raise NotFound("There is no such pool in this workspace.")
    return row


async def _check_members(tx: Tx, members: list[str]) -> None:
    known = {row.id for row in await tx.run(_KNOWN, {"ws": tx.workspace_id, "ids": members})}
    if unknown := [member for member in members if member not in known]:
        raise Invalid("members", f"{unknown[0]} is not an agent of this workspace")


async def _record(tx: Tx, action: str, after: Row | None, before: Row | None) -> None:
    was: Any = None if before is None else shape(before)
    now: Any = None if after is None else shape(after)
    tx.audit(action, (now or was)["id"], before=was, after=now)
    await tx.emit("settings.updated", {"pool": now or was, "action": action})
