"""Agent performance as answers show it. Durations are seconds; null where nothing was measured."""

from collections.abc import Iterator
from typing import Literal

from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.shapes import AgentName
from dibs.conversations.shapes import ClaimedVia, EndedAs
from dibs.db.compiled import Row


class Distribution(TypedDict):
    """How long something took, in seconds. Percentiles of few (n) say little."""

    p50: float | None
    p90: float | None
    mean: float | None
    n: int


class Claimed(TypedDict):
    """M1: spells that started. `by_way` includes `reassign` and `takeover`, which nobody claimed from unclaimed."""

    spells: int
    conversations: int
    by_way: dict[str, int]


class Outcomes(TypedDict):
    """M6: how ended spells ended."""

    released: int
    resolved: int
    reassigned: int
    taken_over: int
    forced: int
    stale: int
    member_removed: int
    handed_back: int


class Contention(TypedDict):
    """M7: claims that somebody else won, and replies held back because somebody else had just written."""

    attempts: int
    already_claimed: int
    per_1000_attempts: float | None
    median_lead_seconds: float | None
    held_sends: int


class AgentFigures(TypedDict):
    """One agent's figures. `bot_leakage` is null while the workspace lets the bot answer claimed conversations."""

    agent: AgentName
    claimed: Claimed
    time_to_claim: Distribution
    time_to_claim_from_escalation: Distribution
    response_after_claim: Distribution
    hold: Distribution
    outcomes: Outcomes
    released_by_reason: dict[str, int]
    contention: Contention
    duplicate_replies: int
    bot_leakage: int | None


class TogetherFigures(TypedDict):
    """The durations of all agents above as one set: percentiles of a team are not those of its agents averaged."""

    conversations: int
    time_to_claim: Distribution
    time_to_claim_from_escalation: Distribution
    response_after_claim: Distribution
    hold: Distribution


# `from` is a word of the language, so this shape is written as a call.
Performance = TypedDict(
    "Performance",
    {
        "from": str,
        "to": str,
        "time_zone": str,
        "time": Literal["elapsed", "business"],
        "agents": list[AgentFigures],
        "together": TogetherFigures,
    },
)
Performance.__doc__ = "Agent performance. M1, M2 by when spells started, M3, M5, M6 by when they ended."


class Spell(TypedDict):
    """One claim from its start to its end. `values`: what it adds to the metric that was asked for, in seconds."""

    id: str
    conversation_id: str
    contact: str | None
    channel: str
    agent: AgentName
    epoch: int
    via: ClaimedVia
    started_at: str
    ended_at: str | None
    ended_as: EndedAs | None
    end_reason: str | None
    values: list[float]


class Collision(TypedDict):
    """One moment that a count is made of. `lead_seconds`: how long the winner had held what was claimed too late."""

    id: str
    conversation_id: str
    contact: str | None
    channel: str
    agent: AgentName
    at: str
    lead_seconds: float | None


class CollisionPage(TypedDict):
    """A page of such moments, newest first."""

    data: list[Collision]
    next_cursor: str | None


class SpellPage(TypedDict):
    """A page of spells, newest first."""

    data: list[Spell]
    next_cursor: str | None


def spell(row: Row, about: Row, agent: AgentName, values: list[float]) -> Spell:
    """A row of `claims`; `about` names the contact and the channel of its conversation."""
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "contact": about.name,
        "channel": about.channel,
        "agent": agent,
        "epoch": row.epoch,
        "via": row.via,
        "started_at": clock.iso(row.started_at),
        "ended_at": clock.iso_or_none(row.ended_at),
        "ended_as": row.ended_as,
        "end_reason": row.end_reason,
        "values": values,
    }


def collision(row: Row, about: Row, agent: AgentName) -> Collision:
    """A refusal or a message; `about` names the contact and the channel of its conversation."""
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "contact": about.name,
        "channel": about.channel,
        "agent": agent,
        "at": clock.iso(row.at),
        "lead_seconds": None if row.lead_ms is None else round(row.lead_ms / clock.SECOND, 3),
    }


WAYS = ("ui", "api", "reply", "bulk", "next", "slack", "rule", "reassign", "takeover")
DISTRIBUTIONS = ("time_to_claim", "time_to_claim_from_escalation", "response_after_claim", "hold")


def table(figures: list[AgentFigures]) -> Iterator[list[object]]:
    """The figures as rows of a table, the names of its columns first."""
    yield ["agent_id", "agent_name", *(name for name, _ in _cells(None))]
    for each in figures:
        yield [each["agent"]["id"], each["agent"]["name"], *(value for _, value in _cells(each))]


def _cells(each: AgentFigures | None) -> Iterator[tuple[str, object]]:
    for name in ("spells", "conversations"):
        yield f"claimed_{name}", each and each["claimed"][name]
    for way in WAYS:
        yield f"claimed_{way}", each and each["claimed"]["by_way"].get(way, 0)
    for name in DISTRIBUTIONS:
        for part in Distribution.__annotations__:
            yield f"{name}_{part}", each and each[name][part]  # type: ignore[literal-required]
    for name in Outcomes.__annotations__:
        yield f"outcome_{name}", each and each["outcomes"][name]  # type: ignore[literal-required]
    for name in Contention.__annotations__:
        yield f"contention_{name}", each and each["contention"][name]  # type: ignore[literal-required]
    yield "duplicate_replies", each and each["duplicate_replies"]
    yield "bot_leakage", each and each["bot_leakage"]
