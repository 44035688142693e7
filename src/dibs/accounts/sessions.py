"""Signing in and out in a browser, and one's own password."""

from typing import Any

from sqlalchemy import delete, insert, select, update

from dibs import clock, ids
from dibs.accounts import passwords, tokens
from dibs.accounts.queries import agent as member
from dibs.accounts.tables import agents, sessions, workspaces
from dibs.actor import Actor
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.errors import Invalid, NotFound, Unauthenticated
from dibs.tx import Tx

LIFETIME = 30 * clock.DAY
LONGEST_USER_AGENT = 300
# One address may be known to several workspaces, each with its own password; so many are tried.
MOST_WORKSPACES = 10


async def recognise(database: Database, email: str, password: str, workspace_id: str | None) -> Row:
    """The agent with this address and password, with `workspace_name`. Call it before any transaction.

    Refuses with 401 what does not match. When it matches in several workspaces it refuses with 422 and lists them in
    `workspaces`; name one of them as `workspace` then.
    """
    known = (
        select(agents, workspaces.c.name.label("workspace_name"))
        .join(workspaces, workspaces.c.id == agents.c.workspace_id)
        .where(agents.c.email == email, agents.c.active)
        .order_by(agents.c.workspace_id)
        .limit(MOST_WORKSPACES)
    )
    if workspace_id is not None:
        known = known.where(agents.c.workspace_id == workspace_id)
    rows = await database.run(known)
    if not rows:
        await passwords.matches(None, password)
    found = [row for row in rows if await passwords.matches(row.password_hash, password)]
    if not found:
        raise Unauthenticated("That address and password do not belong together. Check both, or reset the password.")
    if len(found) > 1:
        refusal = Invalid("workspace", "you are a member of several workspaces; name one of them")
        refusal.members["workspaces"] = [{"id": row.workspace_id, "name": row.workspace_name} for row in found]
        raise refusal
    return found[0]


def acting(row: Row, ip: str | None = None, request_id: str | None = None) -> Actor:
    """The actor for an agent who proved who they are by a password or a link."""
    return Actor(
        type="agent",
        workspace_id=row.workspace_id,
        id=row.id,
        name=row.name,
        role=row.role,
        ip=ip,
        request_id=request_id,
    )


async def begin(tx: Tx, row: Row, *, user_agent: str | None = None) -> tuple[Row, str]:
    """Opens a session of 30 days for the agent that `row` describes, and returns it with its cookie.

    Refuses with 401 an agent who was deactivated, or whose password was changed, since `row` was read.
    """
    now = await tx.one(
        select(agents)
        .where(agents.c.workspace_id == row.workspace_id, agents.c.id == row.id, agents.c.active)
        .with_for_update(key_share=True)
    )
    if now is None or now.password_hash != row.password_hash:
        raise Unauthenticated("Your account has just changed. Sign in again.")
    await tx.run(delete(sessions).where(_of(row), sessions.c.expires_at <= tx.now))
    token = tokens.token()
    values = {
        "token_hash": tokens.digest(token),
        "id": ids.new("ses"),
        "workspace_id": row.workspace_id,
        "agent_id": row.id,
        "created_at": tx.now,
        "expires_at": tx.now + LIFETIME,
        "ip": tx.actor.ip,
        "user_agent": user_agent[:LONGEST_USER_AGENT].replace("\x00", "") if user_agent else None,
    }
    session = await tx.one(insert(sessions).values(values).returning(*sessions.c))
    assert session is not None
    tx.audit("session.created", session.id, after={"agent_id": row.id})
    return session, token


async def end(tx: Tx, session_id: str | None) -> Row:
    """Ends one of the actor's own sessions. Anybody else's is not found."""
    row = None
    if session_id is not None and ids.well_formed(session_id, "ses"):
        row = await tx.one(
            delete(sessions)
            .where(
                sessions.c.workspace_id == tx.workspace_id,
                sessions.c.agent_id == tx.actor.id,
                sessions.c.id == session_id,
            )
            .returning(*sessions.c)
        )
    if row is None:
        raise NotFound("There is no such session of yours.")
    tx.audit("session.ended", row.id, before={"agent_id": row.agent_id})
    return row


async def change_password(tx: Tx, before: Row, password_hash: str) -> Row:
    """Replaces the actor's password and ends their other sessions. `before` is their row with the password they proved.

    Refuses with 422 when it was changed meanwhile.
    """
    row = await member(tx.run, tx.workspace_id, before.id, locked=True)
    if row.password_hash != before.password_hash:
        raise Invalid("current", "your password was changed a moment ago")
    await set_password(tx, row, password_hash, spare=tx.actor.credential_id)
    return row


async def set_password(tx: Tx, row: Row, password_hash: str, *, spare: str | None = None) -> None:
    """Stores a new password and ends the agent's sessions, but for the one with the id `spare`."""
    await tx.run(
        update(agents)
        .where(agents.c.workspace_id == row.workspace_id, agents.c.id == row.id)
        .values(password_hash=password_hash)
    )
    others = delete(sessions).where(_of(row))
    await tx.run(others if spare is None else others.where(sessions.c.id != spare))
    tx.audit("password.changed", row.id)


def _of(row: Row) -> Any:
    return (sessions.c.workspace_id == row.workspace_id) & (sessions.c.agent_id == row.id)
