"""The emoji that a customer puts on a message: its last word counts, whenever it and the message come to be known."""

from sqlalchemy import Text, and_, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs import clock
from dibs.channels import statuses
from dibs.channels.tables import reactions
from dibs.channels.whatsapp.payloads import Reacted
from dibs.conversations.deliveries import READ, amend
from dibs.conversations.locks import lock
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.tx import Core, Tx

# WhatsApp tells of reactions to messages of the last 30 days, and repeats itself for a week.
KEEP = 60 * clock.DAY

_r = reactions.c
_put = upsert(reactions).values({column.name: bindparam(column.name, type_=column.type) for column in _r})
_new = _put.excluded
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace_id", "channel_id", "external_id"],
    set_={name: _new[name] for name in ("emoji", "at", "event_id", "created_at")},
    where=or_(_new["at"] > _r["at"], and_(_new["at"] == _r["at"], _new.event_id > _r.event_id)),
).returning(_r.external_id)
_OF = select(reactions).where(
    _r.workspace_id == bindparam("ws", type_=Id),
    _r.channel_id == bindparam("channel", type_=Id),
    _r.external_id == bindparam("external", type_=Text),
)
_PURGE = delete(reactions).where(_r.created_at < bindparam("before", type_=Instant))


async def react(tx: Tx, channel: Row, reacted: Reacted) -> None:
    """Puts a reaction on its message or takes it away; keeps it for a message that is not known yet."""
    written = {
        "workspace_id": tx.workspace_id,
        "channel_id": channel.id,
        "external_id": reacted.target,
        "emoji": reacted.emoji,
        "at": reacted.at if reacted.at is not None else tx.now,
        "event_id": reacted.id,
        "created_at": tx.now,
    }
    if not await tx.run(_PUT, written):
        return  # The customer has thought better of it since.
    message = await statuses.find(tx, channel, reacted.target)
    if message is None:
        await statuses.hold(tx, channel.id, reacted.target)
        message = await statuses.find(tx, channel, reacted.target)
    if message is not None:
        await show(tx, channel.id, message, reacted.target)


async def show(tx: Tx, channel_id: str, message: Row, external_id: str) -> None:
    """Shows on a message what the customer last put on it."""
    row = await lock(tx, message.conversation_id)
    found = await tx.one(_OF, {"ws": tx.workspace_id, "channel": channel_id, "external": external_id})
    if found is None:
        return
    (now,) = await tx.run(READ, {"ws": tx.workspace_id, "message": message.id})
    details = {**(now.details or {})}
    details.pop("reactions", None)
    if found.emoji is not None:
        details["reactions"] = [{"emoji": found.emoji, "at": clock.iso(found.at)}]
    if details != (now.details or {}):
        await amend(tx, row, now, details=details)


async def catch_up(tx: Tx, channel_id: str, message: Row, external_id: str) -> None:
    """What was told of a message before its id was known: how far it is, and the reaction to it."""
    await statuses.catch_up(tx, channel_id, message, external_id)
    await show(tx, channel_id, message, external_id)


async def purge(core: Core, now: int) -> None:
    """Throws away what can no longer be overtaken; messages keep what they show."""
    async with core.database.transaction() as opened:
        await opened.run(_PURGE, {"before": now - KEEP})
