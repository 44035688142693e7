"""A scripted day in which everything happens that a live client is told of. Each step has a name, told before it.

Ids and times are the same on every run, so that what the server says can be kept in a file.
"""

import itertools
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from dibs import clock, ids
from dibs.accounts import provision
from dibs.accounts.workspaces import create
from dibs.actor import Role
from dibs.conversations.sweeper import sweep
from dibs.conversations.tables import messages
from dibs.settings import Settings
from dibs.tx import Core
from tests.ownership.checks import at, write
from tests.support.house import PASSWORD, House, Person

NINE = 1_767_603_600_000  # 2026-01-05T09:00:00Z, a Monday
ALWAYS = {"until_customer_replies": True}
Made = dict[str, Any]
Steps = AsyncIterator[str]


def same_ids_and_times(monkeypatch: pytest.MonkeyPatch) -> "Hands":
    """Ids count from 1, but for the workspace's, by which processes remember things; the clock stands at nine."""
    hands, new, numbers = Hands(), ids.new, defaultdict[str, Any](lambda: itertools.count(1))
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    monkeypatch.setattr(
        ids, "new", lambda prefix: new(prefix) if prefix == "ws" else f"{prefix}_{next(numbers[prefix]):026}"
    )
    return hands


@dataclass
class Hands:
    """The hands of the clock."""

    at: int = NINE

    def move(self, *, seconds: int = 0, minutes: float = 0, days: int = 0) -> None:
        """Moves them forward."""
        self.at += round(seconds * clock.SECOND + minutes * clock.MINUTE + days * clock.DAY)


@dataclass
class Day:
    """The day's people and their clock."""

    house: House
    hands: Hands
    settings: Settings
    customers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def customer(self, text: str = "Where is my order?", **more: Any) -> Made:
        """A customer writes for the first time."""
        number = next(self.customers)
        contact = {"external_id": f"customer-{number}", "name": f"Customer {number}"}
        return await self.did(self.house.ada, "/conversations", {"contact": contact, "message": {"text": text}, **more})

    async def held(self, by: Person | None = None) -> Made:
        """A conversation that somebody holds, Sam if nobody is named."""
        return await self.did(by or self.house.sam, at(await self.customer(), "claim"))

    async def did(self, person: Person, path: str, body: Any = None, method: str = "POST") -> Made:
        """Somebody does something, which must work."""
        answer = await person.call(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        found: Made = answer.json()
        return found

    async def sweep(self) -> None:
        """The timers look."""
        await sweep(self.house.core, self.settings, {})


async def begin(core: Core, http: httpx.AsyncClient, hands: Hands, settings: Settings) -> Day:
    """A workspace whose people have the same addresses every day."""
    made = await create(core, "Day", "olga@dibs.example", owner_name="Olga", password=PASSWORD)
    ws = made.workspace_id
    olga = Person(made.owner.id, "Olga", made.owner.email, "owner", made.key, http, core)
    ada, sam, kim, vic = [await _person(core, http, ws, name, role) for name, role in CAST]
    return Day(House(ws, core, http, olga, ada, sam, kim, vic), hands, settings)


CAST: tuple[tuple[str, Role], ...] = (("Ada", "admin"), ("Sam", "agent"), ("Kim", "agent"), ("Vic", "viewer"))


async def _person(core: Core, http: httpx.AsyncClient, ws: str, name: str, role: Role) -> Person:
    email = f"{name.lower()}@dibs.example"
    row, _ = await provision.add_agent(core, ws, email, name=name, role=role, password=PASSWORD)
    _, key = await provision.create_key(core, ws, email)
    return Person(row.id, name, email, role, key, http, core)


async def fail_delivery(house: House, message: Made) -> None:
    """The channel says that a message did not arrive."""
    row = (messages.c.workspace_id == house.workspace_id, messages.c.id == message["id"])
    await write(house, update(messages).where(*row).values(delivery="failed"))
