"""The spells behind a figure: what an agent's number is made of, spell by spell."""

import base64
import binascii
from typing import Any, Literal

import msgspec
from sqlalchemy import BigInteger, Select, bindparam, exists, literal, select, tuple_

from dibs import ids
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.shapes import AgentName
from dibs.accounts.tables import agents
from dibs.analytics import measures, queries, shapes
from dibs.analytics.measures import Between, Stretch
from dibs.analytics.performance import Time, clock_between
from dibs.analytics.windows import Window
from dibs.contacts.tables import contacts
from dibs.conversations.tables import claims, conversations, messages
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of
from dibs.errors import Invalid, NotFound

Metric = Literal[
    "claimed", "time_to_claim", "time_to_claim_from_escalation", "response_after_claim", "hold", "outcomes"
]
BY_START = ("claimed", "time_to_claim", "time_to_claim_from_escalation")
_s, _m = claims.c, messages.c
_AGENT = select(agents.c.id, agents.c.name).where(
    agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.id == bindparam("agent", type_=Id)
)

_ABOUT = (
    select(conversations.c.id, conversations.c.channel, contacts.c.name)
    .join(
        contacts,
        (contacts.c.workspace_id == conversations.c.workspace_id) & (contacts.c.id == conversations.c.contact_id),
    )
    .where(conversations.c.workspace_id == bindparam("ws", type_=Id), any_of(conversations.c.id, "ids"))
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which spells: those behind `metric` in the window; `outcome` narrows to one way of ending."""

    metric: Metric
    within: Window
    outcome: str | None = None
    time: Time = "elapsed"
    cursor: str | None = None
    most: int = 50


async def agent_named(database: Database, workspace_id: str, agent_id: str) -> AgentName:
    """The agent, also one who left. Refuses with 404 an agent of no or another workspace."""
    found = ids.well_formed(agent_id, "agt") and await database.run(_AGENT, {"ws": workspace_id, "agent": agent_id})
    if not found:
        raise NotFound("There is no such agent in this workspace.")
    return {"id": found[0].id, "name": found[0].name}


async def spells_behind(
    database: Database, workspace_id: str, agent: AgentName, settings: WorkspaceSettings, *, asked: Asked
) -> shapes.SpellPage:
    """A page of an agent's spells, newest first, each with what it adds to the metric."""
    edge: queries.Edge = "started_at" if asked.metric in BY_START else "ended_at"
    found = _narrowed(queries.spells(workspace_id, asked.within, edge, agent["id"]), asked)
    if asked.cursor is not None:
        at, spell_id = _position(asked.cursor)
        found = found.where(tuple_(_s[edge], _s.id) < tuple_(literal(at, BigInteger), literal(spell_id, Id)))
    rows = await database.scan(found.order_by(_s[edge].desc(), _s.id.desc()).limit(asked.most + 1))
    more, rows = len(rows) > asked.most, rows[: asked.most]
    between = await clock_between(database, workspace_id, settings, asked.time)
    said = await queries.exchanges(database, workspace_id, rows) if asked.metric == "response_after_claim" else {}
    known = await about(database, workspace_id, rows)
    data = [
        shapes.spell(row, known[row.conversation_id], agent, _values(row, asked.metric, said.get(row.id, []), between))
        for row in rows
    ]
    return {"data": data, "next_cursor": _cursor(getattr(rows[-1], edge), rows[-1].id) if more else None}


async def about(database: Database, workspace_id: str, rows: list[Row]) -> dict[str, Row]:
    """Channel and contact's name of the conversations that these rows are about, by id."""
    wanted = {"ws": workspace_id, "ids": [row.conversation_id for row in rows]}
    return {row.id: row for row in await database.scan(_ABOUT, wanted)} if rows else {}


def _narrowed(found: Select[Any], asked: Asked) -> Select[Any]:
    if asked.metric in ("time_to_claim", "time_to_claim_from_escalation"):
        found = found.where(_s.via.in_(measures.FROM_UNCLAIMED), _s.unclaimed_since.is_not(None))
    if asked.metric == "time_to_claim_from_escalation":
        found = found.where(_s.escalated_at.is_not(None))
    if asked.metric == "response_after_claim":
        own = (_m.kind == "reply", _m.author_id == _s.agent_id, _m.epoch == _s.epoch)
        here = (_m.workspace_id == _s.workspace_id, _m.conversation_id == _s.conversation_id)
        found = found.where(exists().where(*here, *own))
    return found if asked.outcome is None else found.where(_s.ended_as == asked.outcome)


def _values(spell: Row, metric: Metric, exchange: list[Row], between: Between) -> list[float]:
    stretches: list[Stretch | None] = []
    if metric == "time_to_claim":
        stretches = [measures.time_to_claim(spell)]
    elif metric == "time_to_claim_from_escalation":
        stretches = [measures.time_to_claim_from_escalation(spell)]
    elif metric == "hold":
        stretches = [measures.hold(spell)]
    elif metric == "response_after_claim":
        stretches = [*measures.responses(spell, exchange)]
    return [measures.seconds(between(*stretch)) for stretch in stretches if stretch is not None]


def _cursor(at: int, spell_id: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([at, spell_id])).decode().rstrip("=")


def _position(cursor: str) -> tuple[int, str]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        at, spell_id = msgspec.json.decode(
            base64.b64decode(padded, altchars=b"-_", validate=True), type=tuple[int, str]
        )
        if abs(at) < 2**63 and ids.well_formed(spell_id, "clm"):
            return at, spell_id
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        pass
    raise Invalid("cursor", "send the next_cursor of the page before, unchanged")
