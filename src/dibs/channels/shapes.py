"""Connected channels as REST answers show them: never a secret."""

from typing import Any

from typing_extensions import TypedDict

from dibs import clock
from dibs.channels.port import Name
from dibs.db.compiled import Row


class ConnectedChannel(TypedDict):
    """A way in and out. `problem` says what does not work, in a sentence; null while all does."""

    id: str
    kind: Name
    name: str
    address: str
    settings: dict[str, Any]
    active: bool
    problem: str | None
    created_at: str
    updated_at: str


class ConnectedChannels(TypedDict):
    """The channels of a workspace, the oldest first."""

    data: list[ConnectedChannel]
    next_cursor: str | None


def channel(row: Row) -> ConnectedChannel:
    """A row of `channels`."""
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "address": row.address,
        "settings": row.settings,
        "active": row.active,
        "problem": row.problem,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }
