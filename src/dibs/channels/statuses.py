"""What a channel says about a message of ours: sent, delivered, read, failed. Order and repeats change nothing."""

from sqlalchemy import Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs import clock
from dibs.channels.tables import early_statuses
from dibs.conversations.deliveries import RANK, advance
from dibs.conversations.message_shapes import Delivery, Failure
from dibs.conversations.tables import conversations, messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.tx import Tx

# A status for a message that we never sent is of no use to anybody after that.
KEEP = clock.DAY

_m, _c, _e = messages.c, conversations.c, early_statuses.c
_ws, _channel = bindparam("ws", type_=Id), bindparam("channel", type_=Id)
_external = bindparam("external", type_=Text)
_OURS = (
    select(messages)
    .join(conversations, (_c.workspace_id == _m.workspace_id) & (_c.id == _m.conversation_id))
    .where(_m.workspace_id == _ws, _m.external_id == _external, _c.channel_id == _channel)
    .where(_m.kind.in_(["reply", "bot"]))
)
_KEEP = (
    upsert(early_statuses)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _e})
    .on_conflict_do_nothing()
)
_KEPT = select(early_statuses).where(_e.workspace_id == _ws, _e.channel_id == _channel, _e.external_id == _external)
_FORGET = delete(early_statuses).where(_e.workspace_id == _ws, _e.channel_id == _channel, _e.external_id == _external)


async def tell(tx: Tx, channel: Row, external_id: str, to: Delivery, *, failure: Failure | None = None) -> Row | None:
    """Moves the message that the channel calls `external_id` on; one that is not known yet is told later.

    Returns the message as it is now, or None.
    """
    key = {"ws": tx.workspace_id, "channel": channel.id, "external": external_id}
    message = await tx.one(_OURS, key)
    if message is None:
        await tx.run(
            _KEEP,
            {
                "workspace_id": tx.workspace_id,
                "channel_id": channel.id,
                "external_id": external_id,
                "delivery": to,
                "failure": failure,
                "created_at": tx.now,
            },
        )
        # The one who hands it over may have written its id down since we looked.
        message = await tx.one(_OURS, key)
        if message is None:
            return None
    return await advance(tx, message, to, failure=failure)


async def catch_up(tx: Tx, channel_id: str, message: Row, external_id: str) -> Row:
    """Applies what was told about a message before its id was known."""
    key = {"ws": tx.workspace_id, "channel": channel_id, "external": external_id}
    for early in sorted(await tx.run(_KEPT, key), key=lambda each: RANK[each.delivery]):
        message = await advance(tx, message, early.delivery, failure=early.failure)
    await tx.run(_FORGET, key)
    return message
