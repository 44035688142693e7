from datetime import UTC, datetime
from typing import Any

import pytest

from dibs.analytics.windows import window
from dibs.errors import Invalid
from tests.analytics.test_measure_business_time import DAY, HOUR, at

NOW = at("2026-03-30T10:00:00.123")


def test_seven_days_reach_back_by_the_clocks_on_the_wall() -> None:
    assert window("7d", None, None, zone="UTC", now=NOW) == (NOW - 7 * DAY, NOW)
    # An hour was skipped in Madrid on 29 March.
    assert window("7d", None, None, zone="Europe/Madrid", now=NOW) == (NOW - 7 * DAY + HOUR, NOW)
    assert window("30d", None, None, zone="UTC", now=NOW).start == NOW - 30 * DAY


def test_nothing_said_is_seven_days() -> None:
    assert window(None, None, None, zone="UTC", now=NOW) == window("7d", None, None, zone="UTC", now=NOW)


def test_dates_are_whole_days_in_the_workspace() -> None:
    found = window(None, "2026-03-29", "2026-03-29", zone="Europe/Madrid", now=NOW)
    assert found == (at("2026-03-28T23:00:00"), at("2026-03-29T22:00:00"))
    assert found.end - found.start == 23 * HOUR


def test_a_day_that_begins_at_one_o_clock_begins_there() -> None:
    found = window(None, "2026-09-06", "2026-09-06", zone="America/Santiago", now=NOW)
    assert found.end - found.start == 23 * HOUR


def test_instants_are_taken_as_they_are_and_to_is_now() -> None:
    found = window(None, "2026-03-01T08:00:00+02:00", None, zone="Europe/Madrid", now=NOW)
    assert found == (at("2026-03-01T06:00:00"), NOW)
    text = datetime.fromtimestamp(NOW / 1_000, tz=UTC).isoformat()
    assert window(None, "2026-03-01", text, zone="UTC", now=0).end == NOW


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (("7d", "2026-03-01", None), "window"),
        (("7d", None, "2026-03-01"), "window"),
        ((None, None, "2026-03-01"), "from"),
        ((None, "2026-03-02", "2026-03-01"), "to"),
        ((None, "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z"), "to"),
        ((None, "2999-03-01", None), "to"),
        ((None, "2026-02-30", None), "from"),
        ((None, "2026-03-01T00:00:00", None), "from"),
        ((None, "2026-03-01", "tomorrow"), "to"),
        ((None, "", None), "from"),
        ((None, "0001-01-01T00:00:00+14:00", None), "from"),
        ((None, "2026-03-01", "9999-12-31"), "to"),
        ((None, "1969-12-31", None), "from"),
    ],
)
def test_what_is_no_window_is_refused(asked: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        window(*asked, zone="Europe/Madrid", now=NOW)
    assert refused.value.members["errors"][0]["field"] == field
