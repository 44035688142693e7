"""Seeded bug: a reply that looks at the conversation without its lock, and stores the message whatever has changed."""

from typing import Any

from sqlalchemy import update

from dibs.conversations.locks import READ
from dibs.conversations.tables import conversations
from dibs.tx import Tx

_c = conversations.c


async def lock(tx: Tx, conversation_id: str) -> Any:
    """Stands in for the lock that a reply takes."""
    return await tx.one(READ, {"ws": tx.workspace_id, "id": conversation_id})


async def change(tx: Tx, row: Any, **values: Any) -> Any:
    """Stands in for the write that notices another version."""
    (written,) = await tx.run(
        update(conversations)
        .where(_c.workspace_id == tx.workspace_id, _c.id == row.id)
        .values(version=_c.version + 1, **values)
        .returning(_c.version)
    )
    return row._replace(version=written.version, **values)
