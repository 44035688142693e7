"""The workspace that a seed makes, and who works in it."""

import itertools
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert

from dibs.accounts import agents, api_keys, passwords, tokens
from dibs.accounts.tables import workspaces
from dibs.actor import Role, system
from dibs.db.compiled import Row
from dibs.ledger import counters
from dibs.seeding.fresh import new_id
from dibs.seeding.texts import LANGUAGES, TOPICS
from dibs.tx import Core, Tx, transaction

FIRST = [
    "Sam",
    "Ana",
    "Kofi",
    "Mei",
    "Tomas",
    "Ines",
    "Yuki",
    "Omar",
    "Clara",
    "Jonas",
    "Aisha",
    "Luca",
    "Nadia",
    "Felix",
    "Rosa",
    "Emil",
    "Zara",
    "Hugo",
    "Leila",
    "Ivan",
]
LAST = [
    "Rivera",
    "Lindqvist",
    "Mensah",
    "Tanaka",
    "Novak",
    "Duarte",
    "Haddad",
    "Becker",
    "Rossi",
    "Kaya",
    "Moreau",
    "Silva",
    "Nilsson",
    "Okoye",
    "Weiss",
]
AT_ONCE = 100
# Where the people of the demo and of sample data have their addresses.
DOMAIN = "demo.example.com"


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody to be added: the role, and what they are good at."""

    name: str
    role: Role
    skills: Sequence[str] = ()
    languages: Sequence[str] = ("en",)
    email: str = ""


# They work by themselves in the demo, and have worked in sample data.
COLLEAGUES = (
    Hire("Priya Nair", "agent", ("delivery", "question"), ("en",), f"priya@{DOMAIN}"),
    Hire("Lucía Ortega", "agent", ("billing", "complaint"), ("en", "es", "pt"), f"lucia@{DOMAIN}"),
    Hire("Tom Becker", "agent", ("returns", "login"), ("en", "de", "it"), f"tom@{DOMAIN}"),
    Hire("Chloé Martin", "agent", ("question", "billing"), ("en", "fr"), f"chloe@{DOMAIN}"),
    Hire("Kofi Mensah", "agent", ("complaint", "delivery"), ("en", "fr"), f"kofi@{DOMAIN}"),
    Hire("Mei Tanaka", "agent", ("login", "question"), ("en",), f"mei@{DOMAIN}"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was added, with what they sign in with."""

    id: str
    name: str
    email: str
    password: str
    key: str
    role: Role
    skills: Sequence[str]
    languages: Sequence[str]


def crowd(size: int) -> list[Hire]:
    """`size` people: an owner, an admin, agents. Their skills are the topics, each speaks English and one more."""
    names = (f"{first} {last}" for last, first in itertools.product(LAST, FIRST))
    skills, languages = itertools.cycle(TOPICS), itertools.cycle(LANGUAGES)
    roles: Iterator[Role] = itertools.chain(("owner", "admin"), itertools.repeat("agent"))
    hires = []
    for number, role, skill, language in zip(range(size), roles, skills, languages, strict=False):
        name = next(names, None) or f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number + 1}"
        hires.append(Hire(name, role, (skill,), tuple(dict.fromkeys(("en", language)))))
    return hires


async def found(
    core: Core, name: str, hires: Sequence[Hire], at: int, limit: int | None = None
) -> tuple[str, list[Member]]:
    """Makes a workspace as of instant `at` with these members, who share one password. Returns its id and them."""
    chosen = {} if limit is None else {"max_claims_per_agent": limit}
    workspace_id, prefix = new_id("ws", at), tokens.key_prefix()
    async with transaction(core, system(workspace_id, "Seed", via="cli")) as tx:
        tx.now = at
        await tx.run(insert(counters).values(workspace_id=workspace_id))
        await tx.run(
            insert(workspaces).values(
                id=workspace_id, name=name, key_prefix=prefix, settings=chosen, rules_version=1, created_at=at
            )
        )
        tx.audit("workspace.created", workspace_id, after={"name": name})
    addressed = [
        replace(each, email=each.email or _email(each, prefix, number)) for number, each in enumerate(hires, 1)
    ]
    return workspace_id, await hire(core, workspace_id, addressed, at)


async def hire(core: Core, workspace_id: str, hires: Sequence[Hire], at: int, *, keys: bool = True) -> list[Member]:
    """Adds members, who have addresses, to a workspace as of instant `at`. They share one password."""
    password = tokens.one_time_password()
    password_hash = await passwords.hashed(password)
    members: list[Member] = []
    for start in range(0, len(hires), AT_ONCE):
        async with transaction(core, system(workspace_id, "Seed", via="cli")) as tx:
            tx.now = at
            for each in hires[start : start + AT_ONCE]:
                row = await agents.add(
                    tx,
                    email=each.email,
                    name=each.name,
                    role=each.role,
                    password_hash=password_hash,
                    skills=each.skills,
                    languages=each.languages,
                )
                key = await _key(tx, row) if keys else ""
                members.append(
                    Member(row.id, each.name, each.email, password, key, each.role, each.skills, each.languages)
                )
    return members


async def _key(tx: Tx, row: Row) -> str:
    _, key = await api_keys.create(tx, row.id, api_keys.scopes_of(row.role), name="Seed")
    return key


def workspace_name() -> str:
    """A name for a workspace that nobody named."""
    return f"Seed {secrets.token_hex(3)}"


def _email(hire: Hire, prefix: str, number: int) -> str:
    # The workspace's own domain: an address may belong to one workspace only where people sign in without naming it.
    return f"{hire.name.lower().replace(' ', '.')}.{number}@{prefix}.example.com"
