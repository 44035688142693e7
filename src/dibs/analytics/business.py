"""Business time: how much of a stretch of time lies within the hours in force, in the workspace's time zone.

An instant is business time when the clock on the wall shows an opening of that weekday and the day is no holiday. So an
hour that a clock change skips counts nothing, and one that it repeats counts twice if it is open.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dibs.accounts.settings import BusinessHours, Weekday
from dibs.clock import DAY, HOUR, MINUTE, SECOND

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
THURSDAY = 3  # 1970-01-01
EPOCH_DAY = date(1970, 1, 1).toordinal()
LEAST_GROWTH = 60 * DAY
# Beyond every instant that is stored.
FOREVER = 2**62


class Hours(NamedTuple):
    """The hours in force from `since` on (milliseconds; the first of a schedule counts for all time before it too)."""

    since: int
    zone: str
    business: BusinessHours


class Schedule:
    """`between(a, b)` for the hours that were in force at each instant: two look-ups in a table made once."""

    def __init__(self, versions: Sequence[Hours]) -> None:
        self._versions = versions
        self._always = not any(each.business.openings or each.business.holidays for each in versions)
        self._low = self._high = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []

    def between(self, a: int, b: int) -> int:
        """Milliseconds of business time from `a` to `b`; 0 when `b` is not later. No openings at all means always."""
        if b <= a:
            return 0
        if self._always:
            return b - a
        if a < self._low or b > self._high:
            self._cover(a, b)
        return self._until(b) - self._until(a)

    def _until(self, instant: int) -> int:
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        return self._before[index] + min(instant, self._ends[index]) - self._starts[index]

    def _cover(self, a: int, b: int) -> None:
        if self._low == self._high:
            self._low, self._high = a, b
        # At least doubled each time, so that spells read in order do not make the table anew again and again.
        grow = max(LEAST_GROWTH, self._high - self._low)
        self._low, self._high = min(self._low, a - grow), max(self._high, b + grow)
        self._starts, self._ends, self._before = [], [], []
        total = 0
        for start, end in self._openings(self._low, self._high):
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(total)
            total += end - start

    def _openings(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        ends = [each.since for each in self._versions[1:]] + [FOREVER]
        start = -FOREVER
        for hours, end in zip(self._versions, ends, strict=True):
            if max(start, low) < min(end, high):
                yield from openings(hours, max(start, low), min(end, high))
            start = end


def openings(hours: Hours, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The stretches of business time from `low` to `high`, in order."""
    week, holidays = _week(hours.business), _holidays(hours.business)
    for start, end, offset in offsets(ZoneInfo(hours.zone), low, high):
        for day in range((start + offset) // DAY, (end + offset - 1) // DAY + 1):
            if day in holidays:
                continue
            midnight = day * DAY - offset
            for opens, closes in week[(day + THURSDAY) % 7]:
                begin, finish = max(midnight + opens, start), min(midnight + closes, end)
                if begin < finish:
                    yield begin, finish


def offsets(zone: ZoneInfo, low: int, high: int) -> Iterator[tuple[int, int, int]]:
    """Stretches (start, end, offset from UTC) from `low` to `high` in which the zone's clocks do not change."""
    start, known = low, _offset(zone, low)
    at = low
    while at < high:
        after = min(at + 6 * HOUR, high)
        if (offset := _offset(zone, after)) != known:
            change = _change(zone, at, after)
            yield start, change, known
            start, known = change, offset
        at = after
    if start < high:
        yield start, high, known


def _change(zone: ZoneInfo, at: int, after: int) -> int:
    low, high, known = at // SECOND, -(-after // SECOND), _offset(zone, at)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * SECOND) == known:
            low = middle
        else:
            high = middle
    return high * SECOND


def _offset(zone: ZoneInfo, instant: int) -> int:
    moment = datetime.fromtimestamp(instant // SECOND, tz=UTC).astimezone(zone)
    return (moment.utcoffset() or timedelta()) // timedelta(milliseconds=1)


def _week(business: BusinessHours) -> list[list[tuple[int, int]]]:
    week: list[list[tuple[int, int]]] = [[] for _ in WEEKDAYS]
    if not business.openings:
        return [[(0, DAY)] for _ in WEEKDAYS]
    for each in sorted(business.openings, key=lambda opening: opening.start):
        day, start, end = week[WEEKDAYS.index(each.day)], _of_day(each.start), _of_day(each.end)
        if day and start <= day[-1][1]:
            day[-1] = (day[-1][0], max(day[-1][1], end))
        else:
            day.append((start, end))
    return week


def _of_day(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


def _holidays(business: BusinessHours) -> frozenset[int]:
    return frozenset(date.fromisoformat(text).toordinal() - EPOCH_DAY for text in business.holidays)
