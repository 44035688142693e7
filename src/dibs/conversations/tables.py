"""Conversations, their claims, messages, tags, take-over requests, observers and drafts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from dibs.db.types import Id, Instant, Json, metadata, partial_index

# Escalated ones first, then the longest waiting; 2^52 and 2^51 are later than any millisecond that will come.
QUEUE_KEY = (
    "CASE WHEN assignee_id IS NULL AND status = 'open' THEN"
    " CASE WHEN escalated_at IS NULL THEN 4503599627370496 ELSE 0 END + COALESCE(waiting_since, 2251799813685248)"
    " END"
)
# Sort orders of lists, ascending: the longest waiting first; the highest priority first, then the longest waiting.
WAITING_KEY = "COALESCE(waiting_since, 2251799813685248)"
PRIORITY_KEY = f"(3 - priority) * 4503599627370496 + {WAITING_KEY}"

conversations = Table(
    "conversations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, nullable=False),
    Column("channel", Text, nullable=False),
    # The connected channel that it came in on and goes out by; null on the API channel and on what is not connected.
    Column("channel_id", Id),
    # Until when the channel takes a reply; null where it always does.
    Column("reply_until", Instant),
    # Kept apart: it tells nobody anything and starts no bot turn, until somebody says that it is none.
    Column("spam", Boolean, nullable=False, server_default=false()),
    Column("status", Text, nullable=False),
    # 0 low, 1 normal, 2 high, 3 urgent: see shapes.PRIORITIES.
    Column("priority", SmallInteger, nullable=False),
    Column("language", Text),
    Column("language_confidence", Float),
    # A person chose the language: detection leaves it alone.
    Column("language_edited", Boolean, nullable=False, server_default=false()),
    Column("tags", Json, nullable=False),
    Column("subject", Text),
    Column("preview", Text),
    # Ownership. Only claims.py writes assignee_id and epoch.
    Column("assignee_id", Id),
    Column("claimed_at", Instant),
    Column("claimed_via", Text),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("unclaimed_since", Instant),
    Column("stale", Boolean, nullable=False, server_default=false()),
    Column("bot_paused", Boolean, nullable=False, server_default=false()),
    Column("escalated_at", Instant),
    # The oldest customer message that nobody answered.
    Column("waiting_since", Instant),
    Column("snoozed_until", Instant),
    Column("resolved_at", Instant),
    Column("resolved_by", Json),
    Column("message_count", Integer, nullable=False, server_default="0"),
    Column("last_message_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    # The place in Unclaimed, ascending; null when not in it. The database computes it: never write it.
    Column("queue_key", BigInteger, Computed(QUEUE_KEY, persisted=True)),
    Column("waiting_key", BigInteger, Computed(WAITING_KEY, persisted=True)),
    Column("priority_key", BigInteger, Computed(PRIORITY_KEY, persisted=True)),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "assignee_id"], ["agents.workspace_id", "agents.id"]),
    CheckConstraint("status IN ('open','snoozed','resolved','archived')", name="status_known"),
    CheckConstraint("assignee_id IS NULL OR status IN ('open','snoozed')", name="assignee_implies_live"),
    CheckConstraint("(assignee_id IS NULL) = (claimed_at IS NULL)", name="assignee_has_claimed_at"),
    CheckConstraint("assignee_id IS NOT NULL OR NOT stale", name="only_claims_go_stale"),
    CheckConstraint("priority BETWEEN 0 AND 3", name="priority_known"),
    CheckConstraint("NOT spam OR status = 'archived'", name="spam_is_archived"),
)
_c = conversations.c
partial_index("conversations_unclaimed", _c.workspace_id, _c.queue_key, _c.id, where=_c.queue_key.is_not(None))
partial_index(
    "conversations_unclaimed_channel",
    _c.workspace_id,
    _c.channel,
    _c.queue_key,
    _c.id,
    where=_c.queue_key.is_not(None),
)
partial_index(
    "conversations_assignee",
    _c.workspace_id,
    _c.assignee_id,
    _c.last_message_at,
    _c.id,
    where=_c.assignee_id.is_not(None),
)
partial_index("conversations_claimed", _c.workspace_id, _c.last_message_at, _c.id, where=_c.assignee_id.is_not(None))
Index("conversations_status", _c.workspace_id, _c.status, _c.last_message_at, _c.id)
Index("conversations_newest", _c.workspace_id, _c.last_message_at, _c.id)
Index("conversations_contact", _c.workspace_id, _c.contact_id, _c.last_message_at, _c.id)
Index("conversations_waiting", _c.workspace_id, _c.waiting_key, _c.id)
Index("conversations_priority", _c.workspace_id, _c.priority_key, _c.id)
partial_index("conversations_stale", _c.workspace_id, _c.last_message_at, _c.id, where=_c.stale)
partial_index("conversations_spam", _c.workspace_id, _c.last_message_at, _c.id, where=_c.spam)
partial_index("conversations_snoozed_until", _c.snoozed_until, where=_c.snoozed_until.is_not(None))

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("conversation_id", Id, primary_key=True),
    # The conversation's queue_key, so that Unclaimed filtered by a rare tag is one index walk.
    Column("queue_key", BigInteger),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
)
Index("conversation_tags_conversation", conversation_tags.c.workspace_id, conversation_tags.c.conversation_id)
partial_index(
    "conversation_tags_unclaimed",
    conversation_tags.c.workspace_id,
    conversation_tags.c.tag,
    conversation_tags.c.queue_key,
    conversation_tags.c.conversation_id,
    where=conversation_tags.c.queue_key.is_not(None),
)

tags = Table(
    "tags",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)

claims = Table(
    "claims",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, nullable=False),
    Column("agent_id", Id, nullable=False),
    # The conversation's epoch while this claim lasts.
    Column("epoch", Integer, nullable=False),
    Column("via", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_as", Text),
    Column("end_reason", Text),
    # As the conversation was before, for undo and for the time to claim.
    Column("unclaimed_since", Instant),
    Column("escalated_at", Instant),
    Column("waiting_since", Instant),
    Column("bot_was_paused", Boolean, nullable=False, server_default=false()),
    Column("replied", Boolean, nullable=False, server_default=false()),
    # When the sweeper looks at this claim again; null once it has ended.
    Column("due_at", Instant),
    Column("stale_at", Instant),
    Column("warned_at", Instant),
    UniqueConstraint("workspace_id", "conversation_id", "epoch"),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
    CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="end_has_reason"),
    CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_start"),
    CheckConstraint(
        "ended_as IN ('released','reassigned','resolved','forced','stale','member_removed','handed_back',"
        "'taken_over','undone')",
        name="ended_as_known",
    ),
)
_open = claims.c.ended_at.is_(None)
partial_index("claims_one_open", claims.c.workspace_id, claims.c.conversation_id, unique=True, where=_open)
partial_index("claims_held", claims.c.workspace_id, claims.c.agent_id, where=_open)
partial_index("claims_due", claims.c.due_at, where=_open)
Index("claims_started_at", claims.c.workspace_id, claims.c.started_at)
Index("claims_ended_at", claims.c.workspace_id, claims.c.ended_at)
Index("claims_agent_ended", claims.c.workspace_id, claims.c.agent_id, claims.c.ended_at)

messages = Table(
    "messages",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, nullable=False),
    # 1, 2, 3 … within the conversation: the order in which they were committed.
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_type", Text, nullable=False),
    Column("author_id", Id),
    Column("author_name", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("client_id", Text),
    # The channel's own id; with contact and channel it makes a redelivery harmless.
    Column("external_id", Text),
    Column("channel", Text, nullable=False),
    Column("contact_id", Id, nullable=False),
    # The epoch under which a reply was written; see metrics M8 and M9.
    Column("epoch", Integer, nullable=False),
    Column("attachments", Json, nullable=False),
    # What only some messages have: see shapes.Details.
    Column("details", Json),
    Column("delivery", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "conversation_id", "seq"),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    CheckConstraint("kind IN ('customer','reply','bot','note','system')", name="kind_known"),
    CheckConstraint("delivery IN ('queued','sent','delivered','read','failed')", name="delivery_known"),
)
_m = messages.c
partial_index(
    "messages_client_id",
    _m.workspace_id,
    _m.conversation_id,
    _m.author_id,
    _m.client_id,
    unique=True,
    where=_m.client_id.is_not(None),
)
partial_index(
    "messages_external_id",
    _m.workspace_id,
    _m.channel,
    # Before the contact: a channel asks by it alone.
    _m.external_id,
    _m.contact_id,
    unique=True,
    where=_m.external_id.is_not(None),
)
Index("messages_created_at", _m.workspace_id, _m.created_at)
Index("messages_thread", _m.workspace_id, _m.conversation_id, _m.created_at, _m.seq)

takeover_requests = Table(
    "takeover_requests",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("conversation_id", Id, nullable=False),
    Column("asker_id", Id, nullable=False),
    Column("assignee_id", Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("note", Text),
    Column("reason", Text),
    Column("expires_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("answered_at", Instant),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    ForeignKeyConstraint(["workspace_id", "asker_id"], ["agents.workspace_id", "agents.id"]),
    ForeignKeyConstraint(["workspace_id", "assignee_id"], ["agents.workspace_id", "agents.id"]),
    CheckConstraint("state IN ('open','accepted','declined','cancelled','lapsed')", name="state_known"),
    CheckConstraint("asker_id <> assignee_id", name="asks_somebody_else"),
)
_asked = takeover_requests.c.state == text("'open'")
partial_index(
    "takeover_requests_one_open",
    takeover_requests.c.workspace_id,
    takeover_requests.c.conversation_id,
    takeover_requests.c.asker_id,
    unique=True,
    where=_asked,
)
partial_index("takeover_requests_due", takeover_requests.c.expires_at, where=_asked)
Index("takeover_requests_newest", takeover_requests.c.workspace_id, takeover_requests.c.created_at)

observers = Table(
    "observers",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("conversation_id", Id, primary_key=True),
    Column("agent_id", Id, primary_key=True),
    Column("since", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    ForeignKeyConstraint(["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"]),
)
Index("observers_agent", observers.c.workspace_id, observers.c.agent_id, observers.c.conversation_id)

drafts = Table(
    "drafts",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("conversation_id", Id, primary_key=True),
    Column("agent_id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
    CheckConstraint("kind IN ('reply','note')", name="kind_known"),
)
