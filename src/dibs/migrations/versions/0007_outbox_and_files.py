"""What is to leave, and files that come with messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _outbox()
    _files()


def downgrade() -> None:
    op.drop_table("files")
    op.drop_table("outbox")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("target", Id, nullable=False),
        sa.Column("lane", Id, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("message_id", Id),
        sa.Column("body", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.Text()),
        sa.Column("leased_until", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.CheckConstraint("(state = 'queued') = (settled_at IS NULL)", name=op.f("outbox_settled_has_time")),
        sa.CheckConstraint("state IN ('queued','done','failed')", name=op.f("outbox_state_known")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("outbox_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "topic", "lane", "seq", name=op.f("outbox_workspace_id_topic_lane_seq_key")
        ),
    )
    op.create_index(
        "outbox_due",
        "outbox",
        ["due_at"],
        postgresql_where=sa.text("state = 'queued'"),
        sqlite_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "outbox_lane",
        "outbox",
        ["workspace_id", "topic", "lane", "seq"],
        postgresql_where=sa.text("state = 'queued'"),
        sqlite_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "outbox_message",
        "outbox",
        ["workspace_id", "message_id"],
        postgresql_where=sa.text("message_id IS NOT NULL"),
        sqlite_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_index("outbox_settled_at", "outbox", ["settled_at"])


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id),
        sa.Column("message_id", Id),
        sa.Column("owner_id", Id),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("stored_as", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(conversation_id IS NULL) = (message_id IS NULL)", name=op.f("files_sent_with_a_message")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("files_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("files_pkey")),
    )
    op.create_index("files_conversation", "files", ["workspace_id", "conversation_id"])
    op.create_index("files_stored_as", "files", ["stored_as"])
    op.create_index(
        "files_unsent",
        "files",
        ["created_at"],
        postgresql_where=sa.text("message_id IS NULL"),
        sqlite_where=sa.text("message_id IS NULL"),
    )
