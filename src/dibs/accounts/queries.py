"""Reading agents, workspaces and pages of their lists."""

from typing import Any

from sqlalchemy import Column, Select, bindparam, select

from dibs import cursors, ids
from dibs.accounts.tables import agents, workspaces
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.errors import NotFound

_AGENT = select(agents).where(
    agents.c.workspace_id == bindparam("ws", type_=Id),
    agents.c.id == bindparam("agent", type_=Id),
    agents.c.removed_at.is_(None),
)
_AGENT_LOCKED = _AGENT.with_for_update(key_share=True)
_WORKSPACE = select(workspaces).where(workspaces.c.id == bindparam("ws", type_=Id))
_WORKSPACE_LOCKED = _WORKSPACE.with_for_update(key_share=True)


async def agent(run: Any, workspace_id: str, agent_id: str, *, locked: bool = False) -> Row:
    """A member by id; `locked` takes the row until the transaction ends. 404 for a removed or foreign one."""
    if ids.well_formed(agent_id, "agt"):
        rows = await run(_AGENT_LOCKED if locked else _AGENT, {"ws": workspace_id, "agent": agent_id})
        if rows:
            return rows[0]
    raise NotFound("There is no such agent in this workspace.")


async def workspace(run: Any, workspace_id: str, *, locked: bool = False) -> Row:
    """The workspace's row. `locked` makes changes of members and settings happen one at a time."""
    rows = await run(_WORKSPACE_LOCKED if locked else _WORKSPACE, {"ws": workspace_id})
    if not rows:
        raise NotFound("There is no such workspace.")
    return rows[0]


async def page(
    database: Database, rows_of: Select[Any], by: Column[str], *, workspace_id: str, limit: int, cursor: str | None
) -> tuple[list[Row], str | None]:
    """One page of a workspace's `rows_of` in the order of the id `by`, and the next cursor; 422 for a foreign one."""
    name = cursors.fingerprint(f"all {by.table.name}", workspace_id)
    if cursor is not None:
        rows_of = rows_of.where(by > cursors.decode(cursor, name, str, str)[1])
    rows = await database.run(rows_of.where(by.table.c.workspace_id == workspace_id).order_by(by).limit(limit + 1))
    more = len(rows) > limit
    return rows[:limit], cursors.encode(name, "", getattr(rows[limit - 1], by.name)) if more else None
