"""Saving, changing and deleting views. A personal one is its owner's alone; a shared one is everybody's to see.

The owner changes a view, and an admin any shared one.
"""

from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, true, update

from dibs import cursors, ids
from dibs.actor import Actor
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, Instant
from dibs.errors import Forbidden, NotFound
from dibs.saved_views.tables import saved_views
from dibs.tx import Tx

_v = saved_views.c
_ws, _id, _me = bindparam("ws", type_=Id), bindparam("id", type_=Id), bindparam("me", type_=Id)
_visible = _v.workspace_id == _ws, or_(_v.shared == true(), _v.owner_id == _me)
_INSERT = (
    insert(saved_views)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _v})
    .returning(saved_views)
)
_READ = select(saved_views).where(*_visible, _v.id == _id)
_LOCK = _READ.with_for_update(of=saved_views)
_PAGE = (
    select(saved_views).where(*_visible, _v.id > bindparam("after", type_=Id)).order_by(_v.id).limit(bindparam("most"))
)
_CHANGE = (
    update(saved_views)
    .where(_v.workspace_id == _ws, _v.id == _id)
    .values(
        **{name: bindparam(f"new_{name}", type_=_v[name].type) for name in ("name", "filters", "shared")},
        updated_at=bindparam("at", type_=Instant),
    )
    .returning(saved_views)
)
_DELETE = delete(saved_views).where(_v.workspace_id == _ws, _v.id == _id)


async def create(tx: Tx, *, name: str, filters: dict[str, Any], shared: bool = False) -> Row:
    """Saves a view of the actor."""
    values: dict[str, Any] = {"workspace_id": tx.workspace_id, "id": ids.new("view"), "name": name, "filters": filters}
    values |= {"shared": shared, "owner_id": tx.actor.id, "created_at": tx.now, "updated_at": tx.now}
    row: Row = await tx.one(_INSERT, values)
    tx.audit("saved_view.created", row.id, after=_said(row))
    return row


async def edit(tx: Tx, view_id: str, given: dict[str, Any]) -> Row:
    """Changes name, filters or sharing. Refuses somebody else's view, but a shared one to admins, with 403."""
    row = await _own(tx, view_id)
    new = {f"new_{name}": given.get(name, getattr(row, name)) for name in ("name", "filters", "shared")}
    edited: Row = await tx.one(_CHANGE, new | {"ws": tx.workspace_id, "id": row.id, "at": tx.now})
    tx.audit("saved_view.updated", row.id, before=_said(row), after=_said(edited))
    return edited


async def remove(tx: Tx, view_id: str) -> Row:
    """Deletes a view. Refuses somebody else's, but a shared one to admins, with 403."""
    row = await _own(tx, view_id)
    await tx.run(_DELETE, {"ws": tx.workspace_id, "id": row.id})
    tx.audit("saved_view.deleted", row.id, before=_said(row))
    return row


async def find(run: Any, actor: Actor, view_id: str, statement: Any = _READ) -> Row:
    """A view that the actor may see; `run` is a transaction's or the database's. Refuses any other with 404."""
    rows = []
    if ids.well_formed(view_id, "view"):
        rows = await run(statement, {"ws": actor.workspace_id, "me": actor.id, "id": view_id})
    if not rows:
        raise NotFound("There is no such saved view.")
    return rows[0]


async def page(database: Database, actor: Actor, cursor: str | None, limit: int) -> tuple[list[Row], str | None]:
    """The actor's own views and the shared ones, the oldest first."""
    name = cursors.fingerprint(actor.workspace_id, actor.id, "saved-views")
    after = "" if cursor is None else cursors.decode(cursor, name, str)[0]
    rows = await database.run(_PAGE, {"ws": actor.workspace_id, "me": actor.id, "after": after, "most": limit + 1})
    return (rows, None) if len(rows) <= limit else (rows[:limit], cursors.encode(name, rows[limit - 1].id))


async def _own(tx: Tx, view_id: str) -> Row:
    row = await find(tx.run, tx.actor, view_id, _LOCK)
    tx.actor.must("conversations:read")
    if row.owner_id != tx.actor.id and not tx.actor.is_at_least("admin"):
        raise Forbidden("Only its owner or an admin changes this view.", needs="admin")
    return row


def _said(row: Row) -> dict[str, Any]:
    return {"name": row.name, "filters": row.filters, "shared": row.shared}
