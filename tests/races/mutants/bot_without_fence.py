"""Seeded bugs: a bot that begins turns whoever holds the conversation, and one that answers a turn in any state."""

from typing import Any

from dibs.bot import queries
from dibs.conversations.locks import lock
from dibs.tx import Tx


def serves(row: Any, _: Any) -> bool:
    """Stands in for the look at who holds the conversation."""
    return row.status in ("open", "snoozed")


async def take(tx: Tx, turn_id: str, *, overdue: bool = False) -> tuple[Any, Any]:
    """Stands in for the look at whether the turn is still open."""
    (turn,) = await tx.run(queries.FIND, {"ws": tx.workspace_id, "turn": turn_id})
    return turn, await lock(tx, turn.conversation_id)
