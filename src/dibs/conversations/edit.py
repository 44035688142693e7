"""What any agent may edit, claimed or not: tags, priority, language, subject. Never ownership or status."""

from collections.abc import Sequence
from typing import Any

from dibs.conversations.changes import change, record
from dibs.conversations.locks import lock
from dibs.conversations.shapes import PRIORITIES
from dibs.conversations.tags import cleaned, hold, set_tags
from dibs.db.compiled import Row
from dibs.tx import Tx


async def edit(tx: Tx, conversation_id: str, **given: Any) -> Row:
    """Changes `tags` (the whole set), `priority`, `language` or `subject`. A later tag never takes a claim away."""
    await hold(tx, given.get("tags", ()))
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    return await edit_locked(tx, row, **given)


async def edit_locked(tx: Tx, row: Row, *, tags: Sequence[str] | None = None, **given: Any) -> Row:
    """As `edit`, for a row that the caller has locked, after it held the tags."""
    new: dict[str, Any] = {}
    if "priority" in given:
        new["priority"] = PRIORITIES.index(given["priority"])
    if "language" in given:
        new |= {"language": given["language"], "language_edited": given["language"] is not None}
    if "subject" in given:
        new["subject"] = given["subject"]
    if tags is not None:
        new["tags"] = cleaned(tags)
    if all(getattr(row, name) == value for name, value in new.items()):
        return row
    edited = await change(tx, row, **new)
    if tags is not None:
        await set_tags(tx, edited, before=row.tags)
    return await record(tx, "conversation.updated", row, edited)
