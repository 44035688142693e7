"""API keys: each acts as its agent, narrowed by its scopes."""

from collections.abc import Collection

from sqlalchemy import insert, update

from dibs import ids
from dibs.accounts import tokens
from dibs.accounts.agents import must_manage
from dibs.accounts.queries import agent as member
from dibs.accounts.queries import workspace
from dibs.accounts.tables import api_keys
from dibs.actor import ROLES, SCOPES, Actor, Role, Scope
from dibs.db.compiled import Row
from dibs.errors import Forbidden, Invalid, NotFound
from dibs.tx import Tx

# The least role that a scope is of use to.
_NEEDS: dict[Scope, Role] = {
    "conversations:read": "viewer",
    "conversations:write": "agent",
    "contacts:read": "viewer",
    "contacts:write": "agent",
    "analytics:read": "viewer",
    "webhooks:write": "admin",
    "bot": "agent",
    "admin": "admin",
}


def scopes_of(role: Role) -> list[Scope]:
    """Every scope that is of use to the role."""
    return [scope for scope in SCOPES if ROLES.index(_NEEDS[scope]) <= ROLES.index(role)]


async def create(tx: Tx, agent_id: str, scopes: Collection[Scope], *, name: str) -> tuple[Row, str]:
    """Makes a key that acts as the agent, and returns it with the key itself, which is stored as its hash only.

    Whoever is signed in makes their own; for others it takes who may manage them. A key makes keys only with the scope
    admin. Refuses with 403 a scope that the calling key lacks, and `admin` for who is no admin; with 422 an inactive
    agent.
    """
    row = await member(tx.run, tx.workspace_id, agent_id)
    _refuse_small_keys(tx.actor)
    if row.id != tx.actor.id:
        must_manage(tx.actor, row.role)
    for scope in scopes:
        tx.actor.must(scope)
    if "admin" in scopes and ROLES.index(row.role) < ROLES.index("admin"):
        raise Forbidden("Only an admin's key can have the scope admin.", needs="admin")
    if not row.active:
        raise Invalid("agent_id", f"{row.name} is deactivated")
    key = tokens.api_key((await workspace(tx.run, tx.workspace_id)).key_prefix)
    values = {
        "workspace_id": tx.workspace_id,
        "id": ids.new("key"),
        "hash": tokens.digest(key),
        "agent_id": row.id,
        "name": name,
        "scopes": [scope for scope in SCOPES if scope in scopes],
        "hint": key[: tokens.HINT],
        "created_at": tx.now,
    }
    made = await tx.one(insert(api_keys).values(values).returning(*api_keys.c))
    assert made is not None
    tx.audit("api_key.created", made.id, after={name: values[name] for name in ("name", "agent_id", "scopes", "hint")})
    return made, key


async def revoke(tx: Tx, key_id: str) -> Row:
    """Ends a key at once: one's own, or as an admin anybody's. A key that is revoked already is not found."""
    row = None
    if ids.well_formed(key_id, "key"):
        row = await tx.one(
            update(api_keys)
            .where(api_keys.c.workspace_id == tx.workspace_id, api_keys.c.id == key_id, api_keys.c.revoked_at.is_(None))
            .values(revoked_at=tx.now)
            .returning(*api_keys.c)
        )
    if row is None:
        raise NotFound("There is no such key, or it is revoked already.")
    may_see(tx.actor, row.agent_id)
    tx.audit("api_key.revoked", row.id, before={"name": row.name, "agent_id": row.agent_id})
    return row


def may_see(actor: Actor, agent_id: str | None) -> None:
    """Refuses with 403 to show or end other people's keys to who is no admin, and any to a key without admin."""
    _refuse_small_keys(actor)
    if agent_id != actor.id:
        actor.must("admin", "admin")


def _refuse_small_keys(actor: Actor) -> None:
    # A key that leaked must not make another one, which would outlive it.
    if actor.scopes is not None:
        actor.must("admin", "admin")
