"""The stretch of time that figures are about. Days begin and end in the workspace's time zone."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dibs import clock
from dibs.errors import Invalid

DAYS = {"7d": 7, "30d": 30}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR, LAST_YEAR = 1970, 9998


class Window(NamedTuple):
    """From `start`, inclusive, to `end`, exclusive, in milliseconds."""

    start: int
    end: int


def window(name: str | None, start: str | None, end: str | None, *, zone: str, now: int) -> Window:
    """The window that a request names: `7d`, `30d`, or from `start` to `end` (now when absent); 7 days by default.

    `7d` reaches back to the same time of day seven days ago by the workspace's clocks. A date means its first instant
    there, as an `end` the whole day. Refuses (422) both ways at once, an `end` alone, and what is no time.
    """
    found = ZoneInfo(zone)
    if start is None and end is None:
        return Window(_days_before(now, DAYS[name or "7d"], found), now)
    if name is not None:
        raise Invalid("window", "send window, or from and to, not both")
    if start is None:
        raise Invalid("from", "send from together with to")
    first = _instant("from", start, found)
    last = now if end is None else _instant("to", end, found, whole_day=True)
    if first >= last:
        raise Invalid("to", "must be later than from")
    return Window(first, last)


def _days_before(now: int, days: int, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(now // clock.SECOND, tz=UTC).astimezone(zone)
    return clock.instant(local - timedelta(days=days)) + now % clock.SECOND


def _instant(field: str, text: str, zone: ZoneInfo, *, whole_day: bool = False) -> int:
    try:
        if _DATE.fullmatch(text):
            day = date.fromisoformat(text) + timedelta(days=1 if whole_day else 0)
            moment = datetime(day.year, day.month, day.day, tzinfo=zone)
        else:
            moment = datetime.fromisoformat(text)
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return clock.instant(moment)
    except (ValueError, OverflowError):
        pass
    raise Invalid(field, "use a date such as 2026-03-29, or an instant with its zone such as 2026-03-29T08:00:00Z")
