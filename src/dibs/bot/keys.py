"""The key of the workspace's chat endpoint: sealed, never shown."""

from sqlalchemy import Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from dibs.bot.tables import bot_keys
from dibs.db.types import Id, Instant
from dibs.tx import Core, Tx

_k = bot_keys.c
_ws = bindparam("ws", type_=Id)
_sealed, _at = bindparam("sealed", type_=Text), bindparam("at", type_=Instant)
_READ = select(bot_keys).where(_k.workspace_id == _ws)
_WRITE = (
    insert(bot_keys)
    .values(workspace_id=_ws, sealed=_sealed, updated_at=_at)
    .on_conflict_do_update(index_elements=["workspace_id"], set_={"sealed": _sealed, "updated_at": _at})
)
_FORGET = delete(bot_keys).where(_k.workspace_id == _ws).returning(_k.workspace_id)


async def write(tx: Tx, key: str) -> None:
    """Keeps the key, in the place of one that was there. Refuses who is no admin with 403."""
    tx.actor.must("admin", "admin")
    sealed = tx.core.keyring.seal(key, _purpose(tx.workspace_id))
    await tx.run(_WRITE, {"ws": tx.workspace_id, "sealed": sealed, "at": tx.now})
    tx.audit("bot_key.updated", tx.workspace_id)


async def forget(tx: Tx) -> None:
    """Forgets the key, if there is one. Refuses who is no admin with 403."""
    tx.actor.must("admin", "admin")
    if await tx.run(_FORGET, {"ws": tx.workspace_id}):
        tx.audit("bot_key.removed", tx.workspace_id)


async def read(core: Core, workspace_id: str) -> str | None:
    """The key; None when there is none, or when another installation sealed it."""
    found = await core.database.run(_READ, {"ws": workspace_id})
    return core.keyring.unseal(found[0].sealed, _purpose(workspace_id)) if found else None


def _purpose(workspace_id: str) -> str:
    return f"bot {workspace_id}"
