"""Seeded bug: reads are answered from a copy that is renewed at every third look only."""

from typing import Any

_copies: dict[str, tuple[int, Any]] = {}


def read(conversation_id: str, fresh: Any) -> Any:
    """What is answered when the database says `fresh`."""
    looks, copy = _copies.get(conversation_id, (0, fresh))
    if looks % 3 == 0:
        copy = fresh
    _copies[conversation_id] = (looks + 1, copy)
    return copy
