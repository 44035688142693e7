"""The metrics as their definitions read, without any cleverness: slow, and obvious. What it says is right."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import fmean, median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from dibs.accounts.settings import BusinessHours

MINUTE = 60_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FROM_UNCLAIMED = {"ui", "api", "reply", "bulk", "next", "slack", "rule"}
ATTEMPTED = FROM_UNCLAIMED - {"rule"}


def is_open(instant: int, zone: str, hours: BusinessHours) -> bool:
    """Whether the clock on the wall shows business time."""
    wall = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)).astimezone(ZoneInfo(zone))
    if wall.strftime("%Y-%m-%d") in hours.holidays:
        return False
    at, day = wall.strftime("%H:%M"), WEEKDAYS[wall.weekday()]
    return not hours.openings or any(each.day == day and each.start <= at < each.end for each in hours.openings)


def business(zone: str, hours: BusinessHours) -> Callable[[int, int], int]:
    """Business time from a to b, a minute at a time: openings and clock changes fall on whole minutes."""
    opened = cache(lambda minute: is_open(minute * MINUTE, zone, hours))

    def between(a: int, b: int) -> int:
        return sum(
            min(b, (minute + 1) * MINUTE) - max(a, minute * MINUTE)
            for minute in range(a // MINUTE, -(-b // MINUTE))
            if opened(minute)
        )

    return between


def distribution(values: list[float]) -> dict[str, Any]:
    """p50, p90, mean and n in seconds."""
    if not values:
        return {"p50": None, "p90": None, "mean": None, "n": 0}
    p90 = quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]
    in_seconds = {"p50": median(values), "p90": p90, "mean": fmean(values)}
    return {name: value / 1_000 for name, value in in_seconds.items()} | {"n": len(values)}


def figures(past: Any, agent_id: str, start: int, end: int, between: Any) -> dict[str, Any]:
    """One agent's figures over a `histories.Past`."""
    spells = [spell for spell in past.claims if spell["agent_id"] == agent_id]
    kept = [spell for spell in spells if spell["ended_as"] != "undone"]
    started = [spell for spell in kept if start <= spell["started_at"] < end]
    ended = [spell for spell in kept if spell["ended_at"] is not None and start <= spell["ended_at"] < end]
    waited = [s for s in started if s["via"] in FROM_UNCLAIMED and s["unclaimed_since"] is not None]
    escalated = [s for s in waited if s["escalated_at"] is not None]
    return {
        "spells": len(started),
        "conversations": len({spell["conversation_id"] for spell in started}),
        "by_way": dict(Counter(spell["via"] for spell in started)),
        "time_to_claim": distribution([between(s["unclaimed_since"], s["started_at"]) for s in waited]),
        "time_to_claim_from_escalation": distribution(
            [between(max(s["unclaimed_since"], s["escalated_at"]), s["started_at"]) for s in escalated]
        ),
        "response_after_claim": distribution([between(*each) for spell in ended for each in responses(past, spell)]),
        "hold": distribution([between(s["started_at"], s["ended_at"]) for s in ended]),
        "outcomes": dict(Counter(spell["ended_as"] for spell in ended)),
        "contention": contention(past, agent_id, [s for s in spells if start <= s["started_at"] < end], (start, end)),
        "duplicate_replies": duplicates(past, agent_id, start, end),
        "bot_leakage": leaks(past, spells, start, end),
    }


def said(past: Any, spell: dict[str, Any]) -> list[dict[str, Any]]:
    """What was written during a spell, in order."""
    return [
        message
        for message in sorted(past.messages, key=lambda each: each["seq"])
        if message["conversation_id"] == spell["conversation_id"] and message["epoch"] == spell["epoch"]
    ]


def responses(past: Any, spell: dict[str, Any]) -> list[tuple[int, int]]:
    """M3: reply - max(first unanswered customer message, claimed_at), for each answered run."""
    found, unanswered = [], [] if spell["waiting_since"] is None else [spell["waiting_since"]]
    for message in said(past, spell):
        if message["kind"] == "customer":
            unanswered.append(message["created_at"])
        if message["kind"] == "reply":
            if unanswered and message["author_id"] == spell["agent_id"]:
                found.append((max(unanswered[0], spell["started_at"]), message["created_at"]))
            unanswered = []
    return found


def contention(past: Any, agent_id: str, started: list[dict[str, Any]], window: tuple[int, int]) -> dict[str, Any]:
    """M7."""
    refused = [r for r in past.refusals if r["agent_id"] == agent_id and window[0] <= r["at"] < window[1]]
    lost = [each for each in refused if each["code"] == "already_claimed"]
    claims = [each for each in refused if each["code"] != "unseen_messages"]
    attempts = len(claims) + len([spell for spell in started if spell["via"] in ATTEMPTED])
    return {
        "attempts": attempts,
        "already_claimed": len(lost),
        "per_1000_attempts": round(1_000 * len(lost) / attempts, 1) if attempts else None,
        "median_lead_seconds": round(median(each["lead_ms"] for each in lost) / 1_000, 3) if lost else None,
        "held_sends": len(refused) - len(claims),
    }


def duplicates(past: Any, agent_id: str, start: int, end: int) -> int:
    """M8: replies after another agent's within 60 s, at the same epoch."""
    replies = [message for message in past.messages if message["kind"] == "reply"]
    return sum(
        any(
            other["conversation_id"] == message["conversation_id"]
            and other["epoch"] == message["epoch"]
            and other["author_id"] != agent_id
            and other["seq"] < message["seq"]
            and other["created_at"] >= message["created_at"] - 60_000
            for other in replies
        )
        for message in replies
        if message["author_id"] == agent_id and start <= message["created_at"] < end
    )


def leaks(past: Any, spells: list[dict[str, Any]], start: int, end: int) -> int:
    """M9: bot messages under a claim, but for the first when it came within ten minutes."""
    found = 0
    for spell in spells:
        bots = [message for message in said(past, spell) if message["kind"] == "bot"]
        for index, message in enumerate(bots):
            in_flight = index == 0 and message["created_at"] <= spell["started_at"] + 10 * MINUTE
            found += start <= message["created_at"] < end and not in_flight
    return found
