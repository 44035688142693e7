"""Which events a socket is told, and as what bytes. Every event is made ready once, whoever is listening."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from dibs.actor import Actor
from dibs.events import BOTS

Audience = frozenset[str | None]
EVERYBODY: Audience = frozenset({None})


class Told(NamedTuple):
    """An event as clients get it: its cursor, the only ones who may see it (None = everybody), its JSON."""

    seq: int
    only: str | None
    part: bytes


def told(row: Any) -> Told:
    """An event row made ready: the stored body with type and cursor in front, nothing encoded again."""
    return Told(row.seq, row.agent_id, b'{"type":"event","cursor":%d,%s' % (row.seq, row.body[1:].encode()))


def audience(actor: Actor) -> Audience:
    """What a socket of this actor is told: what everybody is, its agent's own and, for a bot's key, turns."""
    is_bot = actor.scopes is not None and "bot" in actor.scopes
    return frozenset({None, actor.id, BOTS}) if is_bot else frozenset({None, actor.id})


def seen_by(who: Audience, events: Iterable[Told], after: int = 0) -> list[bytes]:
    """The JSON of the events after a cursor that this audience may see."""
    return [each.part for each in events if each.seq > after and each.only in who]
