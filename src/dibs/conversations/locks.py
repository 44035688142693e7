"""The rows a verb decides on, locked. The order everywhere: contacts, conversations by id, then one agent."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from dibs import ids
from dibs.accounts.tables import agents, workspaces
from dibs.actor import Actor
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of
from dibs.errors import NotFound
from dibs.tx import Tx

_c = conversations.c
# Scalar subqueries, not joins: after waiting for a lock PostgreSQL evaluates them anew for the row as it then is,
# while a joined row would still be the one of the former assignee.
CONTACT_NAME = (
    select(contacts.c.name)
    .where(contacts.c.workspace_id == _c.workspace_id, contacts.c.id == _c.contact_id)
    .scalar_subquery()
    .label("contact_name")
)
ASSIGNEE_NAME = (
    select(agents.c.name)
    .where(agents.c.workspace_id == _c.workspace_id, agents.c.id == _c.assignee_id)
    .scalar_subquery()
    .label("assignee_name")
)
SEEN = select(conversations, CONTACT_NAME, ASSIGNEE_NAME)

READ = SEEN.where(_c.workspace_id == bindparam("ws", type_=Id), _c.id == bindparam("id", type_=Id))
_LOCK = READ.with_for_update(key_share=True, of=conversations)
_LOCK_FREE = READ.with_for_update(key_share=True, skip_locked=True, of=conversations)
_LOCK_MANY = (
    SEEN.where(_c.workspace_id == bindparam("ws", type_=Id), any_of(_c.id, "ids"))
    .order_by(_c.id)
    .with_for_update(key_share=True, of=conversations)
)
_LOCK_RECEIVER = (
    select(agents, workspaces.c.rules_version)
    .join(workspaces, workspaces.c.id == agents.c.workspace_id)
    .where(agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.id == bindparam("agent", type_=Id))
    .with_for_update(key_share=True, of=agents)
)


def not_found(what: str = "conversation") -> NotFound:
    """The refusal for what is not there or belongs to another workspace."""
    return NotFound(f"There is no such {what} in this workspace.")


async def lock(tx: Tx, conversation_id: str) -> Row:
    """The conversation, locked to the end of the transaction. Refuses an unknown or foreign one with 404."""
    row = None
    if ids.well_formed(conversation_id, "conv"):
        row = await tx.one(_LOCK, {"ws": tx.workspace_id, "id": conversation_id})
    if row is None:
        raise not_found()
    return row


async def find(database: Database, actor: Actor, conversation_id: str) -> Row:
    """The conversation as it is, to look at. Refuses an unknown or foreign one with 404, then a missing scope."""
    rows = []
    if ids.well_formed(conversation_id, "conv"):
        rows = await database.run(READ, {"ws": actor.workspace_id, "id": conversation_id})
    if not rows:
        raise not_found()
    actor.must("conversations:read")
    return rows[0]


async def lock_if_free(tx: Tx, conversation_id: str) -> Row | None:
    """The conversation, locked, or None when it is gone or another transaction works on it."""
    return await tx.one(_LOCK_FREE, {"ws": tx.workspace_id, "id": conversation_id})


async def lock_many(tx: Tx, conversation_ids: Sequence[str]) -> dict[str, Row]:
    """Those of the conversations that exist here, locked in the order of their ids."""
    wanted = sorted({each for each in conversation_ids if ids.well_formed(each, "conv")})
    rows = await tx.run(_LOCK_MANY, {"ws": tx.workspace_id, "ids": wanted})
    return {row.id: row for row in rows}


async def lock_receiver(tx: Tx, agent_id: str | None) -> Row | None:
    """The agent who is to hold a conversation, locked, with `rules_version`; None when unknown here."""
    if agent_id is None or not ids.well_formed(agent_id, "agt"):
        return None
    return await tx.one(_LOCK_RECEIVER, {"ws": tx.workspace_id, "agent": agent_id})
