"""Does the audit still say what was written? Every row's hash covers the row before it, back to the last purge."""

import asyncio
from collections.abc import Sequence

import msgspec

from dibs import ledger
from dibs.audit.queries import CHAIN, HEAD, OUTSIDE
from dibs.audit.shapes import Verdict
from dibs.db.compiled import Row
from dibs.db.open import Database

BATCH = 500
# A purge that commits while the chain is read moves its beginning: then it is read once more.
TRIES = 3


class BadRow(msgspec.Struct, frozen=True):
    """The first row that does not fit: its number, its id (None when it is gone) and what is wrong, as a sentence."""

    seq: int
    id: str | None
    problem: str


async def verify(database: Database, workspace_id: str) -> BadRow | None:
    """The first row of a workspace's audit that was changed, deleted, swapped, inserted or cut off, or None."""
    return (await check(database, workspace_id))[1]


async def check(database: Database, workspace_id: str) -> tuple[int, BadRow | None]:
    """How many rows the chain has, and its first bad row or None. Memory is bounded by a batch."""
    head = await _head(database, workspace_id)
    tries = 0
    while True:
        bad = await _walk(database, head) or await _outside(database, workspace_id)
        seen, head, tries = head, await _head(database, workspace_id), tries + 1
        if bad is None or tries == TRIES or seen.audit_purged_seq == head.audit_purged_seq:
            return seen.audit_seq - seen.audit_purged_seq, bad


def verdict(rows: int, bad: BadRow | None) -> Verdict:
    """The outcome of `check` as answers show it."""
    first_bad = None if bad is None else {"seq": bad.seq, "id": bad.id, "problem": bad.problem}
    return {"ok": bad is None, "rows": rows, "first_bad": first_bad}  # type: ignore[typeddict-item]


async def _head(database: Database, workspace_id: str) -> Row:
    return (await database.run(HEAD, {"ws": workspace_id}))[0]


async def _walk(database: Database, head: Row) -> BadRow | None:
    seq, known = head.audit_purged_seq, head.audit_purged_hash
    while seq < head.audit_seq:
        wanted = {"ws": head.workspace_id, "after": seq, "until": head.audit_seq, "most": BATCH}
        rows = await database.scan(CHAIN, wanted)
        if not rows:
            return BadRow(seq + 1, None, "the row is missing: the audit was cut off here")
        seq, known, bad = await asyncio.to_thread(follow, rows, seq, known)
        if bad is not None:
            return bad
    if known != head.audit_hash:
        return BadRow(seq, None, "the newest row is not the one that was written last")
    return None


def follow(rows: Sequence[Row], seq: int, known: str) -> tuple[int, str, BadRow | None]:
    """Continues a chain that is at number `seq` with hash `known` over `rows`; where it ends, and the first bad row."""
    for row in rows:
        if row.seq != seq + 1:
            return seq, known, BadRow(seq + 1, None, "the row is missing")
        if row.hash != ledger.chain(known, row.seq, row._asdict()):
            return seq, known, BadRow(row.seq, row.id, "the row, or the one before it, is not what was written")
        if row.actor_id != row.actor.get("id"):
            return seq, known, BadRow(row.seq, row.id, "the row is filed under another actor than it names")
        seq, known = row.seq, row.hash
    return seq, known, None


async def _outside(database: Database, workspace_id: str) -> BadRow | None:
    rows = await database.scan(OUTSIDE, {"ws": workspace_id})
    return BadRow(rows[0].seq, rows[0].id, "the row is not part of the chain") if rows else None
