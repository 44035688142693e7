"""Writing, changing and deleting the articles that the bot answers from."""

from typing import Any

from sqlalchemy import Integer, Text, bindparam, delete, insert, select, update

from dibs import cursors, ids
from dibs.bot.knowledge import indexed
from dibs.bot.tables import articles
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, Instant
from dibs.errors import NotFound
from dibs.tx import Tx

LONGEST_BODY = 100_000
LONGEST_TITLE = 200
WRITTEN = ("title", "body", "language", "published", "hand_to_human", "source")

_a = articles.c
_ws, _id = bindparam("ws", type_=Id), bindparam("id", type_=Id)
_INSERT = insert(articles).values({column.name: bindparam(column.name, type_=column.type) for column in _a})
_READ = select(articles).where(_a.workspace_id == _ws, _a.id == _id)
_LOCK = _READ.with_for_update(of=articles)
_BY_SOURCE = (
    select(articles)
    .where(_a.workspace_id == _ws, _a.source == bindparam("source", type_=Text))
    .with_for_update(of=articles)
)
_CHANGE = (
    update(articles)
    .where(_a.workspace_id == _ws, _a.id == _id)
    .values(
        {name: bindparam(f"new_{name}", type_=_a[name].type) for name in (*WRITTEN, "words")}
        | {"updated_at": bindparam("at", type_=Instant)}
    )
    .returning(articles)
)
_DELETE = delete(articles).where(_a.workspace_id == _ws, _a.id == _id)
_HEAD = [column for column in _a if column.name not in ("body", "words")]
_PAGE = (
    select(*_HEAD)
    .where(_a.workspace_id == _ws, _a.id > bindparam("after", type_=Id))
    .order_by(_a.id)
    .limit(bindparam("most", type_=Integer))
)
PUBLISHED = select(_a.id).where(_a.workspace_id == _ws, _a.published).limit(1)


async def create(tx: Tx, **given: Any) -> Row:
    """Writes an article of `title`, `body` (Markdown), `language`, `published`, `hand_to_human`, `source`."""
    tx.actor.must("admin", "admin")
    values = {"published": True, "hand_to_human": False, "source": None} | given
    row = values | {"workspace_id": tx.workspace_id, "id": ids.new("art"), "created_at": tx.now, "updated_at": tx.now}
    await tx.run(_INSERT, row | {"words": _words(tx, row)})
    made = await find(tx.run, tx.workspace_id, str(row["id"]))
    tx.audit("article.created", made.id, after=_audited(made))
    return made


async def edit(tx: Tx, article_id: str, given: dict[str, Any]) -> Row:
    """Changes what is given of an article."""
    row = await find(tx.run, tx.workspace_id, article_id, _LOCK)
    tx.actor.must("admin", "admin")
    return await _write(tx, row, given)


async def bring_in(tx: Tx, source: str, given: dict[str, Any]) -> tuple[Row, bool]:
    """Writes an article from `source`, a file or an address; the one that came from there before is changed instead.

    Returns the article and whether it is new.
    """
    tx.actor.must("admin", "admin")
    row = await tx.one(_BY_SOURCE, {"ws": tx.workspace_id, "source": source})
    if row is None:
        return await create(tx, **given, source=source), True
    return await _write(tx, row, given), False


async def remove(tx: Tx, article_id: str) -> Row:
    """Deletes an article; what was answered from it stays."""
    row = await find(tx.run, tx.workspace_id, article_id, _LOCK)
    tx.actor.must("admin", "admin")
    await tx.run(_DELETE, {"ws": tx.workspace_id, "id": row.id})
    tx.audit("article.deleted", row.id, before=_audited(row))
    return row


async def find(run: Any, workspace_id: str, article_id: str, statement: Any = _READ) -> Row:
    """An article by id; `run` is a transaction's or the database's. Refuses an unknown one with 404."""
    rows = await run(statement, {"ws": workspace_id, "id": article_id}) if ids.well_formed(article_id, "art") else []
    if not rows:
        raise NotFound("There is no such article in this workspace.")
    return rows[0]


async def page(database: Database, workspace_id: str, cursor: str | None, limit: int) -> tuple[list[Row], str | None]:
    """The articles of a workspace without their texts, the oldest first."""
    name = cursors.fingerprint(workspace_id, "articles")
    after = "" if cursor is None else cursors.decode(cursor, name, str)[0]
    rows = await database.run(_PAGE, {"ws": workspace_id, "after": after, "most": limit + 1})
    return (rows, None) if len(rows) <= limit else (rows[:limit], cursors.encode(name, rows[limit - 1].id))


async def _write(tx: Tx, row: Row, given: dict[str, Any]) -> Row:
    new = {name: given.get(name, getattr(row, name)) for name in WRITTEN}
    if all(getattr(row, name) == value for name, value in new.items()):
        return row
    params = {f"new_{name}": value for name, value in new.items()} | {"new_words": _words(tx, new)}
    (written,) = await tx.run(_CHANGE, params | {"ws": tx.workspace_id, "id": row.id, "at": tx.now})
    tx.audit("article.updated", row.id, before=_audited(row), after=_audited(written))
    return written


def _words(tx: Tx, of: dict[str, Any]) -> str:
    return indexed(tx.workspace_id, of["title"], of["body"], of["language"])


def _audited(row: Row) -> dict[str, Any]:
    # Not the text: the audit would keep every version of it for a year.
    names = ("title", "language", "published", "hand_to_human", "source")
    return {name: getattr(row, name) for name in names} | {"characters": len(row.body)}
