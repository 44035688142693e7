from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibs.accounts.settings import BusinessHours, Opening
from dibs.analytics.business import FOREVER, WEEKDAYS, Hours, Schedule
from tests.analytics.reference import business

HOUR, DAY = 3_600_000, 86_400_000
# Days on which clocks change, and one on which none does.
CHANGES = {
    "Europe/Madrid": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "Asia/Kathmandu": ["2026-06-01"],
    "UTC": ["2026-06-01"],
}
NINE_TO_FIVE = BusinessHours(openings=[Opening(day=day, start="09:00", end="17:00") for day in WEEKDAYS[:5]])
times = st.integers(0, 1440).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
openings = st.builds(
    lambda day, pair: Opening(day=day, start=min(pair), end=max(pair)),
    st.sampled_from(WEEKDAYS),
    st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]),
)


def at(text: str, zone: str = "UTC") -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1_000)


def schedule(zone: str, hours: BusinessHours) -> Schedule:
    return Schedule([Hours(-FOREVER, zone, hours)])


@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in CHANGES.items() for day in days])
@settings(max_examples=25, deadline=None)
@given(
    hours=st.builds(BusinessHours, openings=st.lists(openings, max_size=8)),
    holiday=st.booleans(),
    start=st.integers(-30 * HOUR, 30 * HOUR),
    length=st.integers(0, 60 * HOUR),
)
def test_it_is_what_the_clock_on_the_wall_says(
    zone: str, day: str, hours: BusinessHours, holiday: bool, start: int, length: int
) -> None:
    hours = hours.model_copy(update={"holidays": [day]}) if holiday else hours
    a = at(f"{day}T12:00:00", zone) + start
    assert schedule(zone, hours).between(a, a + length) == business(zone, hours)(a, a + length)


def test_a_skipped_hour_counts_nothing_and_a_repeated_one_twice() -> None:
    night = BusinessHours(openings=[Opening(day="sun", start="01:30", end="03:30")])
    for zone in ("Europe/Madrid",):
        spring, autumn = (at(f"{day}T00:00:00", zone) for day in CHANGES[zone])
        assert schedule(zone, night).between(spring, spring + DAY) == HOUR
        assert schedule(zone, night).between(autumn, autumn + DAY) == 3 * HOUR


def test_without_openings_it_is_always_but_for_holidays() -> None:
    a, b = at("2026-01-01T00:00:00"), at("2026-01-08T00:00:00")
    assert schedule("UTC", BusinessHours()).between(a, b) == b - a
    assert schedule("UTC", BusinessHours(holidays=["2026-01-06"])).between(a, b) == b - a - DAY


def test_overlapping_openings_count_once() -> None:
    twice = BusinessHours(openings=[*NINE_TO_FIVE.openings, Opening(day="mon", start="08:00", end="12:00")])
    monday = at("2026-06-01T00:00:00")
    assert schedule("UTC", twice).between(monday, monday + DAY) == 9 * HOUR


def test_backwards_is_nothing() -> None:
    monday = at("2026-06-01T12:00:00")
    for hours in (NINE_TO_FIVE, BusinessHours()):
        assert schedule("UTC", hours).between(monday, monday) == 0
        assert schedule("UTC", hours).between(monday, monday - HOUR) == 0


def test_it_adds_up_over_years_in_any_order_of_asking() -> None:
    found = schedule("America/New_York", NINE_TO_FIVE)
    edges = [at(f"{year}-02-03T04:05:06") for year in (2026, 2012, 2030, 1999, 2020)]
    parts = {(a, b): found.between(a, b) for a in edges for b in edges if a < b}
    low, *middle, high = sorted(edges)
    for between in middle:
        assert parts[low, between] + parts[between, high] == parts[low, high]
    weeks = (high - low) // (7 * DAY)
    assert abs(parts[low, high] - weeks * 40 * HOUR) < 40 * HOUR


def test_each_instant_counts_by_the_hours_in_force_then() -> None:
    monday = at("2026-06-01T00:00:00")
    late = BusinessHours(openings=[Opening(day="mon", start="12:00", end="20:00")])
    changing = Schedule([Hours(-FOREVER, "UTC", NINE_TO_FIVE), Hours(monday + 13 * HOUR, "UTC", late)])
    assert changing.between(monday, monday + DAY) == (4 + 7) * HOUR
    moving = Schedule([Hours(-FOREVER, "UTC", NINE_TO_FIVE), Hours(monday + 10 * HOUR, "Europe/Madrid", NINE_TO_FIVE)])
    assert moving.between(monday, monday + DAY) == (1 + 5) * HOUR


def test_a_hundred_thousand_spells_take_a_moment() -> None:
    started = datetime.now(UTC)
    found, monday = schedule("Europe/Madrid", NINE_TO_FIVE), at("2026-06-01T00:00:00")
    total = sum(found.between(monday - n * 60_000, monday + n * 1_000) for n in range(100_000))
    assert total > 0
    assert (datetime.now(UTC) - started).total_seconds() < 5
