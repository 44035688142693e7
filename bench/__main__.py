"""Measures Dibs: `python -m bench [claims|races|lists|bulk|sockets|memory|seed|browser|widget …] [--quick]`.

Without parts, all of them.
Prints one table. Figures are compared as ratios taken in the same run, which other machines repeat better than rates.
Run it on a machine that does nothing else: the two sides of a ratio suffer unequally from neighbours.
The exit code is 1 when a bar is missed.
"""

import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module

from bench import wire
from bench.installation import stores
from bench.table import Line, show

# In the order of the table; what seeds the large databases comes before what reads them.
PARTS = ("claims", "races", "seed", "lists", "bulk", "sockets", "memory", "browser", "widget")


def main(arguments: list[str]) -> int:
    """Runs what was asked for."""
    parts = [each for each in arguments if not each.startswith("-")] or list(PARTS)
    options = [each for each in arguments if each.startswith("-")]
    if unknown := [each for each in parts if each not in PARTS] + [each for each in options if each != "--quick"]:
        print(f"bench: unknown: {' '.join(unknown)}\n\n{__doc__}", file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        flush=True,
    )
    lines: list[Line] = []
    # One pair of databases for all parts: what one seeds, another reads.
    try:
        with stores():
            for part in sorted(parts, key=PARTS.index):
                began = time.perf_counter()
                measure: Callable[[list[str]], Awaitable[list[Line]]] = import_module(f"bench.{part}").main
                lines += wire.run(_awaited(measure, options))
                print(f"bench: {part} took {time.perf_counter() - began:.0f} s", flush=True)
    finally:
        # What was measured before a part broke down was measured.
        show(lines)
    return 1 if any(line.verdict == "FAIL" for line in lines) else 0


async def _awaited(measure: Callable[[list[str]], Awaitable[list[Line]]], options: list[str]) -> list[Line]:
    return await measure(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
