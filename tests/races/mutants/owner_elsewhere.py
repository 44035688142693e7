"""Seeded bug: code that writes the owner past the one module that may."""

from sqlalchemy import update

from dibs import clock
from dibs.conversations.tables import conversations
from dibs.tx import Tx

_c = conversations.c


async def take(tx: Tx, conversation_id: str, agent_id: str) -> None:
    """Forgets the epoch."""
    await tx.run(
        update(conversations)
        .where(_c.workspace_id == tx.workspace_id, _c.id == conversation_id)
        .values(assignee_id=agent_id, claimed_at=clock.now())
    )


async def take_with_epoch(tx: Tx, conversation_id: str, agent_id: str) -> None:
    """Remembers the epoch and forgets the spell."""
    await tx.run(
        update(conversations)
        .where(_c.workspace_id == tx.workspace_id, _c.id == conversation_id)
        .values(assignee_id=agent_id, claimed_at=clock.now(), epoch=_c.epoch + 1)
    )


async def drop_with_epoch(tx: Tx, conversation_id: str, agent_id: str) -> None:
    """Frees it and leaves the spell open."""
    await tx.run(
        update(conversations)
        .where(_c.workspace_id == tx.workspace_id, _c.id == conversation_id)
        .values(assignee_id=None, claimed_at=None, epoch=_c.epoch + 1)
    )
