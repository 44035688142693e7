"""Claims, messages, and what goes with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _claims()
    _drafts()
    _messages()
    _observers()
    _takeover_requests()


def downgrade() -> None:
    op.drop_table("takeover_requests")
    op.drop_table("observers")
    op.drop_table("messages")
    op.drop_table("drafts")
    op.drop_table("claims")


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_as", sa.Text()),
        sa.Column("end_reason", sa.Text()),
        sa.Column("unclaimed_since", sa.BigInteger()),
        sa.Column("escalated_at", sa.BigInteger()),
        sa.Column("waiting_since", sa.BigInteger()),
        sa.Column("bot_was_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("replied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("stale_at", sa.BigInteger()),
        sa.Column("warned_at", sa.BigInteger()),
        sa.CheckConstraint(
            "ended_as IN ('released','reassigned','resolved','forced','stale',"
            "'member_removed','handed_back','taken_over','undone')",
            name=op.f("claims_ended_as_known"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("claims_end_has_reason")),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("claims_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("claims_workspace_id_agent_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("claims_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("claims_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "conversation_id", "epoch", name=op.f("claims_workspace_id_conversation_id_epoch_key")
        ),
    )
    op.create_index("claims_agent_ended", "claims", ["workspace_id", "agent_id", "ended_at"])
    op.create_index(
        "claims_due",
        "claims",
        ["due_at"],
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("claims_ended_at", "claims", ["workspace_id", "ended_at"])
    op.create_index(
        "claims_held",
        "claims",
        ["workspace_id", "agent_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "claims_one_open",
        "claims",
        ["workspace_id", "conversation_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("claims_started_at", "claims", ["workspace_id", "started_at"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('reply','note')", name=op.f("drafts_kind_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("drafts_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "conversation_id", "agent_id", name=op.f("drafts_pkey")),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_type", sa.Text(), nullable=False),
        sa.Column("author_id", Id),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("external_id", sa.Text()),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "delivery IN ('queued','sent','delivered','read','failed')", name=op.f("messages_delivery_known")
        ),
        sa.CheckConstraint("kind IN ('customer','reply','bot','note','system')", name=op.f("messages_kind_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("messages_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("messages_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "conversation_id", "seq", name=op.f("messages_workspace_id_conversation_id_seq_key")
        ),
    )
    op.create_index(
        "messages_client_id",
        "messages",
        ["workspace_id", "conversation_id", "author_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("client_id IS NOT NULL"),
        sqlite_where=sa.text("client_id IS NOT NULL"),
    )
    op.create_index("messages_created_at", "messages", ["workspace_id", "created_at"])
    op.create_index(
        "messages_external_id",
        "messages",
        ["workspace_id", "channel", "contact_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("external_id IS NOT NULL"),
        sqlite_where=sa.text("external_id IS NOT NULL"),
    )


def _observers() -> None:
    op.create_table(
        "observers",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("observers_workspace_id_agent_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("observers_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "conversation_id", "agent_id", name=op.f("observers_pkey")),
    )
    op.create_index("observers_agent", "observers", ["workspace_id", "agent_id", "conversation_id"])


def _takeover_requests() -> None:
    op.create_table(
        "takeover_requests",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("asker_id", Id, nullable=False),
        sa.Column("assignee_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger()),
        sa.CheckConstraint(
            "state IN ('open','accepted','declined','cancelled','lapsed')", name=op.f("takeover_requests_state_known")
        ),
        sa.CheckConstraint("asker_id <> assignee_id", name=op.f("takeover_requests_asks_somebody_else")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asker_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("takeover_requests_workspace_id_asker_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignee_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("takeover_requests_workspace_id_assignee_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("takeover_requests_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("takeover_requests_pkey")),
    )
    op.create_index(
        "takeover_requests_due",
        "takeover_requests",
        ["expires_at"],
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_index("takeover_requests_newest", "takeover_requests", ["workspace_id", "created_at"])
    op.create_index(
        "takeover_requests_one_open",
        "takeover_requests",
        ["workspace_id", "conversation_id", "asker_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
