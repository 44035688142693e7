"""The figures over HTTP: agent performance, the spells behind each number, and who waits now."""

from typing import Annotated, Any, Literal

from fastapi import Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dibs import clock
from dibs.accounts.identify import AgentCall, Call, shown
from dibs.accounts.identify import router as identifying
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.shapes import AgentName
from dibs.analytics import collisions, drill_down, shapes
from dibs.analytics.board import Board, board
from dibs.analytics.performance import performance
from dibs.analytics.waiting import OpenWaits, waiting
from dibs.analytics.windows import window
from dibs.audit.export import CSV, TEXT, chosen, csv_lines
from dibs.errors import Forbidden
from dibs.pools.rules import rules

router = identifying("analytics")
FIGURES: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Performance, "content": {CSV: TEXT}}}
Moment = Annotated[str, Field(max_length=40)]
Outcome = Literal[
    "released", "resolved", "reassigned", "taken_over", "forced", "stale", "member_removed", "handed_back"
]


class WindowQuery(BaseModel):
    """`window`, or `from` and `to` (dates in the workspace's zone, or instants); 7 days when nothing is said."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    window: Literal["7d", "30d"] | None = None
    start: Moment | None = Field(None, alias="from")
    end: Moment | None = Field(None, alias="to")
    time: Literal["elapsed", "business"] = "elapsed"


class PageQuery(WindowQuery):
    """Which page of what is behind a figure."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class SpellsQuery(PageQuery):
    """Which spells of an agent."""

    metric: drill_down.Metric = "claimed"
    outcome: Outcome | None = None


class CollisionsQuery(PageQuery):
    """Which moments of an agent."""

    metric: collisions.Counted = "contention"


async def _settings(call: Call) -> WorkspaceSettings:
    return (await rules(call.database.run, call.actor.workspace_id)).settings


@router.get("/analytics/agents", responses=FIGURES, response_class=Response)
async def read_performance(
    call: AgentCall, query: Annotated[WindowQuery, Query()], accept: Annotated[str | None, Header()] = None
) -> Response:
    """Every agent's figures for admins, their own for the others. `Accept: text/csv` gives a table."""
    settings = await _settings(call)
    within = window(query.window, query.start, query.end, zone=settings.time_zone, now=clock.now())
    call.actor.must("analytics:read")
    only = None if call.actor.is_at_least("admin") else call.actor.id
    found = await performance(call.database, call.actor.workspace_id, within, settings, time=query.time, only=only)
    if chosen(accept) == CSV:
        headers = {"Content-Disposition": 'attachment; filename="agents.csv"', "Vary": "Accept"}
        return Response(csv_lines([*shapes.table(found["agents"])]), 200, headers, media_type=CSV)
    return shown(found, headers={"Vary": "Accept"})


@router.get(
    "/analytics/agents/{agent_id}/spells", responses={200: {"model": shapes.SpellPage}}, response_class=Response
)
async def read_spells(call: AgentCall, agent_id: str, query: Annotated[SpellsQuery, Query()]) -> Response:
    """The spells that a figure is made of, newest first."""
    settings = await _settings(call)
    within = window(query.window, query.start, query.end, zone=settings.time_zone, now=clock.now())
    agent = await _whose(call, agent_id)
    asked = drill_down.Asked(
        metric=query.metric,
        within=within,
        outcome=query.outcome,
        time=query.time,
        cursor=query.cursor,
        most=query.limit,
    )
    found = await drill_down.spells_behind(call.database, call.actor.workspace_id, agent, settings, asked=asked)
    return shown(found)


@router.get(
    "/analytics/agents/{agent_id}/collisions", responses={200: {"model": shapes.CollisionPage}}, response_class=Response
)
async def read_collisions(call: AgentCall, agent_id: str, query: Annotated[CollisionsQuery, Query()]) -> Response:
    """The moments that a count is made of: claims that came too late, held sends, duplicates, bot leakage."""
    settings = await _settings(call)
    within = window(query.window, query.start, query.end, zone=settings.time_zone, now=clock.now())
    agent = await _whose(call, agent_id)
    asked = collisions.Asked(metric=query.metric, within=within, cursor=query.cursor, most=query.limit)
    found = await collisions.collisions_behind(call.database, call.actor.workspace_id, agent, settings, asked=asked)
    return shown(found)


async def _whose(call: Call, agent_id: str) -> AgentName:
    """The agent whose figures are asked for. Refuses with 404 no agent of this workspace, with 403 another one's."""
    agent = await drill_down.agent_named(call.database, call.actor.workspace_id, agent_id)
    call.actor.must("analytics:read")
    if agent["id"] != call.actor.id and not call.actor.is_at_least("admin"):
        raise Forbidden("Only an admin sees another agent's figures.", needs="admin")
    return agent


@router.get("/analytics/waiting", responses={200: {"model": OpenWaits}}, response_class=Response)
async def read_waiting(call: AgentCall) -> Response:
    """Who waits now in Unclaimed, Mine and Others, and since when."""
    call.actor.must("analytics:read")
    return shown(await waiting(call.database, call.actor.workspace_id, call.actor.id, clock.now()))


@router.get("/analytics/board", responses={200: {"model": Board}}, response_class=Response)
async def read_board(call: AgentCall) -> Response:
    """The team now: who waits, what is escalated or stale, what each agent holds. For admins."""
    call.actor.must("analytics:read", "admin")
    return shown(await board(call.database, call.actor.workspace_id, clock.now()))
