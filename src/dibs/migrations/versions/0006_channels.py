"""Connected channels, what they remember, and what conversations and messages have of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _channels()
    _visitors()
    _visitor_conversations()
    _mails()
    _early_statuses()
    _reactions()
    _message_html()
    op.add_column("conversations", sa.Column("channel_id", Id))
    op.add_column("conversations", sa.Column("reply_until", sa.BigInteger()))
    # Not batched: that would rebuild the table, with its generated columns and triggers.
    op.execute(
        "ALTER TABLE conversations ADD COLUMN spam BOOLEAN DEFAULT FALSE NOT NULL"
        " CONSTRAINT conversations_spam_is_archived CHECK (NOT spam OR status = 'archived')"
    )
    op.add_column("messages", sa.Column("details", sa.Text()))
    # The channel's own id before the contact: a status names no contact.
    op.drop_index("messages_external_id", "messages")
    _index_external_ids("external_id", "contact_id")
    op.create_index(
        "conversations_spam",
        "conversations",
        ["workspace_id", "last_message_at", "id"],
        postgresql_where=sa.text("spam"),
        sqlite_where=sa.text("spam"),
    )
    op.add_column("contacts", sa.Column("erased_at", sa.BigInteger()))
    op.create_index("messages_thread", "messages", ["workspace_id", "conversation_id", "created_at", "seq"])


def downgrade() -> None:
    op.drop_index("messages_thread", "messages")
    op.drop_index("messages_external_id", "messages")
    _index_external_ids("contact_id", "external_id")
    op.drop_column("messages", "details")
    op.drop_column("contacts", "erased_at")
    op.drop_index("conversations_spam", "conversations")
    for name in ("spam", "reply_until", "channel_id"):
        op.drop_column("conversations", name)
    op.drop_table("message_html")
    op.drop_table("reactions")
    op.drop_table("early_statuses")
    op.drop_table("mails")
    op.drop_table("visitor_conversations")
    op.drop_table("visitors")
    op.drop_table("channels")


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("secrets", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("progress", sa.Text()),
        sa.Column("reader", sa.Text()),
        sa.Column("reader_until", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger()),
        sa.CheckConstraint("kind IN ('widget','whatsapp','email')", name=op.f("channels_kind_known")),
        sa.CheckConstraint("removed_at IS NULL OR NOT active", name=op.f("channels_removed_is_inactive")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("channels_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("channels_pkey")),
    )
    op.create_index(
        "channels_address",
        "channels",
        ["kind", "address"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
        sqlite_where=sa.text("removed_at IS NULL"),
    )


def _visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("channel_id", Id, nullable=False),
        sa.Column("contact_id", Id),
        sa.Column("verified", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("page_url", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channels.workspace_id", "channels.id"],
            name=op.f("visitors_workspace_id_channel_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("visitors_workspace_id_contact_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("visitors_pkey")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("visitors_workspace_id_id_key")),
    )
    op.create_index("visitors_contact", "visitors", ["workspace_id", "contact_id"])
    op.create_index("visitors_last_seen_at", "visitors", ["last_seen_at"])


def _visitor_conversations() -> None:
    op.create_table(
        "visitor_conversations",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("visitor_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("visitor_conversations_workspace_id_conversation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "visitor_id"],
            ["visitors.workspace_id", "visitors.id"],
            name=op.f("visitor_conversations_workspace_id_visitor_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "visitor_id", "conversation_id", name=op.f("visitor_conversations_pkey")
        ),
    )
    op.create_index("visitor_conversations_conversation", "visitor_conversations", ["workspace_id", "conversation_id"])


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("channel_id", Id, nullable=False),
        sa.Column("message_id_header", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text()),
        sa.Column("conversation_id", Id),
        sa.Column("message_id", Id),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("refers_to", sa.Text(), nullable=False),
        sa.Column("ignored_as", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("direction IN ('in','out')", name=op.f("mails_direction_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channels.workspace_id", "channels.id"],
            name=op.f("mails_workspace_id_channel_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "message_id_header", name=op.f("mails_pkey")),
    )
    op.create_index("mails_conversation", "mails", ["workspace_id", "conversation_id", "created_at"])
    op.create_index("mails_message", "mails", ["workspace_id", "message_id"])


def _early_statuses() -> None:
    op.create_table(
        "early_statuses",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("channel_id", Id, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channels.workspace_id", "channels.id"],
            name=op.f("early_statuses_workspace_id_channel_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "channel_id", "external_id", "delivery", name=op.f("early_statuses_pkey")
        ),
    )
    op.create_index("early_statuses_created_at", "early_statuses", ["created_at"])


def _index_external_ids(*last: str) -> None:
    op.create_index(
        "messages_external_id",
        "messages",
        ["workspace_id", "channel", *last],
        unique=True,
        postgresql_where=sa.text("external_id IS NOT NULL"),
        sqlite_where=sa.text("external_id IS NOT NULL"),
    )


def _reactions() -> None:
    op.create_table(
        "reactions",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("channel_id", Id, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("emoji", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channels.workspace_id", "channels.id"],
            name=op.f("reactions_workspace_id_channel_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "external_id", name=op.f("reactions_pkey")),
    )
    op.create_index("reactions_created_at", "reactions", ["created_at"])


def _message_html() -> None:
    op.create_table(
        "message_html",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("message_id", Id, nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "message_id"],
            ["messages.workspace_id", "messages.id"],
            name=op.f("message_html_workspace_id_message_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "message_id", name=op.f("message_html_pkey")),
    )
