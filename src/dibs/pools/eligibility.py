"""Who may claim what: an agent must be in every pool that matches the conversation. No matching pool means anyone."""

from collections.abc import Iterable
from typing import Any

from dibs.errors import Refusal
from dibs.pools.rules import Pool, Rules


class PoolRestricted(Refusal):
    """The receiver is not in every pool that matches; `pools` names those that are missing."""

    code, status, title = "pool_restricted", 403, "Restricted to a pool"


def matching(rules: Rules, *, tags: Iterable[str], priority: str, language: str | None, channel: str) -> list[Pool]:
    """The pools whose conditions such a conversation meets; any one condition of a pool is enough."""
    tags = set(tags)
    return [
        pool
        for pool in rules.pools
        if not pool.tags.isdisjoint(tags)
        or priority in pool.priorities
        or (language is not None and language in pool.languages)
        or channel in pool.channels
    ]


def is_member(pool: Pool, agent: Any) -> bool:
    """Whether the agent (a row with `id` and `skills`) is named in the pool or has its skill."""
    return agent.id in pool.members or (pool.skill is not None and pool.skill in agent.skills)


def missing(pools: Iterable[Pool], agent: Any) -> list[Pool]:
    """Those of `pools` that the agent is not in."""
    return [pool for pool in pools if not is_member(pool, agent)]


def require(pools: Iterable[Pool], agent: Any) -> None:
    """Refuses with 403 `pool_restricted` an agent who is not in every one of `pools`."""
    if lacking := missing(pools, agent):
        names = ", ".join(pool.name for pool in lacking)
        raise PoolRestricted(
            f"Only {names} may claim this conversation. Ask a member, or an admin to add {agent.name} to the pool.",
            pools=[{"id": pool.id, "name": pool.name} for pool in lacking],
            agent_id=agent.id,
        )
