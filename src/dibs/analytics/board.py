"""The live board for leads: who waits, what is escalated or stale, and each agent's load, as they are now."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, func, or_, select
from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.fields import Availability
from dibs.accounts.shapes import AgentName
from dibs.accounts.tables import agents
from dibs.conversations.queries import NOT_ESCALATED, STALE
from dibs.conversations.tables import conversations
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.pools.rules import rules

# As many are counted of each; beyond that the answer says so.
MOST = 1_000

_a, _c = agents.c, conversations.c
_ws = bindparam("ws", type_=Id)


class Tally(TypedDict):
    """How many there are, up to 1,000, and since when the oldest of those is one."""

    count: int
    capped: bool
    oldest_since: str | None


class AgentLoad(TypedDict):
    """What an agent holds, and of that what is snoozed, stale, or has an unanswered customer message."""

    agent: AgentName
    availability: Availability
    held: int
    limit: int
    snoozed: int
    stale: int
    waiting: int
    last_active_at: str | None


class Board(TypedDict):
    """A team's moment. `waiting`: customers without an answer, claimed or not. `escalated`: those nobody holds."""

    at: str
    waiting: Tally
    escalated: Tally
    stale: Tally
    agents: list[AgentLoad]


def _tally(since: Any, where: ColumnElement[bool], order: Any) -> Any:
    some = select(since.label("since")).where(_c.workspace_id == _ws, where).order_by(order).limit(MOST + 1).subquery()
    return select(func.count().label("count"), func.min(some.c.since).label("oldest"))


# The waiting key of who waits for nothing is later than any instant.
_WAITING = _tally(_c.waiting_since, and_(_c.waiting_key < 2**51, _c.status == "open"), _c.waiting_key)
_ESCALATED = _tally(_c.escalated_at, _c.queue_key < NOT_ESCALATED, _c.queue_key)
_STALE = _tally(_c.claimed_at, STALE, _c.last_message_at)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0, type_=Integer)


# Those who may hold something, and those who, being gone, still do.
_LOADS = (
    select(
        *(_a.id, _a.name, _a.availability, _a.last_active_at, func.count(_c.id).label("held")),
        _how_many(_c.status == "snoozed").label("snoozed"),
        _how_many(_c.stale).label("stale"),
        _how_many(and_(_c.status == "open", _c.waiting_since.is_not(None))).label("waiting"),
    )
    .select_from(
        agents.outerjoin(
            conversations,
            and_(_c.workspace_id == _a.workspace_id, _c.assignee_id == _a.id, _c.assignee_id.is_not(None)),
        )
    )
    .where(_a.workspace_id == _ws, or_(and_(_a.active, _a.role != "viewer"), _c.id.is_not(None)))
    .group_by(_a.id, _a.name, _a.availability, _a.last_active_at)
    .order_by(_a.name, _a.id)
)


async def board(database: Database, workspace_id: str, now: int) -> Board:
    """The board in as many statements whatever the workspace holds."""
    limit = (await rules(database.run, workspace_id)).settings.max_claims_per_agent
    who = {"ws": workspace_id}
    waiting, escalated, stale = [(await database.scan(each, who))[0] for each in (_WAITING, _ESCALATED, _STALE)]
    loads = await database.scan(_LOADS, who)
    return {
        "at": clock.iso(now),
        "waiting": _shown(waiting),
        "escalated": _shown(escalated),
        "stale": _shown(stale),
        "agents": [_load(row, limit) for row in loads],
    }


def _shown(row: Row) -> Tally:
    return {
        "count": min(row.count, MOST),
        "capped": row.count > MOST,
        "oldest_since": clock.iso_or_none(row.oldest),
    }


def _load(row: Row, limit: int) -> AgentLoad:
    return {
        "agent": {"id": row.id, "name": row.name},
        "availability": row.availability,
        "held": row.held,
        "limit": limit,
        "snoozed": row.snoozed,
        "stale": row.stale,
        "waiting": row.waiting,
        "last_active_at": clock.iso_or_none(row.last_active_at or None),
    }
