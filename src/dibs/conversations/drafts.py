"""Drafts: what an agent has begun to write, kept on the server through reloads, lost claims and other devices."""

from sqlalchemy import Integer, and_, bindparam, case, delete, func, null, or_, select
from sqlalchemy.dialects.postgresql import insert

from dibs.accounts.tables import agents
from dibs.conversations.locks import lock
from dibs.conversations.tables import conversations, drafts
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.tx import Tx

_d = drafts.c
_insert = insert(drafts).values({column.name: bindparam(column.name, type_=column.type) for column in _d})
_SAVE = _insert.on_conflict_do_update(
    index_elements=["workspace_id", "conversation_id", "agent_id"],
    set_={name: _insert.excluded[name] for name in ("kind", "text", "updated_at")},
).returning(drafts)
_MINE = (
    _d.workspace_id == bindparam("ws", type_=Id),
    _d.conversation_id == bindparam("conversation", type_=Id),
    _d.agent_id == bindparam("agent", type_=Id),
)
READ = select(drafts).where(*_MINE)
# More people than this at one conversation are not told apart any more.
MOST_SHOWN = 100
_c, _me = conversations.c, bindparam("me", type_=Id)
_shown = or_(_d.agent_id == _me, and_(_d.kind == "reply", _c.assignee_id == _me))
# One statement, so that whoever has just lost the claim is not shown what only its holder may read.
OF_ALL = (
    select(
        _d.conversation_id,
        _d.agent_id,
        agents.c.name.label("agent_name"),
        _d.kind,
        case((_shown, _d.text), else_=null()).label("text"),
        _d.updated_at,
    )
    .join(agents, and_(agents.c.workspace_id == _d.workspace_id, agents.c.id == _d.agent_id))
    .join(conversations, and_(_c.workspace_id == _d.workspace_id, _c.id == _d.conversation_id))
    .where(_d.workspace_id == bindparam("ws", type_=Id), _d.conversation_id == bindparam("conversation", type_=Id))
    .where(func.length(func.trim(_d.text)) > 0)
    .order_by(_d.updated_at.desc(), _d.agent_id)
    .limit(bindparam("most", type_=Integer))
)
_DISCARD = delete(drafts).where(*_MINE).returning(_d.agent_id)


async def save(tx: Tx, conversation_id: str, *, kind: str, text: str) -> Row:
    """Keeps the actor's draft for this conversation, replacing the one before."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    saved = await tx.run(
        _SAVE,
        {
            "workspace_id": tx.workspace_id,
            "conversation_id": row.id,
            "agent_id": tx.actor.id,
            "kind": kind,
            "text": text,
            "updated_at": tx.now,
        },
    )
    return saved[0]


async def discard(tx: Tx, conversation_id: str) -> str:
    """Throws the actor's draft away; none is fine. Returns the conversation's id."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    await tx.run(_DISCARD, {"ws": tx.workspace_id, "conversation": row.id, "agent": tx.actor.id})
    return str(row.id)
