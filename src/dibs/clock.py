"""Time. Inside Dibs an instant is an integer: milliseconds since 1970-01-01 UTC."""

import time
from datetime import UTC, datetime
from functools import lru_cache

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """This instant in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def iso(instant: int) -> str:
    """`2026-08-22T10:00:00.123Z` for an instant in milliseconds."""
    seconds, millis = divmod(instant, 1_000)
    return f"{_to_the_second(seconds)}.{millis:03d}Z"


@lru_cache(maxsize=8_192)
def _to_the_second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def iso_or_none(instant: int | None) -> str | None:
    """As `iso`, and None for None."""
    return None if instant is None else iso(instant)


def instant(moment: datetime) -> int:
    """Milliseconds since the epoch of a datetime with a time zone. Refuses a naive one with ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone, such as the Z in 2026-08-22T10:00:00Z")
    return round(moment.astimezone(UTC).timestamp() * 1_000)
