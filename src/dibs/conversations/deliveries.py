"""How far a message to the customer is. What is further never goes back, in whatever order a channel tells it."""

from typing import Any

from sqlalchemy import Text, bindparam, case, select, update

from dibs.conversations import message_shapes
from dibs.conversations.changes import emit
from dibs.conversations.locks import lock
from dibs.conversations.message_shapes import Delivery, Details, Failure
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.tx import Tx

# A message that was delivered has not failed, whatever else is said about it: the order in which statuses arrive
# changes nothing of where they end.
RANK: dict[str, int] = {"queued": 0, "sent": 1, "failed": 2, "delivered": 3, "read": 4}

_m = messages.c
_THIS = (_m.workspace_id == bindparam("ws", type_=Id), _m.id == bindparam("message", type_=Id))
READ = select(messages).where(*_THIS)
_rank = case(*((_m.delivery == name, rank) for name, rank in RANK.items()), else_=0)
_ADVANCE = (
    update(messages)
    .where(*_THIS, _rank < case(*((bindparam("to", type_=Text) == name, rank) for name, rank in RANK.items()), else_=0))
    .values(delivery=bindparam("to", type_=Text), details=bindparam("new_details", type_=_m.details.type))
    .returning(messages)
)
_AMEND = (
    update(messages)
    .where(*_THIS)
    .values(
        details=bindparam("new_details", type_=_m.details.type),
        attachments=bindparam("new_attachments", type_=_m.attachments.type),
    )
    .returning(messages)
)
_NAME = update(messages).where(*_THIS).values(external_id=bindparam("external", type_=Text)).returning(messages)


async def advance(
    tx: Tx, message: Row, to: Delivery, *, external_id: str | None = None, failure: Failure | None = None
) -> Row:
    """Moves a message on to `to` unless it is as far already, and says so to who looks; returns it as it is now.

    `external_id` is what the channel calls it, told once it was handed over. `failure` comes with `failed`.
    """
    row = await lock(tx, message.conversation_id)
    params: dict[str, Any] = {"ws": tx.workspace_id, "message": message.id}
    if external_id is not None:
        await tx.run(_NAME, params | {"external": external_id})
    (now,) = await tx.run(READ, params)
    details: Details = {name: value for name, value in (now.details or {}).items() if name != "failure"}  # type: ignore[assignment]
    if failure is not None:
        details["failure"] = failure
    moved = await tx.one(_ADVANCE, params | {"to": to, "new_details": details or None})
    if moved is None:
        return now
    await emit(tx, "message.delivery", row, message=message_shapes.message(moved))
    return moved


async def amend(tx: Tx, row: Row, message: Row, **new: Any) -> Row:
    """Writes the `details` or `attachments` of a message that a channel adds to later, and says so to who looks.

    `row` is its conversation, locked before the message was read.
    """
    values = {name: new.get(name, getattr(message, name)) for name in ("details", "attachments")}
    if values == {name: getattr(message, name) for name in values}:
        return message
    params = {f"new_{name}": value or (None if name == "details" else []) for name, value in values.items()}
    (amended,) = await tx.run(_AMEND, params | {"ws": tx.workspace_id, "message": message.id})
    await emit(tx, "message.delivery", row, message=message_shapes.message(amended))
    return amended
