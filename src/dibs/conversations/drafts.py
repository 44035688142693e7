"""Drafts: what an agent has begun to write, kept on the server through reloads, lost claims and other devices."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from dibs.conversations.locks import lock
from dibs.conversations.tables import drafts
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


async def discard(tx: Tx, conversation_id: str) -> None:
    """Throws the actor's draft away; none is fine."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    await tx.run(_DISCARD, {"ws": tx.workspace_id, "conversation": row.id, "agent": tx.actor.id})
