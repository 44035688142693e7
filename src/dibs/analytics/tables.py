"""Refused claims and held-back replies: they change nothing, so no transaction of theirs could record them."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from dibs.db.types import Id, Instant, metadata

claim_refusals = Table(
    "claim_refusals",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("agent_id", Id, nullable=False),
    Column("conversation_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    # The refusal's code: already_claimed, pool_restricted, claim_limit_reached, unseen_messages.
    Column("code", Text, nullable=False),
    # For already_claimed: how long the winner had held it, in milliseconds.
    Column("lead_ms", BigInteger),
)
Index("claim_refusals_workspace_at", claim_refusals.c.workspace_id, claim_refusals.c.at)
Index("claim_refusals_at", claim_refusals.c.at)
