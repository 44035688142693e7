"""Requests per credential and minute, counted in each process in fixed windows."""

import time

from dibs.actor import Actor
from dibs.errors import RateLimited
from dibs.settings import Settings

WINDOW_SECONDS = 60
# Above this many credentials the counts of past windows are thrown away.
MOST_KEPT = 10_000
# Of the limit of one visitor; many of them may share an address.
VISITORS_PER_ADDRESS = 10

_spent: dict[str, tuple[int, int]] = {}


def spend(settings: Settings, actor: Actor, headers: list[tuple[bytes, bytes]]) -> None:
    """Counts one request of a credential and adds to `headers` what is left; refuses with 429 beyond the limit."""
    if limit := settings.rate_limit_per_minute:
        count, reset = _spend(f"key:{actor.credential_id}")
        headers += [
            (b"ratelimit-limit", b"%d" % limit),
            (b"ratelimit-remaining", b"%d" % max(0, limit - count)),
            (b"ratelimit-reset", b"%d" % reset),
        ]
        _refuse_beyond(limit, count, reset, "requests")


def spend_sign_in(settings: Settings, address: str | None) -> None:
    """Counts one sign-in attempt of an address; refuses with 429 beyond the limit."""
    if limit := settings.sign_in_limit_per_minute:
        _refuse_beyond(limit, *_spend(f"sign-in:{address}"), "sign-in attempts")


def spend_visitor(settings: Settings, visitor_id: str) -> None:
    """Counts one request of a widget's visitor; refuses with 429 beyond the limit."""
    if limit := settings.visitor_limit_per_minute:
        _refuse_beyond(limit, *_spend(f"visitor:{visitor_id}"), "requests")


def spend_visitors_address(settings: Settings, address: str | None) -> None:
    """Counts one request of any widget's visitor from an address; refuses with 429 beyond ten visitors' limit."""
    if limit := settings.visitor_limit_per_minute * VISITORS_PER_ADDRESS:
        _refuse_beyond(limit, *_spend(f"visitors:{address}"), "requests from your address")


def _spend(who: str) -> tuple[int, int]:
    """How often, with this time, in the present window, and in how many seconds that ends."""
    now = time.monotonic()
    window = int(now // WINDOW_SECONDS)
    reset = int((window + 1) * WINDOW_SECONDS - now) + 1
    started, count = _spent.get(who, (window, 0))
    count = count + 1 if started == window else 1
    if len(_spent) > MOST_KEPT:
        for old in [name for name, (seen, _) in _spent.items() if seen != window]:
            del _spent[old]
    _spent[who] = (window, count)
    return count, reset


def _refuse_beyond(limit: int, count: int, reset: int, what: str) -> None:
    if count > limit:
        raise RateLimited(
            f"More than {limit} {what} in a minute. Wait {reset} seconds and try again.",
            retry_after=reset,
        )
