"""Saved views: the filters and the order of a list under a name, personal or shared with the workspace."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Table, Text, false

from dibs.db.types import Id, Instant, Json, metadata

saved_views = Table(
    "saved_views",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    # The query parameters of GET /v1/conversations, those that were given.
    Column("filters", Json, nullable=False),
    Column("shared", Boolean, nullable=False, server_default=false()),
    Column("owner_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "owner_id"], ["agents.workspace_id", "agents.id"]),
)
Index("saved_views_owner", saved_views.c.workspace_id, saved_views.c.owner_id)
