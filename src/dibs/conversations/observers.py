"""Observers: agents who watch a conversation beside its owner. They never answer the customer."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from dibs import ids
from dibs.accounts.tables import agents
from dibs.conversations.changes import emit
from dibs.conversations.locks import lock, not_found
from dibs.conversations.tables import observers
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.errors import Forbidden, Invalid
from dibs.tx import Tx

_o = observers.c
_ADD = (
    insert(observers)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _o})
    .on_conflict_do_nothing(index_elements=["workspace_id", "conversation_id", "agent_id"])
    .returning(_o.agent_id)
)
_REMOVE = (
    delete(observers)
    .where(
        _o.workspace_id == bindparam("ws", type_=Id),
        _o.conversation_id == bindparam("conversation", type_=Id),
        _o.agent_id == bindparam("agent", type_=Id),
    )
    .returning(_o.agent_id)
)
# More than these watch no conversation.
MOST_SHOWN = 200
_OF = (
    select(agents.c.id, agents.c.name)
    .join(observers, (_o.workspace_id == agents.c.workspace_id) & (_o.agent_id == agents.c.id))
    .where(
        _o.workspace_id == bindparam("ws", type_=Id),
        _o.conversation_id == bindparam("conversation", type_=Id),
        agents.c.active,
    )
    .order_by(_o.since, agents.c.id)
    .limit(MOST_SHOWN)
)
_AGENT = select(agents.c.id, agents.c.name, agents.c.active).where(
    agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.id == bindparam("agent", type_=Id)
)


async def join(tx: Tx, conversation_id: str, agent_id: str) -> Row:
    """Adds an observer: oneself; the owner and admins also invite others. Who observes already stays so."""
    row = await lock(tx, conversation_id)
    agent = await _agent(tx, row, agent_id)
    if not agent.active:
        raise Invalid("agent_id", "choose an active agent of this workspace")
    params = {"workspace_id": tx.workspace_id, "conversation_id": row.id, "agent_id": agent.id, "since": tx.now}
    if await tx.run(_ADD, params):
        await _record(tx, "observer.joined", row, agent)
    return row


async def watching(database: Database, row: Row) -> list[Row]:
    """The active agents who observe a conversation, the first one first."""
    return await database.run(_OF, {"ws": row.workspace_id, "conversation": row.id})


async def leave(tx: Tx, conversation_id: str, agent_id: str) -> Row:
    """Removes an observer: oneself; the owner and admins also others. Who does not observe changes nothing."""
    row = await lock(tx, conversation_id)
    agent = await _agent(tx, row, agent_id)
    if await tx.run(_REMOVE, {"ws": tx.workspace_id, "conversation": row.id, "agent": agent.id}):
        await _record(tx, "observer.left", row, agent)
    return row


async def _agent(tx: Tx, row: Row, agent_id: str) -> Row:
    """The agent meant, after the checks of right."""
    wanted = tx.actor.id if agent_id == "me" else agent_id
    agent = None
    if wanted is not None and ids.well_formed(wanted, "agt"):
        agent = await tx.one(_AGENT, {"ws": tx.workspace_id, "agent": wanted})
    if agent is None:
        raise not_found("agent")
    tx.actor.must("conversations:write", "agent")
    if tx.actor.id not in (agent.id, row.assignee_id) and not tx.actor.is_at_least("admin"):
        raise Forbidden("Only the owner of the conversation or an admin decides for others.", needs="admin")
    return agent


async def _record(tx: Tx, kind: str, row: Row, agent: Row) -> None:
    observer = {"id": agent.id, "name": agent.name}
    tx.audit(kind, row.id, conversation_id=row.id, after={"observer": observer})
    await emit(tx, kind, row, observer=observer)
