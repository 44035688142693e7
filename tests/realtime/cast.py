"""A small cast for live tests, written straight into the tables: a workspace, agents with keys and sessions."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from dibs import clock, ids
from dibs.accounts.tables import agents, api_keys, sessions, workspaces
from dibs.accounts.tokens import api_key, digest, key_prefix, token
from dibs.actor import SCOPES, Actor, Role, Scope, system
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations
from dibs.ledger import counters
from dibs.tx import Core, transaction

_number = itertools.count(1)


@dataclass
class Person:
    """An agent with one key and one session cookie."""

    id: str
    name: str
    key: str
    cookie: str


@dataclass
class Workspace:
    """A workspace, and the core through which tests write to it."""

    id: str
    core: Core
    prefix: str

    @property
    def actor(self) -> Actor:
        return system(self.id, "Test")

    async def person(
        self, name: str, *, role: Role = "agent", scopes: tuple[Scope, ...] = SCOPES, session_ms: int = clock.HOUR
    ) -> Person:
        person = Person(ids.new("agt"), name, api_key(self.prefix), token())
        now = clock.now()
        which = {"workspace_id": self.id, "agent_id": person.id, "created_at": now}
        async with transaction(self.core, self.actor) as tx:
            await _put(
                tx,
                agents,
                workspace_id=self.id,
                id=person.id,
                name=name,
                email=f"{name.lower()}{next(_number)}@example.com",
                role=role,
                skills=[],
                languages=[],
                preferences={},
                created_at=now,
            )
            key = {"id": ids.new("key"), "hash": digest(person.key), "name": "Test", "scopes": scopes, "hint": "ak"}
            await _put(tx, api_keys, **which, **key)
            session = {"id": ids.new("ses"), "token_hash": digest(person.cookie), "expires_at": now + session_ms}
            await _put(tx, sessions, **which, **session)
        return person

    async def conversation(self) -> str:
        now, contact, found = clock.now(), ids.new("ctc"), ids.new("conv")
        at = {"workspace_id": self.id, "created_at": now}
        async with transaction(self.core, self.actor) as tx:
            await _put(tx, contacts, **at, id=contact, name="Ana", updated_at=now)
            row = {"channel": "api", "status": "open", "priority": 1, "tags": []}
            await _put(tx, conversations, **at, id=found, contact_id=contact, last_message_at=now, **row)
        return found

    async def emit(
        self, *numbers: int, only: str | None = None, kind: str = "conversation.updated", padding: str = ""
    ) -> int:
        """Makes one event per number in one transaction and returns the cursor of the last."""
        async with transaction(self.core, self.actor) as tx:
            for number in numbers:
                await tx.emit(kind, {"n": number, "only": only, "padding": padding}, only_agent=only)
        rows = await self.core.database.run(_CURSOR, {"ws": self.id})
        return int(rows[0].event_seq)

    async def change(self, table: Table, person: Person, **values: Any) -> None:
        """Changes a person's row, key or session, without an event."""
        whose = table.c.id if table is agents else table.c.agent_id
        async with transaction(self.core, self.actor) as tx:
            await tx.run(update(table).where(table.c.workspace_id == self.id, whose == person.id).values(values))


_CURSOR = counters.select().where(counters.c.workspace_id == bindparam("ws"))


async def workspace(core: Core) -> Workspace:
    """A new workspace with its counters."""
    made = Workspace(ids.new("ws"), core, key_prefix())
    async with transaction(core, made.actor) as tx:
        await _put(tx, counters, workspace_id=made.id)
        row = {"name": "Test", "key_prefix": made.prefix, "settings": {}, "created_at": clock.now()}
        await _put(tx, workspaces, id=made.id, **row)
    return made


async def _put(tx: Any, table: Table, **values: Any) -> None:
    statement = insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in values})
    await tx.run(statement, values)
