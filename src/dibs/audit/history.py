"""A conversation's history: who claimed, released, handed on, resolved it, and why, from the audit."""

from sqlalchemy import BigInteger, Integer, bindparam, or_, select, type_coerce
from sqlalchemy.types import Text

from dibs import ids
from dibs.accounts.shapes import AgentName
from dibs.audit.shapes import HistoryEntry, history_entry
from dibs.conversations.tables import conversations
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.errors import NotFound
from dibs.ledger import audit_rows

# These change a conversation, but neither who holds it nor where it stands.
ASIDE = (
    "conversation.created",
    "conversation.updated",
    "conversation.bot_paused",
    "conversation.bot_resumed",
)
_a = audit_rows.c
_EXISTS = select(conversations.c.id).where(
    conversations.c.workspace_id == bindparam("ws", type_=Id), conversations.c.id == bindparam("id", type_=Id)
)
_OF = (_a.workspace_id == bindparam("ws", type_=Id), _a.conversation_id == bindparam("id", type_=Id))
_ENTRIES = (
    select(audit_rows)
    .where(*_OF, _a.seq > bindparam("after", type_=BigInteger))
    .where(or_(_a.action.startswith("conversation."), _a.action.startswith("takeover.")), _a.action.not_in(ASIDE))
    .order_by(_a.seq)
    .limit(bindparam("most", type_=Integer))
)
# The newest row up to a number that says who holds it; in a stored text a quotation mark would be escaped.
_HELD_BY = (
    select(_a.after)
    .where(*_OF, _a.seq <= bindparam("until", type_=BigInteger))
    .where(type_coerce(_a.after, Text).like('%"assignee":%'))
    .order_by(_a.seq.desc())
    .limit(1)
)


async def known(database: Database, workspace_id: str, conversation_id: str) -> None:
    """Refuses with 404 a conversation that is not in the workspace."""
    if not ids.well_formed(conversation_id, "conv") or not await database.run(
        _EXISTS, {"ws": workspace_id, "id": conversation_id}
    ):
        raise NotFound("There is no such conversation in this workspace.")


async def history(
    database: Database, workspace_id: str, conversation_id: str, *, after: int = 0, most: int = 50
) -> tuple[list[HistoryEntry], int | None]:
    """Up to `most` entries after audit row number `after`, oldest first, and the number to go on from or None."""
    asked = {"ws": workspace_id, "id": conversation_id}
    rows = await database.run(_ENTRIES, asked | {"after": after, "most": most + 1})
    holder: AgentName | None = None
    if after and rows and (said := await database.run(_HELD_BY, asked | {"until": after})):
        holder = said[0].after["assignee"]
    entries = []
    for row in rows[:most]:
        holder = (row.after or {}).get("assignee", holder)
        entries.append(history_entry(row, holder))
    return entries, rows[most - 1].seq if len(rows) > most else None
