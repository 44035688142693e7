"""Seeded bug: claim compares in Python and then sets; between the two somebody else may have done the same."""

from typing import Any

from dibs.conversations.locks import READ
from dibs.conversations.refusals import already_claimed
from dibs.tx import Tx
from tests.races.mutants.careless import overwrite


async def claim(tx: Tx, conversation_id: str) -> Any:
    row: Any = await tx.one(READ, {"ws": tx.workspace_id, "id": conversation_id})
    if row.assignee_id == tx.actor.id:
        return row
    if row.assignee_id is not None:
        raise already_claimed(row)
    return await overwrite(tx, row, tx.actor.id, tx.actor.name, "conversation.claimed", "reassigned")
