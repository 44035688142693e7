"""What a visitor may see: the messages of their own conversations, once proven of their contact's too."""

from typing import Any

from sqlalchemy import BigInteger, Integer, and_, bindparam, func, or_, select, tuple_

from dibs.channels.tables import channels, visitor_conversations, visitors
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations, messages
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.files.tables import files

# Conversations whose messages are looked through: the newest. One visitor usually has one.
MOST_CONVERSATIONS = 50
# Messages that reach a visitor. A failed or waiting one has not left yet.
_SHOWN = ("sent", "delivered", "read")

_v, _o, _c, _m, _h, _f = visitors.c, visitor_conversations.c, conversations.c, messages.c, channels.c, files.c
_ws = bindparam("ws", type_=Id)
VISITOR = select(visitors).where(_v.token_hash == bindparam("hash", type_=_v.token_hash.type))
LOCK_VISITOR = select(visitors).where(_v.workspace_id == _ws, _v.id == bindparam("visitor", type_=Id)).with_for_update()
# A merged contact's conversations belong to the one that remains.
_CONTACT = (
    select(func.coalesce(contacts.c.merged_into, contacts.c.id))
    .where(contacts.c.workspace_id == _ws, contacts.c.id == bindparam("contact", type_=Id))
    .scalar_subquery()
)
_OWN = (
    select(_o.conversation_id)
    .where(_o.workspace_id == _ws, _o.visitor_id == bindparam("visitor", type_=Id))
    .scalar_subquery()
)
_OF_VISITOR = select(_c.id).where(_c.workspace_id == _ws, _c.id.in_(_OWN))
_OF_CONTACT = select(_c.id).where(
    _c.workspace_id == _ws,
    _c.channel_id == bindparam("channel", type_=Id),
    or_(_c.id.in_(_OWN), _c.contact_id == _CONTACT),
)


def _newest(statement: Any) -> Any:
    return statement.order_by(_c.last_message_at.desc(), _c.id.desc()).limit(MOST_CONVERSATIONS)


VISIBLE, VISIBLE_ONCE_PROVEN = _newest(_OF_VISITOR), _newest(_OF_CONTACT)
_place = (_m.created_at, _m.seq, _m.id)
_SEEN = select(messages).where(
    _m.workspace_id == _ws,
    any_of(_m.conversation_id, "conversations"),
    or_(_m.kind == "customer", and_(_m.kind.in_(["reply", "bot"]), _m.delivery.in_(_SHOWN))),
)
_here = tuple_(bindparam("at", type_=BigInteger), bindparam("seq", type_=Integer), bindparam("message", type_=Id))
_most = bindparam("most", type_=Integer)
NEWEST = _SEEN.order_by(*(each.desc() for each in _place)).limit(_most)
BEFORE = _SEEN.where(tuple_(*_place) < _here).order_by(*(each.desc() for each in _place)).limit(_most)
SINCE = _SEEN.where(_m.created_at >= bindparam("at", type_=BigInteger)).order_by(*_place).limit(_most)
ONE = _SEEN.where(_m.id == bindparam("message", type_=Id))
# The team's messages up to one, that the visitor is now known to have: those that are not as far yet.
UP_TO = (
    select(messages)
    .where(_m.workspace_id == _ws, any_of(_m.conversation_id, "conversations"), _m.kind.in_(["reply", "bot"]))
    .where(any_of(_m.delivery, "from"), tuple_(*_place) <= _here)
    .order_by(_m.conversation_id, _m.seq)
    .limit(_most)
)
# A file that was sent with a message of a conversation on this widget.
FILE = (
    select(files)
    .join(conversations, (_c.workspace_id == _f.workspace_id) & (_c.id == _f.conversation_id))
    .where(_f.workspace_id == _ws, _f.id == bindparam("file", type_=Id), _c.channel_id == bindparam("channel"))
)
UNSENT = select(_f.id).where(
    _f.workspace_id == _ws, _f.owner_id == bindparam("visitor", type_=Id), _f.message_id.is_(None)
)
STILL_THERE = (
    select(_v.id)
    .join(channels, (_h.workspace_id == _v.workspace_id) & (_h.id == _v.channel_id))
    .where(_v.workspace_id == _ws, any_of(_v.id, "visitors"), _h.active)
)


async def visible(run: Any, visitor: Row) -> list[str]:
    """The ids of the conversations that a visitor may see, the newest first. `run` is the database's or a tx's."""
    params = {"ws": visitor.workspace_id, "visitor": visitor.id}
    if not visitor.verified:
        found = await run(VISIBLE, params)
    else:
        found = await run(VISIBLE_ONCE_PROVEN, params | {"channel": visitor.channel_id, "contact": visitor.contact_id})
    return [row.id for row in found]
