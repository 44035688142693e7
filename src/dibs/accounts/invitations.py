"""Invitations: an admin makes a link, whoever holds it joins with a name and a password."""

from typing import Any

from sqlalchemy import insert, select, update

from dibs import clock, ids
from dibs.accounts import agents as members
from dibs.accounts import tokens
from dibs.accounts.tables import agents, invitations, workspaces
from dibs.actor import Actor, Role
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.errors import Invalid, NotFound
from dibs.tx import Tx

LIFETIME = 7 * clock.DAY
UNANSWERED = (invitations.c.accepted_at.is_(None), invitations.c.revoked_at.is_(None))


async def create(tx: Tx, *, email: str, name: str | None, role: Role) -> tuple[Row, str]:
    """Invites an address for a week and returns the invitation with its token, which is stored as its hash only.

    Refuses a member's address with 422, and with 403 who may not manage members of that role.
    """
    members.must_manage(tx.actor, role)
    taken = select(agents.c.id).where(
        agents.c.workspace_id == tx.workspace_id, agents.c.email == email, agents.c.removed_at.is_(None)
    )
    if await tx.one(taken) is not None:
        raise Invalid("email", "somebody with this address is already a member")
    token = tokens.token()
    values = {
        "workspace_id": tx.workspace_id,
        "id": ids.new("inv"),
        "token_hash": tokens.digest(token),
        "email": email,
        "name": name,
        "role": role,
        "created_at": tx.now,
        "expires_at": tx.now + LIFETIME,
    }
    row = await tx.one(insert(invitations).values(values).returning(*invitations.c))
    assert row is not None
    tx.audit("invitation.created", row.id, after={"email": email, "role": role})
    return row, token


async def revoke(tx: Tx, invitation_id: str) -> Row:
    """Takes an invitation back. One that was accepted or revoked before is not found."""
    row = None
    if ids.well_formed(invitation_id, "inv"):
        row = await tx.one(
            update(invitations)
            .where(invitations.c.workspace_id == tx.workspace_id, invitations.c.id == invitation_id, *UNANSWERED)
            .values(revoked_at=tx.now)
            .returning(*invitations.c)
        )
    if row is None:
        raise NotFound("There is no such open invitation.")
    tx.actor.must("admin", "admin")
    tx.audit("invitation.revoked", row.id, before={"email": row.email, "role": row.role})
    return row


async def find(database: Database, token: str) -> Row:
    """The open invitation behind a token, with `workspace_name` and, for a former member, `agent_id`. Else 404."""
    rows = await database.run(
        select(invitations, workspaces.c.name.label("workspace_name"), agents.c.id.label("agent_id"))
        .join(workspaces, workspaces.c.id == invitations.c.workspace_id)
        .outerjoin(
            agents, (agents.c.workspace_id == invitations.c.workspace_id) & (agents.c.email == invitations.c.email)
        )
        .where(*_open(token, clock.now()))
    )
    if not rows:
        raise _closed()
    return rows[0]


def invitee(row: Row, name: str, ip: str | None, request_id: str | None) -> Actor:
    """Who accepts the invitation that `find` found: a former member keeps their id."""
    return Actor(
        type="agent",
        workspace_id=row.workspace_id,
        id=row.agent_id or ids.new("agt"),
        name=name,
        role=row.role,
        ip=ip,
        request_id=request_id,
    )


async def accept(tx: Tx, token: str, *, name: str, password_hash: str) -> Row:
    """Makes the holder of the token a member, once. Refuses with 404 when it was used, revoked or has expired."""
    row = await tx.one(
        update(invitations).where(*_open(token, tx.now)).values(accepted_at=tx.now).returning(*invitations.c)
    )
    if row is None:
        raise _closed()
    tx.audit("invitation.accepted", row.id, after={"email": row.email, "role": row.role})
    return await members.add(
        tx, email=row.email, name=name, role=row.role, password_hash=password_hash, agent_id=tx.actor.id
    )


def _open(token: str, now: int) -> tuple[Any, ...]:
    return (invitations.c.token_hash == tokens.digest(token), invitations.c.expires_at > now, *UNANSWERED)


def _closed() -> NotFound:
    return NotFound("This invitation was used, taken back, or has expired. Ask for a new one.")
