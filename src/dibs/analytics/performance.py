"""Agent performance: M1, M2, M3 and M5 to M9 for every agent of a workspace in one window."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from dibs import clock
from dibs.accounts.settings import WorkspaceSettings
from dibs.analytics import measures, queries
from dibs.analytics.measures import Between, Stretch
from dibs.analytics.schedules import schedule
from dibs.analytics.shapes import AgentFigures, Contention, Distribution, Outcomes, Performance, TogetherFigures
from dibs.analytics.windows import Window
from dibs.db.compiled import Row
from dibs.db.open import Database

Time = Literal["elapsed", "business"]


@dataclass(slots=True)
class _Tally:
    """What one agent's spells add up to; durations in milliseconds."""

    ways: Counter[str] = field(default_factory=Counter)
    conversations: set[str] = field(default_factory=set)
    waits: list[int] = field(default_factory=list)
    waits_from_escalation: list[int] = field(default_factory=list)
    responses: list[int] = field(default_factory=list)
    holds: list[int] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Counts:
    """What the database counts, by agent."""

    attempts: dict[str, int]
    refused: dict[tuple[str, str], int]
    leads: dict[str, float]
    duplicates: dict[str, int]
    leaks: dict[str, int] | None


async def performance(
    database: Database,
    workspace_id: str,
    within: Window,
    settings: WorkspaceSettings,
    *,
    time: Time = "elapsed",
    only: str | None = None,
) -> Performance:
    """The figures of every agent, or of `only` one; of those who left when the window has something of theirs."""
    between = await clock_between(database, workspace_id, settings, time)
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    async for spells in queries.in_chunks(database, workspace_id, within, "started_at", only):
        await asyncio.to_thread(_add_started, tallies, spells, between)
    async for spells in queries.in_chunks(database, workspace_id, within, "ended_at", only):
        said = await queries.exchanges(database, workspace_id, spells)
        await asyncio.to_thread(_add_ended, tallies, spells, said, between)
    counts = await _counts(database, workspace_id, within, only, bot_pauses=settings.pause_bot_on_claim)
    agents = await database.run(queries.AGENTS, {"ws": workspace_id})
    figures = await asyncio.to_thread(_figures, agents, tallies, counts, only)
    return {
        "from": clock.iso(within.start),
        "to": clock.iso(within.end),
        "time_zone": settings.time_zone,
        "time": time,
        "agents": figures,
        "together": await asyncio.to_thread(_together, [*tallies.values()]),
    }


async def clock_between(database: Database, workspace_id: str, settings: WorkspaceSettings, time: Time) -> Between:
    """How long a stretch is: C(a, b), or B(a, b) by the schedule in force at each instant."""
    return measures.elapsed if time == "elapsed" else (await schedule(database, workspace_id, settings)).between


def _add_started(tallies: Mapping[str, _Tally], spells: list[Row], between: Between) -> None:
    for spell in spells:
        tally = tallies[spell.agent_id]
        tally.ways[spell.via] += 1
        tally.conversations.add(spell.conversation_id)
        _add(tally.waits, measures.time_to_claim(spell), between)
        _add(tally.waits_from_escalation, measures.time_to_claim_from_escalation(spell), between)


def _add_ended(tallies: Mapping[str, _Tally], spells: list[Row], said: dict[str, list[Row]], between: Between) -> None:
    for spell in spells:
        tally = tallies[spell.agent_id]
        _add(tally.holds, measures.hold(spell), between)
        for stretch in measures.responses(spell, said.get(spell.id, [])):
            _add(tally.responses, stretch, between)
        tally.outcomes[spell.ended_as] += 1
        if spell.ended_as == "released":
            tally.reasons[spell.end_reason or "none"] += 1


def _add(values: list[int], stretch: Stretch | None, between: Between) -> None:
    if stretch is not None:
        values.append(between(*stretch))


async def _counts(
    database: Database, workspace_id: str, within: Window, only: str | None, *, bot_pauses: bool
) -> _Counts:
    async def by_agent(statement: Any) -> dict[str, int]:
        return {row.agent_id: row.n for row in await database.scan(statement)}

    asked = (workspace_id, within, only)
    refused = await database.scan(queries.refused(*asked))
    leads = await database.scan(queries.median_leads(*asked))
    return _Counts(
        attempts=await by_agent(queries.attempts(*asked, measures.ATTEMPTED)),
        refused={(row.agent_id, row.code): row.n for row in refused},
        leads={row.agent_id: float(row.median) for row in leads},
        duplicates=await by_agent(queries.duplicates(*asked)),
        leaks=await by_agent(queries.bot_leaks(*asked)) if bot_pauses else None,
    )


def _figures(agents: list[Row], tallies: Mapping[str, _Tally], counts: _Counts, only: str | None) -> list[AgentFigures]:
    busy = {*tallies, *counts.attempts, *counts.duplicates, *(counts.leaks or {}), *(who for who, _ in counts.refused)}
    return [
        _row(agent, tallies.get(agent.id) or _Tally(), counts)
        for agent in agents
        if (only is None or agent.id == only) and (agent.active or agent.id in busy)
    ]


def _row(agent: Row, tally: _Tally, counts: _Counts) -> AgentFigures:
    outcomes: Outcomes = {name: tally.outcomes[name] for name in Outcomes.__annotations__}  # type: ignore[assignment]
    return {
        "agent": {"id": agent.id, "name": agent.name},
        "claimed": {
            "spells": tally.ways.total(),
            "conversations": len(tally.conversations),
            "by_way": dict(sorted(tally.ways.items())),
        },
        "time_to_claim": measures.distribution(tally.waits),
        "time_to_claim_from_escalation": measures.distribution(tally.waits_from_escalation),
        "response_after_claim": measures.distribution(tally.responses),
        "hold": measures.distribution(tally.holds),
        "outcomes": outcomes,
        "released_by_reason": dict(sorted(tally.reasons.items())),
        "contention": _contention(agent.id, counts),
        "duplicate_replies": counts.duplicates.get(agent.id, 0),
        "bot_leakage": None if counts.leaks is None else counts.leaks.get(agent.id, 0),
    }


def _together(tallies: list[_Tally]) -> TogetherFigures:
    return {
        "conversations": len(set[str]().union(*(each.conversations for each in tallies))),
        "time_to_claim": _pooled(each.waits for each in tallies),
        "time_to_claim_from_escalation": _pooled(each.waits_from_escalation for each in tallies),
        "response_after_claim": _pooled(each.responses for each in tallies),
        "hold": _pooled(each.holds for each in tallies),
    }


def _pooled(values: Iterable[list[int]]) -> Distribution:
    return measures.distribution([*chain.from_iterable(values)])


def _contention(agent_id: str, counts: _Counts) -> Contention:
    lost = counts.refused.get((agent_id, "already_claimed"), 0)
    refused = sum(counts.refused.get((agent_id, code), 0) for code in measures.REFUSED_CLAIMS)
    tried = counts.attempts.get(agent_id, 0) + refused
    lead = counts.leads.get(agent_id)
    return {
        "attempts": tried,
        "already_claimed": lost,
        "per_1000_attempts": round(lost * 1_000 / tried, 1) if tried else None,
        "median_lead_seconds": None if lead is None else measures.seconds(lead),
        "held_sends": counts.refused.get((agent_id, measures.HELD_SEND), 0),
    }
