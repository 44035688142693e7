"""What is to leave: written with its cause, taken in leases, settled once. At least once, in order within a lane.

A repeat carries the same id, so that the other side can tell. Nothing here speaks to anybody: worker.py does.
"""

from collections.abc import Sequence

from sqlalchemy import Integer, Text, and_, bindparam, exists, insert, not_, null, or_, select, update

from dibs import clock, ids
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, Instant, any_of
from dibs.delivery.tables import outbox
from dibs.tx import Change, Core, Tx

CHANNEL = "channel"
# Pauses after a failure, the last one again and again until GIVE_UP_AFTER.
BACK_OFF = tuple(seconds * clock.SECOND for seconds in (1, 5, 30, 120, 600, 1_800, 3_600))
GIVE_UP_AFTER = clock.DAY
LEASE = 2 * clock.MINUTE

_o = outbox.c
_ahead = outbox.alias("ahead")
_now = bindparam("now", type_=Instant)
_this = (_o.workspace_id == bindparam("ws", type_=Id), _o.id == bindparam("row_id", type_=Id))
_mine = (*_this, _o.lease == bindparam("held", type_=Text), _o.state == "queued")
_INSERT = insert(outbox).values({column.name: bindparam(column.name, type_=column.type) for column in _o})
# The first of each lane that is due and that nobody works on. Lanes are short: what is settled is not in the index.
_DUE = (
    select(_o.workspace_id, _o.id, _o.target)
    .where(
        _o.state == "queued",
        _o.due_at <= _now,
        or_(_o.leased_until.is_(None), _o.leased_until <= _now),
        not_(any_of(_o.target, "busy")),
        ~exists().where(
            and_(
                _ahead.c.workspace_id == _o.workspace_id,
                _ahead.c.topic == _o.topic,
                _ahead.c.lane == _o.lane,
                _ahead.c.seq < _o.seq,
                _ahead.c.state == "queued",
            )
        ),
    )
    .order_by(_o.due_at)
    .limit(bindparam("most", type_=Integer))
)
# What was seen may be gone: the condition decides which of several workers has it.
_TAKE = (
    update(outbox)
    .where(*_this, _o.state == "queued", _o.due_at <= _now, or_(_o.leased_until.is_(None), _o.leased_until <= _now))
    .values(
        lease=bindparam("new_lease", type_=Text),
        leased_until=bindparam("until", type_=Instant),
        attempts=_o.attempts + 1,
    )
    .returning(outbox)
)
_SETTLE = (
    update(outbox)
    .where(*_mine)
    .values(
        state=bindparam("new_state", type_=Text),
        settled_at=_now,
        error=bindparam("new_error", type_=Text),
        lease=null(),
        leased_until=null(),
    )
    .returning(_o.id)
)
_POSTPONE = (
    update(outbox)
    .where(*_mine)
    .values(due_at=bindparam("later", type_=Instant), error=bindparam("new_error", type_=Text), lease=null())
    .values(leased_until=null())
    .returning(_o.id)
)
_AGAIN = (
    update(outbox)
    .where(_o.workspace_id == bindparam("ws", type_=Id), _o.message_id == bindparam("message", type_=Id))
    .where(_o.topic == CHANNEL, _o.state != "queued")
    .values(state="queued", settled_at=null(), attempts=0, due_at=_now, created_at=_now, error=null())
    .returning(_o.id)
)
_ARRIVED = (
    update(outbox)
    .where(*_this, _o.topic == CHANNEL, _o.target == bindparam("target_id", type_=Id), _o.state == "queued")
    .values(state="done", settled_at=_now, error=null(), lease=null(), leased_until=null())
)
_MESSAGE_OF = select(_o.message_id).where(
    *_this, _o.topic == CHANNEL, _o.target == bindparam("target_id", type_=Id), _o.message_id.is_not(None)
)
_ANY_OF = (
    select(_o.id)
    .where(_o.workspace_id == bindparam("ws", type_=Id), _o.message_id == bindparam("message", type_=Id))
    .where(_o.topic == CHANNEL)
    .limit(1)
)


def register(core: Core) -> None:
    """Puts every message that a channel must be handed into the outbox, in the transaction that stores it."""
    core.react("message.created", _to_channel)
    core.react("message.delivery", _to_channel_again)


async def _to_channel(tx: Tx, change: Change) -> None:
    message, row = change.fields["message"], change.conversation
    if row is None or message["delivery"] != "queued":
        return
    await put(tx, CHANNEL, target=row.channel_id, lane=row.id, seq=message["seq"], message_id=message["id"])


async def _to_channel_again(tx: Tx, change: Change) -> None:
    """A retry: the same entry once more, or its first one when the channel was not connected before."""
    message, row = change.fields["message"], change.conversation
    if row is None or message["delivery"] != "queued":
        return
    if await tx.run(_AGAIN, {"ws": tx.workspace_id, "message": message["id"], "now": tx.now}):
        tx.wake("outbox")
    elif not await tx.run(_ANY_OF, {"ws": tx.workspace_id, "message": message["id"]}):
        await put(tx, CHANNEL, target=row.channel_id, lane=row.id, seq=message["seq"], message_id=message["id"])


async def put(
    tx: Tx,
    topic: str,
    *,
    target: str,
    lane: str,
    seq: int,
    message_id: str | None = None,
    body: dict[str, object] | None = None,
) -> str:
    """Writes an entry and returns its id; it leaves after the commit, or never if there is none."""
    entry = ids.new("out")
    await tx.run(
        _INSERT,
        {
            "workspace_id": tx.workspace_id,
            "id": entry,
            "topic": topic,
            "target": target,
            "lane": lane,
            "seq": seq,
            "message_id": message_id,
            "body": body,
            "state": "queued",
            "attempts": 0,
            "due_at": tx.now,
            "lease": None,
            "leased_until": None,
            "error": None,
            "created_at": tx.now,
            "settled_at": None,
        },
    )
    tx.wake("outbox")
    return entry


async def take(database: Database, *, most: int, busy: Sequence[str] = ()) -> list[Row]:
    """Leases up to `most` entries that are due, none of the targets `busy`; nobody else gets them for two minutes."""
    now = clock.now()
    found = await database.run(_DUE, {"now": now, "most": most, "busy": list(busy)})
    if not found:
        return []
    taken = []
    async with database.transaction() as opened:
        for row in found:
            lease = {"new_lease": ids.new("out"), "until": now + LEASE}
            taken += await opened.run(_TAKE, {"ws": row.workspace_id, "row_id": row.id, "now": now} | lease)
    return taken


async def settle(tx: Tx, entry: Row, state: str, error: str | None = None) -> bool:
    """Ends an entry as `done` or `failed`; False when its lease had run out and somebody else has it."""
    params = {"ws": entry.workspace_id, "row_id": entry.id, "held": entry.lease, "now": tx.now}
    return bool(await tx.run(_SETTLE, params | {"new_state": state, "new_error": error}))


async def arrived(tx: Tx, entry_id: str, target: str) -> str | None:
    """Ends an entry of which the other side tells that it has it: it need not be sent again, whoever was about to.

    Returns the id of its message; None for an id that is no entry of that target.
    """
    if not ids.well_formed(entry_id, "out"):
        return None
    params = {"ws": tx.workspace_id, "row_id": entry_id, "target_id": target}
    await tx.run(_ARRIVED, params | {"now": tx.now})
    found = await tx.one(_MESSAGE_OF, params)
    return found.message_id if found is not None else None


async def postpone(tx: Tx, entry: Row, error: str, *, wait: int | None = None) -> bool:
    """Puts an entry off, after its failure number `attempts`, by `wait` milliseconds or what BACK_OFF says.

    False once it has been tried for a day: the caller settles it as failed.
    """
    pause = BACK_OFF[min(entry.attempts, len(BACK_OFF)) - 1] if wait is None else wait
    if tx.now + pause - entry.created_at > GIVE_UP_AFTER:
        return False
    params = {"ws": entry.workspace_id, "row_id": entry.id, "held": entry.lease, "later": tx.now + pause}
    await tx.run(_POSTPONE, params | {"new_error": error})
    return True
