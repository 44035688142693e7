"""Who does something, through what, and what they may do."""

from typing import Literal

import msgspec
from typing_extensions import TypedDict

from dibs.errors import Forbidden

Role = Literal["viewer", "agent", "admin", "owner"]
ROLES: tuple[Role, ...] = ("viewer", "agent", "admin", "owner")
Scope = Literal[
    "conversations:read",
    "conversations:write",
    "contacts:read",
    "contacts:write",
    "analytics:read",
    "webhooks:write",
    "bot",
    "admin",
]
SCOPES: tuple[Scope, ...] = (
    "conversations:read",
    "conversations:write",
    "contacts:read",
    "contacts:write",
    "analytics:read",
    "webhooks:write",
    "bot",
    "admin",
)
ActorType = Literal["agent", "contact", "bot", "system"]


class ActorShape(TypedDict):
    """Who did something, and through what: `ui`, `api`, `slack`, `email`, `cli`, `rule` or `timer`."""

    type: ActorType
    id: str | None
    name: str
    via: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The one who acts: an agent (through `ui`, `api`, `slack`, `email`), a contact, the `bot` or the `system`.

    `scopes` is None for a signed-in person, who has every scope of the role.
    """

    type: ActorType
    workspace_id: str
    id: str | None = None
    name: str = ""
    via: str = "ui"
    role: Role = "viewer"
    scopes: frozenset[str] | None = None
    credential_id: str | None = None
    ip: str | None = None
    request_id: str | None = None

    def is_at_least(self, role: Role) -> bool:
        """Whether this actor's role reaches `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def may(self, scope: Scope | None, role: Role = "viewer") -> bool:
        """Whether both the key's scopes and the role reach. The system may everything; `scope=None` asks for any."""
        if self.type == "system":
            return True
        return self.is_at_least(role) and (scope is None or self.scopes is None or scope in self.scopes)

    def must(self, scope: Scope | None, role: Role = "viewer") -> None:
        """Refuses with 403 `forbidden`, naming the scope or role that is missing."""
        if self.type == "system":
            return
        if not self.is_at_least(role):
            raise Forbidden(f"This needs the role {role} or higher; yours is {self.role}.", needs=role)
        if scope is not None and self.scopes is not None and scope not in self.scopes:
            raise Forbidden(f"This key lacks the scope {scope}; make one that has it.", needs=scope)

    def shape(self) -> ActorShape:
        """The actor as events, audit rows and history show it."""
        return {"type": self.type, "id": self.id, "name": self.name, "via": self.via}


def system(workspace_id: str, name: str, via: str = "rule") -> Actor:
    """A rule or a timer that acts by itself, named for the audit, such as `Auto-release`."""
    return Actor(type="system", workspace_id=workspace_id, name=name, via=via, role="owner")
