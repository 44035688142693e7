"""Pages of conversations: one statement per combination of view, order and filters, built once and kept.

Which index a page walks is decided here (`_path`), not left to chance: on SQLite every column that should not choose
the index is written `+column`; PostgreSQL has statistics and decides alike. Filters beyond the index are applied as the
walk goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Select,
    SmallInteger,
    Text,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles

from dibs.accounts.tables import agents
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversation_tags, conversations, observers
from dibs.db.types import Id, any_of

_c = conversations.c
_ws, _me = bindparam("ws", type_=Id), bindparam("me", type_=Id)

# As the partial index has it; a Boolean column would become `stale = 1` on SQLite, which that index does not know.
STALE: ColumnElement[bool] = literal_column("conversations.stale")
# Spam has a view of its own and stands in no other; as above for the partial index.
SPAM: ColumnElement[bool] = literal_column("conversations.spam")
NOT_SPAM: ColumnElement[bool] = literal_column("NOT conversations.spam")
# From here on the queue's key says since when a conversation that was not escalated waits: see tables.QUEUE_KEY.
NOT_ESCALATED = 2**52
# Order by name: the column, and whether it ascends. The id goes the same way.
ORDERS: dict[str, tuple[str, bool]] = {
    "queue": ("queue_key", True),
    "waiting": ("waiting_key", True),
    "priority": ("priority_key", True),
    "newest": ("last_message_at", False),
    "oldest": ("last_message_at", True),
}
STATUS_OF = {"all": "open", "snoozed": "snoozed", "resolved": "resolved", "archived": "archived"}
# The columns besides workspace_id (and id) of the index that each path walks.
_WALKED: dict[str, frozenset[str]] = {
    "ids": frozenset({"id"}),
    "contact": frozenset({"contact_id", "last_message_at"}),
    "assignee": frozenset({"assignee_id", "last_message_at"}),
    "queue": frozenset({"queue_key"}),
    "queue_channel": frozenset({"queue_key", "channel"}),
    "queue_tag": frozenset(),
    "observing": frozenset(),
    "stale": frozenset({"stale", "last_message_at"}),
    "spam": frozenset({"spam", "last_message_at"}),
    "claimed": frozenset({"last_message_at"}),
    "status": frozenset({"status", "last_message_at"}),
    "newest": frozenset({"last_message_at"}),
    "waiting": frozenset({"waiting_key"}),
    "priority": frozenset({"priority_key"}),
}


class unindexed(ColumnElement[Any]):  # noqa: N801 - reads as a word in a statement
    """A column that must not choose the index."""

    inherit_cache = True

    def __init__(self, column: Column[Any]) -> None:
        self.column, self.type = column, column.type


@compiles(unindexed)
def _as_it_is(element: unindexed, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.column, **kw))


@compiles(unindexed, "sqlite")
def _plus(element: unindexed, compiler: Any, **kw: Any) -> str:
    return f"+{compiler.process(element.column, **kw)}"


@dataclass(frozen=True, slots=True)
class Combination:
    """What decides the text of a statement. `tags` counts them; `ids` is set when the candidates are known already."""

    view: str
    order: str
    filters: frozenset[str] = frozenset()
    tags: int = 0
    ids: bool = False
    after: bool = False

    @property
    def path(self) -> str:
        """The index that the page walks."""
        if self.ids:
            return "ids"
        if "contact" in self.filters:
            return "contact"
        if "assignee" in self.filters or self.view == "mine":
            return "assignee"
        return self._path_of_view()

    def _path_of_view(self) -> str:
        if self.view == "unclaimed" and self.order == "queue":
            return "queue_tag" if self.tags else "queue_channel" if "channel" in self.filters else "queue"
        if self.view in {"observing", "stale", "spam"}:
            return self.view
        if self.view == "others":
            return "claimed"
        if self.order in {"waiting", "priority"}:
            return self.order
        return "newest" if self.view == "any" else "status"

    @property
    def is_quick(self) -> bool:
        """Whether the page is one short index walk, whatever the data."""
        covered = {"queue_channel": {"channel"}, "newest": {"since", "until"}, "status": {"since", "until"}}
        walks = {"queue", "queue_channel", "queue_tag", "status", "newest"}
        most_tags = 1 if self.path == "queue_tag" else 0
        return self.path in walks and self.tags <= most_tags and self.filters <= covered.get(self.path, set())


@lru_cache(maxsize=512)
def page(combination: Combination) -> Select[Any]:
    """The statement for one page. Parameters: ws, me, most, the filters' values, tag0…, ids, key and after."""
    walked = _WALKED[combination.path]

    def column(name: str) -> Any:
        return _c[name] if name in walked else unindexed(_c[name])

    name, ascending = ORDERS[combination.order]
    key, last = column(name), _c.id if combination.path != "ids" else unindexed(_c.id)
    statement = _source(combination.path)
    if combination.path == "queue_tag":
        key, last = conversation_tags.c.queue_key, conversation_tags.c.conversation_id
    statement = statement.where(*_in_view(combination, column), *_filters(combination, column), *_tags(combination))
    if combination.after:
        here = tuple_(bindparam("key", type_=BigInteger), bindparam("after", type_=Id))
        statement = statement.where(tuple_(key, last) > here if ascending else tuple_(key, last) < here)
    directions = (key, last) if ascending else (key.desc(), last.desc())
    return statement.order_by(*directions).limit(bindparam("most", type_=Integer))


def _source(path: str) -> Select[Any]:
    """Conversations with the names that their shape needs, from the table that the path starts at."""
    source: Any = conversations
    tag = conversation_tags
    if path == "queue_tag":
        source = tag.join(conversations, and_(_c.workspace_id == tag.c.workspace_id, _c.id == tag.c.conversation_id))
    elif path == "observing":
        source = observers.join(
            conversations, and_(_c.workspace_id == observers.c.workspace_id, _c.id == observers.c.conversation_id)
        )
    named = source.outerjoin(
        contacts, and_(contacts.c.workspace_id == _c.workspace_id, contacts.c.id == _c.contact_id)
    ).outerjoin(agents, and_(agents.c.workspace_id == _c.workspace_id, agents.c.id == _c.assignee_id))
    statement = select(
        conversations, contacts.c.name.label("contact_name"), agents.c.name.label("assignee_name")
    ).select_from(named)
    if path == "queue_tag":
        return statement.where(tag.c.workspace_id == _ws, tag.c.queue_key.is_not(None))
    if path == "observing":
        return statement.where(observers.c.workspace_id == _ws, observers.c.agent_id == _me)
    return statement.where(_c.workspace_id == _ws)


def _in_view(combination: Combination, column: Any) -> list[ColumnElement[bool]]:
    view, path = combination.view, combination.path
    if view in STATUS_OF:
        return [column("status") == STATUS_OF[view], *([NOT_SPAM] if view == "archived" else [])]
    conditions: dict[str, list[ColumnElement[bool]]] = {
        # Along (status, last message) as an equality, otherwise as a range of the queue.
        "unclaimed": [column("status") == "open", unindexed(_c.assignee_id).is_(None)]
        if path == "status"
        else [column("queue_key").is_not(None)],
        "mine": [column("status") == "open", column("assignee_id") == _me],
        "others": [_c.assignee_id.is_not(None), unindexed(_c.assignee_id) != _me, column("status") == "open"],
        "stale": [STALE],
        "spam": [SPAM],
        "any": [NOT_SPAM],
        "observing": [column("status").in_(["open", "snoozed"]), *([] if path == "observing" else [_observed()])],
    }
    return conditions.get(view, [])


def _observed() -> ColumnElement[bool]:
    return exists().where(
        observers.c.workspace_id == _c.workspace_id,
        observers.c.conversation_id == _c.id,
        observers.c.agent_id == _me,
    )


def _filters(combination: Combination, column: Any) -> list[ColumnElement[bool]]:
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        "channel": lambda: column("channel") == bindparam("channel", type_=Text),
        "language": lambda: column("language") == bindparam("language", type_=Text),
        "priority": lambda: column("priority") == bindparam("priority", type_=SmallInteger),
        "contact": lambda: column("contact_id") == bindparam("contact", type_=Id),
        "assignee": lambda: column("assignee_id") == bindparam("assignee", type_=Id),
        "nobody": lambda: unindexed(_c.assignee_id).is_(None),
        "since": lambda: column("last_message_at") >= bindparam("since", type_=BigInteger),
        "until": lambda: column("last_message_at") < bindparam("until", type_=BigInteger),
        "pool": lambda: _in_pool(column),
        "waiting": lambda: _waits(combination.path, column),
    }
    chosen = [conditions[name]() for name in sorted(combination.filters)]
    return [*chosen, any_of(_c.id, "ids")] if combination.ids else chosen


def _waits(path: str, column: Any) -> ColumnElement[bool]:
    """An unanswered customer message of that instant or before; where the walk goes by waiting, it ends there."""
    since = bindparam("waiting", type_=BigInteger)
    waits = column("waiting_since") <= since
    queues = {"queue": _c, "queue_channel": _c, "queue_tag": conversation_tags.c}
    if path in queues:
        return and_(waits, queues[path].queue_key <= NOT_ESCALATED + since)
    return and_(waits, _c.waiting_key <= since) if path == "waiting" else waits


def _in_pool(column: Any) -> ColumnElement[bool]:
    """Any one condition of the pool is enough, as in pools/eligibility.py."""
    return or_(
        any_of(column("channel"), "pool_channels"),
        any_of(column("language"), "pool_languages"),
        *(column("priority") == bindparam(f"pool_priority{n}", type_=SmallInteger) for n in range(4)),
        exists().where(_tagged(), any_of(conversation_tags.c.tag, "pool_tags")),
    )


def _tagged() -> ColumnElement[bool]:
    tag = conversation_tags.c
    return and_(tag.workspace_id == _c.workspace_id, tag.conversation_id == _c.id)


def _tags(combination: Combination) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    first = 0
    if combination.path == "queue_tag":
        conditions, first = [conversation_tags.c.tag == bindparam("tag0", type_=Text)], 1
    for n in range(first, combination.tags):
        other = conversation_tags.alias(f"tag_{n}")
        conditions.append(
            exists().where(
                other.c.workspace_id == _c.workspace_id,
                other.c.tag == bindparam(f"tag{n}", type_=Text),
                other.c.conversation_id == _c.id,
            )
        )
    return conditions
