"""Articles that the bot answers from, its turns, and why it stepped back."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
    true,
)

from dibs.db.types import Id, Instant, Json, metadata, partial_index

articles = Table(
    "articles",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("title", Text, nullable=False),
    # Markdown.
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", Boolean, nullable=False, server_default=true()),
    # What it is about is for people: the bot hands the conversation over.
    Column("hand_to_human", Boolean, nullable=False, server_default=false()),
    # The address or file it was imported from; importing that again changes this article.
    Column("source", Text),
    # What the full-text index has of it: see knowledge.py.
    Column("words", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)
Index("articles_updated_at", articles.c.workspace_id, articles.c.updated_at, articles.c.id)
partial_index(
    "articles_source", articles.c.workspace_id, articles.c.source, unique=True, where=articles.c.source.is_not(None)
)

bot_turns = Table(
    "bot_turns",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, nullable=False),
    # Which bot it was given to: `builtin`, `openai` or `external`.
    Column("bot", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Messages after this number and up to that one are what it answers; later ones join the next turn.
    Column("after_seq", Integer, nullable=False),
    Column("upto_seq", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # Held by one process until then, for the bots that run inside.
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("message_id", Id),
    Column("confidence", Float),
    # Ids and titles of the articles that the answer stands on.
    Column("articles", Json, nullable=False),
    Column("error", Text),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    CheckConstraint("state IN ('open','answered','silent','expired')", name="state_known"),
    CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_time"),
    CheckConstraint("(state = 'answered') = (message_id IS NOT NULL)", name="answered_has_message"),
)
_open = bot_turns.c.state == text("'open'")
partial_index("bot_turns_one_open", bot_turns.c.workspace_id, bot_turns.c.conversation_id, unique=True, where=_open)
partial_index("bot_turns_open", bot_turns.c.started_at, where=_open)
Index("bot_turns_conversation", bot_turns.c.workspace_id, bot_turns.c.conversation_id, bot_turns.c.started_at)
Index("bot_turns_started_at", bot_turns.c.workspace_id, bot_turns.c.started_at, bot_turns.c.id)
# Tells another workspace's turn from one that never was.
Index("bot_turns_id", bot_turns.c.id)

# The hand-off card: why the bot stepped back and what it had tried.
escalations = Table(
    "escalations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    # Which trigger: `request`, `low_confidence`, `frustration`, `rule`, `article`, `bot`.
    Column("trigger", Text, nullable=False),
    # In words, for the card.
    Column("reason", Text, nullable=False),
    Column("tried", Integer, nullable=False),
    Column("articles", Json, nullable=False),
    Column("cleared_at", Instant),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
)
Index("escalations_conversation", escalations.c.workspace_id, escalations.c.conversation_id, escalations.c.at)

# The key of the workspace's chat endpoint, sealed by the keyring.
bot_keys = Table(
    "bot_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)
