"""Seeded bug: a claim that looks whether the conversation is free, without a lock, and then writes."""

from typing import Any

from dibs.conversations.locks import READ
from dibs.conversations.refusals import refuse_closed, refuse_held
from dibs.tx import Tx
from tests.races.mutants.careless import overwrite


async def claim(tx: Tx, conversation_id: str, **_: Any) -> Any:
    row = await tx.one(READ, {"ws": tx.workspace_id, "id": conversation_id})
    refuse_closed(row)
    refuse_held(row, tx.actor)
    return await overwrite(tx, row, tx.actor.id, tx.actor.name, "conversation.claimed", "reassigned")
