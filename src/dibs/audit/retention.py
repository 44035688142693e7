"""Retention: audit rows older than the workspace keeps them go, oldest first, and the rest still verifies."""

import asyncio

import structlog
from sqlalchemy import BigInteger, Integer, Text, and_, bindparam, delete, select, update

from dibs import clock
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.tables import workspaces
from dibs.actor import system
from dibs.audit.queries import CHAIN
from dibs.audit.verification import follow
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Refusal
from dibs.ledger import audit_rows, counters
from dibs.tx import Core, transaction

# The workspace's writers wait while a batch is deleted.
BATCH = 500
log = structlog.get_logger()
_a, _n = audit_rows.c, counters.c

# Workspaces with the oldest row that is left in each.
_OLDEST = (
    select(workspaces.c.id, workspaces.c.settings, _n.audit_purged_seq, _n.audit_purged_hash, _n.audit_seq, _a.at)
    .join(counters, _n.workspace_id == workspaces.c.id)
    .join(audit_rows, and_(_a.workspace_id == workspaces.c.id, _a.seq == _n.audit_purged_seq + 1))
    .where(workspaces.c.id > bindparam("after", type_=Id))
    .order_by(workspaces.c.id)
    .limit(bindparam("most", type_=Integer))
)
_DELETE = (
    delete(audit_rows)
    .where(_a.workspace_id == bindparam("ws", type_=Id))
    .where(_a.seq > bindparam("after", type_=BigInteger), _a.seq <= bindparam("until", type_=BigInteger))
)
_MOVE = (
    update(counters)
    .where(_n.workspace_id == bindparam("ws", type_=Id), _n.audit_purged_seq == bindparam("seen", type_=BigInteger))
    .values(
        audit_purged_seq=bindparam("until", type_=BigInteger),
        audit_purged_hash=bindparam("new_hash", type_=Text),
    )
    .returning(_n.audit_purged_seq)
)


class PurgedElsewhere(Refusal):
    """Another process purged the same rows first."""

    code, title = "purged_elsewhere", "Another process does this already"


async def purge(core: Core, now: int) -> int:
    """Deletes the audit rows that every workspace no longer keeps; returns how many. Safe in several processes.

    A day's rows go together, when its last second is older than `audit_retention_days`. Each batch is one transaction
    with an `audit.purged` row of its own. Rows that no longer verify are evidence: they stay, and are logged.
    """
    gone, after = 0, ""
    while rows := await core.database.scan(_OLDEST, {"after": after, "most": 200}):
        for row in rows:
            days = WorkspaceSettings(**row.settings).audit_retention_days
            before = (now - days * clock.DAY) // clock.DAY * clock.DAY
            if row.at < before:
                gone += await _purge_workspace(core, row, before)
        after = rows[-1].id
    return gone


async def _purge_workspace(core: Core, oldest: Row, before: int) -> int:
    gone, seq, known = 0, oldest.audit_purged_seq, oldest.audit_purged_hash
    while True:
        wanted = {"ws": oldest.id, "after": seq, "until": oldest.audit_seq, "most": BATCH}
        rows = await core.database.scan(CHAIN, wanted)
        # Rows are in the order of their commits; the first that is kept ends it, whatever follows.
        expired = next((index for index, row in enumerate(rows) if row.at >= before), len(rows))
        if not expired:
            return gone
        until, known_until, bad = await asyncio.to_thread(follow, rows[:expired], seq, known)
        if bad is not None:
            log.error("audit.purge_stopped", workspace=oldest.id, seq=bad.seq, row=bad.id, problem=bad.problem)
            return gone
        try:
            await _delete(core, oldest.id, after=seq, until=until, new_hash=known_until)
        except PurgedElsewhere:
            return gone
        gone += until - seq
        seq, known = until, known_until


async def _delete(core: Core, workspace_id: str, *, after: int, until: int, new_hash: str) -> None:
    actor = system(workspace_id, "Audit retention")
    async with transaction(core, actor) as tx:
        # The beginning moves first: the database keeps every row behind it from being deleted.
        moved = await tx.one(_MOVE, {"ws": workspace_id, "seen": after, "until": until, "new_hash": new_hash})
        if moved is None:
            raise PurgedElsewhere("Another process purges this audit already.")
        await tx.run(_DELETE, {"ws": workspace_id, "after": after, "until": until})
        tx.audit("audit.purged", workspace_id, after={"rows": until - after, "through": until})
