"""What webhooks tell, stored: each event in a transaction of its own, harmless when it comes again or in another order.

Files are fetched after the answer: the entry that does so is written with the message (media.py). So a webhook is
answered at once, and what was answered with 200 is stored whatever happens next.
"""

import structlog

from dibs import clock
from dibs.actor import Actor, system
from dibs.channels import statuses
from dibs.channels.inbound import Inbound, place, receive
from dibs.channels.whatsapp import media, reactions
from dibs.channels.whatsapp.payloads import Event, Reacted, Told, Wrote
from dibs.contacts.identities import claim_identity, find_or_create, live, owners
from dibs.conversations.changes import change, emit, record
from dibs.conversations.deliveries import READ, advance
from dibs.conversations.messages import store
from dibs.db.compiled import Row
from dibs.delivery import outbox
from dibs.errors import Refusal
from dibs.pools.rules import rules
from dibs.tx import Core, Tx, transaction

log = structlog.get_logger()
WINDOW = 24 * clock.HOUR
SHORTEST_NUMBER, LONGEST_NUMBER = 5, 15


async def take_in(core: Core, channel: Row, event: Event) -> None:
    """Stores one event of a connected number. What can never be stored is logged and left out."""
    try:
        async with transaction(core, _whatsapp(channel)) as tx:
            if isinstance(event, Told):
                await _told(tx, channel, event)
            elif isinstance(event, Reacted):
                await reactions.react(tx, channel, event)
            elif event.by_us:
                await _answered(tx, channel, event)
            else:
                await _wrote(tx, channel, event)
    except Refusal as refusal:
        log.warning("whatsapp.left_out", channel=channel.id, event_id=event.id, code=refusal.code, why=refusal.detail)


def _whatsapp(channel: Row) -> Actor:
    return system(channel.workspace_id, "WhatsApp", "whatsapp")


async def _wrote(tx: Tx, channel: Row, wrote: Wrote) -> None:
    if await statuses.find(tx, channel, wrote.id) is not None:
        return
    contact_id = await _contact(tx, wrote)
    # By the customer's clock; a message from the future opens the window no longer than one that comes now.
    at = min(wrote.at or tx.now, tx.now)
    inbound = Inbound(
        contact=contact_id,
        text=wrote.text,
        external_id=wrote.id,
        sent_at=wrote.at,
        details=wrote.details,
        reply_until=at + WINDOW,
    )
    received = await receive(tx, channel, inbound)
    if received.is_new:
        await _complete(tx, channel, received.message, wrote)


async def _answered(tx: Tx, channel: Row, wrote: Wrote) -> None:
    """Somebody answered on the business's own phone: a human reply as any other, so the bot pauses (product 2.3)."""
    if await statuses.find(tx, channel, wrote.id) is not None:
        return
    who = await live(tx, await _contact(tx, wrote))
    row = await place(tx, channel, who, Inbound(contact=who.id, text=wrote.text))
    if await statuses.find(tx, channel, wrote.id) is not None:
        return  # Another process was told the same and was quicker.
    if row.message_count == 0:
        await emit(tx, "conversation.created", row)
    row = await _pause_bot(tx, row)
    at = wrote.at or tx.now
    # Written before the customer's last words, it does not answer them.
    changes = {"waiting_since": None} if at >= row.last_message_at or not row.message_count else {}
    message, _ = await store(
        tx,
        row,
        kind="reply",
        text=wrote.text,
        external_id=wrote.id,
        sent_at=wrote.at,
        delivery="sent",
        details=wrote.details or None,
        changes=changes,
    )
    await _complete(tx, channel, message, wrote)


async def _pause_bot(tx: Tx, row: Row) -> Row:
    if row.assignee_id is not None or row.bot_paused:
        return row
    if not (await rules(tx.run, tx.workspace_id)).settings.pause_bot_on_claim:
        return row
    paused = await change(tx, row, bot_paused=True)
    await record(tx, "conversation.bot_paused", row, paused, reason="human_reply")
    return paused


async def _complete(tx: Tx, channel: Row, message: Row, wrote: Wrote) -> None:
    """What comes after a message: its file is fetched, and what was told of it before is caught up with."""
    if wrote.media is not None:
        await media.fetch_later(tx, channel, message, wrote.media)
    await reactions.catch_up(tx, channel.id, message, wrote.id)


async def _contact(tx: Tx, wrote: Wrote) -> str:
    """The id of the contact with this number; with this user id where the customer hides the number.

    A user id is remembered with the number, so that whoever hides it later stays the same contact.
    """
    known_as = f"whatsapp:{wrote.user_id}" if wrote.user_id else None
    is_number = wrote.phone.isascii() and wrote.phone.isdigit()
    phone = f"+{wrote.phone}" if is_number and SHORTEST_NUMBER <= len(wrote.phone) <= LONGEST_NUMBER else None
    if phone is None:
        known_as = known_as or f"whatsapp:{wrote.phone}"
    given = {"name": wrote.name.strip() or None, "phone": phone}
    is_owned = known_as is not None and bool(await owners(tx, {"external_id": known_as}))
    if phone is None or is_owned:
        given["external_id"] = known_as
    who = await find_or_create(tx, given)
    if phone is not None and known_as is not None and not is_owned:
        await claim_identity(tx, who.id, "external_id", known_as)
    return str(who.id)


async def _told(tx: Tx, channel: Row, told: Told) -> None:
    message = await statuses.find(tx, channel, told.id)
    # Known only by what we gave along: whoever handed it over has not written its id down, and perhaps never will.
    # Not so for `failed`: an attempt that failed says nothing of the next one of the same entry.
    if message is None and told.entry_id and told.delivery != "failed":
        message_id = await outbox.arrived(tx, told.entry_id, channel.id)
        if message_id is not None:
            message = await tx.one(READ, {"ws": tx.workspace_id, "message": message_id})
            if message is None:
                return  # Erased since.
            name = told.id if message.external_id is None else None
            message = await advance(tx, message, told.delivery, external_id=name)
            await reactions.catch_up(tx, channel.id, message, told.id)
            return
    await statuses.tell(tx, channel, told.id, told.delivery, failure=told.failure)
