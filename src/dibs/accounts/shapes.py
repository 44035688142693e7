"""What accounts look like from outside: one function per noun, used by answers and events alike."""

from typing import Any

from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.fields import Availability
from dibs.accounts.preferences import Preferences
from dibs.actor import SCOPES, Actor, Role, Scope
from dibs.db.compiled import Row


class AgentName(TypedDict):
    """An agent; one who left keeps both."""

    id: str
    name: str


class Agent(TypedDict):
    """A member of the workspace."""

    id: str
    name: str
    email: str
    role: Role
    active: bool
    skills: list[str]
    languages: list[str]
    availability: Availability


class NewAgent(Agent):
    """An agent who was just added; `password` is there once, when Dibs made it up."""

    password: str | None


class AgentPage(TypedDict):
    """One page of agents."""

    data: list[Agent]
    next_cursor: str | None


class Workspace(TypedDict):
    """The workspace in which somebody acts."""

    id: str
    name: str


class Limits(TypedDict):
    """What this installation takes, to be said before somebody tries."""

    # In bytes.
    upload_bytes: int


class Me(TypedDict):
    """Who is signed in, or whose key it is, and what they may do."""

    agent: Agent
    workspace: Workspace
    role: Role
    scopes: list[Scope]
    preferences: Preferences
    limits: Limits


class Session(TypedDict):
    """One browser in which an agent is signed in."""

    id: str
    current: bool
    created_at: str
    expires_at: str
    ip: str | None
    user_agent: str | None


class SessionPage(TypedDict):
    """One page of sessions."""

    data: list[Session]
    next_cursor: str | None


class ApiKey(TypedDict):
    """An API key as lists show it: `hint` is how it begins."""

    id: str
    name: str
    agent_id: str
    scopes: list[Scope]
    hint: str
    created_at: str
    revoked_at: str | None


class NewApiKey(ApiKey):
    """A key that was just made; `key` is shown this once."""

    key: str


class ApiKeyPage(TypedDict):
    """One page of API keys."""

    data: list[ApiKey]
    next_cursor: str | None


class Invitation(TypedDict):
    """An invitation to join the workspace."""

    id: str
    email: str
    name: str | None
    role: Role
    created_at: str
    expires_at: str
    accepted_at: str | None
    revoked_at: str | None


class NewInvitation(Invitation):
    """An invitation that was just made; `token` and `link` are shown this once."""

    token: str
    link: str


class InvitationPage(TypedDict):
    """One page of invitations."""

    data: list[Invitation]
    next_cursor: str | None


class OpenInvitation(TypedDict):
    """What somebody who holds an invitation's token may see."""

    workspace: str
    email: str
    name: str | None
    role: Role
    expires_at: str


class ResetLink(TypedDict):
    """A link with which an agent sets a new password; shown once."""

    agent_id: str
    token: str
    link: str
    expires_at: str


class Address(TypedDict):
    """The address that a new password belongs to."""

    email: str


class Accepted(TypedDict):
    """The same answer whether or not the address is known."""

    status: str


def agent(row: Row) -> Agent:
    """An agent from its row."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "role": row.role,
        "active": row.active,
        "skills": row.skills,
        "languages": row.languages,
        "availability": row.availability,
    }


def me(actor: Actor, row: Row, workspace: Row, *, upload_bytes: int) -> dict[str, Any]:
    """`Me` of an actor whose agent and workspace rows are given. A signed-in person has every scope of the role."""
    return {
        "agent": agent(row),
        "workspace": {"id": workspace.id, "name": workspace.name},
        "role": row.role,
        "scopes": [scope for scope in SCOPES if actor.scopes is None or scope in actor.scopes],
        "preferences": Preferences(**row.preferences).model_dump(),
        "limits": {"upload_bytes": upload_bytes},
    }


def session(row: Row, current: str | None) -> Session:
    """A session from its row; `current` is the id of the one that asks."""
    return {
        "id": row.id,
        "current": row.id == current,
        "created_at": clock.iso(row.created_at),
        "expires_at": clock.iso(row.expires_at),
        "ip": row.ip,
        "user_agent": row.user_agent,
    }


def api_key(row: Row) -> ApiKey:
    """An API key from its row, without the key."""
    return {
        "id": row.id,
        "name": row.name,
        "agent_id": row.agent_id,
        "scopes": row.scopes,
        "hint": row.hint,
        "created_at": clock.iso(row.created_at),
        "revoked_at": clock.iso_or_none(row.revoked_at),
    }


def invitation(row: Row) -> Invitation:
    """An invitation from its row, without the token."""
    return {
        "id": row.id,
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "created_at": clock.iso(row.created_at),
        "expires_at": clock.iso(row.expires_at),
        "accepted_at": clock.iso_or_none(row.accepted_at),
        "revoked_at": clock.iso_or_none(row.revoked_at),
    }
