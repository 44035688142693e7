"""Claim next: the oldest conversation in Unclaimed that the actor may claim, in one transaction."""

from collections.abc import Collection

from sqlalchemy import BigInteger, Integer, bindparam, or_, select

from dibs.accounts.tables import agents, workspaces
from dibs.conversations.claims import claim_locked
from dibs.conversations.locks import lock_if_free
from dibs.conversations.ownership import eligible_receiver, matching
from dibs.conversations.tables import conversations
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.pools import eligibility
from dibs.tx import Tx

PAGE = 50

_c = conversations.c
_key, _after = bindparam("key", type_=BigInteger), bindparam("after", type_=Id)
_QUEUE = (
    select(_c.id, _c.queue_key, _c.tags, _c.priority, _c.language, _c.channel)
    .where(_c.workspace_id == bindparam("ws", type_=Id), _c.queue_key.is_not(None), _c.queue_key >= _key)
    .where(or_(_c.queue_key > _key, _c.id > _after))
    .order_by(_c.queue_key, _c.id)
    .limit(bindparam("most", type_=Integer))
)
_ME = (
    select(agents, workspaces.c.rules_version)
    .join(workspaces, workspaces.c.id == agents.c.workspace_id)
    .where(agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.id == bindparam("agent", type_=Id))
)


async def claim_next(tx: Tx, *, skip: Collection[str] = ()) -> Row | None:
    """Claims the first eligible conversation of Unclaimed that is not in `skip`; None when there is none.

    One that another transaction is working on is passed over, so that racers get different ones without waiting.
    Refuses with 409 at the limit.
    """
    tx.actor.must("conversations:write", "agent")
    me = await tx.one(_ME, {"ws": tx.workspace_id, "agent": tx.actor.id})
    found = await eligible_receiver(tx, me)
    key, after = -1, ""
    while page := await tx.run(_QUEUE, {"ws": tx.workspace_id, "key": key, "after": after, "most": PAGE}):
        for seen in page:
            if seen.id in skip or eligibility.missing(matching(found, seen), me):
                continue
            row = await lock_if_free(tx, seen.id)
            if row is None or row.queue_key is None or eligibility.missing(matching(found, row), me):
                continue
            return await claim_locked(tx, row, via="next")
        key, after = page[-1].queue_key, page[-1].id
    return None
