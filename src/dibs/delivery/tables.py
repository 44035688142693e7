"""In-app notifications and the outbox: rows written in the transaction of their cause."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from dibs.db.types import Id, Instant, Json, metadata, partial_index

notifications = Table(
    "notifications",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("agent_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("conversation_id", Id),
    Column("text", Text, nullable=False),
    Column("note", Text),
    Column("link", Text),
    Column("actor", Json, nullable=False),
    Column("seen_at", Instant),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
)
Index("notifications_agent", notifications.c.workspace_id, notifications.c.agent_id, notifications.c.id)

# What is to leave this process, written in the transaction that caused it.
outbox = Table(
    "outbox",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    # Also what the other side can tell a repeat by.
    Column("id", Id, primary_key=True),
    # Which deliverer takes it: `channel`; later `webhook`, `slack`, `mail`.
    Column("topic", Text, nullable=False),
    # Whom it goes to: one that is dead keeps no other waiting.
    Column("target", Id, nullable=False),
    # Within a lane the order of seq is kept: nothing leaves before what stands ahead of it is settled.
    Column("lane", Id, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("message_id", Id),
    Column("body", Json),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    # Held by one worker until then; after that another may take it.
    Column("lease", Text),
    Column("leased_until", Instant),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    UniqueConstraint("workspace_id", "topic", "lane", "seq"),
    CheckConstraint("state IN ('queued','done','failed')", name="state_known"),
    CheckConstraint("(state = 'queued') = (settled_at IS NULL)", name="settled_has_time"),
)
_queued = outbox.c.state == text("'queued'")
partial_index("outbox_due", outbox.c.due_at, where=_queued)
partial_index("outbox_lane", outbox.c.workspace_id, outbox.c.topic, outbox.c.lane, outbox.c.seq, where=_queued)
partial_index("outbox_message", outbox.c.workspace_id, outbox.c.message_id, where=outbox.c.message_id.is_not(None))
Index("outbox_settled_at", outbox.c.settled_at)
