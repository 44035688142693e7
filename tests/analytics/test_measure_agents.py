"""The figures against the reference, over generated histories, on both databases."""

import random
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import insert

from dibs import clock, ids
from dibs.accounts import provision
from dibs.accounts.settings import WorkspaceSettings
from dibs.analytics import collisions, queries
from dibs.analytics.drill_down import BY_START, Asked, Metric, spells_behind
from dibs.analytics.measures import elapsed
from dibs.analytics.performance import performance
from dibs.analytics.windows import window
from dibs.conversations.tables import claims
from dibs.tx import Core
from tests.analytics import histories, reference
from tests.analytics.test_measure_business_time import CHANGES, NINE_TO_FIVE, at
from tests.conftest import seed

DAYS = [(zone, day) for zone, days in CHANGES.items() for day in days]
HOURS = NINE_TO_FIVE.model_dump()
METRICS: tuple[Metric, ...] = ("time_to_claim", "time_to_claim_from_escalation", "response_after_claim", "hold")


COUNTS: tuple[collisions.Counted, ...] = ("contention", "held_sends", "duplicate_replies", "bot_leakage")


async def cast(core: Core) -> tuple[str, list[str]]:
    """A workspace and four agents."""
    made = await provision.create_workspace(
        core, "House", "olga@dibs.example", owner_name="Olga", password="correct horse battery"
    )
    agents = [made.owner.id]
    for name in ("sam", "kim", "max"):
        row, _ = await provision.add_agent(
            core, made.workspace_id, f"{name}@dibs.example", name=name, role="agent", password="correct horse battery"
        )
        agents.append(row.id)
    return made.workspace_id, agents


def spoken(zone: str, day: str) -> dict[str, Any]:
    return {"time_zone": zone, "business_hours": HOURS | {"holidays": [day[:8] + "27"]}}


def never_overlap(past: histories.Past) -> None:
    for conversation in past.conversations:
        spells = [each for each in past.claims if each["conversation_id"] == conversation["id"]]
        spells.sort(key=lambda each: each["epoch"])
        for before, after in pairwise(spells):
            assert before["ended_at"] is not None
            assert before["started_at"] <= before["ended_at"] <= after["started_at"]


def expected_row(past: histories.Past, agent: str, within: Any, between: Any) -> dict[str, Any]:
    return reference.figures(past, agent, within.start, within.end, between)


def flat(row: Any) -> dict[str, Any]:
    """An answer's row as the reference writes it."""
    return {
        **row["claimed"],
        **{name: row[name] for name in (*METRICS, "contention", "duplicate_replies", "bot_leakage")},
        "outcomes": {name: n for name, n in row["outcomes"].items() if n},
    }


@pytest.mark.parametrize(("zone", "day"), DAYS)
async def test_every_figure_is_what_the_definitions_say(bare_core: Core, zone: str, day: str) -> None:
    workspace_id, agents = await cast(bare_core)
    around = at(f"{day}T12:00:00", zone)
    past = histories.generate(random.Random(f"{seed()} {zone} {day}"), workspace_id, agents, around, stories=25)
    never_overlap(past)
    await histories.store(bare_core, past, spoken(zone, day))
    settings = WorkspaceSettings(**spoken(zone, day))
    within = window("7d", None, None, zone=zone, now=around + 2 * clock.DAY)
    business = reference.business(zone, settings.business_hours)
    for time, between in (("elapsed", lambda a, b: b - a), ("business", business)):
        found = await performance(bare_core.database, workspace_id, within, settings, time=time)  # type: ignore[arg-type]
        assert {row["agent"]["id"] for row in found["agents"]} == set(agents)
        for row in found["agents"]:
            expected = expected_row(past, row["agent"]["id"], within, between)
            got = flat(row)
            for metric in METRICS:
                assert got.pop(metric) == pytest.approx(expected.pop(metric), abs=0.0011), metric
            assert got == expected
            only = await performance(
                bare_core.database,
                workspace_id,
                within,
                settings,
                time=time,  # type: ignore[arg-type]
                only=row["agent"]["id"],
            )
            assert only["agents"] == [row]


async def test_the_list_behind_a_figure_holds_exactly_its_spells(bare_core: Core) -> None:
    workspace_id, agents = await cast(bare_core)
    around = at("2026-03-29T12:00:00")
    past = histories.generate(random.Random(seed()), workspace_id, agents, around)
    await histories.store(bare_core, past, {})
    settings, within = WorkspaceSettings(), window("30d", None, None, zone="UTC", now=around)
    found = await performance(bare_core.database, workspace_id, within, settings)
    for row in found["agents"]:
        for metric in (*METRICS, "claimed", "outcomes"):
            listed = await whole_list(bare_core, workspace_id, row["agent"], settings, (metric, within))
            assert len({each["id"] for each in listed}) == len(listed)
            edge = "started_at" if metric in BY_START else "ended_at"
            assert [each[edge] for each in listed] == sorted((each[edge] for each in listed), reverse=True)
            if metric == "claimed":
                assert len(listed) == row["claimed"]["spells"]
            elif metric == "outcomes":
                assert len(listed) == row["hold"]["n"]
            else:
                assert sum(len(each["values"]) for each in listed) == row[metric]["n"]


async def test_the_list_behind_a_count_holds_exactly_its_moments(bare_core: Core) -> None:
    workspace_id, agents = await cast(bare_core)
    around = at("2026-03-29T12:00:00")
    past = histories.generate(random.Random(seed()), workspace_id, agents, around)
    await histories.store(bare_core, past, {})
    settings, within = WorkspaceSettings(), window("30d", None, None, zone="UTC", now=around)
    found = await performance(bare_core.database, workspace_id, within, settings)
    listed = dict.fromkeys(COUNTS, 0)
    for row in found["agents"]:
        expected = {
            "contention": row["contention"]["already_claimed"],
            "held_sends": row["contention"]["held_sends"],
            "duplicate_replies": row["duplicate_replies"],
            "bot_leakage": row["bot_leakage"],
        }
        for metric in COUNTS:
            moments = await every_moment(bare_core, workspace_id, row["agent"], settings, (metric, within))
            assert len({each["id"] for each in moments}) == len(moments) == expected[metric], metric
            assert [each["at"] for each in moments] == sorted((each["at"] for each in moments), reverse=True)
            assert all((each["lead_seconds"] is not None) == (metric == "contention") for each in moments)
            listed[metric] += len(moments)
    print(f"moments listed: {listed}")
    assert all(listed.values()), "a history in which nothing of the kind happened would prove nothing"


async def test_nothing_is_behind_leakage_where_the_bot_may_answer_claimed_conversations(bare_core: Core) -> None:
    workspace_id, agents = await cast(bare_core)
    around = at("2026-03-29T12:00:00")
    past = histories.generate(random.Random(seed()), workspace_id, agents, around)
    await histories.store(bare_core, past, {})
    within = window("30d", None, None, zone="UTC", now=around)
    for agent in agents:
        asked = ({"id": agent, "name": ""}, WorkspaceSettings(pause_bot_on_claim=False), ("bot_leakage", within))
        assert await every_moment(bare_core, workspace_id, *asked) == []


async def every_moment(
    core: Core, workspace_id: str, agent: Any, settings: WorkspaceSettings, of: tuple[Any, Any]
) -> list[Any]:
    listed: list[Any] = []
    cursor = None
    while True:
        asked = collisions.Asked(metric=of[0], within=of[1], cursor=cursor, most=3)
        page = await collisions.collisions_behind(core.database, workspace_id, agent, settings, asked=asked)
        listed += page["data"]
        if (cursor := page["next_cursor"]) is None:
            return listed


async def whole_list(
    core: Core, workspace_id: str, agent: Any, settings: WorkspaceSettings, of: tuple[Any, Any]
) -> list[Any]:
    listed: list[Any] = []
    cursor = None
    while True:
        asked = Asked(metric=of[0], within=of[1], cursor=cursor, most=7)
        page = await spells_behind(core.database, workspace_id, agent, settings, asked=asked)
        listed += page["data"]
        if (cursor := page["next_cursor"]) is None:
            return listed


async def test_an_empty_window_is_null_and_not_zero(bare_core: Core) -> None:
    workspace_id, _ = await cast(bare_core)
    within = window("7d", None, None, zone="UTC", now=clock.now())
    found = await performance(bare_core.database, workspace_id, within, WorkspaceSettings())
    for row in found["agents"]:
        for metric in METRICS:
            assert row[metric] == {"p50": None, "p90": None, "mean": None, "n": 0}
        assert row["claimed"] == {"spells": 0, "conversations": 0, "by_way": {}}
        assert row["contention"]["per_1000_attempts"] is None
        assert row["contention"]["median_lead_seconds"] is None


async def test_bot_leakage_is_unknown_where_the_bot_may_answer_claimed_conversations(bare_core: Core) -> None:
    workspace_id, _ = await cast(bare_core)
    within = window("7d", None, None, zone="UTC", now=clock.now())
    found = await performance(bare_core.database, workspace_id, within, WorkspaceSettings(pause_bot_on_claim=False))
    assert {row["bot_leakage"] for row in found["agents"]} == {None}


async def test_more_spells_than_a_chunk_are_all_counted(bare_core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 3)
    workspace_id, agents = await cast(bare_core)
    around = at("2026-03-29T12:00:00")
    past = histories.generate(random.Random(seed() + 1), workspace_id, agents, around, stories=20)
    await histories.store(bare_core, past, {})
    within = window("30d", None, None, zone="UTC", now=around + clock.DAY)
    found = await performance(bare_core.database, workspace_id, within, WorkspaceSettings())
    for row in found["agents"]:
        expected = expected_row(past, row["agent"]["id"], within, elapsed)
        assert row["claimed"]["spells"] == expected["spells"]
        assert row["response_after_claim"] == pytest.approx(expected["response_after_claim"], abs=0.0011)


async def test_the_database_refuses_spells_that_overlap(bare_core: Core) -> None:
    workspace_id, agents = await cast(bare_core)
    past = histories.generate(random.Random(3), workspace_id, agents, at("2026-03-29T12:00:00"), stories=10)
    await histories.store(bare_core, past, {})
    ended = next(each for each in past.claims if each["ended_at"] and each["ended_at"] > each["started_at"])
    twin = ended | {"id": ids.new("clm"), "epoch": 10_000}
    with pytest.raises(Exception, match="claims_never_overlap"):
        async with bare_core.database.transaction() as opened:
            await opened.run(insert(claims).values(twin))
