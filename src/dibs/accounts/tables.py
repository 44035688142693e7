"""Workspaces, agents and the ways in: sessions, API keys, invitations, password resets."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from dibs.db.types import Id, Instant, Json, metadata

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    # The six characters that API keys of this workspace carry.
    Column("key_prefix", Text, nullable=False, unique=True),
    # Only what differs from the defaults, see accounts/settings.py.
    Column("settings", Json, nullable=False),
    # +1 whenever settings or pools change: processes keep both by this number.
    Column("rules_version", Integer, nullable=False, server_default="1"),
    Column("created_at", Instant, nullable=False),
)

agents = Table(
    "agents",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    # Lower case.
    Column("email", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("availability", Text, nullable=False, server_default="available"),
    Column("skills", Json, nullable=False),
    Column("languages", Json, nullable=False),
    Column("preferences", Json, nullable=False),
    Column("password_hash", Text),
    # Last work, as product 5 defines it: a heartbeat with input, or a writing call.
    Column("last_active_at", Instant, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    CheckConstraint("role IN ('viewer','agent','admin','owner')", name="role_known"),
    CheckConstraint("availability IN ('available','away','off_shift')", name="availability_known"),
    CheckConstraint("removed_at IS NULL OR NOT active", name="removed_is_inactive"),
    UniqueConstraint("workspace_id", "email"),
)
# Sign-in starts from an address alone; it may be known to several workspaces.
Index("agents_email", agents.c.email)

sessions = Table(
    "sessions",
    metadata,
    # SHA-256 of the cookie: a look-up that finds the workspace.
    Column("token_hash", Text, primary_key=True),
    Column("id", Id, nullable=False),
    Column("workspace_id", Id, nullable=False),
    Column("agent_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ip", Text),
    Column("user_agent", Text),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
)
Index("sessions_agent", sessions.c.workspace_id, sessions.c.agent_id)
Index("sessions_expires_at", sessions.c.expires_at)

api_keys = Table(
    "api_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    # SHA-256 of the key: a look-up that finds the workspace.
    Column("hash", Text, nullable=False, unique=True),
    Column("agent_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Json, nullable=False),
    # The first ten characters, to recognise it by.
    Column("hint", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
)
Index("api_keys_agent", api_keys.c.workspace_id, api_keys.c.agent_id)

invitations = Table(
    "invitations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("email", Text, nullable=False),
    Column("name", Text),
    Column("role", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("revoked_at", Instant),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    CheckConstraint("role IN ('viewer','agent','admin','owner')", name="role_known"),
)

password_resets = Table(
    "password_resets",
    metadata,
    # SHA-256 of the token: a look-up that finds the workspace.
    Column("token_hash", Text, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("agent_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
)
