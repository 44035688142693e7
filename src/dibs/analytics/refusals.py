"""Refused claims, written down after the refusal: gathered in the process, stored in batches, in nobody's way."""

import asyncio
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import bindparam, delete, insert, select

from dibs import clock, ids
from dibs.actor import Actor, system
from dibs.analytics.tables import claim_refusals
from dibs.db.types import Id, any_of
from dibs.errors import Refusal
from dibs.tasks import spawn
from dibs.tx import Core, transaction

COUNTED = frozenset({"already_claimed", "pool_restricted", "claim_limit_reached", "unseen_messages"})
FLUSH_SECONDS = 0.2
FLUSH_ROWS = 100
# While the database is away, older refusals make room for newer ones.
MOST_KEPT = 10_000
RETRY_SECONDS = 1.0
KEPT = 400 * clock.DAY
PURGE_BATCH = 1_000

log = structlog.get_logger()
_r = claim_refusals.c
_INSERT = insert(claim_refusals).values({column.name: bindparam(column.name, type_=column.type) for column in _r})
_EXPIRED = (
    select(_r.workspace_id, _r.id)
    .where(_r.at < bindparam("before", type_=_r.at.type))
    .order_by(_r.at)
    .limit(PURGE_BATCH)
)
_DELETE = delete(claim_refusals).where(_r.workspace_id == bindparam("ws", type_=Id), any_of(_r.id, "ids"))


class Refusals:
    """Refusals of this process that are not stored yet. Losing the process loses at most the last 0.2 seconds."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._rows: deque[dict[str, Any]] = deque(maxlen=MOST_KEPT)
        self._task: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._closing = False

    def refused(self, actor: Actor, conversation_id: str, refusal: Refusal) -> None:
        """Notes a refusal if it is one that is counted; takes the winner's lead from its `claimed_at`."""
        if refusal.code in COUNTED:
            claimed_at = refusal.members.get("claimed_at")
            lead = None if claimed_at is None else clock.now() - clock.instant(datetime.fromisoformat(claimed_at))
            self.record(actor, conversation_id, refusal.code, lead)

    def record(self, actor: Actor, conversation_id: str, code: str, lead_ms: int | None) -> None:
        """Notes that an agent's claim or reply was refused; `lead_ms`: how long the winner had held it. Never waits."""
        if actor.type != "agent" or actor.id is None or code not in COUNTED:
            return
        self._rows.append(
            {
                "workspace_id": actor.workspace_id,
                "id": ids.new("rfs"),
                "agent_id": actor.id,
                "conversation_id": conversation_id,
                "at": clock.now(),
                "code": code,
                "lead_ms": None if lead_ms is None else max(0, lead_ms),
            }
        )
        if len(self._rows) >= FLUSH_ROWS:
            self._hurry.set()
        if self._task is None or self._task.done():
            self._task = spawn(self._empty(), "refusals")

    async def flush(self) -> None:
        """Stores what is there now. When the database refuses, the rows stay for the next time, and it raises."""
        rows = list(self._rows)
        self._rows.clear()
        while rows:
            workspace_id = rows[0]["workspace_id"]
            batch = [row for row in rows if row["workspace_id"] == workspace_id]
            try:
                async with transaction(self._core, system(workspace_id, "Analytics")) as tx:
                    await tx.run_many(_INSERT, batch)
            except BaseException:
                self._rows.extendleft(reversed(rows))
                raise
            rows = [row for row in rows if row["workspace_id"] != workspace_id]

    async def close(self) -> None:
        """Stores what is left. Called before the database closes; a database that is gone already loses them."""
        self._closing = True
        self._hurry.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _empty(self) -> None:
        while self._rows:
            await self._pause(FLUSH_SECONDS)
            try:
                await self.flush()
            except Refusal as error:
                log.warning("refusals.kept", rows=len(self._rows), error=error.detail)
                if self._closing:
                    return
                self._hurry.clear()
                await self._pause(RETRY_SECONDS)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._hurry.wait(), seconds)
        except TimeoutError:
            return
        if not self._closing:
            self._hurry.clear()


async def purge_refusals(core: Core, now: int) -> int:
    """Deletes refusals older than 400 days, in batches; returns how many. Safe in several processes."""
    gone = 0
    while rows := await core.database.scan(_EXPIRED, {"before": now - KEPT}):
        for workspace_id in {row.workspace_id for row in rows}:
            await _delete(core, workspace_id, (row.id for row in rows if row.workspace_id == workspace_id))
        gone += len(rows)
    return gone


async def _delete(core: Core, workspace_id: str, expired: Iterable[str]) -> None:
    async with transaction(core, system(workspace_id, "Retention")) as tx:
        await tx.run(_DELETE, {"ws": workspace_id, "ids": [*expired]})
