"""Articles, turns of the bot, and why it stepped back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from dibs.migrations import article_ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As dibs.db.types has it today; a migration stays what it was.
Id = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    _articles()
    _bot_turns()
    _escalations()
    _bot_keys()
    _execute(article_ddl.SQLITE, article_ddl.POSTGRES)


def downgrade() -> None:
    _execute(article_ddl.SQLITE_DROP, article_ddl.POSTGRES_DROP)
    op.drop_table("bot_keys")
    op.drop_table("escalations")
    op.drop_table("bot_turns")
    op.drop_table("articles")


def _execute(sqlite: list[str], postgres: list[str]) -> None:
    connection = op.get_bind()
    for statement in sqlite if connection.dialect.name == "sqlite" else postgres:
        connection.exec_driver_sql(statement)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("hand_to_human", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("articles_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("articles_pkey")),
    )
    op.create_index(
        "articles_source",
        "articles",
        ["workspace_id", "source"],
        unique=True,
        postgresql_where=sa.text("source IS NOT NULL"),
        sqlite_where=sa.text("source IS NOT NULL"),
    )
    op.create_index("articles_updated_at", "articles", ["workspace_id", "updated_at", "id"])


def _bot_turns() -> None:
    op.create_table(
        "bot_turns",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("upto_seq", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("leased_until", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message_id", Id),
        sa.Column("confidence", sa.Float()),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint(
            "(state = 'answered') = (message_id IS NOT NULL)", name=op.f("bot_turns_answered_has_message")
        ),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("bot_turns_ended_has_time")),
        sa.CheckConstraint("state IN ('open','answered','silent','expired')", name=op.f("bot_turns_state_known")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("bot_turns_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("bot_turns_pkey")),
    )
    op.create_index("bot_turns_conversation", "bot_turns", ["workspace_id", "conversation_id", "started_at"])
    op.create_index("bot_turns_started_at", "bot_turns", ["workspace_id", "started_at", "id"])
    op.create_index("bot_turns_id", "bot_turns", ["id"])
    op.create_index(
        "bot_turns_one_open",
        "bot_turns",
        ["workspace_id", "conversation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "bot_turns_open",
        "bot_turns",
        ["started_at"],
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("cleared_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("escalations_workspace_id_conversation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("escalations_pkey")),
    )
    op.create_index("escalations_conversation", "escalations", ["workspace_id", "conversation_id", "at"])


def _bot_keys() -> None:
    op.create_table(
        "bot_keys",
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("bot_keys_workspace_id_fkey")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("bot_keys_pkey")),
    )
