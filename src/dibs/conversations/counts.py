"""How many conversations each view holds: exact to a thousand, bounded beyond, in one statement."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, select

from dibs.actor import Actor
from dibs.conversations.filters import VIEWS
from dibs.conversations.queries import NOT_SPAM, SPAM, STALE, unindexed
from dibs.conversations.tables import conversations, observers
from dibs.db.open import Database
from dibs.db.types import Id

CAP = 1_000

_c, _o = conversations.c, observers.c
_ws, _me = bindparam("ws", type_=Id), bindparam("me", type_=Id)
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "unclaimed": _c.queue_key.is_not(None),
    # The owner chooses the index, not the status, which most conversations share.
    "mine": and_(_c.assignee_id == _me, unindexed(_c.status) == "open"),
    "others": and_(_c.assignee_id.is_not(None), unindexed(_c.assignee_id) != _me, unindexed(_c.status) == "open"),
    "snoozed": _c.status == "snoozed",
    "stale": STALE,
    "resolved": _c.status == "resolved",
    "archived": and_(_c.status == "archived", NOT_SPAM),
    "spam": SPAM,
    "all": _c.status == "open",
    "any": NOT_SPAM,
}


def _bounded(view: str) -> Any:
    if view == "observing":
        live = and_(_c.workspace_id == _o.workspace_id, _c.id == _o.conversation_id, _c.status.in_(["open", "snoozed"]))
        some = select(literal(1)).where(_o.workspace_id == _ws, _o.agent_id == _me, exists().where(live))
    else:
        some = select(literal(1)).select_from(conversations).where(_c.workspace_id == _ws, _CONDITIONS[view])
    return select(func.count()).select_from(some.limit(CAP + 1).subquery()).scalar_subquery().label(view)


def _statement(*, stale: bool) -> Select[Any]:
    return select(*(_bounded(view) for view in VIEWS if stale or view != "stale"))


_OF_ADMIN, _OF_AGENT = _statement(stale=True), _statement(stale=False)


async def count_views(database: Database, actor: Actor) -> dict[str, dict[str, Any]]:
    """For every view that the actor may see, its count and whether that is only the most that is counted."""
    actor.must("conversations:read")
    statement = _OF_ADMIN if actor.may("conversations:read", "admin") else _OF_AGENT
    row = (await database.scan(statement, {"ws": actor.workspace_id, "me": actor.id}))[0]
    return {view: {"count": min(n, CAP), "capped": n > CAP} for view, n in row._asdict().items()}
