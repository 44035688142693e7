"""A workspace's rules: its settings and pools, kept per process by the version that each transaction reads anew."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.tables import workspaces
from dibs.pools.tables import pools


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool as eligibility needs it."""

    id: str
    name: str
    members: frozenset[str]
    skill: str | None
    tags: frozenset[str]
    priorities: frozenset[str]
    languages: frozenset[str]
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings and pools of one workspace at one version."""

    settings: WorkspaceSettings
    pools: tuple[Pool, ...]


VERSION = select(workspaces.c.rules_version).where(workspaces.c.id == bindparam("ws"))
_SETTINGS = select(workspaces.c.rules_version, workspaces.c.settings).where(workspaces.c.id == bindparam("ws"))
_POOLS = select(pools).where(pools.c.workspace_id == bindparam("ws")).order_by(pools.c.id)
_kept: dict[str, tuple[int, Rules]] = {}


async def rules(run: Any, workspace_id: str, version: int | None = None) -> Rules:
    """The rules in force. `run` is a transaction's or the database's; `version` when the caller has just read it."""
    if version is None:
        version = (await run(VERSION, {"ws": workspace_id}))[0].rules_version
    kept = _kept.get(workspace_id)
    if kept is not None and kept[0] == version:
        return kept[1]
    row = (await run(_SETTINGS, {"ws": workspace_id}))[0]
    found = tuple(pool(each) for each in await run(_POOLS, {"ws": workspace_id}))
    fresh = Rules(WorkspaceSettings(**row.settings), found)
    # Pools are read after their version: rules newer than the number are read again, older ones never kept.
    _kept[workspace_id] = (row.rules_version, fresh)
    return fresh


def pool(row: Any) -> Pool:
    """A pool row as eligibility needs it."""
    conditions = row.conditions
    return Pool(
        id=row.id,
        name=row.name,
        members=frozenset(row.members),
        skill=row.skill,
        tags=frozenset(conditions.get("tags", ())),
        priorities=frozenset(conditions.get("priorities", ())),
        languages=frozenset(conditions.get("languages", ())),
        channels=frozenset(conditions.get("channels", ())),
    )
