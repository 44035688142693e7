"""Connected channels, and what they must remember: visitors of the widget, mails, statuses that came too early."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from dibs.db.types import Id, Instant, Json, metadata, partial_index

channels = Table(
    "channels",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    # By what an inbound call finds it: a phone number id, a mail address, a widget's public key.
    Column("address", Text, nullable=False),
    Column("settings", Json, nullable=False),
    # Passwords and tokens, sealed by the keyring; never shown.
    Column("secrets", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    # What went wrong last, in a sentence for the admin; null while it works.
    Column("problem", Text),
    # Where reading goes on, in the channel's own words (the last UID of a mailbox).
    Column("progress", Json),
    # The process that reads it, and until when nobody else may.
    Column("reader", Text),
    Column("reader_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("removed_at", Instant),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    CheckConstraint("kind IN ('widget','whatsapp','email')", name="kind_known"),
    CheckConstraint("removed_at IS NULL OR NOT active", name="removed_is_inactive"),
)
# Inbound calls name only their address: it leads to one workspace.
partial_index(
    "channels_address", channels.c.kind, channels.c.address, unique=True, where=channels.c.removed_at.is_(None)
)

visitors = Table(
    "visitors",
    metadata,
    # SHA-256 of the visitor's token: a look-up that finds the workspace.
    Column("token_hash", Text, primary_key=True),
    Column("workspace_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    # Null until they write or are identified.
    Column("contact_id", Id),
    # The host page proved who they are (HMAC): they see that contact's conversations, not only their own.
    Column("verified", Boolean, nullable=False, server_default=false()),
    Column("page_url", Text),
    Column("language", Text),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id", "channel_id"], ["channels.workspace_id", "channels.id"]),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
)
Index("visitors_contact", visitors.c.workspace_id, visitors.c.contact_id)
Index("visitors_last_seen_at", visitors.c.last_seen_at)

# Which visitor began which widget conversation: an anonymous one sees these alone.
visitor_conversations = Table(
    "visitor_conversations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("visitor_id", Id, primary_key=True),
    Column("conversation_id", Id, primary_key=True),
    ForeignKeyConstraint(["workspace_id", "visitor_id"], ["visitors.workspace_id", "visitors.id"]),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
)
Index(
    "visitor_conversations_conversation",
    visitor_conversations.c.workspace_id,
    visitor_conversations.c.conversation_id,
)

# Every mail in or out by its Message-ID: what a reply refers to finds its conversation here.
mails = Table(
    "mails",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("channel_id", Id, primary_key=True),
    # Without angle brackets; of two mails under one id the second has its digest behind a space.
    Column("message_id_header", Text, primary_key=True),
    # Of what the sender wrote: tells a mail that came twice from another one under the same id.
    Column("digest", Text),
    Column("conversation_id", Id),
    # Null for a mail that was read and left out (an auto-reply, a loop): read once all the same.
    Column("message_id", Id),
    Column("direction", Text, nullable=False),
    Column("refers_to", Json, nullable=False),
    Column("ignored_as", Text),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "channel_id"], ["channels.workspace_id", "channels.id"]),
    CheckConstraint("direction IN ('in','out')", name="direction_known"),
)
Index("mails_message", mails.c.workspace_id, mails.c.message_id)
Index("mails_conversation", mails.c.workspace_id, mails.c.conversation_id, mails.c.created_at)

# A status of a message whose own id the provider had not yet told us: kept until it has.
early_statuses = Table(
    "early_statuses",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("channel_id", Id, primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("delivery", Text, primary_key=True),
    Column("failure", Json),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "channel_id"], ["channels.workspace_id", "channels.id"]),
)
Index("early_statuses_created_at", early_statuses.c.created_at)

# The customer's last reaction to a message, also that it was taken away: an older one that comes late is known by it.
reactions = Table(
    "reactions",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("channel_id", Id, primary_key=True),
    # The message's, which may not be known yet.
    Column("external_id", Text, primary_key=True),
    Column("emoji", Text),
    # By the channel's clock; of two in the same instant the greater id counts, in whatever order they come.
    Column("at", Instant, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "channel_id"], ["channels.workspace_id", "channels.id"]),
)
Index("reactions_created_at", reactions.c.created_at)

# The sanitised HTML of messages that came as HTML: shown in a frame of its own, never searched.
message_html = Table(
    "message_html",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("message_id", Id, primary_key=True),
    Column("html", Text, nullable=False),
    ForeignKeyConstraint(["workspace_id", "message_id"], ["messages.workspace_id", "messages.id"]),
)
