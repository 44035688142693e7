"""How a locked conversation row is written: every column but those of ownership, which are claims.py's alone."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Update, bindparam, select, update

from dibs import clock, ids, ledger
from dibs.conversations import shapes
from dibs.conversations.refusals import assignee_of
from dibs.conversations.tables import conversation_tags, conversations
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.tx import Fields, Tx

_c, _t = conversations.c, conversation_tags.c
OWNERSHIP = frozenset({"assignee_id", "epoch", "claimed_at", "claimed_via"})
# These decide the place in Unclaimed, which the tag rows repeat.
PLACE = frozenset({"status", "escalated_at", "waiting_since"})

_SYNC_TAGS = (
    update(conversation_tags)
    .where(_t.workspace_id == bindparam("ws", type_=Id), any_of(_t.conversation_id, "ids"))
    .values(
        queue_key=select(_c.queue_key)
        .where(_c.workspace_id == _t.workspace_id, _c.id == _t.conversation_id)
        .scalar_subquery()
    )
)


class LostUpdate(RuntimeError):
    """A conversation changed although its row was locked: a bug, never a refusal. The transaction is undone."""


class Note(NamedTuple):
    """A note that comes with a change, and the id that its message will have, by which the audit names it."""

    id: str
    text: str


def noted(text: str | None) -> Note | None:
    """A note with an id of its own, or None."""
    return Note(ids.new("msg"), text) if text else None


@lru_cache(maxsize=256)
def _update(names: tuple[str, ...]) -> Update:
    return (
        update(conversations)
        .where(
            _c.workspace_id == bindparam("ws", type_=Id),
            _c.id == bindparam("row_id", type_=Id),
            _c.version == bindparam("seen_version", type_=Integer),
        )
        .values(version=_c.version + 1, **{name: bindparam(f"new_{name}", type_=_c[name].type) for name in names})
        .returning(_c.version)
    )


async def change(tx: Tx, row: Row, **values: Any) -> Row:
    """Writes `values` to a locked conversation and returns it as it is now, one version on."""
    if OWNERSHIP & values.keys():
        raise LostUpdate("only claims.py changes an owner")
    names = tuple(sorted(values))
    params = {"ws": tx.workspace_id, "row_id": row.id, "seen_version": row.version}
    written = await tx.one(_update(names), params | {f"new_{name}": values[name] for name in names})
    if written is None:
        raise LostUpdate(f"{row.id} is no longer at version {row.version}")
    changed = row._replace(version=written.version, **values)
    if PLACE & values.keys():
        await sync_tags(tx, [changed])
    return changed


async def sync_tags(tx: Tx, rows: Sequence[Row]) -> None:
    """Carries the conversations' places in Unclaimed over to their tag rows."""
    if tagged := [row.id for row in rows if row.tags]:
        await tx.run(_SYNC_TAGS, {"ws": tx.workspace_id, "ids": tagged})


async def record(tx: Tx, kind: str, before: Row, after: Row, *, note: Note | None = None, **extra: Any) -> Row:
    """Audits a change of a conversation and emits its event. `extra` (reason, …) goes into both.

    The audit cannot be changed, so no text of a customer or about one stands there: of a note it says which message it
    is, of a subject how long it is. Returns the conversation as the reactions left it.
    """
    told = {name: value for name, value in extra.items() if value is not None}
    was, now = state(before), state(after)
    changed = [name for name in now if was[name] != now[name]]
    which = {} if note is None else {"note_id": note.id}
    tx.audit(
        kind,
        after.id,
        conversation_id=after.id,
        before={name: _kept(name, was[name]) for name in changed},
        after={"epoch": after.epoch, **{name: _kept(name, now[name]) for name in changed}, **which, **_how(told)},
        reason=told.get("reason"),
    )
    return await emit(tx, kind, after, **told, **({} if note is None else {"note": note.text}))


async def emit(tx: Tx, kind: str, row: Row, **extra: Any) -> Row:
    """Emits an event that carries the conversation as it is now; returns it as the reactions left it."""
    left = await tx.emit(kind, {"conversation": shapes.conversation(row), **extra}, conversation=row)
    return row if left is None else left


def state(row: Row) -> Fields:
    """What the audit says of a conversation, before and after."""
    return {
        "assignee": assignee_of(row),
        "status": row.status,
        "spam": row.spam,
        "priority": shapes.PRIORITIES[row.priority],
        "language": row.language,
        "tags": row.tags,
        "subject": row.subject,
        "stale": row.stale,
        "bot_paused": row.bot_paused,
        "escalated_at": clock.iso_or_none(row.escalated_at),
        "snoozed_until": clock.iso_or_none(row.snoozed_until),
    }


def _kept(name: str, value: Any) -> Any:
    return ledger.measured(value) if name == "subject" else value


def _how(told: Fields) -> Fields:
    return {name: told[name] for name in ("via", "override_limit") if name in told}
