"""A conversation's history: who claimed, released, handed on, resolved it, and why, from the audit."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Integer, bindparam, or_, select, type_coerce
from sqlalchemy.types import Text

from dibs import ids
from dibs.accounts.shapes import AgentName
from dibs.audit.shapes import HistoryEntry, history_entry
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations, messages, takeover_requests
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of
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


# What the audit only points at, because it may have to be erased: notes, and what customers are called.
_NOTES = select(messages.c.id, messages.c.text).where(
    messages.c.workspace_id == bindparam("ws", type_=Id), any_of(messages.c.id, "ids")
)
_ASKED = select(takeover_requests.c.id, takeover_requests.c.note.label("text")).where(
    takeover_requests.c.workspace_id == bindparam("ws", type_=Id), any_of(takeover_requests.c.id, "ids")
)
_NAMES = select(contacts.c.id, contacts.c.name.label("text")).where(
    contacts.c.workspace_id == bindparam("ws", type_=Id), any_of(contacts.c.id, "ids")
)


class Told(NamedTuple):
    """Texts that history shows and the audit does not hold, by the id that the audit has."""

    notes: dict[str, str | None]
    names: dict[str, str | None]


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
    told = await _told(database, workspace_id, rows[:most])
    entries = []
    for row in rows[:most]:
        holder = (row.after or {}).get("assignee", holder)
        note = told.notes.get((row.after or {}).get("note_id") or row.target)
        entries.append(history_entry(row, holder, note=note or None, name=told.names.get(row.actor_id)))
    return entries, rows[most - 1].seq if len(rows) > most else None


async def _told(database: Database, workspace_id: str, rows: Sequence[Row]) -> Told:
    wanted = {
        _NOTES: [note for row in rows if (note := (row.after or {}).get("note_id"))],
        _ASKED: [row.target for row in rows if row.action == "takeover.requested"],
        _NAMES: list({row.actor_id for row in rows if row.actor["type"] == "contact"}),
    }
    found: dict[object, dict[str, str | None]] = {}
    for statement, these in wanted.items():
        read = await database.run(statement, {"ws": workspace_id, "ids": these}) if these else []
        found[statement] = {each.id: each.text for each in read}
    return Told(found[_NOTES] | found[_ASKED], found[_NAMES])
