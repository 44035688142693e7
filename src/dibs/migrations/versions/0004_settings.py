"""What teams set up and read: pools, views, replies, notifications, refused claims."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _claim_refusals()
    _pools()
    _canned_replies()
    _notifications()
    _saved_views()


def downgrade() -> None:
    op.drop_table("saved_views")
    op.drop_table("notifications")
    op.drop_table("canned_replies")
    op.drop_table("pools")
    op.drop_table("claim_refusals")


def _claim_refusals() -> None:
    op.create_table(
        "claim_refusals",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("lead_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("claim_refusals_pkey")),
    )
    op.create_index("claim_refusals_at", "claim_refusals", ["at"])
    op.create_index("claim_refusals_workspace_at", "claim_refusals", ["workspace_id", "at"])


def _pools() -> None:
    op.create_table(
        "pools",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text()),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("pools_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pools_pkey")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("pools_workspace_id_name_key")),
    )


def _canned_replies() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shortcut", sa.Text()),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("canned_replies_workspace_id_author_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("canned_replies_pkey")),
        sa.UniqueConstraint("workspace_id", "shortcut", name=op.f("canned_replies_workspace_id_shortcut_key")),
    )


def _notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("agent_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("notifications_workspace_id_agent_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("notifications_pkey")),
    )
    op.create_index("notifications_agent", "notifications", ["workspace_id", "agent_id", "id"])


def _saved_views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("saved_views_workspace_id_owner_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("saved_views_pkey")),
    )
    op.create_index("saved_views_owner", "saved_views", ["workspace_id", "owner_id"])
