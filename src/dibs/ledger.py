"""What every transaction writes besides its own rows: the workspace's counters, audit, events and idempotent answers.

counters ── one row per workspace, bumped last, so that the order of cursors is the order of commits
audit_rows ── who changed what, each row hashed onto the one before it
events ── what live clients and webhooks are told, encoded once
"""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    update,
)

from dibs.db.types import Id, Instant, Json, metadata

GENESIS = "0" * 64

counters = Table(
    "counters",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("event_seq", BigInteger, nullable=False, server_default="0"),
    Column("audit_seq", BigInteger, nullable=False, server_default="0"),
    Column("audit_hash", Text, nullable=False, server_default=GENESIS),
    # Where the chain begins after a purge: the last purged row's number and hash.
    Column("audit_purged_seq", BigInteger, nullable=False, server_default="0"),
    Column("audit_purged_hash", Text, nullable=False, server_default=GENESIS),
    # The last purged event: a cursor before it gets a reset.
    Column("event_purged_seq", BigInteger, nullable=False, server_default="0"),
)

audit_rows = Table(
    "audit_rows",
    metadata,
    Column("workspace_id", Id, ForeignKey("counters.workspace_id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Json, nullable=False),
    # The actor's id alone, for the filter.
    Column("actor_id", Id),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("conversation_id", Id),
    Column("before", Json),
    Column("after", Json),
    Column("reason", Text),
    Column("ip", Text),
    Column("request_id", Text),
    Column("hash", Text, nullable=False),
    UniqueConstraint("workspace_id", "id"),
    CheckConstraint("length(hash) = 64", name="hash_is_sha256"),
)
Index("audit_rows_conversation", audit_rows.c.workspace_id, audit_rows.c.conversation_id, audit_rows.c.seq)
Index("audit_rows_action", audit_rows.c.workspace_id, audit_rows.c.action, audit_rows.c.seq)
Index("audit_rows_actor", audit_rows.c.workspace_id, audit_rows.c.actor_id, audit_rows.c.seq)
Index("audit_rows_at", audit_rows.c.workspace_id, audit_rows.c.at)

events = Table(
    "events",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("conversation_id", Id),
    # When set, only this agent may see the event.
    Column("agent_id", Id),
    # The frame that clients get, but for its cursor: `"kind":…,"at":…,"actor":…,…}` encoded once.
    Column("body", Text, nullable=False),
)
Index("events_at", events.c.at)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("actor_id", Id, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_hash", Text, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index("idempotency_keys_created_at", idempotency_keys.c.created_at)

BUMP = (
    update(counters)
    .where(counters.c.workspace_id == bindparam("ws"))
    .values(
        event_seq=counters.c.event_seq + bindparam("new_events", type_=BigInteger),
        audit_seq=counters.c.audit_seq + bindparam("new_audits", type_=BigInteger),
    )
    .returning(counters.c.event_seq, counters.c.audit_seq, counters.c.audit_hash)
)
SEAL = (
    update(counters)
    .where(counters.c.workspace_id == bindparam("ws"))
    .values(audit_hash=bindparam("new_hash", type_=Text))
)
INSERT_AUDIT = insert(audit_rows).values({c.name: bindparam(c.name, type_=c.type) for c in audit_rows.c})
INSERT_EVENT = insert(events).values({c.name: bindparam(c.name, type_=c.type) for c in events.c})

HASHED = (
    "id",
    "at",
    "actor",
    "action",
    "target",
    "conversation_id",
    "before",
    "after",
    "reason",
    "ip",
    "request_id",
)


def measured(text: str | None) -> dict[str, int] | None:
    """What the audit says of a text that may have to be erased one day: only how long it is."""
    return None if text is None else {"characters": len(text)}


def chain(previous: str, seq: int, row: dict[str, Any]) -> str:
    """The hash of audit row number `seq`: SHA-256 over the previous row's hash and this row's content, in hex."""
    content = msgspec.json.encode([previous, seq, *(row[name] for name in HASHED)], order="sorted")
    return hashlib.sha256(content).hexdigest()
