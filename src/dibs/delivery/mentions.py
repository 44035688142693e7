"""Whom a note speaks to: `@Sam Rivera`, or `@Sam` for everybody of that first name."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from dibs.db.compiled import Row

# So many are looked at in one note.
MOST = 50
# Not inside an address such as ana@example.com.
_AT = re.compile(r"(?<![\w.+-])@(?=\w)")
# A name ends where its word ends; an English genitive belongs to the sentence.
_END = re.compile(r"(?!\w|[.-]\w|'(?!s\b)\w)")


def mentioned(text: str, people: Sequence[Row]) -> list[Row]:
    """Those of `people` who are named after an @. The longest full name counts; a first name means all who have it."""
    folded = text.casefold()
    full = [str(agent.name).casefold() for agent in people]
    first = [name.split(" ")[0] for name in full]
    found: set[int] = set()
    for at in islice(_AT.finditer(folded), MOST):
        if longest := max(_beginning(folded, at.end(), full), key=len, default=None):
            found |= {number for number, name in enumerate(full) if name == longest}
        elif named := set(_beginning(folded, at.end(), first)):
            found |= {number for number, name in enumerate(first) if name in named}
    return [people[number] for number in sorted(found)]


def _beginning(text: str, start: int, names: Iterable[str]) -> list[str]:
    return [name for name in names if text.startswith(name, start) and _END.match(text, start + len(name))]
