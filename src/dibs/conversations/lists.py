"""Lists of conversations, page by page, the messages of one, and the tags."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Integer, Text, bindparam, select, tuple_

from dibs import cursors
from dibs.actor import Actor
from dibs.conversations.filters import Asked, Wanted, wanted
from dibs.conversations.queries import ORDERS, Combination, page
from dibs.conversations.search import conversations_about
from dibs.conversations.shapes import PRIORITIES
from dibs.conversations.tables import conversation_tags, conversations, messages, tags
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id

# A tag on no more conversations than this is looked up first; a commoner one is checked along the walk.
RARE = 1_000
# Later than any message.
LATEST = 2**53
# The walks along which a filter could pass over any number of conversations before it finds one.
LONG_WALKS = frozenset({"status", "newest", "waiting", "priority"})

_c, _ct, _m = conversations.c, conversation_tags.c, messages.c
_ws, _most = bindparam("ws", type_=Id), bindparam("most", type_=Integer)
_of_conversation = bindparam("conversation", type_=Id)
_CARRIERS = (
    select(_ct.conversation_id).where(_ct.workspace_id == _ws, _ct.tag == bindparam("tag", type_=Text)).limit(RARE + 1)
)
_WAITING = (
    select(_c.id.label("conversation_id"))
    .where(_c.workspace_id == _ws, _c.waiting_key <= bindparam("waiting", type_=BigInteger))
    .order_by(_c.waiting_key)
    .limit(RARE + 1)
)
_MESSAGES = (
    select(messages)
    .where(_m.workspace_id == _ws, _m.conversation_id == _of_conversation)
    .where(
        tuple_(_m.created_at, _m.seq) < tuple_(bindparam("at", type_=BigInteger), bindparam("before", type_=Integer))
    )
    .order_by(_m.created_at.desc(), _m.seq.desc())
    .limit(_most)
)
_TAGS = (
    select(tags)
    .where(tags.c.workspace_id == _ws, tags.c.name > bindparam("after", type_=Text))
    .order_by(tags.c.name)
    .limit(_most)
)


async def conversations_page(database: Database, actor: Actor, asked: Asked) -> tuple[list[Row], str | None]:
    """One page of a list and the cursor of the next. Refuses a malformed or foreign cursor with 422."""
    actor.must("conversations:read")
    want = await wanted(database, actor, asked)
    name = cursors.fingerprint(
        actor.workspace_id, actor.id, "conversations", asked.model_dump(mode="json", exclude={"cursor", "limit"})
    )
    params: dict[str, Any] = {"ws": actor.workspace_id, "me": actor.id, "most": asked.limit + 1}
    if asked.cursor is not None:
        params["key"], params["after"] = cursors.decode(asked.cursor, name, int, str)
    combination = Combination(want.view, want.order, want.names, len(want.tags), after=asked.cursor is not None)
    combination = await _with_candidates(database, actor, asked, want, combination, params)
    read = database.run if combination.is_quick else database.scan
    rows = await read(page(combination), params | _values(want))
    return _cut(rows, asked.limit, lambda row: cursors.encode(name, getattr(row, ORDERS[want.order][0]), row.id))


async def messages_page(
    database: Database, workspace_id: str, conversation_id: str, *, cursor: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """The newest messages of a conversation, newest last; the cursor leads backwards."""
    name = cursors.fingerprint(workspace_id, "messages", conversation_id)
    at, seq = (LATEST, 0) if cursor is None else cursors.decode(cursor, name, int, int)
    params = {"ws": workspace_id, "conversation": conversation_id, "most": limit + 1}
    rows = await database.run(_MESSAGES, params | {"at": min(at, LATEST), "before": min(seq, 2**31 - 1)})
    rows, following = _cut(rows, limit, lambda row: cursors.encode(name, row.created_at, row.seq))
    return rows[::-1], following


async def tags_page(
    database: Database, workspace_id: str, *, cursor: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """The tags of a workspace by name."""
    name = cursors.fingerprint(workspace_id, "tags")
    after = "" if cursor is None else cursors.decode(cursor, name, str)[0]
    rows = await database.run(_TAGS, {"ws": workspace_id, "after": after, "most": limit + 1})
    return _cut(rows, limit, lambda row: cursors.encode(name, row.name))


def _cut(rows: list[Row], limit: int, cursor_after: Any) -> tuple[list[Row], str | None]:
    """The page without the row that only told that there is more."""
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, cursor_after(rows[-1])


async def _with_candidates(  # noqa: PLR0917 - the parts of one request
    database: Database, actor: Actor, asked: Asked, want: Wanted, combination: Combination, params: dict[str, Any]
) -> Combination:
    """Looks a search, those who wait or a rare tag up first: the page sorts a few instead of walking all."""
    if asked.q is not None:
        params["ids"] = await conversations_about(database, actor.workspace_id, asked.q)
        return replace(combination, ids=True)
    for statement, given in _lookups(want, combination.path):
        found = await database.run(statement, {"ws": actor.workspace_id, **given})
        if len(found) <= RARE:
            params["ids"] = [row.conversation_id for row in found]
            return replace(combination, ids=True)
    return combination


def _lookups(want: Wanted, path: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """What may name all candidates of a long walk: how long they wait, or one of the tags."""
    if "waiting" in want.values and path in LONG_WALKS - {"waiting"}:
        yield _WAITING, {"waiting": want.values["waiting"]}
    # One tag in the queue has an index of its own.
    if path in LONG_WALKS or (path == "queue_tag" and len(want.tags) > 1):
        for tag in want.tags:
            yield _CARRIERS, {"tag": tag}


def _values(want: Wanted) -> dict[str, Any]:
    values: dict[str, Any] = {f"tag{n}": tag for n, tag in enumerate(want.tags)}
    values |= {name: value for name, value in want.values.items() if name not in {"pool", "nobody"}}
    if pool := want.values.get("pool"):
        values |= {
            "pool_channels": sorted(pool.channels),
            "pool_languages": sorted(pool.languages),
            "pool_tags": sorted(pool.tags),
        }
        numbers = [n for n, name in enumerate(PRIORITIES) if name in pool.priorities]
        values |= {f"pool_priority{n}": numbers[n] if n < len(numbers) else -1 for n in range(4)}
    return values
