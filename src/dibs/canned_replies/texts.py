"""Writing, changing and deleting canned replies. Any agent may use them all; their author or an admin changes them."""

from typing import Any

from sqlalchemy import Text, bindparam, delete, insert, select, update

from dibs import cursors, ids
from dibs.canned_replies.tables import canned_replies
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, Instant
from dibs.errors import Forbidden, Invalid, NotFound
from dibs.tx import Tx

_r = canned_replies.c
_ws, _id = bindparam("ws", type_=Id), bindparam("id", type_=Id)
_INSERT = insert(canned_replies).values({column.name: bindparam(column.name, type_=column.type) for column in _r})
_INSERT = _INSERT.returning(canned_replies)
_READ = select(canned_replies).where(_r.workspace_id == _ws, _r.id == _id)
_LOCK = _READ.with_for_update(of=canned_replies)
_NAMED = select(_r.id).where(_r.workspace_id == _ws, _r.shortcut == bindparam("shortcut", type_=Text))
_CHANGE = (
    update(canned_replies)
    .where(_r.workspace_id == _ws, _r.id == _id)
    .values(
        **{f"{name}": bindparam(f"new_{name}", type_=Text) for name in ("title", "text", "shortcut")},
        updated_at=bindparam("at", type_=Instant),
    )
    .returning(canned_replies)
)
_DELETE = delete(canned_replies).where(_r.workspace_id == _ws, _r.id == _id)
_PAGE = (
    select(canned_replies)
    .where(_r.workspace_id == _ws, _r.id > bindparam("after", type_=Id))
    .order_by(_r.id)
    .limit(bindparam("most"))
)


async def create(tx: Tx, *, title: str, text: str, shortcut: str | None = None) -> Row:
    """Writes a canned reply. Refuses a shortcut that exists with 422."""
    await _refuse_taken(tx, shortcut)
    values = {"workspace_id": tx.workspace_id, "id": ids.new("can"), "title": title, "text": text, "shortcut": shortcut}
    row: Row = await tx.one(_INSERT, values | {"author_id": tx.actor.id, "created_at": tx.now, "updated_at": tx.now})
    tx.audit("canned_reply.created", row.id, after=_said(row))
    return row


async def edit(tx: Tx, reply_id: str, given: dict[str, Any]) -> Row:
    """Changes title, text or shortcut. Refuses anyone but its author and admins, and a shortcut that exists."""
    row = await _own(tx, reply_id)
    new = {name: given.get(name, getattr(row, name)) for name in ("title", "text", "shortcut")}
    if new["shortcut"] != row.shortcut:
        await _refuse_taken(tx, new["shortcut"])
    params = {f"new_{name}": value for name, value in new.items()}
    edited: Row = await tx.one(_CHANGE, params | {"ws": tx.workspace_id, "id": row.id, "at": tx.now})
    tx.audit("canned_reply.updated", row.id, before=_said(row), after=_said(edited))
    return edited


async def remove(tx: Tx, reply_id: str) -> Row:
    """Deletes a canned reply. Refuses anyone but its author and admins."""
    row = await _own(tx, reply_id)
    await tx.run(_DELETE, {"ws": tx.workspace_id, "id": row.id})
    tx.audit("canned_reply.deleted", row.id, before=_said(row))
    return row


async def find(run: Any, workspace_id: str, reply_id: str, statement: Any = _READ) -> Row:
    """A canned reply by id; `run` is a transaction's or the database's. Refuses an unknown one with 404."""
    rows = await run(statement, {"ws": workspace_id, "id": reply_id}) if ids.well_formed(reply_id, "can") else []
    if not rows:
        raise NotFound("There is no such canned reply in this workspace.")
    return rows[0]


async def page(database: Database, workspace_id: str, cursor: str | None, limit: int) -> tuple[list[Row], str | None]:
    """The canned replies of a workspace, the oldest first."""
    name = cursors.fingerprint(workspace_id, "canned-replies")
    after = "" if cursor is None else cursors.decode(cursor, name, str)[0]
    rows = await database.run(_PAGE, {"ws": workspace_id, "after": after, "most": limit + 1})
    return (rows, None) if len(rows) <= limit else (rows[:limit], cursors.encode(name, rows[limit - 1].id))


async def _own(tx: Tx, reply_id: str) -> Row:
    row = await find(tx.run, tx.workspace_id, reply_id, _LOCK)
    tx.actor.must("conversations:write", "agent")
    if row.author_id != tx.actor.id and not tx.actor.is_at_least("admin"):
        raise Forbidden("Only its author or an admin changes this canned reply.", needs="admin")
    return row


async def _refuse_taken(tx: Tx, shortcut: str | None) -> None:
    if shortcut is not None and await tx.one(_NAMED, {"ws": tx.workspace_id, "shortcut": shortcut}):
        raise Invalid("shortcut", "another canned reply has this shortcut")


def _said(row: Row) -> dict[str, Any]:
    return {"title": row.title, "text": row.text, "shortcut": row.shortcut}
