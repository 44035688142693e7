"""A workspace for a moment: made for a measurement and removed without a trace."""

from sqlalchemy import delete, update

from dibs.db.open import Database
from dibs.ledger import counters
from dibs.migrations.apply import tables


async def remove(database: Database, workspace_id: str) -> None:
    """Deletes everything of a workspace, its audit too."""
    mine = counters.c.workspace_id == workspace_id
    async with database.transaction() as opened:
        # The audit lets go of what counts as purged only.
        await opened.run(update(counters).where(mine).values(audit_purged_seq=counters.c.audit_seq))
        for table in reversed(tables().sorted_tables):
            key = table.c.id if table.name == "workspaces" else table.c.get("workspace_id")
            if key is not None:
                await opened.run(delete(table).where(key == workspace_id))
