"""What a channel says about a message of ours: sent, delivered, read, failed. Order and repeats change nothing."""

from typing import Any

from sqlalchemy import Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs import clock
from dibs.channels.tables import early_statuses
from dibs.conversations.deliveries import RANK, advance
from dibs.conversations.message_shapes import Delivery, Failure
from dibs.conversations.tables import conversations, messages
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.tx import Core, Tx

# A status for a message that we never sent is of no use to anybody after that.
KEEP = clock.DAY

_m, _c, _e = messages.c, conversations.c, early_statuses.c
_ws, _channel = bindparam("ws", type_=Id), bindparam("channel", type_=Id)
_external = bindparam("external", type_=Text)
_FIND = (
    select(messages)
    .join(conversations, (_c.workspace_id == _m.workspace_id) & (_c.id == _m.conversation_id))
    .where(_m.workspace_id == _ws, _m.channel == bindparam("kind", type_=Text), _m.external_id == _external)
    .where(_c.channel_id == _channel)
)
_OURS = _FIND.where(_m.kind.in_(["reply", "bot"]))
_KEEP = (
    upsert(early_statuses)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _e})
    .on_conflict_do_nothing()
)
_hold = upsert(early_statuses).values({column.name: bindparam(column.name, type_=column.type) for column in _e})
_HOLD = _hold.on_conflict_do_update(
    index_elements=["workspace_id", "channel_id", "external_id", "delivery"],
    set_={"created_at": _hold.excluded.created_at},
)
_THESE = (_e.workspace_id == _ws, _e.channel_id == _channel, _e.external_id == _external)
_KEPT = select(early_statuses).where(*_THESE, _e.delivery != "queued")
_FORGET = delete(early_statuses).where(*_THESE)
_PURGE = delete(early_statuses).where(_e.created_at < bindparam("before", type_=Instant))


async def tell(tx: Tx, channel: Row, external_id: str, to: Delivery, *, failure: Failure | None = None) -> Row | None:
    """Moves the message that the channel calls `external_id` on; one that is not known yet is told later.

    Returns the message as it is now, or None.
    """
    key = {"ws": tx.workspace_id, "channel": channel.id, "kind": channel.kind, "external": external_id}
    message = await tx.one(_OURS, key)
    if message is None:
        await hold(tx, channel.id, external_id)
        # The one who hands it over may have written its id down since we looked.
        message = await tx.one(_OURS, key)
        if message is None:
            await tx.run(_KEEP, _status(tx, channel.id, external_id, to) | {"failure": failure})
            return None
    return await advance(tx, message, to, failure=failure)


async def find(tx: Tx, channel: Row, external_id: str) -> Row | None:
    """The message that the channel calls so, whoever wrote it; or None."""
    key = {"ws": tx.workspace_id, "channel": channel.id, "kind": channel.kind, "external": external_id}
    return await tx.one(_FIND, key)


async def hold(tx: Tx, channel_id: str, external_id: str) -> None:
    """Until this transaction ends, whoever else names this message or tells of it before it is named waits.

    Otherwise the two could pass each other: each commits without having seen what the other wrote. One such id a
    transaction, and no lock of a conversation after it unless the message was found: so that nobody waits in a circle.
    """
    await tx.run(_HOLD, _status(tx, channel_id, external_id, "queued"))


def _status(tx: Tx, channel_id: str, external_id: str, delivery: Delivery) -> dict[str, Any]:
    return {
        "workspace_id": tx.workspace_id,
        "channel_id": channel_id,
        "external_id": external_id,
        "delivery": delivery,
        "failure": None,
        "created_at": tx.now,
    }


async def catch_up(tx: Tx, channel_id: str, message: Row, external_id: str) -> Row:
    """Applies what was told about a message before its id was known."""
    await hold(tx, channel_id, external_id)
    key = {"ws": tx.workspace_id, "channel": channel_id, "external": external_id}
    for early in sorted(await tx.run(_KEPT, key), key=lambda each: RANK[each.delivery]):
        message = await advance(tx, message, early.delivery, failure=early.failure)
    await tx.run(_FORGET, key)
    return message


async def purge(core: Core, now: int) -> None:
    """Throws away what was told about messages that nobody named for a day."""
    async with core.database.transaction() as opened:
        await opened.run(_PURGE, {"before": now - KEEP})
