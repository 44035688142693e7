"""What the seeded bugs share: a new owner written whatever the state, so neatly that no constraint complains."""

from typing import Any

from sqlalchemy import insert, update

from dibs import clock, ids
from dibs.conversations.changes import record
from dibs.conversations.tables import claims, conversations
from dibs.tx import Tx

_c, _s = conversations.c, claims.c


async def overwrite(tx: Tx, row: Any, agent_id: str | None, name: str | None, kind: str, ended_as: str) -> Any:
    """Makes somebody, or nobody, the owner; ends whatever spell is open and begins the next."""
    held = agent_id is not None
    (written,) = await tx.run(
        update(conversations)
        .where(_c.workspace_id == tx.workspace_id, _c.id == row.id)
        .values(
            status="open",
            assignee_id=agent_id,
            claimed_at=clock.now() if held else None,
            claimed_via="api" if held else None,
            unclaimed_since=None if held else clock.now(),
            epoch=_c.epoch + 1,
            version=_c.version + 1,
        )
        .returning(_c.epoch, _c.version)
    )
    at = clock.now()
    await tx.run(
        update(claims)
        .where(_s.workspace_id == tx.workspace_id, _s.conversation_id == row.id, _s.ended_at.is_(None))
        .values(ended_at=at, ended_as=ended_as, due_at=None)
    )
    if held:
        # Exactly as the spell has it, however long the row was waited for.
        here = _c.workspace_id == tx.workspace_id, _c.id == row.id
        await tx.run(update(conversations).where(*here).values(claimed_at=at))
        spell = {"workspace_id": tx.workspace_id, "id": ids.new("clm"), "conversation_id": row.id, "due_at": at}
        spell |= {"agent_id": agent_id, "epoch": written.epoch, "via": "api", "started_at": at}
        await tx.run(insert(claims).values(spell))
    after = row._replace(
        assignee_id=agent_id,
        assignee_name=name,
        claimed_at=at if held else None,
        epoch=written.epoch,
        version=written.version,
    )
    await record(tx, kind, row, after)
    return after
