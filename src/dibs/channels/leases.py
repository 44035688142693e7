"""Which process reads a channel that must be fetched from: one at a time, and another one when it is gone."""

from sqlalchemy import Text, bindparam, or_, update

from dibs import clock
from dibs.channels.tables import channels
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, Json
from dibs.tx import Core, Tx

# Renewed well before; after a crash somebody else begins no later than this.
LEASE = clock.MINUTE

_h = channels.c
_this = (_h.workspace_id == bindparam("ws", type_=Id), _h.id == bindparam("id", type_=Id))
_who = bindparam("who", type_=Text)
_TAKE = (
    update(channels)
    .where(*_this, _h.active)
    .where(or_(_h.reader.is_(None), _h.reader == _who, _h.reader_until <= bindparam("now", type_=Instant)))
    .values(reader=_who, reader_until=bindparam("until", type_=Instant))
    .returning(_h.id)
)
_RELEASE = update(channels).where(*_this, _h.reader == _who).values(reader=None, reader_until=None)
_REMEMBER = (
    update(channels)
    .where(*_this, _h.reader == _who, _h.active)
    .values(progress=bindparam("new_progress", type_=Json))
    .returning(_h.id)
)


class LeaseLost(Exception):
    """Somebody else reads the channel now, or nobody is to."""


async def take(core: Core, row: Row, who: str) -> bool:
    """Takes or renews the lease on an active channel; False when another process has it."""
    now = clock.now()
    params = {"ws": row.workspace_id, "id": row.id, "who": who, "now": now, "until": now + LEASE}
    async with core.database.transaction() as opened:
        return bool(await opened.run(_TAKE, params))


async def release(core: Core, row: Row, who: str) -> None:
    """Gives the lease back, so that another process need not wait for its end."""
    async with core.database.transaction() as opened:
        await opened.run(_RELEASE, {"ws": row.workspace_id, "id": row.id, "who": who})


async def remember(tx: Tx, row: Row, who: str, progress: object) -> None:
    """Writes down how far the channel has been read, in the transaction that stores what was read.

    Raises LeaseLost, which undoes that transaction, when it is no longer this process's to read.
    """
    params = {"ws": tx.workspace_id, "id": row.id, "who": who, "new_progress": progress}
    if not await tx.run(_REMEMBER, params):
        raise LeaseLost
