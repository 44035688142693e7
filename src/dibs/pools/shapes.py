"""Pools as REST answers show them."""

from typing import Literal

from typing_extensions import TypedDict

from dibs.db.compiled import Row

Priority = Literal["low", "normal", "high", "urgent"]
Channel = Literal["widget", "whatsapp", "email", "api"]


class Conditions(TypedDict):
    """Any one that a conversation meets is enough."""

    tags: list[str]
    priorities: list[Priority]
    languages: list[str]
    channels: list[Channel]


class PoolName(TypedDict):
    """A pool, by id and name."""

    id: str
    name: str


class Pool(TypedDict):
    """A rule about which agents may claim which conversations."""

    id: str
    name: str
    members: list[str]
    skill: str | None
    conditions: Conditions


class PoolPage(TypedDict):
    """A page of pools, oldest first."""

    data: list[Pool]
    next_cursor: str | None


def shape(row: Row) -> Pool:
    """A row of `pools`; absent lists are empty."""
    conditions = row.conditions
    return {
        "id": row.id,
        "name": row.name,
        "members": row.members,
        "skill": row.skill,
        "conditions": {
            "tags": conditions.get("tags", []),
            "priorities": conditions.get("priorities", []),
            "languages": conditions.get("languages", []),
            "channels": conditions.get("channels", []),
        },
    }
