"""Which events an agent is told, and as what bytes. Every event is made ready once, whoever is listening."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Told(NamedTuple):
    """An event as clients get it: its cursor, the only agent who may see it (None = everybody), its JSON."""

    seq: int
    only: str | None
    part: bytes


def told(row: Any) -> Told:
    """An event row made ready: the stored body with type and cursor in front, nothing encoded again."""
    return Told(row.seq, row.agent_id, b'{"type":"event","cursor":%d,%s' % (row.seq, row.body[1:].encode()))


def seen_by(agent_id: str, events: Iterable[Told], after: int = 0) -> list[bytes]:
    """The JSON of the events after a cursor that the agent may see."""
    return [each.part for each in events if each.seq > after and each.only in (None, agent_id)]
