"""The clock of ownership tests."""

import pytest

from dibs import clock
from tests.ownership.checks import Time


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The product's clock in the test's hands: `time.passes(minutes=30)`."""
    moved, now = Time(), clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + moved.ahead)
    return moved
