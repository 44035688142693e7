"""Open waits: who waits now, and since when. They are never averaged into the figures of those who were answered."""

from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from typing_extensions import TypedDict

from dibs import clock
from dibs.conversations.tables import conversations
from dibs.db.open import Database

# As many rows are looked at per view, in the view's own order; beyond that the answer says so.
MOST = 1_000
View = Literal["unclaimed", "mine", "others"]
_c = conversations.c


class OpenWait(TypedDict):
    """One view: how many customers wait there, and the one who has waited longest among those looked at."""

    view: View
    waiting: int
    capped: bool
    oldest: str | None
    oldest_seconds: float | None


class OpenWaits(TypedDict):
    """The open waits of the views an agent works from."""

    at: str
    data: list[OpenWait]


async def waiting(database: Database, workspace_id: str, agent_id: str | None, now: int) -> OpenWaits:
    """Waits in Unclaimed (since it was unclaimed or the customer wrote, whichever is older), Mine and Others."""
    held = (_c.workspace_id == workspace_id, _c.assignee_id.is_not(None), _c.status == "open")
    views: tuple[tuple[View, Any, tuple[ColumnElement[bool], ...], ColumnElement[Any]], ...] = (
        ("unclaimed", _c.unclaimed_since, (_c.workspace_id == workspace_id, _c.queue_key.is_not(None)), _c.queue_key),
        ("mine", None, (*held, _c.assignee_id == agent_id), _c.last_message_at),
        ("others", None, (*held, _c.assignee_id != agent_id), _c.last_message_at),
    )
    data = []
    for view, also, conditions, order in views:
        columns = [_c.waiting_since] if also is None else [_c.waiting_since, also]
        rows = await database.scan(select(*columns).where(*conditions).order_by(order).limit(MOST + 1))
        since = [min(known) for row in rows if (known := [at for at in row if at is not None])]
        data.append(_wait(view, since, capped=len(rows) > MOST, now=now))
    return {"at": clock.iso(now), "data": data}


def _wait(view: View, since: list[int], *, capped: bool, now: int) -> OpenWait:
    oldest = min(since, default=None)
    return {
        "view": view,
        "waiting": min(len(since), MOST),
        "capped": capped,
        "oldest": clock.iso_or_none(oldest),
        "oldest_seconds": None if oldest is None else max(0, now - oldest) / clock.SECOND,
    }
