"""A workspace as tests use it: people who call the API with their keys, and customers who write."""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from typing import Any

import httpx

from dibs.accounts import provision
from dibs.accounts.identify import by_key
from dibs.actor import Actor, Role, Scope
from dibs.db.sqlite import SqliteDatabase, connect
from dibs.tx import Core

PASSWORD = "correct horse battery"
_numbers = count(1)


@dataclass
class Person:
    """An agent with a key."""

    id: str
    name: str
    email: str
    role: Role
    key: str
    http: httpx.AsyncClient
    core: Core
    password: str = PASSWORD

    async def call(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """Calls `/v1` + path with this person's key."""
        headers = {"Authorization": f"Bearer {self.key}"} | dict(kwargs.pop("headers", {}))
        return await self.http.request(method, f"/v1{path}", headers=headers, **kwargs)

    async def get(self, path: str, **params: Any) -> httpx.Response:
        """GET with query parameters."""
        return await self.call("GET", path, params=params)

    async def post(self, path: str, json: Any = None, **headers: str) -> httpx.Response:
        """POST with a JSON body, or with none."""
        return await self.call("POST", path, json=json, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def patch(self, path: str, json: Any) -> httpx.Response:
        """PATCH with a JSON body."""
        return await self.call("PATCH", path, json=json)

    async def put(self, path: str, json: Any = None) -> httpx.Response:
        """PUT with a JSON body, or with none."""
        return await self.call("PUT", path, json=json)

    async def delete(self, path: str) -> httpx.Response:
        """DELETE."""
        return await self.call("DELETE", path)

    async def actor(self) -> Actor:
        """This person as the verbs know them."""
        return await by_key(self.core.database, self.key)


@dataclass
class House:
    """A workspace and its cast."""

    workspace_id: str
    core: Core
    http: httpx.AsyncClient
    olga: Person
    ada: Person
    sam: Person
    kim: Person
    vic: Person
    others: list[Person] = field(default_factory=list)

    async def person(
        self,
        name: str,
        role: Role = "agent",
        *,
        scopes: Sequence[Scope] | None = None,
        skills: Sequence[str] = (),
        languages: Sequence[str] = (),
    ) -> Person:
        """Adds somebody to the cast, with a key of every scope unless `scopes` says otherwise."""
        made = await _person(
            self.core, self.http, self.workspace_id, name, role, scopes=scopes, skills=skills, languages=languages
        )
        self.others.append(made)
        return made

    async def conversation(self, message: str = "Hello, I need help with my order", **fields: Any) -> dict[str, Any]:
        """A conversation that a new customer began on the API channel, unclaimed."""
        number = next(_numbers)
        body = {
            "contact": {"external_id": f"customer-{number}", "name": f"Customer {number}"},
            "message": {"text": message},
            **fields,
        }
        answer = await self.ada.post("/conversations", body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def claimed_by(self, person: Person, **fields: Any) -> dict[str, Any]:
        """A conversation that `person` holds."""
        conversation = await self.conversation(**fields)
        answer = await person.post(f"/conversations/{conversation['id']}/claim")
        assert answer.status_code == 200, answer.text
        claimed: dict[str, Any] = answer.json()
        return claimed

    async def read(self, conversation_id: str) -> dict[str, Any]:
        """The conversation as it is now."""
        answer = await self.ada.get(f"/conversations/{conversation_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def write(self, conversation_id: str, message: str = "Are you there?") -> dict[str, Any]:
        """The customer writes."""
        answer = await self.ada.post(f"/conversations/{conversation_id}/customer-messages", {"text": message})
        assert answer.status_code == 201, answer.text
        written: dict[str, Any] = answer.json()
        return written

    async def settings(self, **changes: Any) -> None:
        """Changes workspace settings as the admin."""
        answer = await self.ada.patch("/workspace/settings", changes)
        assert answer.status_code == 200, answer.text

    async def pool(self, name: str, *members: Person, **conditions: list[str]) -> dict[str, Any]:
        """A pool with these members; `conditions` such as tags=["billing"]."""
        body = {"name": name, "members": [member.id for member in members], "conditions": conditions}
        answer = await self.ada.post("/pools", body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def rows(self, sql: str, **params: Any) -> list[Any]:
        """Rows of a raw query over committed data; `:ws` is this workspace."""
        given = {"ws": self.workspace_id} | params
        names = re.findall(r"(?<!:):(\w+)", sql)
        database = self.core.database
        if isinstance(database, SqliteDatabase):
            with closing(connect(database.path)) as connection:
                cursor = connection.execute(sql, {name: given[name] for name in names})
                columns = [column[0] for column in cursor.description]
                return [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]
        order = list(dict.fromkeys(names))
        numbered = re.sub(r"(?<!:):(\w+)", lambda found: f"${order.index(found[1]) + 1}", sql)
        async with database.connection() as connection:
            fetched = await connection.fetch(numbered, *(given[name] for name in order))
        return [SimpleNamespace(**dict(row.items())) for row in fetched]


async def build(core: Core, http: httpx.AsyncClient, name: str) -> House:
    """Makes a workspace with its cast."""
    number = next(_numbers)
    made = await provision.create_workspace(
        core, f"{name} {number}", f"olga{number}@dibs.example", owner_name="Olga", password=PASSWORD
    )
    ws = made.workspace_id
    olga = Person(made.owner.id, "Olga", made.owner.email, "owner", made.key, http, core)
    return House(
        ws,
        core,
        http,
        olga=olga,
        ada=await _person(core, http, ws, "Ada", "admin"),
        sam=await _person(core, http, ws, "Sam", "agent"),
        kim=await _person(core, http, ws, "Kim", "agent"),
        vic=await _person(core, http, ws, "Vic", "viewer"),
    )


async def _person(
    core: Core,
    http: httpx.AsyncClient,
    workspace_id: str,
    name: str,
    role: Role,
    *,
    scopes: Sequence[Scope] | None = None,
    skills: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> Person:
    email = f"{name.lower()}{next(_numbers)}@dibs.example"
    row, _ = await provision.add_agent(
        core, workspace_id, email, name=name, role=role, password=PASSWORD, skills=skills, languages=languages
    )
    _, key = await provision.create_key(core, workspace_id, email, scopes=scopes)
    return Person(row.id, name, email, role, key, http, core)
