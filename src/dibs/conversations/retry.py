"""Sending a reply whose delivery failed once more. The message stays the same one: it is never sent twice."""

from sqlalchemy import Text, bindparam, null, select, update

from dibs import ids
from dibs.conversations import message_shapes
from dibs.conversations.changes import emit
from dibs.conversations.locks import lock, not_found
from dibs.conversations.messages import outcome
from dibs.conversations.refusals import refuse_closed, refuse_held, refuse_late, refuse_old_epoch
from dibs.conversations.replies import make_answerable, mark_replied
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Invalid
from dibs.tx import Tx

_m = messages.c
_THIS = (
    _m.workspace_id == bindparam("ws", type_=Id),
    _m.conversation_id == bindparam("conversation", type_=Id),
    _m.id == bindparam("message", type_=Id),
)
_READ = select(messages).where(*_THIS)
_DELIVER = (
    update(messages)
    .where(*_THIS, _m.delivery == "failed")
    .values(
        delivery=bindparam("new_delivery", type_=Text),
        details=bindparam("new_details", type_=_m.details.type),
        # What the channel still says of the first attempt is not about this one.
        external_id=null(),
    )
    .returning(messages)
)


async def retry(tx: Tx, conversation_id: str, message_id: str, *, epoch: int | None = None) -> tuple[Row, Row]:
    """Hands a failed reply to its channel again; returns message and conversation. What did not fail is left alone.

    Refuses what is no reply (422), and whoever may not reply to the conversation now, as a reply is refused.
    """
    row = await lock(tx, conversation_id)
    this = {"ws": tx.workspace_id, "conversation": row.id, "message": message_id}
    message = await tx.one(_READ, this) if ids.well_formed(message_id, "msg") else None
    if message is None:
        raise not_found("message")
    tx.actor.must("conversations:write", "agent")
    if message.kind != "reply":
        raise Invalid("message_id", "only a reply is delivered to the customer, and can be sent again")
    if message.delivery != "failed":
        return message, row
    refuse_closed(row)
    refuse_held(row, tx.actor)
    refuse_old_epoch(row, epoch, tx.actor)
    if not (message.details or {}).get("template"):
        refuse_late(row, tx.now)
    row = await make_answerable(tx, row)
    delivery = outcome(row)
    if delivery == message.delivery:
        return message, row
    await mark_replied(tx, row)
    details = {name: value for name, value in (message.details or {}).items() if name != "failure"}
    (delivered,) = await tx.run(_DELIVER, this | {"new_delivery": delivery, "new_details": details or None})
    await emit(tx, "message.delivery", row, message=message_shapes.message(delivered))
    return delivered, row
