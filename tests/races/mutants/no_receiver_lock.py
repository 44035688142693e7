"""Seeded bug: the receiver is read, not locked, so that claims which count at the same time do not see each other."""

from typing import Any

from sqlalchemy import bindparam, select

from dibs.accounts.tables import agents, workspaces
from dibs.tx import Tx

_READ = (
    select(agents, workspaces.c.rules_version)
    .join(workspaces, workspaces.c.id == agents.c.workspace_id)
    .where(agents.c.workspace_id == bindparam("ws"), agents.c.id == bindparam("agent"))
)


async def lock_receiver(tx: Tx, agent_id: str) -> Any:
    return await tx.one(_READ, {"ws": tx.workspace_id, "agent": agent_id})
