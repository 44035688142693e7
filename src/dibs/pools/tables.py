"""Pools: rules about which agents may claim which conversations."""

from sqlalchemy import Column, ForeignKeyConstraint, Table, Text, UniqueConstraint

from dibs.db.types import Id, Instant, Json, metadata

pools = Table(
    "pools",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("members", Json, nullable=False),
    Column("skill", Text),
    # {"tags": […], "priorities": […], "languages": […], "channels": […]}: any one that is met is enough.
    Column("conditions", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "name"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)
