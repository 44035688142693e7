"""Requests per credential and minute, counted in each process in fixed windows."""

import time

from dibs.actor import Actor
from dibs.errors import RateLimited
from dibs.settings import Settings

WINDOW_SECONDS = 60
# Above this many credentials the counts of past windows are thrown away.
MOST_KEPT = 10_000

_spent: dict[str, tuple[int, int]] = {}


def spend(settings: Settings, actor: Actor) -> dict[str, str]:
    """Counts one request of a credential and returns the RateLimit headers; refuses with 429 beyond the limit."""
    limit = settings.rate_limit_per_minute
    return _spend(f"key:{actor.credential_id}", limit, "requests") if limit else {}


def spend_sign_in(settings: Settings, address: str | None) -> None:
    """Counts one sign-in attempt of an address; refuses with 429 beyond the limit."""
    if settings.sign_in_limit_per_minute:
        _spend(f"sign-in:{address}", settings.sign_in_limit_per_minute, "sign-in attempts")


def _spend(who: str, limit: int, what: str) -> dict[str, str]:
    now = time.monotonic()
    window = int(now // WINDOW_SECONDS)
    reset = int((window + 1) * WINDOW_SECONDS - now) + 1
    started, count = _spent.get(who, (window, 0))
    count = count + 1 if started == window else 1
    if len(_spent) > MOST_KEPT:
        for old in [name for name, (seen, _) in _spent.items() if seen != window]:
            del _spent[old]
    _spent[who] = (window, count)
    if count > limit:
        raise RateLimited(
            f"More than {limit} {what} in a minute. Wait {reset} seconds and try again.",
            retry_after=reset,
        )
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(limit - count),
        "RateLimit-Reset": str(reset),
    }
