"""Who owns what, rebuilt from the audit alone: a check on the tables, and a way to look into the past."""

from typing import Any

from dibs.audit.queries import CHAIN, HEAD
from dibs.db.open import Database

BATCH = 1_000


async def replay(database: Database, workspace_id: str) -> dict[str, str | None]:
    """Each conversation's owner (an agent's id, or None) after all that the audit says. Purged rows are not there."""
    owners: dict[str, str | None] = {}
    head = (await database.run(HEAD, {"ws": workspace_id}))[0]
    seq = head.audit_purged_seq
    while seq < head.audit_seq:
        wanted: dict[str, Any] = {"ws": workspace_id, "after": seq, "until": head.audit_seq, "most": BATCH}
        rows = await database.scan(CHAIN, wanted)
        if not rows:
            break
        for row in rows:
            if row.conversation_id is None:
                continue
            if "assignee" in (after := row.after or {}):
                owners[row.conversation_id] = after["assignee"] and after["assignee"]["id"]
            else:
                owners.setdefault(row.conversation_id, None)
        seq = rows[-1].seq
    return owners
