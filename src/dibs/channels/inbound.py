"""What customers write on any channel, stored once: the channel's own id makes a redelivery harmless."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from dibs.channels.tables import channels
from dibs.contacts.identities import find_or_create, live
from dibs.contacts.queries import BY_ID as CONTACT
from dibs.conversations.changes import emit
from dibs.conversations.creation import as_customer, begin
from dibs.conversations.locks import lock
from dibs.conversations.message_shapes import Details
from dibs.conversations.messages import BY_EXTERNAL_ID
from dibs.conversations.messages import receive as store_received
from dibs.conversations.tables import conversations
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.files.content import Stored
from dibs.files.sending import attach, send
from dibs.tx import Tx

_c = conversations.c
_NEWEST = (
    select(_c.id)
    .where(
        _c.workspace_id == bindparam("ws", type_=Id),
        _c.contact_id == bindparam("contact", type_=Id),
        _c.channel_id == bindparam("channel", type_=Id),
        _c.spam == bindparam("spam", type_=_c.spam.type),
    )
    .order_by(_c.last_message_at.desc(), _c.id.desc())
    .limit(1)
)

_LOCK_CHANNEL = (
    select(channels.c.id)
    .where(channels.c.workspace_id == bindparam("ws", type_=Id), channels.c.id == bindparam("channel", type_=Id))
    .with_for_update(of=channels)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One message of a customer, as its channel tells it."""

    # The id of a contact, or the identities and the name by which the channel knows the sender.
    contact: str | dict[str, Any]
    text: str
    external_id: str | None = None
    # When it was written, by the provider's clock, in milliseconds; None: now.
    sent_at: int | None = None
    # The conversation that it belongs to. None: the newest of this contact on this channel if it `continues`, else new.
    conversation_id: str | None = None
    continues: bool = True
    subject: str | None = None
    files: tuple[Stored, ...] = ()
    # Files that `brought_by` brought in before.
    file_ids: tuple[str, ...] = ()
    brought_by: str | None = None
    details: Details = field(default_factory=Details)
    # Until when the channel takes a reply to this; an earlier message, told late, takes nothing back.
    reply_until: int | None = None
    # More columns of the conversation to write.
    changes: dict[str, Any] = field(default_factory=dict)
    spam: bool = False


class Received(NamedTuple):
    """The message, its conversation as it is now, and whether both are news."""

    message: Row
    conversation: Row
    is_new: bool


async def receive(tx: Tx, channel: Row, inbound: Inbound) -> Received:
    """Stores what a customer wrote, in the conversation that it belongs to or in a new one.

    Wakes a snoozed conversation and reopens a closed one. What a blocked contact writes is kept apart as spam.
    """
    given = inbound.contact
    who = await live(tx, given) if isinstance(given, str) else await find_or_create(tx, given)
    if inbound.external_id:
        key = {"ws": tx.workspace_id, "channel": channel.kind, "contact": who.id, "external_id": inbound.external_id}
        if (first := await tx.one(BY_EXTERNAL_ID, key)) is not None:
            return Received(first, await lock(tx, first.conversation_id), is_new=False)
    row = await place(tx, channel, who, inbound)
    async with as_customer(tx, who):
        if row.message_count == 0:
            await emit(tx, "conversation.created", row)
        if inbound.file_ids:
            message_id, attachments = await send(tx, row, inbound.file_ids, inbound.brought_by)
        else:
            message_id, attachments = await attach(tx, row, inbound.files)
        message, row, is_new = await store_received(
            tx,
            row,
            inbound.text,
            id=message_id,
            external_id=inbound.external_id,
            sent_at=inbound.sent_at,
            attachments=attachments,
            details=inbound.details or None,
            changes=inbound.changes | _window(row, inbound),
        )
    return Received(message, row, is_new)


def _window(row: Row, inbound: Inbound) -> dict[str, Any]:
    if inbound.reply_until is None:
        return {}
    return {"reply_until": max(inbound.reply_until, row.reply_until or 0)}


async def _is_erased(tx: Tx, row: Row) -> bool:
    """Whether nothing of this conversation's customer is kept: what comes for it begins anew."""
    (theirs,) = await tx.run(CONTACT, {"ws": tx.workspace_id, "id": row.contact_id})
    return theirs.erased_at is not None


async def place(tx: Tx, channel: Row, who: Row, inbound: Inbound) -> Row:
    """The conversation that it belongs to, locked: the one it names, the newest, or one that was just begun."""
    spam = inbound.spam or who.blocked
    apart = False
    if inbound.conversation_id is not None:
        row = await lock(tx, inbound.conversation_id)
        if (row.spam or not spam) and not await _is_erased(tx, row):
            return row
        apart = True
    if inbound.continues or apart:
        key = {"ws": tx.workspace_id, "contact": who.id, "channel": channel.id, "spam": spam}
        if (newest := await tx.one(_NEWEST, key)) is not None:
            return await lock(tx, newest.id)
        # Two first messages at once would begin two: whoever comes second finds the first one's.
        await tx.run(_LOCK_CHANNEL, {"ws": tx.workspace_id, "channel": channel.id})
        if (newest := await tx.one(_NEWEST, key)) is not None:
            return await lock(tx, newest.id)
    return await begin(tx, who, channel.kind, channel_id=channel.id, subject=inbound.subject, spam=spam)
