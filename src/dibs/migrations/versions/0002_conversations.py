"""Contacts, conversations and tags."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _contacts()
    _tags()
    _contact_identities()
    _conversations()
    _conversation_tags()


def downgrade() -> None:
    op.drop_table("conversation_tags")
    op.drop_table("conversations")
    op.drop_table("contact_identities")
    op.drop_table("tags")
    op.drop_table("contacts")


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("external_id", sa.Text()),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("merged_into", Id),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("merged_into IS NULL OR merged_into <> id", name=op.f("contacts_not_merged_into_itself")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("contacts_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contacts_pkey")),
    )
    op.create_index("contacts_created_at", "contacts", ["workspace_id", "created_at", "id"])


def _tags() -> None:
    op.create_table(
        "tags",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("tags_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("tags_pkey")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("tags_workspace_id_id_key")),
    )


def _contact_identities() -> None:
    op.create_table(
        "contact_identities",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('email','phone','external_id')", name=op.f("contact_identities_kind_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("contact_identities_workspace_id_contact_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "value", name=op.f("contact_identities_pkey")),
    )
    op.create_index("contact_identities_contact", "contact_identities", ["workspace_id", "contact_id"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("language_confidence", sa.Float()),
        sa.Column("language_edited", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("preview", sa.Text()),
        sa.Column("assignee_id", Id),
        sa.Column("claimed_at", sa.BigInteger()),
        sa.Column("claimed_via", sa.Text()),
        sa.Column("epoch", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unclaimed_since", sa.BigInteger()),
        sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("bot_paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("escalated_at", sa.BigInteger()),
        sa.Column("waiting_since", sa.BigInteger()),
        sa.Column("snoozed_until", sa.BigInteger()),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.Column("resolved_by", sa.Text()),
        sa.Column("message_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_message_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "queue_key",
            sa.BigInteger(),
            sa.Computed(
                "CASE WHEN assignee_id IS NULL AND status = 'open' THEN CASE WHEN "
                "escalated_at IS NULL THEN 4503599627370496 ELSE 0 END + "
                "COALESCE(waiting_since, 2251799813685248) END",
                persisted=True,
            ),
        ),
        sa.Column(
            "waiting_key", sa.BigInteger(), sa.Computed("COALESCE(waiting_since, 2251799813685248)", persisted=True)
        ),
        sa.Column(
            "priority_key",
            sa.BigInteger(),
            sa.Computed(
                "(3 - priority) * 4503599627370496 + COALESCE(waiting_since, 2251799813685248)", persisted=True
            ),
        ),
        sa.CheckConstraint(
            "assignee_id IS NULL OR status IN ('open','snoozed')", name=op.f("conversations_assignee_implies_live")
        ),
        sa.CheckConstraint(
            "status IN ('open','snoozed','resolved','archived')", name=op.f("conversations_status_known")
        ),
        sa.CheckConstraint(
            "(assignee_id IS NULL) = (claimed_at IS NULL)", name=op.f("conversations_assignee_has_claimed_at")
        ),
        sa.CheckConstraint("assignee_id IS NOT NULL OR NOT stale", name=op.f("conversations_only_claims_go_stale")),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name=op.f("conversations_priority_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignee_id"],
            ["agents.workspace_id", "agents.id"],
            name=op.f("conversations_workspace_id_assignee_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("conversations_workspace_id_contact_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("conversations_pkey")),
    )
    op.create_index(
        "conversations_assignee",
        "conversations",
        ["workspace_id", "assignee_id", "last_message_at", "id"],
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
        sqlite_where=sa.text("assignee_id IS NOT NULL"),
    )
    op.create_index(
        "conversations_claimed",
        "conversations",
        ["workspace_id", "last_message_at", "id"],
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
        sqlite_where=sa.text("assignee_id IS NOT NULL"),
    )
    op.create_index("conversations_contact", "conversations", ["workspace_id", "contact_id", "last_message_at", "id"])
    op.create_index("conversations_newest", "conversations", ["workspace_id", "last_message_at", "id"])
    op.create_index("conversations_priority", "conversations", ["workspace_id", "priority_key", "id"])
    op.create_index(
        "conversations_snoozed_until",
        "conversations",
        ["snoozed_until"],
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index(
        "conversations_stale",
        "conversations",
        ["workspace_id", "last_message_at", "id"],
        postgresql_where=sa.text("stale"),
        sqlite_where=sa.text("stale"),
    )
    op.create_index("conversations_status", "conversations", ["workspace_id", "status", "last_message_at", "id"])
    op.create_index(
        "conversations_unclaimed",
        "conversations",
        ["workspace_id", "queue_key", "id"],
        postgresql_where=sa.text("queue_key IS NOT NULL"),
        sqlite_where=sa.text("queue_key IS NOT NULL"),
    )
    op.create_index(
        "conversations_unclaimed_channel",
        "conversations",
        ["workspace_id", "channel", "queue_key", "id"],
        postgresql_where=sa.text("queue_key IS NOT NULL"),
        sqlite_where=sa.text("queue_key IS NOT NULL"),
    )
    op.create_index("conversations_waiting", "conversations", ["workspace_id", "waiting_key", "id"])


def _conversation_tags() -> None:
    op.create_table(
        "conversation_tags",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("queue_key", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("conversation_tags_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "tag", "conversation_id", name=op.f("conversation_tags_pkey")),
    )
    op.create_index("conversation_tags_conversation", "conversation_tags", ["workspace_id", "conversation_id"])
    op.create_index(
        "conversation_tags_unclaimed",
        "conversation_tags",
        ["workspace_id", "tag", "queue_key", "conversation_id"],
        postgresql_where=sa.text("queue_key IS NOT NULL"),
        sqlite_where=sa.text("queue_key IS NOT NULL"),
    )
