"""A member was removed, deactivated or made viewer: what they hold is released, what they asked for lapses."""

from sqlalchemy import Integer, bindparam, select

from dibs.actor import Actor
from dibs.conversations import requests
from dibs.conversations.locks import lock, lock_many
from dibs.conversations.ownership import free
from dibs.conversations.tables import claims, takeover_requests
from dibs.db.types import Id
from dibs.tx import Core, transaction

BATCH = 50

_s, _t = claims.c, takeover_requests.c
_ws, _agent = bindparam("ws", type_=Id), bindparam("agent", type_=Id)
_HELD_BY = (
    select(_s.conversation_id)
    .where(_s.workspace_id == _ws, _s.agent_id == _agent, _s.ended_at.is_(None))
    .order_by(_s.conversation_id)
    .limit(bindparam("most", type_=Integer))
)
_ASKED_BY = select(_t.id, _t.conversation_id).where(_t.workspace_id == _ws, _t.asker_id == _agent, _t.state == "open")


async def release_all(core: Core, actor: Actor, agent_id: str) -> None:
    """Releases everything the agent holds, after their deactivation has committed.

    No claim can slip in between: a claim checks its receiver under the lock that the deactivation took first.
    """
    who = {"ws": actor.workspace_id, "agent": agent_id}
    while found := await core.database.run(_HELD_BY, who | {"most": BATCH}):
        async with transaction(core, actor) as tx:
            for row in (await lock_many(tx, [each.conversation_id for each in found])).values():
                if row.assignee_id == agent_id:
                    await free(tx, row, ended_as="member_removed", reason="member_removed")
    for asked in await core.database.run(_ASKED_BY, who):
        async with transaction(core, actor) as tx:
            await lock(tx, asked.conversation_id)
            await requests.close(tx, asked.id, "cancelled", "member_removed")
