"""The table that the measurements print: one line for each figure, with its bar and the verdict."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

HEADINGS = ("what", "figure", "base", "ratio", "pass", "aim", "verdict")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing. What has no bar is told for information and has no verdict."""

    what: str
    figure: str
    base: str = ""
    ratio: str = ""
    bar: str = ""
    aim: str = ""
    verdict: str = ""


def at_least(value: float, bar: float, aim: float) -> str:
    """The verdict on a value that should be high."""
    return "aim" if value >= aim else "pass" if value >= bar else "FAIL"


def at_most(value: float, bar: float, aim: float) -> str:
    """The verdict on a value that should be low."""
    return "aim" if value <= aim else "pass" if value <= bar else "FAIL"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, nearest rank. Refuses an empty sequence."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return percentile(values, 0.5)


def ms(seconds: float) -> str:
    """Seconds as milliseconds with three digits at least."""
    millis = seconds * 1_000
    return f"{millis:.0f} ms" if millis >= 100 else f"{millis:.3g} ms"


def show(lines: Iterable[Line]) -> None:
    """Prints the table."""
    rows = [HEADINGS, *(astuple(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for number, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))
