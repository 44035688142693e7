"""Pools as REST answers show them."""

from typing_extensions import TypedDict

from dibs.db.compiled import Row


class Conditions(TypedDict):
    """Any one that a conversation meets is enough."""

    tags: list[str]
    priorities: list[str]
    languages: list[str]
    channels: list[str]


class Pool(TypedDict):
    """A rule about which agents may claim which conversations."""

    id: str
    name: str
    members: list[str]
    skill: str | None
    conditions: Conditions


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
