"""The ledger, and accounts: workspaces, agents and their ways in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _counters()
    _events()
    _idempotency_keys()
    _workspaces()
    _agents()
    _audit_rows()
    _invitations()
    _api_keys()
    _password_resets()
    _sessions()


def downgrade() -> None:
    op.drop_table("sessions")
    op.drop_table("password_resets")
    op.drop_table("api_keys")
    op.drop_table("invitations")
    op.drop_table("audit_rows")
    op.drop_table("agents")
    op.drop_table("workspaces")
    op.drop_table("idempotency_keys")
    op.drop_table("events")
    op.drop_table("counters")


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("event_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("audit_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("audit_hash", sa.Text(), server_default="0" * 64, nullable=False),
        sa.Column("audit_purged_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("audit_purged_hash", sa.Text(), server_default="0" * 64, nullable=False),
        sa.Column("event_purged_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("counters_pkey")),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id),
        sa.Column("agent_id", Id),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "seq", name=op.f("events_pkey")),
    )
    op.create_index("events_at", "events", ["at"])


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "actor_id", "route", "key", name=op.f("idempotency_keys_pkey")),
    )
    op.create_index("idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_prefix", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("workspaces_pkey")),
        sa.UniqueConstraint("key_prefix", name=op.f("workspaces_key_prefix_key")),
    )


def _agents() -> None:
    op.create_table(
        "agents",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("availability", sa.Text(), server_default="available", nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("preferences", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("last_active_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger()),
        sa.CheckConstraint("availability IN ('available','away','off_shift')", name=op.f("agents_availability_known")),
        sa.CheckConstraint("role IN ('viewer','agent','admin','owner')", name=op.f("agents_role_known")),
        sa.CheckConstraint("removed_at IS NULL OR NOT active", name=op.f("agents_removed_is_inactive")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("agents_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("agents_pkey")),
        sa.UniqueConstraint("workspace_id", "email", name=op.f("agents_workspace_id_email_key")),
    )
    op.create_index("agents_email", "agents", ["email"])


def _audit_rows() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_id", Id),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("ip", sa.Text()),
        sa.Column("request_id", sa.Text()),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name=op.f("audit_rows_hash_is_sha256")),
        sa.ForeignKeyConstraint(["workspace_id"], ["counters.workspace_id"], name=op.f("audit_rows_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "seq", name=op.f("audit_rows_pkey")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("audit_rows_workspace_id_id_key")),
    )
    op.create_index("audit_rows_action", "audit_rows", ["workspace_id", "action", "seq"])
    op.create_index("audit_rows_actor", "audit_rows", ["workspace_id", "actor_id", "seq"])
    op.create_index("audit_rows_at", "audit_rows", ["workspace_id", "at"])
    op.create_index("audit_rows_conversation", "audit_rows", ["workspace_id", "conversation_id", "seq"])


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.CheckConstraint("role IN ('viewer','agent','admin','owner')", name=op.f("invitations_role_known")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("invitations_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("invitations_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("invitations_token_hash_key")),
    )


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("api_keys_workspace_id_agent_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("api_keys_pkey")),
        sa.UniqueConstraint("hash", name=op.f("api_keys_hash_key")),
    )
    op.create_index("api_keys_agent", "api_keys", ["workspace_id", "agent_id"])


def _password_resets() -> None:
    op.create_table(
        "password_resets",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("password_resets_workspace_id_agent_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("password_resets_pkey")),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ip", sa.Text()),
        sa.Column("user_agent", sa.Text()),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("sessions_workspace_id_agent_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("sessions_pkey")),
    )
    op.create_index("sessions_agent", "sessions", ["workspace_id", "agent_id"])
    op.create_index("sessions_expires_at", "sessions", ["expires_at"])
