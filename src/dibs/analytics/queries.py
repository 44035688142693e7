"""Reading spells, messages and refusals for the figures, in chunks, so that a long window stalls nobody."""

from collections.abc import AsyncIterator
from typing import Any, Literal

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select

from dibs.accounts.tables import agents
from dibs.analytics.tables import claim_refusals
from dibs.analytics.windows import Window
from dibs.clock import MINUTE, SECOND
from dibs.conversations.tables import claims, messages
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of

CHUNK = 2_000
# M8: replies of two agents this close to each other answer the customer twice.
DUPLICATE_WITHIN = 60 * SECOND
# M9: a bot's turn that began before the claim may still deliver, once, while it is this young.
IN_FLIGHT_WITHIN = 10 * MINUTE

_s, _m, _r = claims.c, messages.c, claim_refusals.c
Edge = Literal["started_at", "ended_at"]

AGENTS = (
    select(agents.c.id, agents.c.name, agents.c.role, agents.c.active)
    .where(agents.c.workspace_id == bindparam("ws", type_=Id))
    .order_by(agents.c.name, agents.c.id)
)
# What figures need of a spell; no column whose values would have to be converted one by one.
SPELL = (
    *(_s.id, _s.conversation_id, _s.agent_id, _s.epoch, _s.via, _s.started_at, _s.ended_at, _s.ended_as),
    *(_s.end_reason, _s.unclaimed_since, _s.escalated_at, _s.waiting_since),
)
OF_SPELL = and_(_m.workspace_id == _s.workspace_id, _m.conversation_id == _s.conversation_id, _m.epoch == _s.epoch)
_other = messages.alias()
_EARLIER = and_(
    _other.c.workspace_id == _m.workspace_id,
    _other.c.conversation_id == _m.conversation_id,
    _other.c.epoch == _m.epoch,
    _other.c.seq < _m.seq,
)
# M8: replies just after another agent's, without a change of owner between.
DUPLICATE = (
    *(_m.kind == "reply", _m.author_type == "agent", _m.author_id.is_not(None)),
    exists().where(
        _EARLIER,
        # Said this way round, no index on created_at can lead astray from the conversation's few messages.
        _other.c.created_at + DUPLICATE_WITHIN >= _m.created_at,
        _other.c.kind == "reply",
        _other.c.author_id != _m.author_id,
    ),
)
# M9: bot messages stored under a claim, but for the turn that may have been in flight: the first bot message of a
# spell, within ten minutes of the claim.
LEAKED = (
    _m.kind == "bot",
    or_(_m.created_at > _s.started_at + IN_FLIGHT_WITHIN, exists().where(_EARLIER, _other.c.kind == "bot")),
)
# An outer join, because SQLite follows its order: from the spells to their messages, never the other way round.
_said = (
    select(
        _s.id.label("claim_id"),
        _m.seq,
        _m.kind,
        _m.author_id,
        _m.created_at,
        func.lag(_m.kind).over(partition_by=_s.id, order_by=_m.seq).label("previous"),
    )
    .join(messages, and_(OF_SPELL, or_(_m.kind == "customer", _m.kind == "reply")), isouter=True)
    .where(_s.workspace_id == bindparam("ws", type_=Id), any_of(_s.id, "spells"))
    .subquery()
)
# Of each run of customer messages, and of each run of replies, the first: the rest measures nothing.
EXCHANGES = (
    select(_said.c.claim_id, _said.c.kind, _said.c.author_id, _said.c.created_at)
    .where(or_(_said.c.previous.is_(None), _said.c.previous != _said.c.kind))
    .order_by(_said.c.claim_id, _said.c.seq)
)


def spells(workspace_id: str, within: Window, edge: Edge, agent_id: str | None) -> Select[Any]:
    """Spells whose start or end lies in the window; an undone claim never was one."""
    at = _s[edge]
    found = (
        select(*SPELL)
        .where(_s.workspace_id == workspace_id, at >= within.start, at < within.end)
        .where(or_(_s.ended_as.is_(None), _s.ended_as != "undone"))
    )
    return found if agent_id is None else found.where(_s.agent_id == agent_id)


async def in_chunks(
    database: Database, workspace_id: str, within: Window, edge: Edge, agent_id: str | None
) -> AsyncIterator[list[Row]]:
    """The spells of a window, oldest first, a chunk at a time."""
    at, page = _s[edge], spells(workspace_id, within, edge, agent_id)
    while rows := await database.scan(page.order_by(at, _s.id).limit(CHUNK)):
        yield rows
        if len(rows) < CHUNK:
            return
        # The window itself moves on: beside its old beginning, the place would be a filter over an ever longer scan.
        reached, last = getattr(rows[-1], edge), rows[-1].id
        page = spells(workspace_id, Window(reached, within.end), edge, agent_id).where(or_(at > reached, _s.id > last))


async def exchanges(database: Database, workspace_id: str, found: list[Row]) -> dict[str, list[Row]]:
    """For each of these spells by id, the customer messages and human replies in it that begin a run, in order."""
    by_spell: dict[str, list[Row]] = {}
    if found:
        wanted = {"ws": workspace_id, "spells": [spell.id for spell in found]}
        for message in await database.scan(EXCHANGES, wanted):
            if message.kind is None:  # nothing was said in this spell
                continue
            by_spell.setdefault(message.claim_id, []).append(message)
    return by_spell


def attempts(workspace_id: str, within: Window, agent_id: str | None, ways: tuple[str, ...]) -> Select[Any]:
    """Claims that were tried and won, by agent; also those undone."""
    found = select(_s.agent_id, func.count().label("n")).where(
        _s.workspace_id == workspace_id,
        *(_s.started_at >= within.start, _s.started_at < within.end),
        _s.via.in_(ways),
    )
    return _one(found, _s.agent_id, agent_id).group_by(_s.agent_id)


def refused(workspace_id: str, within: Window, agent_id: str | None) -> Select[Any]:
    """Refusals by agent and code."""
    found = select(_r.agent_id, _r.code, func.count().label("n")).where(*_refusals(workspace_id, within))
    return _one(found, _r.agent_id, agent_id).group_by(_r.agent_id, _r.code)


def median_leads(workspace_id: str, within: Window, agent_id: str | None) -> Select[Any]:
    """By agent, the median of the milliseconds by which somebody else was first."""
    found = select(
        _r.agent_id,
        _r.lead_ms,
        func.row_number().over(partition_by=_r.agent_id, order_by=_r.lead_ms).label("place"),
        func.count().over(partition_by=_r.agent_id).label("n"),
    ).where(*_refusals(workspace_id, within), _r.code == "already_claimed", _r.lead_ms.is_not(None))
    ranked = _one(found, _r.agent_id, agent_id).subquery()
    middle = or_(ranked.c.place == (ranked.c.n + 1) // 2, ranked.c.place == (ranked.c.n + 2) // 2)
    median = func.avg(ranked.c.lead_ms).label("median")
    return select(ranked.c.agent_id, median).where(middle).group_by(ranked.c.agent_id)


def duplicates(workspace_id: str, within: Window, agent_id: str | None) -> Select[Any]:
    """M8 by who came second."""
    found = select(_m.author_id.label("agent_id"), func.count().label("n")).where(
        _m.workspace_id == workspace_id, *(_m.created_at >= within.start, _m.created_at < within.end), *DUPLICATE
    )
    return _one(found, _m.author_id, agent_id).group_by(_m.author_id)


def bot_leaks(workspace_id: str, within: Window, agent_id: str | None) -> Select[Any]:
    """M9 by the agent who held it."""
    found = (
        select(_s.agent_id, func.count().label("n"))
        .join(messages, OF_SPELL)
        .where(_m.workspace_id == workspace_id, *LEAKED)
        .where(_m.created_at >= within.start, _m.created_at < within.end)
    )
    return _one(found, _s.agent_id, agent_id).group_by(_s.agent_id)


def _refusals(workspace_id: str, within: Window) -> tuple[Any, ...]:
    return _r.workspace_id == workspace_id, _r.at >= within.start, _r.at < within.end


def _one(found: Select[Any], column: Any, agent_id: str | None) -> Select[Any]:
    return found if agent_id is None else found.where(column == agent_id)
