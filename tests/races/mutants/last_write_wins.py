"""Seeded bug: claim does not look at all; whoever writes last has it."""

from typing import Any

from dibs.conversations.locks import lock
from dibs.tx import Tx
from tests.races.mutants.careless import overwrite


async def claim(tx: Tx, conversation_id: str) -> Any:
    row = await lock(tx, conversation_id)
    if row.assignee_id == tx.actor.id:
        return row
    return await overwrite(tx, row, tx.actor.id, tx.actor.name, "conversation.claimed", "reassigned")
