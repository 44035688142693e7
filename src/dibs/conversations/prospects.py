"""Who could claim what, and why not: for one conversation, and for everything that waits."""

from typing import Any

from sqlalchemy import Integer, bindparam, func, select

from dibs.accounts.tables import agents
from dibs.actor import ROLES
from dibs.conversations.locks import CONTACT_NAME
from dibs.conversations.ownership import matching
from dibs.conversations.tables import claims, conversations
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.pools import eligibility
from dibs.pools.rules import Pool, Rules, rules

# Waiting conversations that are looked through for one that nobody may claim.
MOST_LOOKED_AT = 1_000

_a, _c, _s = agents.c, conversations.c, claims.c
_ws = bindparam("ws", type_=Id)
_LOADS = (
    select(_a.id, _a.name, _a.role, _a.active, _a.skills, _a.availability, func.count(_s.id).label("held"))
    .select_from(
        agents.outerjoin(claims, (_s.workspace_id == _a.workspace_id) & (_s.agent_id == _a.id) & _s.ended_at.is_(None))
    )
    .where(_a.workspace_id == _ws, _a.removed_at.is_(None))
    .group_by(_a.id, _a.name, _a.role, _a.active, _a.skills, _a.availability)
    .order_by(_a.name, _a.id)
)
_WAITING = (
    select(_c.id, _c.tags, _c.priority, _c.language, _c.channel, CONTACT_NAME)
    .where(_c.workspace_id == _ws, _c.queue_key.is_not(None))
    .order_by(_c.queue_key, _c.id)
    .limit(bindparam("most", type_=Integer))
)


async def of(database: Database, row: Row) -> list[dict[str, Any]]:
    """Every agent: whether they could claim the conversation now, their load, and each reason why not."""
    found = await rules(database.run, row.workspace_id)
    pools = matching(found, row)
    people = await database.run(_LOADS, {"ws": row.workspace_id})
    return [_prospect(row, agent, pools, found) for agent in people]


def _prospect(row: Row, agent: Row, pools: list[Pool], found: Rules) -> dict[str, Any]:
    reasons: list[dict[str, Any]] = []
    limit = found.settings.max_claims_per_agent
    if not agent.active:
        reasons.append({"code": "inactive"})
    if ROLES.index(agent.role) < ROLES.index("agent"):
        reasons.append({"code": "forbidden", "needs": "agent"})
    if row.status not in ("open", "snoozed"):
        reasons.append({"code": "conversation_closed", "status": row.status})
    if row.assignee_id is not None:
        code = "already_yours" if row.assignee_id == agent.id else "already_claimed"
        reasons.append({"code": code, "assignee": {"id": row.assignee_id, "name": row.assignee_name}})
    if lacking := eligibility.missing(pools, agent):
        reasons.append({"code": "pool_restricted", "pools": [{"id": each.id, "name": each.name} for each in lacking]})
    if agent.held >= limit:
        reasons.append({"code": "claim_limit_reached", "held": agent.held, "limit": limit})
    return {
        "agent": {"id": agent.id, "name": agent.name},
        "eligible": not reasons,
        "availability": agent.availability,
        "held": agent.held,
        "limit": limit,
        "reasons": reasons,
    }


async def unclaimable(database: Database, workspace_id: str, proposed: Pool | None = None) -> list[dict[str, Any]]:
    """Waiting conversations that no active agent may claim, under the pools as they are or with one `proposed`.

    Looks through the first 1,000 of Unclaimed.
    """
    found = await rules(database.run, workspace_id)
    if proposed is not None:
        others = tuple(pool for pool in found.pools if pool.id != proposed.id)
        found = Rules(found.settings, (*others, proposed))
    people = [
        agent
        for agent in await database.run(_LOADS, {"ws": workspace_id})
        if agent.active and ROLES.index(agent.role) >= ROLES.index("agent")
    ]
    stranded = []
    for row in await database.scan(_WAITING, {"ws": workspace_id, "most": MOST_LOOKED_AT}):
        pools = matching(found, row)
        if pools and not any(not eligibility.missing(pools, agent) for agent in people):
            names = [{"id": pool.id, "name": pool.name} for pool in pools]
            stranded.append({"id": row.id, "contact": row.contact_name, "pools": names})
    return stranded
