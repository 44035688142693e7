"""The formulas: from a spell (a row of `claims`) and its messages to the stretches of time that are measured.

A stretch is a pair of instants in milliseconds; how long it is depends on the clock that is asked for (elapsed or
business time). The formulas are numbered as in the definition of the metrics, M1 to M9.
"""

from collections.abc import Callable, Sequence

from dibs.analytics.shapes import Distribution
from dibs.clock import SECOND
from dibs.db.compiled import Row

Stretch = tuple[int, int]
Between = Callable[[int, int], int]

# Claims that began from unclaimed by the claimer's own doing, or by a rule for them.
FROM_UNCLAIMED = ("ui", "api", "reply", "bulk", "next", "slack", "rule")
# Those among them that somebody tried, and could have been refused.
ATTEMPTED = ("ui", "api", "reply", "bulk", "next", "slack")
REFUSED_CLAIMS = ("already_claimed", "pool_restricted", "claim_limit_reached")
HELD_SEND = "unseen_messages"


def elapsed(a: int, b: int) -> int:
    """Milliseconds from `a` to `b`; 0 when `b` is not later."""
    return max(0, b - a)


def time_to_claim(spell: Row) -> Stretch | None:
    """M2: from the start of the unclaimed period to the claim. None for what did not begin from unclaimed."""
    if spell.via not in FROM_UNCLAIMED or spell.unclaimed_since is None:
        return None
    return spell.unclaimed_since, spell.started_at


def time_to_claim_from_escalation(spell: Row) -> Stretch | None:
    """M2 beside it: from the escalation, or from the start of the unclaimed period if that came later."""
    if spell.via not in FROM_UNCLAIMED or spell.unclaimed_since is None or spell.escalated_at is None:
        return None
    return max(spell.escalated_at, spell.unclaimed_since), spell.started_at


def hold(spell: Row) -> Stretch:
    """M5: from the claim to its end."""
    return spell.started_at, spell.ended_at


def responses(spell: Row, exchange: Sequence[Row]) -> list[Stretch]:
    """M3: for each run of customer messages that the holder answered, from its first (or the claim) to the reply.

    `exchange` holds the spell's customer messages and human replies in their order. A run that nobody answered before
    the spell ended gives nothing; one that somebody else answered is over.
    """
    found = []
    waiting: int | None = spell.waiting_since
    for message in exchange:
        if message.kind == "customer":
            waiting = message.created_at if waiting is None else waiting
        elif waiting is not None:
            if message.author_id == spell.agent_id:
                found.append((max(waiting, spell.started_at), message.created_at))
            waiting = None
    return found


def seconds(milliseconds: float) -> float:
    """Milliseconds as seconds, to the millisecond."""
    return round(milliseconds / SECOND, 3)


def distribution(values: list[int]) -> Distribution:
    """p50, p90 (interpolated), mean and n, in seconds, of durations in milliseconds; null when empty."""
    if not values:
        return {"p50": None, "p90": None, "mean": None, "n": 0}
    ordered = sorted(values)
    return {
        "p50": seconds(_percentile(ordered, 50)),
        "p90": seconds(_percentile(ordered, 90)),
        "mean": seconds(sum(ordered) / len(ordered)),
        "n": len(ordered),
    }


def _percentile(ordered: list[int], percent: int) -> float:
    whole, part = divmod((len(ordered) - 1) * percent, 100)
    if not part:
        return ordered[whole]
    return ordered[whole] + (ordered[whole + 1] - ordered[whole]) * part / 100
