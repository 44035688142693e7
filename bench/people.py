"""The installation that claims are measured on: workspaces, agents and conversations whose ids follow from a number.

So the denominators need not look anything up: pgbench computes the same ids in SQL.
"""

from collections.abc import Iterator

from sqlalchemy import Table, bindparam, insert, text

from dibs import clock
from dibs.accounts import tokens
from dibs.accounts.api_keys import scopes_of
from dibs.accounts.tables import agents, api_keys, workspaces
from dibs.actor import Actor
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations
from dibs.ledger import counters
from dibs.tx import Core

Row = dict[str, object]
WORKSPACES, AGENTS = 20, 25
BATCH = 5_000
# Never reached: the limit is counted, and nobody is refused.
LIMIT = 100_000
# Spread over workspaces and agents as if by chance, and computed alike by Python and pgbench.
WORKSPACE_OF = "(({n}) * 2654435761 / 65536) % 20"
AGENT_OF = "(({n}) * 40503 / 256) % 25"


def workspace_of(number: int) -> int:
    """The workspace of conversation `number`, as WORKSPACE_OF computes it."""
    return number * 2654435761 // 65536 % WORKSPACES


def agent_of(number: int) -> int:
    """Who claims conversation `number`: the agent's number in the installation."""
    return workspace_of(number) * AGENTS + number * 40503 // 256 % AGENTS


def id_of(prefix: str, number: int) -> str:
    """The id of a row by its number."""
    return f"{prefix}_{number:026d}"


def key_of(agent: int) -> str:
    """An agent's key."""
    return f"ak_bench{agent // AGENTS % 10}_{agent:032d}"


def actor_of(agent: int) -> Actor:
    """An agent as the verbs know it, as if it called the API."""
    return Actor(
        type="agent",
        workspace_id=id_of("ws", agent // AGENTS),
        id=id_of("agt", agent),
        name=f"Agent {agent}",
        via="api",
        role="agent",
        credential_id=id_of("key", agent),
        ip="127.0.0.1",
        request_id="01K0000000000000000000000B",
    )


async def fill(core: Core, count: int) -> None:
    """Writes everybody, and `count` open conversations. The database must be open and migrated."""
    for table, rows in (*_everybody(), *_inbox(count)):
        values = {name: bindparam(name, type_=table.c[name].type) for name in rows[0]}
        async with core.database.transaction() as opened:
            await opened.run_many(insert(table).values(values), rows)
    await core.database.run(text("ANALYZE"))


def _everybody() -> list[tuple[Table, list[Row]]]:
    at, everyone = clock.now(), range(WORKSPACES * AGENTS)
    return [
        (counters, [{"workspace_id": id_of("ws", number)} for number in range(WORKSPACES)]),
        (workspaces, [_workspace(number, at) for number in range(WORKSPACES)]),
        (agents, [_agent(number, at) for number in everyone]),
        (api_keys, [_key(number, at) for number in everyone]),
    ]


def _workspace(number: int, at: int) -> Row:
    return {
        "id": id_of("ws", number),
        "name": f"Workspace {number}",
        "key_prefix": f"be{number:04d}",
        "settings": {"max_claims_per_agent": LIMIT},
        "rules_version": 1,
        "created_at": at,
    }


def _agent(number: int, at: int) -> Row:
    return {
        "workspace_id": id_of("ws", number // AGENTS),
        "id": id_of("agt", number),
        "name": f"Agent {number}",
        "email": f"agent{number}@dibs.example",
        "role": "agent",
        "skills": [],
        "languages": ["en"],
        "preferences": {},
        "created_at": at,
    }


def _key(number: int, at: int) -> Row:
    return {
        "workspace_id": id_of("ws", number // AGENTS),
        "id": id_of("key", number),
        "hash": tokens.digest(key_of(number)),
        "agent_id": id_of("agt", number),
        "name": "Bench",
        "scopes": scopes_of("agent"),
        "hint": key_of(number)[: tokens.HINT],
        "created_at": at,
    }


def _inbox(count: int) -> Iterator[tuple[Table, list[Row]]]:
    at = clock.now() - clock.HOUR
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        yield contacts, [_contact(number, at + number) for number in numbers]
        yield conversations, [_conversation(number, at + number) for number in numbers]


def _contact(number: int, at: int) -> Row:
    return {
        "workspace_id": id_of("ws", workspace_of(number)),
        "id": id_of("ctc", number),
        "name": f"Customer {number}",
        "created_at": at,
        "updated_at": at,
    }


def _conversation(number: int, at: int) -> Row:
    return {
        "workspace_id": id_of("ws", workspace_of(number)),
        "id": id_of("conv", number),
        "contact_id": id_of("ctc", number),
        "channel": "api",
        "status": "open",
        "priority": 1,
        "language": "en",
        "tags": [],
        "preview": "Hello, I have a question about my order",
        "unclaimed_since": at,
        "waiting_since": at,
        "message_count": 1,
        "last_message_at": at,
        "created_at": at,
        "version": 2,
    }
