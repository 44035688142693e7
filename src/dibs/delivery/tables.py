"""In-app notifications: rows written in the transaction of their cause."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Table, Text

from dibs.db.types import Id, Instant, Json, metadata

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
