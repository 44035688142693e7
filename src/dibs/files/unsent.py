"""Files that nobody has sent yet: how many there may be, taking one back, and throwing away what is a day old."""

import asyncio
import os
from pathlib import Path

from sqlalchemy import BigInteger, Integer, and_, bindparam, case, delete, func, select

from dibs import clock
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, any_of
from dibs.errors import NotFound, Refusal
from dibs.files.content import FOLDER, throw_away
from dibs.files.links import BY_ID
from dibs.files.tables import files
from dibs.tx import Core, Tx

KEEP = clock.DAY
# Of one person or visitor, and of a workspace.
MOST_OF_ONE, MOST_OF_ALL = 50, 2_000
# In bytes, of a workspace.
MOST_BYTES = 2_147_483_648
BATCH = 200

_f = files.c
_ws, _owner = bindparam("ws", type_=Id), bindparam("owner", type_=Id)
_LOAD = select(
    func.count().label("files"),
    func.coalesce(func.sum(_f.size), 0, type_=BigInteger).label("bytes"),
    func.coalesce(func.sum(case((_f.owner_id == _owner, 1), else_=0)), 0, type_=BigInteger).label("own"),
).where(_f.workspace_id == _ws, _f.message_id.is_(None))
_TAKE_BACK = (
    delete(files)
    .where(_f.workspace_id == _ws, _f.id == bindparam("file", type_=Id))
    .where(_f.message_id.is_(None), _f.owner_id == _owner)
    .returning(files)
)
_OLD = (
    select(_f.workspace_id, _f.id)
    .where(_f.message_id.is_(None), _f.created_at < bindparam("before", type_=Instant))
    .order_by(_f.created_at)
    .limit(bindparam("most", type_=Integer))
)
# Whoever sends one at this moment is first or finds it gone.
_THROW_AWAY = (
    delete(files)
    .where(and_(_f.workspace_id == _ws, any_of(_f.id, "ids")), _f.message_id.is_(None))
    .returning(_f.stored_as)
)
_KNOWN = select(_f.stored_as).where(any_of(_f.stored_as, "names"))


class TooManyUnsent(Refusal):
    """So much was brought in and not sent that no more is taken."""

    code, title = "upload_quota_reached", "Too many files that were not sent"


async def refuse_too_many(tx: Tx, size: int, owner_id: str | None) -> None:
    """Refuses with 409 one more file of `size` bytes where there are too many already that nobody has sent."""
    (load,) = await tx.run(_LOAD, {"ws": tx.workspace_id, "owner": owner_id})
    if load.own >= MOST_OF_ONE:
        raise TooManyUnsent(
            f"You have {load.own} files that were not sent. Send or remove some, or come back tomorrow.",
            limit=MOST_OF_ONE,
        )
    if load.files >= MOST_OF_ALL or load.bytes + size > MOST_BYTES:
        raise TooManyUnsent(
            "This workspace has too many files that were not sent. Send or remove some, or come back tomorrow.",
            limit=MOST_OF_ALL,
        )


async def take_back(tx: Tx, file_id: str) -> Row:
    """Takes back a file that the actor brought in and did not send. Refuses any other with 404."""
    row = await tx.one(_TAKE_BACK, {"ws": tx.workspace_id, "file": file_id, "owner": tx.actor.id})
    if row is None:
        sent = await tx.one(BY_ID, {"ws": tx.workspace_id, "file": file_id})
        raise NotFound(
            "There is no such file in this workspace."
            if sent is None or sent.message_id is None
            else "This file was sent: it stays with its message."
        )
    return row


async def purge(core: Core, now: int) -> int:
    """Throws away what nobody sent for a day; returns how many. Safe in several processes."""
    gone = 0
    while found := await core.database.run(_OLD, {"before": now - KEEP, "most": BATCH}):
        thrown: list[str] = []
        async with core.database.transaction() as opened:
            for workspace_id in sorted({row.workspace_id for row in found}):
                mine = [row.id for row in found if row.workspace_id == workspace_id]
                thrown += [row.stored_as for row in await opened.run(_THROW_AWAY, {"ws": workspace_id, "ids": mine})]
        # After the commit: a row whose content is gone would be worse than a content without a row.
        for stored_as in thrown:
            await throw_away(core, stored_as)
        gone += len(thrown)
        if len(found) < BATCH:
            break
    return gone


async def purge_orphans(core: Core, now: int) -> int:
    """Deletes contents that no row knows and that are a day old: a process died between the two. Returns how many.

    Each call looks at those folders whose turn it is this hour, so that all have theirs within a day.
    """
    gone, hour = 0, now // clock.HOUR % 24
    for number in range(hour, 256, 24):
        old = await asyncio.to_thread(_from_before, core.data_dir / FOLDER / f"{number:02x}", now - KEEP)
        for first in range(0, len(old), BATCH):
            names = old[first : first + BATCH]
            known = {row.stored_as for row in await core.database.run(_KNOWN, {"names": names})}
            for name in names:
                if name not in known:
                    await throw_away(core, name)
                    gone += 1
    return gone


def _from_before(folder: Path, before: int) -> list[str]:
    if not folder.is_dir():
        return []
    return [each.name for each in os.scandir(folder) if each.stat().st_mtime * 1_000 < before]
