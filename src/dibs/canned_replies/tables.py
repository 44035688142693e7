"""Canned replies: texts that agents insert instead of typing them again."""

from sqlalchemy import Column, ForeignKeyConstraint, Table, Text, UniqueConstraint

from dibs.db.types import Id, Instant, metadata

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    # What is typed after the slash; null when it is only picked from the list.
    Column("shortcut", Text),
    Column("author_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "shortcut"),
    ForeignKeyConstraint(["workspace_id", "author_id"], ["agents.workspace_id", "agents.id"]),
)
