"""The moments behind a count: claims that came too late, replies held back, doubled answers, a bot that spoke on."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import BigInteger, Integer, Text, bindparam, literal_column, select, tuple_

from dibs import cursors
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.shapes import AgentName
from dibs.analytics import measures, queries, shapes
from dibs.analytics.drill_down import about
from dibs.analytics.tables import claim_refusals
from dibs.analytics.windows import Window
from dibs.conversations.tables import claims, messages
from dibs.db.open import Database
from dibs.db.types import Id

Counted = Literal["contention", "held_sends", "duplicate_replies", "bot_leakage"]
REFUSED: Mapping[Counted, str] = {"contention": "already_claimed", "held_sends": measures.HELD_SEND}
_r, _m, _s = claim_refusals.c, messages.c, claims.c
_ws, _agent = bindparam("ws", type_=Id), bindparam("agent", type_=Id)
_start, _end = bindparam("start", type_=BigInteger), bindparam("end", type_=BigInteger)
_place = tuple_(bindparam("at", type_=BigInteger), bindparam("id", type_=Id))
_most = bindparam("most", type_=Integer)

_REFUSALS = (
    select(_r.id, _r.conversation_id, _r.at, _r.lead_ms)
    .where(_r.workspace_id == _ws, _r.agent_id == _agent, _r.code == bindparam("code", type_=Text))
    .where(_r.at >= _start, _r.at < _end, tuple_(_r.at, _r.id) < _place)
    .order_by(_r.at.desc(), _r.id.desc())
    .limit(_most)
)
_NO_LEAD = literal_column("NULL", BigInteger).label("lead_ms")
_IN_WINDOW = (_m.created_at >= _start, _m.created_at < _end, tuple_(_m.created_at, _m.id) < _place)
_DUPLICATES = (
    select(_m.id, _m.conversation_id, _m.created_at.label("at"), _NO_LEAD)
    .where(_m.workspace_id == _ws, _m.author_id == _agent, *_IN_WINDOW)
    .where(*queries.DUPLICATE)
    .order_by(_m.created_at.desc(), _m.id.desc())
    .limit(_most)
)
_LEAKS = (
    select(_m.id, _m.conversation_id, _m.created_at.label("at"), _NO_LEAD)
    .join(claims, queries.OF_SPELL)
    .where(_m.workspace_id == _ws, _s.agent_id == _agent, *_IN_WINDOW)
    .where(*queries.LEAKED)
    .order_by(_m.created_at.desc(), _m.id.desc())
    .limit(_most)
)
_STATEMENTS: Mapping[Counted, Any] = {
    "contention": _REFUSALS,
    "held_sends": _REFUSALS,
    "duplicate_replies": _DUPLICATES,
    "bot_leakage": _LEAKS,
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which moments: those that `metric` counts in the window."""

    metric: Counted
    within: Window
    cursor: str | None = None
    most: int = 50


async def collisions_behind(
    database: Database, workspace_id: str, agent: AgentName, settings: WorkspaceSettings, *, asked: Asked
) -> shapes.CollisionPage:
    """A page of what an agent's count is made of, newest first. What is not counted (`null`) has nothing behind it."""
    if asked.metric == "bot_leakage" and not settings.pause_bot_on_claim:
        return {"data": [], "next_cursor": None}
    start, end = asked.within.start, asked.within.end
    # The last seven days are other ones at each page: the window does not name the list.
    name = cursors.fingerprint(workspace_id, "collisions", agent["id"], asked.metric)
    at, last = (end, "") if asked.cursor is None else cursors.decode(asked.cursor, name, int, str)
    place = {"start": start, "end": end, "at": at, "id": last, "most": asked.most + 1}
    whose = {"ws": workspace_id, "agent": agent["id"]}
    code = {"code": REFUSED[asked.metric]} if asked.metric in REFUSED else {}
    rows = await database.scan(_STATEMENTS[asked.metric], whose | place | code)
    more, rows = len(rows) > asked.most, rows[: asked.most]
    known = await about(database, workspace_id, rows)
    return {
        "data": [shapes.collision(row, known[row.conversation_id], agent) for row in rows],
        "next_cursor": cursors.encode(name, rows[-1].at, rows[-1].id) if more else None,
    }
