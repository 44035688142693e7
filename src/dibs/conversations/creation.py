"""New conversations: a customer's first message, or an agent who writes first (outbound, claimed by the writer)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from dibs import ids
from dibs.actor import Actor
from dibs.contacts.identities import find_or_create, live, refuse_erased
from dibs.contacts.tables import contacts
from dibs.conversations.changes import change, emit
from dibs.conversations.claims import claim_locked
from dibs.conversations.locks import lock
from dibs.conversations.messages import BY_EXTERNAL_ID, receive
from dibs.conversations.replies import Reply, reply
from dibs.conversations.tables import conversations
from dibs.conversations.tags import cleaned, hold, set_tags
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Invalid, Refusal
from dibs.tx import Tx

# What a contact must have so that a conversation can begin on a channel.
NEEDED = {"email": "email", "whatsapp": "phone"}

_c = conversations.c
_GIVEN = (
    *("workspace_id", "id", "contact_id", "channel", "created_at", "last_message_at", "unclaimed_since"),
    *("subject", "tags", "channel_id", "spam", "status"),
)
_INSERT = insert(conversations).values(
    {name: bindparam(name, type_=_c[name].type) for name in _GIVEN}
    | {"priority": 1, "epoch": 0, "message_count": 0, "version": 1}
    | {"stale": False, "bot_paused": False, "language_edited": False}
)
# Read, not locked: whoever merges contacts holds them first and conversations after.
_CONTACT = select(contacts).where(
    contacts.c.workspace_id == bindparam("ws", type_=Id), contacts.c.id == bindparam("id", type_=Id)
)
# The customer's day counts for the number that they wrote to, in whatever conversation.
_WINDOW = select(func.max(_c.reply_until).label("until")).where(
    _c.workspace_id == bindparam("ws", type_=Id),
    _c.contact_id == bindparam("contact", type_=Id),
    _c.channel_id == bindparam("channel", type_=Id),
)


class ContactBlocked(Refusal):
    """The contact is blocked; nothing of theirs is taken in."""

    code, status, title = "forbidden", 403, "Contact is blocked"


async def create(
    tx: Tx,
    contact: str | dict[str, Any],
    *,
    text: str,
    channel: str = "api",
    external_id: str | None = None,
    tags: Sequence[str] = (),
    subject: str | None = None,
) -> tuple[Row, bool]:
    """A conversation that begins with a customer's message; the same `external_id` again returns the first.

    Returns the conversation and whether it is new.
    """
    wanted_tags = cleaned(tags)
    who = await live(tx, contact) if isinstance(contact, str) else await find_or_create(tx, contact)
    tx.actor.must("conversations:write", "agent")
    if external_id:
        key = {"ws": tx.workspace_id, "channel": channel, "contact": who.id, "external_id": external_id}
        if (first := await tx.one(BY_EXTERNAL_ID, key)) is not None:
            return await lock(tx, first.conversation_id), False
    refuse_blocked(who)
    row = await begin(tx, who, channel, subject=subject, tags=wanted_tags)
    async with as_customer(tx, who):
        await emit(tx, "conversation.created", row)
        _, row, _ = await receive(tx, row, text, external_id=external_id)
    return row, True


async def create_outbound(
    tx: Tx,
    contact: str | dict[str, Any],
    first: Reply,
    *,
    channel: str = "api",
    channel_id: str | None = None,
    tags: Sequence[str] = (),
    subject: str | None = None,
) -> Row:
    """A conversation that an agent begins: claimed by them, with their message. Pools and the limit bind.

    It goes out by the connected channel `channel_id` of that kind, or by the oldest. Refuses with 422 a contact without
    the address that the channel needs. A channel that takes replies for a day only takes a template here, unless the
    customer wrote within that day.
    """
    wanted_tags = cleaned(tags)
    who = await live(tx, contact) if isinstance(contact, str) else await find_or_create(tx, contact)
    tx.actor.must("conversations:write", "agent")
    refuse_blocked(who)
    if (needed := NEEDED.get(channel)) and getattr(who, needed) is None:
        raise Invalid("contact", f"this contact has no {needed}, which {channel} needs; add it first")
    channel_id = await tx.core.channel_of(tx, channel, channel_id)
    row = await begin(tx, who, channel, channel_id=channel_id, subject=subject, tags=wanted_tags)
    if channel == "whatsapp" and channel_id is not None:
        window = await tx.one(_WINDOW, {"ws": tx.workspace_id, "contact": who.id, "channel": channel_id})
        row = await change(tx, row, reply_until=(window and window.until) or tx.now)
    await emit(tx, "conversation.created", row)
    row = await claim_locked(tx, row, via=tx.actor.via)
    _, row, _ = await reply(tx, row.id, first)
    return row


def refuse_blocked(contact: Row) -> None:
    """Refuses a blocked contact with 403."""
    if contact.blocked:
        raise ContactBlocked("This contact is blocked. Unblock it first.", needs="unblocked_contact")


async def begin(
    tx: Tx,
    contact: Row,
    channel: str,
    *,
    channel_id: str | None = None,
    subject: str | None = None,
    tags: Sequence[str] = (),
    spam: bool = False,
) -> Row:
    """A new conversation without any message, locked. Spam begins archived; emitting `created` is the caller's."""
    conversation_id = ids.new("conv")
    await hold(tx, list(tags))
    await tx.run(
        _INSERT,
        {
            "workspace_id": tx.workspace_id,
            "id": conversation_id,
            "contact_id": contact.id,
            "channel": channel,
            "created_at": tx.now,
            "last_message_at": tx.now,
            "unclaimed_since": None if spam else tx.now,
            "subject": subject,
            "tags": list(tags),
            "channel_id": channel_id,
            "spam": spam,
            "status": "archived" if spam else "open",
        },
    )
    row = await lock(tx, conversation_id)
    await set_tags(tx, row)
    return row


class as_customer:  # noqa: N801 - reads as a sentence: `async with as_customer(tx, contact)`
    """Within the block the contact is the one who acts: events and messages are theirs, not the key's."""

    def __init__(self, tx: Tx, contact: Row) -> None:
        self.tx, self.was = tx, tx.actor
        self.customer = Actor(
            type="contact",
            id=contact.id,
            name=contact.name or "",
            via=tx.actor.via,
            workspace_id=tx.workspace_id,
            ip=tx.actor.ip,
            request_id=tx.actor.request_id,
        )

    async def __aenter__(self) -> None:
        self.tx.actor = self.customer

    async def __aexit__(self, *_: object) -> None:
        self.tx.actor = self.was


async def customer_message(
    tx: Tx, conversation_id: str, text: str, *, external_id: str | None = None
) -> tuple[Row, Row, bool]:
    """What the customer wrote, brought in through the API channel. Returns message, conversation, whether new."""
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    (who,) = await tx.run(_CONTACT, {"ws": tx.workspace_id, "id": row.contact_id})
    refuse_erased(who)
    refuse_blocked(who)
    async with as_customer(tx, who):
        return await receive(tx, row, text, external_id=external_id)
