"""Tags: words that a team gives to conversations. They stand in the conversation's row and, for look-ups, apart.

Tags are locked before conversations: shared by who puts them on one, alone by who renames or deletes them. Else a tag
put on a conversation in the middle of a renaming would keep its old name there.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from dibs import ids
from dibs.conversations.tables import conversation_tags, conversations, tags
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.errors import Invalid, NotFound
from dibs.pools.rules import rules
from dibs.tx import Tx

LONGEST_TAG = 60
MOST_TAGS = 50

_c, _ct, _t = conversations.c, conversation_tags.c, tags.c
_ws = bindparam("ws", type_=Id)
_KNOW = (
    insert(tags)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _t})
    .on_conflict_do_nothing()
    .returning(tags)
)
_ATTACH = (
    insert(conversation_tags)
    .values(
        workspace_id=_ws,
        tag=bindparam("tag", type_=Text),
        conversation_id=bindparam("conversation", type_=Id),
        queue_key=select(_c.queue_key)
        .where(_c.workspace_id == _ws, _c.id == bindparam("conversation", type_=Id))
        .scalar_subquery(),
    )
    .on_conflict_do_nothing()
)
_DETACH = delete(conversation_tags).where(
    _ct.workspace_id == _ws,
    _ct.conversation_id == bindparam("conversation", type_=Id),
    any_of(_ct.tag, "gone"),
)
_BY_ID = select(tags).where(_t.workspace_id == _ws, _t.id == bindparam("id", type_=Id))
_BY_NAME = select(tags).where(_t.workspace_id == _ws, _t.name == bindparam("name", type_=Text))
_HOLD = (
    select(_t.id)
    .where(_t.workspace_id == _ws, any_of(_t.name, "names"))
    .order_by(_t.name)
    .with_for_update(read=True, key_share=True)
)
_TAKE = _BY_ID.with_for_update()
_NAMED = _ct.workspace_id == _ws, _ct.tag == bindparam("old", type_=Text)
# Locked by id before they are written, as everywhere.
_LOCK_CARRIERS = (
    select(_c.id)
    .where(_c.workspace_id == _ws, _c.id.in_(select(_ct.conversation_id).where(*_NAMED)))
    .order_by(_c.id)
    .with_for_update(key_share=True, of=conversations)
)
_CARRIERS = _c.workspace_id == _ws, any_of(_c.id, "ids")
_stored = func.replace(_c.tags, bindparam("old_json", type_=Text), bindparam("new_json", type_=Text), type_=Text)
_REWRITE = update(conversations).where(*_CARRIERS).values(tags=_stored, version=_c.version + 1)
_RETAG = update(conversation_tags).where(*_NAMED).values(tag=bindparam("new", type_=Text))
_UNTAG = delete(conversation_tags).where(*_NAMED)
_RENAME = (
    update(tags)
    .where(_t.workspace_id == _ws, _t.id == bindparam("tag_id", type_=Id))
    .values(name=bindparam("new", type_=Text))
    .returning(tags)
)
_FORGET = delete(tags).where(_t.workspace_id == _ws, _t.id == bindparam("tag_id", type_=Id))


def cleaned(given: Sequence[str]) -> list[str]:
    """The tags without blank edges and repeats, in the order given. Refuses more than 50, and names that cannot be."""
    names = list(dict.fromkeys(clean_name(name, "tags") for name in given))
    if len(names) > MOST_TAGS:
        raise Invalid("tags", f"a conversation has at most {MOST_TAGS} tags")
    return names


def clean_name(name: str, field: str = "name") -> str:
    """A tag's name without blank edges. Refuses an empty or long one, quotes and control characters."""
    name = name.strip()
    if not 0 < len(name) <= LONGEST_TAG:
        raise Invalid(field, f"a tag has 1 to {LONGEST_TAG} characters")
    if not name.isprintable() or '"' in name or "\\" in name:
        raise Invalid(field, "a tag has no quotes, backslashes, line breaks or control characters")
    return name


async def hold(tx: Tx, names: Sequence[str]) -> None:
    """Keeps tags from being renamed or deleted until the transaction ends. Before any conversation is locked."""
    if names:
        await tx.run(_HOLD, {"ws": tx.workspace_id, "names": sorted({name.strip() for name in names})})


async def set_tags(tx: Tx, row: Row, *, before: Sequence[str] = ()) -> None:
    """Carries `row.tags` of a locked conversation over to its tag rows; `before` is what it had. After `hold`."""
    for name in sorted(set(row.tags) - set(before)):
        await _know(tx, name)
        await tx.run(_ATTACH, {"ws": tx.workspace_id, "tag": name, "conversation": row.id})
    if gone := sorted(set(before) - set(row.tags)):
        await tx.run(_DETACH, {"ws": tx.workspace_id, "conversation": row.id, "gone": gone})


async def create(tx: Tx, name: str) -> Row:
    """Makes a tag. Refuses a name that exists with 422."""
    made = await _know(tx, clean_name(name))
    if made is None:
        raise _exists()
    return made


async def rename(tx: Tx, tag_id: str, name: str) -> Row:
    """Renames a tag on every conversation. Refuses a name that exists, and a tag that a pool names, with 422."""
    row = await _take(tx, tag_id)
    name = clean_name(name)
    if name == row.name:
        return row
    if await tx.one(_BY_NAME, {"ws": tx.workspace_id, "name": name}):
        raise _exists()
    await _refuse_in_pool(tx, row)
    await _rewrite(tx, row.name, [(f'"{row.name}"', f'"{name}"')])
    await tx.run(_RETAG, {"ws": tx.workspace_id, "old": row.name, "new": name})
    await _refuse_made_meanwhile(tx, name)
    renamed = await tx.one(_RENAME, {"ws": tx.workspace_id, "tag_id": row.id, "new": name})
    tx.audit("tag.updated", row.id, before={"name": row.name}, after={"name": name})
    await tx.emit("settings.updated", {"tag": {"id": row.id, "name": name, "was": row.name}})
    return renamed


async def remove(tx: Tx, tag_id: str) -> Row:
    """Takes a tag off every conversation and forgets it. Refuses one that a pool names with 422."""
    row = await _take(tx, tag_id)
    await _refuse_in_pool(tx, row)
    here = f'"{row.name}"'
    await _rewrite(tx, row.name, [(here + ",", ""), ("," + here, ""), (here, "")])
    await tx.run(_UNTAG, {"ws": tx.workspace_id, "old": row.name})
    await tx.run(_FORGET, {"ws": tx.workspace_id, "tag_id": row.id})
    tx.audit("tag.deleted", row.id, before={"name": row.name})
    await tx.emit("settings.updated", {"tag": {"id": row.id, "name": None, "was": row.name}})
    return row


async def find(run: Any, workspace_id: str, tag_id: str) -> Row:
    """A tag by id; `run` is a transaction's or the database's. Refuses an unknown one with 404."""
    rows = await run(_BY_ID, {"ws": workspace_id, "id": tag_id}) if ids.well_formed(tag_id, "tag") else []
    if not rows:
        raise _unknown()
    return rows[0]


async def _take(tx: Tx, tag_id: str) -> Row:
    """The tag, for its renaming or end: waits for those who are putting it on conversations."""
    await find(tx.run, tx.workspace_id, tag_id)
    tx.actor.must("conversations:write", "admin")
    row = await tx.one(_TAKE, {"ws": tx.workspace_id, "id": tag_id})
    if row is None:  # deleted while this waited
        raise _unknown()
    return row


def _unknown() -> NotFound:
    return NotFound("There is no such tag in this workspace.")


def _exists() -> Invalid:
    return Invalid("name", "there is a tag of this name already")


async def _refuse_made_meanwhile(tx: Tx, name: str) -> None:
    # Inserting waits for whoever is making this name at the moment; last of all, when this waits for nothing else.
    params = {"workspace_id": tx.workspace_id, "name": name, "id": ids.new("tag"), "created_at": tx.now}
    if await tx.one(_KNOW, params) is None:
        raise _exists()
    await tx.run(_FORGET, {"ws": tx.workspace_id, "tag_id": params["id"]})


async def _know(tx: Tx, name: str) -> Row | None:
    params = {"workspace_id": tx.workspace_id, "name": name, "id": ids.new("tag"), "created_at": tx.now}
    made = await tx.one(_KNOW, params)
    if made is not None:
        tx.audit("tag.created", made.id, after={"name": name})
    return made


async def _refuse_in_pool(tx: Tx, row: Row) -> None:
    # A pool whose tag vanished would silently stop guarding its conversations.
    found = await rules(tx.run, tx.workspace_id)
    if named := [pool.name for pool in found.pools if row.name in pool.tags]:
        raise Invalid("name", f"the pool {named[0]} has this tag as a condition; change the pool first")


async def _rewrite(tx: Tx, old: str, replacements: Sequence[tuple[str, str]]) -> None:
    """Replaces in the stored JSON lists. Names hold no quotes, so `"name"` is found only where it stands as a whole."""
    carriers = await tx.run(_LOCK_CARRIERS, {"ws": tx.workspace_id, "old": old})
    for here, there in replacements if carriers else ():
        params: dict[str, Any] = {"ws": tx.workspace_id, "ids": [each.id for each in carriers]}
        await tx.run(_REWRITE, params | {"old_json": here, "new_json": there})
