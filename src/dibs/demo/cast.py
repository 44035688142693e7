"""Who works in the demo: two agents and an admin for you, and colleagues who work by themselves."""

from pathlib import Path

import msgspec

from dibs.seeding.cast import COLLEAGUES, DOMAIN, Hire, Member

WORKSPACE = "Dibs Demo"

HIRES = (
    Hire("Olga Brandt", "owner", (), ("en", "de"), f"olga@{DOMAIN}"),
    Hire("Alex Moore", "admin", ("billing", "complaint"), ("en", "es"), f"alex@{DOMAIN}"),
    # These two are yours.
    Hire("Ana Ruiz", "agent", ("billing", "returns"), ("en", "es"), f"ana@{DOMAIN}"),
    Hire("Sam Keller", "agent", ("delivery", "login"), ("en", "de"), f"sam@{DOMAIN}"),
    # These work by themselves.
    *COLLEAGUES,
)
YOURS = ("ana", "sam", "alex")
PEOPLE_ONLY = ("olga", *YOURS)


class Kept(msgspec.Struct):
    """What is written down between two demos in the same folder: keys and passwords are stored as hashes only."""

    workspace_id: str
    members: list[Member]


def load(path: Path) -> Kept | None:
    """The cast of an earlier demo, or None."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def save(path: Path, kept: Kept) -> None:
    """Writes the cast down for the next time, readable for this user only."""
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(kept))


def first_name(member: Member) -> str:
    """What an address begins with."""
    return member.email.partition("@")[0]


def pools(members: list[Member]) -> list[dict[str, object]]:
    """The three pools that the product describes."""
    who = {first_name(member): member.id for member in members}

    def pool(name: str, names: tuple[str, ...], **conditions: list[str]) -> dict[str, object]:
        return {"name": name, "members": [who[each] for each in names], "conditions": conditions}

    return [
        pool("Billing", ("alex", "ana", "lucia", "chloe"), tags=["billing"]),
        pool("Senior", ("olga", "alex", "sam", "lucia", "kofi"), priorities=["urgent"], tags=["urgent", "enterprise"]),
        pool("Spanish", ("alex", "ana", "lucia"), languages=["es"]),
    ]
