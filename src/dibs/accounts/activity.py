"""When an agent last worked: a heartbeat with input, or any writing call. Polling and open sockets do not count."""

from sqlalchemy import BigInteger, bindparam, update

from dibs import clock
from dibs.accounts.tables import agents
from dibs.actor import Actor
from dibs.tx import Core, transaction

# Work is written down at most this often per agent and process; the stale clock counts in minutes.
GRAIN = 15 * clock.SECOND
MOST_KEPT = 50_000

TOUCH = (
    update(agents)
    .where(agents.c.workspace_id == bindparam("ws"), agents.c.id == bindparam("agent"))
    .where(agents.c.last_active_at < bindparam("at", type_=BigInteger))
    .values(last_active_at=bindparam("at", type_=BigInteger))
)
_written: dict[tuple[str, str], int] = {}


async def touch(core: Core, actor: Actor, *, at_once: bool = False) -> None:
    """Notes that the agent works now, in a transaction of its own that commits before what they came to do.

    Then lets those who listen know (claims that went stale are cleared). A heartbeat passes `at_once`.
    """
    if actor.type != "agent" or actor.id is None:
        return
    now, who = clock.now(), (actor.workspace_id, actor.id)
    if not at_once and now - _written.get(who, 0) < GRAIN:
        return
    if len(_written) > MOST_KEPT:
        _written.clear()
    async with transaction(core, actor) as tx:
        await tx.run(TOUCH, {"ws": actor.workspace_id, "agent": actor.id, "at": now})
    _written[who] = now
    for listener in core.on_activity:
        await listener(core, actor)
