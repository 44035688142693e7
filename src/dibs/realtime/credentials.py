"""Whether connected sockets may stay: their keys, sessions and agents, looked up for all of them at once."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from dibs import clock
from dibs.accounts.tables import agents, api_keys, sessions
from dibs.actor import ROLES, Actor, Scope
from dibs.db.open import Database
from dibs.db.types import any_of

# A socket is told conversations, so it needs this scope.
SCOPE: Scope = "conversations:read"
UNAUTHENTICATED = 4401
FORBIDDEN = 4403

_KEYS = (
    select(api_keys.c.hash, api_keys.c.revoked_at, api_keys.c.scopes, agents.c.active, agents.c.role)
    .join(agents, (agents.c.workspace_id == api_keys.c.workspace_id) & (agents.c.id == api_keys.c.agent_id))
    .where(any_of(api_keys.c.hash, "hashes"))
)
_SESSIONS = (
    select(sessions.c.token_hash, sessions.c.expires_at, agents.c.active, agents.c.role)
    .join(agents, (agents.c.workspace_id == sessions.c.workspace_id) & (agents.c.id == sessions.c.agent_id))
    .where(any_of(sessions.c.token_hash, "hashes"))
)


class Credential(NamedTuple):
    """What a socket signed in with: the hash of its key or session cookie, and the role it had then."""

    hash: str
    is_key: bool
    role: str


class Loss(NamedTuple):
    """Why a socket must be closed: the WebSocket close code and a sentence."""

    code: int
    reason: str


def credential(actor: Actor, secret_hash: str) -> Credential:
    """The credential of a socket that signs in now. Refuses a key without the scope with 403."""
    actor.must(SCOPE)
    return Credential(secret_hash, actor.scopes is not None, actor.role)


async def lost(database: Database, connected: Iterable[Credential]) -> dict[Credential, Loss]:
    """Which of the credentials no longer hold, and why. Two queries, however many there are."""
    wanted = set(connected)
    keys = [each.hash for each in wanted if each.is_key]
    cookies = [each.hash for each in wanted if not each.is_key]
    found: dict[str, Any] = {}
    if keys:
        found |= {row.hash: row for row in await database.scan(_KEYS, {"hashes": keys})}
    if cookies:
        found |= {row.token_hash: row for row in await database.scan(_SESSIONS, {"hashes": cookies})}
    judged = ((each, _loss(each, found.get(each.hash))) for each in wanted)
    return {each: loss for each, loss in judged if loss is not None}


def _loss(held: Credential, row: Any) -> Loss | None:
    if row is None or not row.active:
        return Loss(UNAUTHENTICATED, "Signed out. Sign in again.")
    if held.is_key and row.revoked_at is not None:
        return Loss(UNAUTHENTICATED, "This API key was revoked.")
    if not held.is_key and row.expires_at <= clock.now():
        return Loss(UNAUTHENTICATED, "Your session has ended. Sign in again.")
    if ROLES.index(row.role) < ROLES.index(held.role):
        return Loss(FORBIDDEN, f"Your role is now {row.role}. Connect again.")
    if held.is_key and SCOPE not in row.scopes:
        return Loss(FORBIDDEN, f"This key lost the scope {SCOPE}.")
    return None
