"""Reading untrusted JSON member by member: what is odd is as good as missing."""

import re
from typing import Any

LONGEST = 500
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing of what is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def part(value: dict[str, Any], name: str) -> dict[str, Any]:
    """An object's member that is an object; an empty one where it is none."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def text(value: dict[str, Any], name: str, most: int = LONGEST) -> str:
    """An object's member as text that can be stored; empty where it is no text."""
    found = value.get(name)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**18:
        return str(found)
    return storable(found)[:most] if isinstance(found, str) else ""


def storable(said: str) -> str:
    """Without what no database takes: NUL, and halves of characters that were cut in two."""
    return _UNSTORABLE.sub("\ufffd", said)
