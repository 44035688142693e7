"""What every ownership test asks: was it refused with that code and nothing else, or what exactly did it leave?"""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import Executable, text, update

from dibs import clock
from dibs.conversations.tables import conversations
from tests.support.house import House, Person

STATUS = {
    "unauthenticated": 401,
    "forbidden": 403,
    "pool_restricted": 403,
    "not_found": 404,
    "idempotency_mismatch": 422,
    "invalid": 422,
    "bulk_limit_exceeded": 422,
}
WATCHED = {
    "conversations": "id",
    "claims": "id",
    "messages": "id",
    "takeover_requests": "id",
    "observers": "conversation_id, agent_id",
    "drafts": "conversation_id, agent_id",
    "notifications": "id",
    "contacts": "id",
    "tags": "id",
    "pools": "id",
    "idempotency_keys": "key",
}
_c = conversations.c
Call = Awaitable[httpx.Response]


async def everything(house: House) -> dict[str, list[Any]]:
    """All that a request could have changed in the workspace; the counters say how many audit and event rows."""
    counters = await house.rows("SELECT event_seq, audit_seq, audit_hash FROM counters WHERE workspace_id = :ws")
    tables = {
        table: await house.rows(f"SELECT * FROM {table} WHERE workspace_id = :ws ORDER BY {order}")
        for table, order in WATCHED.items()
    }
    return {"counters": counters, **tables}


async def refused(house: House, call: Call, code: str, **members: Any) -> dict[str, Any]:
    """Makes the call, which must be refused with that code and members and change nothing; returns the problem."""
    before = await everything(house)
    answer = await call
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (STATUS.get(code, 409), code), answer.text
    # Two codes name the conversation's status where RFC 9457 has the answer's.
    assert code in ("conversation_closed", "not_resolved") or problem["status"] == answer.status_code
    assert problem["type"] == f"/problems/{code}"
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert {name: problem[name] for name in members} == members
    assert await everything(house) == before
    return problem


async def field_refused(house: House, call: Call, field: str) -> None:
    """As `refused` with 422 `invalid`, naming that field."""
    problem = await refused(house, call, "invalid")
    assert [each["field"] for each in problem["errors"]] == [field], problem


async def unchanged(house: House, call: Call, status: int = 200) -> Any:
    """Makes the call, which must answer 200 and change and emit nothing; returns the answer."""
    before = await everything(house)
    answer = await call
    assert answer.status_code == status, answer.text
    assert await everything(house) == before
    return answer.json()


async def did(house: House, call: Call, *kinds: str, status: int = 200) -> Any:
    """Makes the call, which must leave exactly these events, in order, and an audit row for each but messages.

    Notifications, which are events for one agent, are not counted.
    """
    audits = "SELECT action FROM audit_rows WHERE workspace_id = :ws AND seq > :seq ORDER BY seq"
    events = "SELECT kind FROM events WHERE workspace_id = :ws AND seq > :seq AND agent_id IS NULL ORDER BY seq"
    (seen,) = await house.rows("SELECT event_seq, audit_seq FROM counters WHERE workspace_id = :ws")
    answer = await call
    assert answer.status_code == status, answer.text
    assert [row.kind for row in await house.rows(events, seq=seen.event_seq)] == list(kinds)
    changes = [kind for kind in kinds if not kind.startswith("message.") and kind != "conversation.created"]
    actions = [row.action for row in await house.rows(audits, seq=seen.audit_seq)]
    assert [action for action in actions if action != "tag.created"] == changes
    return answer.json()


def at(conversation: dict[str, Any], verb: str) -> str:
    """The path of an action on a conversation."""
    return f"/conversations/{conversation['id']}/{verb}"


async def escalate(house: House, conversation: dict[str, Any]) -> None:
    """The bot has asked for a human."""
    row = (_c.workspace_id == house.workspace_id, _c.id == conversation["id"])
    await write(house, update(conversations).where(*row).values(escalated_at=clock.now(), version=_c.version + 1))


def named(person: Person) -> dict[str, str]:
    """The person as shapes show them."""
    return {"id": person.id, "name": person.name}


async def spells(house: House, conversation_id: str) -> list[tuple[str, str, str | None]]:
    """Every claim of a conversation, oldest first: the agent's id, through what, how it ended."""
    found = await house.rows(
        "SELECT agent_id, via, ended_as FROM claims WHERE workspace_id = :ws AND conversation_id = :id ORDER BY epoch",
        id=conversation_id,
    )
    return [(row.agent_id, row.via, row.ended_as) for row in found]


async def messages(house: House, conversation_id: str) -> list[tuple[str, str]]:
    """Every message of a conversation, oldest first: kind and text."""
    found = await house.rows(
        "SELECT kind, text FROM messages WHERE workspace_id = :ws AND conversation_id = :id ORDER BY seq",
        id=conversation_id,
    )
    return [(row.kind, row.text) for row in found]


async def told(house: House, conversation_id: str) -> set[tuple[str, str]]:
    """Who has an unseen notification about the conversation: the person's name and its kind."""
    found = await house.rows(
        "SELECT a.name, n.kind FROM notifications n"
        " JOIN agents a ON a.workspace_id = n.workspace_id AND a.id = n.agent_id"
        " WHERE n.workspace_id = :ws AND n.conversation_id = :id AND n.seen_at IS NULL",
        id=conversation_id,
    )
    return {(row.name, row.kind) for row in found}


async def all_seen(house: House) -> None:
    """Everybody has looked at their bell: `told` starts anew."""
    await write(house, text("UPDATE notifications SET seen_at = created_at WHERE seen_at IS NULL"))


async def write(house: House, *statements: Executable) -> None:
    """Writes behind the product's back."""
    async with house.core.database.transaction() as opened:
        for statement in statements:
            await opened.run(statement)


@dataclass
class Time:
    """The product's clock, which a test moves forward."""

    ahead: int = 0

    def passes(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> None:
        """Moves the clock forward."""
        self.ahead += round(seconds * clock.SECOND + minutes * clock.MINUTE + days * clock.DAY)
