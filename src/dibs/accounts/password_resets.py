"""Password resets: a link that sets a new password once, within a day."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import delete, insert, select, update

from dibs import clock
from dibs.accounts import sessions, tokens
from dibs.accounts.agents import must_manage
from dibs.accounts.queries import agent as member
from dibs.accounts.tables import agents, password_resets
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.errors import Invalid, NotFound
from dibs.tx import Tx

LIFETIME = clock.DAY

log = structlog.get_logger()


async def request(database: Database, email: str, *, ip: str | None, request_id: str | None) -> Sequence[Row]:
    """The active agents with this address, for whom a link was asked; the log says so, without any token."""
    known = select(agents.c.workspace_id, agents.c.id).where(agents.c.email == email, agents.c.active)
    rows = await database.run(known.limit(sessions.MOST_WORKSPACES))
    log.info(
        "password_reset.requested",
        agents=[{"workspace_id": row.workspace_id, "id": row.id} for row in rows],
        ip=ip,
        request_id=request_id,
    )
    return rows


async def create(tx: Tx, agent_id: str) -> tuple[Row, str]:
    """Makes a reset link for an agent and returns its row and token, which is stored as its hash only.

    It takes who may manage the agent: the link lets its holder act as them. Refuses an inactive agent with 422.
    """
    row = await member(tx.run, tx.workspace_id, agent_id)
    must_manage(tx.actor, row.role)
    if not row.active:
        raise Invalid("agent_id", f"{row.name} is deactivated")
    token = tokens.token()
    values = {
        "token_hash": tokens.digest(token),
        "workspace_id": tx.workspace_id,
        "agent_id": row.id,
        "created_at": tx.now,
        "expires_at": tx.now + LIFETIME,
    }
    made = await tx.one(insert(password_resets).values(values).returning(*password_resets.c))
    assert made is not None
    tx.audit("password_reset.created", row.id)
    return made, token


async def find(database: Database, token: str) -> Row:
    """The active agent whom the token lets set a password. Else 404."""
    rows = await database.run(
        select(agents)
        .join(
            password_resets,
            (password_resets.c.workspace_id == agents.c.workspace_id) & (password_resets.c.agent_id == agents.c.id),
        )
        .where(agents.c.active, *_open(token, clock.now()))
    )
    if not rows:
        raise _closed()
    return rows[0]


async def use(tx: Tx, token: str, password_hash: str) -> Row:
    """Sets the password, once; ends the agent's sessions and other reset links. 404 when the token is spent."""
    assert tx.actor.id is not None
    # The agent's row first, as everywhere.
    row = await member(tx.run, tx.workspace_id, tx.actor.id, locked=True)
    used = update(password_resets).where(password_resets.c.agent_id == row.id, *_open(token, tx.now))
    if await tx.one(used.values(used_at=tx.now).returning(password_resets.c.agent_id)) is None:
        raise _closed()
    await sessions.set_password(tx, row, password_hash)
    await tx.run(
        delete(password_resets).where(
            password_resets.c.workspace_id == tx.workspace_id,
            password_resets.c.agent_id == row.id,
            password_resets.c.used_at.is_(None),
        )
    )
    return row


def _open(token: str, now: int) -> tuple[Any, ...]:
    return (
        password_resets.c.token_hash == tokens.digest(token),
        password_resets.c.expires_at > now,
        password_resets.c.used_at.is_(None),
    )


def _closed() -> NotFound:
    return NotFound("This link was used or has expired. Ask for a new one.")
