"""Every mail in and out by its Message-ID: each is taken in once, and what refers to one finds its conversation."""

from typing import Any

from sqlalchemy import Text, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs.channels.tables import mails
from dibs.conversations.tables import conversations
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, any_of
from dibs.tx import Tx

_l, _c = mails.c, conversations.c
_ws, _channel = bindparam("ws", type_=Id), bindparam("channel", type_=Id)
_this = (_l.workspace_id == _ws, _l.channel_id == _channel, _l.message_id_header == bindparam("header", type_=Text))
READ = select(mails).where(*_this)
_INSERT = (
    upsert(mails)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _l})
    .on_conflict_do_nothing()
    .returning(_l.message_id_header)
)
_FILL = (
    update(mails)
    .where(*_this)
    .values(
        conversation_id=bindparam("conversation", type_=Id),
        message_id=bindparam("message", type_=Id),
        ignored_as=bindparam("new_ignored_as", type_=Text),
    )
)
# The conversations of the mails that one refers to, each with whose it is.
REFERRED = (
    select(_l.message_id_header, _l.direction, _c.id, _c.contact_id)
    .join(conversations, (_c.workspace_id == _l.workspace_id) & (_c.id == _l.conversation_id))
    .where(_l.workspace_id == _ws, _l.channel_id == _channel, any_of(_l.message_id_header, "headers"))
)
OF_CHANNEL = select(_c.id, _c.contact_id).where(
    _c.workspace_id == _ws, _c.channel_id == _channel, _c.id == bindparam("conversation", type_=Id)
)
# What an answer of ours refers to.
LAST_IN = (
    select(_l.message_id_header, _l.refers_to)
    .where(_l.workspace_id == _ws, _l.conversation_id == bindparam("conversation", type_=Id))
    .where(_l.direction == "in", _l.message_id.is_not(None))
    .order_by(_l.created_at.desc(), _l.message_id.desc())
    .limit(1)
)
# How many mails of one contact the channel took in.
LATELY = (
    select(func.count().label("number"))
    .select_from(mails)
    .join(conversations, (_c.workspace_id == _l.workspace_id) & (_c.id == _l.conversation_id))
    .where(_c.workspace_id == _ws, _c.contact_id == bindparam("contact", type_=Id))
    .where(_c.last_message_at >= bindparam("since", type_=Instant))
    .where(_l.workspace_id == _ws, _l.channel_id == _channel, _l.direction == "in")
    .where(_l.created_at >= bindparam("since", type_=Instant))
)


async def claim(tx: Tx, channel_id: str, header: str, **more: Any) -> bool:
    """Writes a mail down under its Message-ID; False when it is there already, or another transaction is at it.

    `more`: `direction`, and what is known of `digest`, `refers_to`, `conversation_id`, `message_id`, `ignored_as`.
    """
    row: dict[str, Any] = {
        "workspace_id": tx.workspace_id,
        "channel_id": channel_id,
        "message_id_header": header,
        "digest": None,
        "conversation_id": None,
        "message_id": None,
        "refers_to": [],
        "ignored_as": None,
        "created_at": tx.now,
    }
    return bool(await tx.run(_INSERT, row | more))


async def fill(
    tx: Tx, channel_id: str, header: str, *, message: Row | None = None, ignored_as: str | None = None
) -> None:
    """Writes down what a mail became: a message, or nothing, with the reason."""
    params: dict[str, Any] = {"ws": tx.workspace_id, "channel": channel_id, "header": header}
    params |= {"conversation": message and message.conversation_id, "message": message and message.id}
    await tx.run(_FILL, params | {"new_ignored_as": ignored_as})
