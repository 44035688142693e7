"""How often the races run: as the issue asks with DIBS_TEST_FULL=1, else a tenth of it."""

import os
import random

from tests.conftest import seed

LEAST = 20


def count(full: int, *, least: int = LEAST) -> int:
    """`full`, or a tenth of it but no less than `least`."""
    return full if os.environ.get("DIBS_TEST_FULL") else min(full, max(least, full // 10))


def dice(name: str) -> random.Random:
    """The randomness of one test: the run's seed and the test's own name."""
    return random.Random(f"{seed()} {name}")
