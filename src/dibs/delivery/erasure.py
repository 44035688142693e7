"""What was told or is to be sent about conversations that are erased. app.py registers it as a reaction."""

from sqlalchemy import bindparam, case, delete, func, null, update

from dibs.db.types import Id, Instant, any_of
from dibs.delivery.tables import notifications, outbox
from dibs.tx import Change, Tx

_n, _o = notifications.c, outbox.c
_ws = bindparam("ws", type_=Id)
_FORGET = delete(notifications).where(_n.workspace_id == _ws, any_of(_n.conversation_id, "ids"))
# What has not left does not leave any more; who is handing it over at this moment finds that it is settled.
_STOP = (
    update(outbox)
    .where(_o.workspace_id == _ws, any_of(_o.lane, "ids"))
    .values(
        body=null(),
        error=null(),
        state=case((_o.state == "queued", "failed"), else_=_o.state),
        settled_at=func.coalesce(_o.settled_at, bindparam("at", type_=Instant), type_=Instant),
        lease=null(),
        leased_until=null(),
    )
)


async def forget(tx: Tx, change: Change) -> None:
    """Deletes the notifications about the conversations, and empties and stops what is to leave for them."""
    params = {"ws": tx.workspace_id, "ids": change.fields["conversation_ids"]}
    await tx.run(_FORGET, params)
    await tx.run(_STOP, params | {"at": tx.now})
