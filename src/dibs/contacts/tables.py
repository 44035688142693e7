"""Contacts: customers, with the identities by which channels know them."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Table, Text, false

from dibs.db.types import Id, Instant, metadata

contacts = Table(
    "contacts",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("external_id", Text),
    Column("blocked", Boolean, nullable=False, server_default=false()),
    # Set when this contact was merged: everything of it now belongs to that one.
    Column("merged_into", Id),
    # Set when an admin erased this contact: nothing of the customer is left, and nothing is added any more.
    Column("erased_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    CheckConstraint("merged_into IS NULL OR merged_into <> id", name="not_merged_into_itself"),
)
Index("contacts_created_at", contacts.c.workspace_id, contacts.c.created_at, contacts.c.id)

contact_identities = Table(
    "contact_identities",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("contact_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("kind IN ('email','phone','external_id')", name="kind_known"),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
)
Index("contact_identities_contact", contact_identities.c.workspace_id, contact_identities.c.contact_id)
