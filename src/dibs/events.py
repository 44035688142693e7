"""Events, read back in commit order. The table is the truth; the doorbell only saves the time of looking."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, Integer, bindparam, select

from dibs.db.open import Database
from dibs.db.types import Id
from dibs.ledger import counters, events

KINDS = (
    "conversation.created",
    "conversation.claimed",
    "conversation.released",
    "conversation.reassigned",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.snoozed",
    "conversation.woken",
    "conversation.archived",
    "conversation.updated",
    "conversation.escalated",
    "conversation.stale",
    "conversation.stale_cleared",
    "conversation.bot_paused",
    "conversation.bot_resumed",
    "message.created",
    "message.delivery",
    "takeover.requested",
    "takeover.answered",
    "observer.joined",
    "observer.left",
    "notification.created",
    "agent.updated",
    "contact.updated",
    "settings.updated",
    "conversation.turn",
)
# In the place of an agent's id: only keys with the scope `bot` are told.
BOTS = "scope:bot"

_AFTER = (
    select(events)
    .where(
        events.c.workspace_id == bindparam("ws", type_=Id),
        events.c.seq > bindparam("after", type_=BigInteger),
    )
    .order_by(events.c.seq)
    .limit(bindparam("most", type_=Integer))
)
_NEWEST = select(counters.c.event_seq, counters.c.event_purged_seq).where(
    counters.c.workspace_id == bindparam("ws", type_=Id)
)


async def read_after(database: Database, workspace_id: str, cursor: int, most: int = 500) -> list[Any]:
    """Events of a workspace after `cursor`, oldest first, at most `most`. A later commit never has a lower number."""
    return await database.run(_AFTER, {"ws": workspace_id, "after": cursor, "most": most})


async def newest_cursor(database: Database, workspace_id: str) -> int:
    """The number of the newest committed event; 0 in an empty workspace."""
    rows = await database.run(_NEWEST, {"ws": workspace_id})
    return rows[0].event_seq if rows else 0


async def oldest_cursor(database: Database, workspace_id: str) -> int:
    """The oldest cursor that can be resumed from; an older one needs a reset."""
    rows = await database.run(_NEWEST, {"ws": workspace_id})
    return rows[0].event_purged_seq if rows else 0


class Doorbell:
    """Told of each workspace that has new events, after their commit. Listeners must not block."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, int], None]] = []

    def listen(self, listener: Callable[[str, int], None]) -> None:
        """Calls `listener(workspace_id, newest_cursor)` at every ring."""
        self._listeners.append(listener)

    def ring(self, workspace_id: str, cursor: int) -> None:
        """Events up to `cursor` are committed."""
        for listener in self._listeners:
            listener(workspace_id, cursor)
