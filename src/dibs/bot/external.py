"""Other programs as bots: told of their turns by an event for keys with the scope `bot` alone; they may also poll."""

from typing import Any

from dibs import clock, cursors
from dibs.actor import Actor
from dibs.bot import queries
from dibs.bot.shapes import Turn
from dibs.conversations import message_shapes, shapes
from dibs.conversations.message_shapes import Message
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.errors import Forbidden
from dibs.events import BOTS
from dibs.tx import Tx

# So many of the newest messages come with a turn.
MOST = 50
# A turn that is older can no longer be answered.
LASTS = 10 * clock.MINUTE


def must_be_bot(actor: Actor) -> None:
    """Refuses with 403 who has no key with the scope `bot`: nobody signed in speaks in the bot's name."""
    if actor.scopes is None or "bot" not in actor.scopes:
        raise Forbidden("Only a key with the scope bot speaks for the bot. Make one that has it.", needs="bot")
    actor.must("bot", "agent")


async def announce(tx: Tx, row: Row, turn: dict[str, Any]) -> None:
    """Tells the workspace's bots of a turn that begins."""
    fields = {
        "turn_id": turn["id"],
        "expires_at": clock.iso(turn["started_at"] + LASTS),
        "conversation": shapes.conversation(row),
        "messages": await asked(tx.run, tx.workspace_id, turn),
    }
    await tx.emit("conversation.turn", fields, conversation=row, only_agent=BOTS)


async def asked(run: Any, workspace_id: str, turn: dict[str, Any]) -> list[Message]:
    """The customer's messages that a turn is to answer, the oldest first."""
    about = {"ws": workspace_id, "conversation": turn["conversation_id"], "most": MOST}
    found = await run(queries.ASKED, about | {"after": turn["after_seq"], "upto": turn["upto_seq"]})
    return [message_shapes.message(each) for each in reversed(found)]


async def page(
    database: Database, workspace_id: str, state: str | None, *, cursor: str | None, limit: int
) -> tuple[list[Turn], str | None]:
    """External bots' turns, in one state or all, the oldest first; open ones with what they are to answer."""
    name = cursors.fingerprint(workspace_id, "bot-turns", state)
    after = "" if cursor is None else cursors.decode(cursor, name, str)[0]
    given = {"ws": workspace_id, "after": after, "most": limit + 1}
    rows = (
        await database.run(queries.ANY_OF, given)
        if state is None
        else await database.run(queries.OPEN_OF, given | {"state": state})
    )
    following = cursors.encode(name, rows[limit - 1].id) if len(rows) > limit else None
    return [await _shape(database, row) for row in rows[:limit]], following


async def _shape(database: Database, row: Row) -> Turn:
    messages = await asked(database.run, row.workspace_id, row._asdict()) if row.state == "open" else []
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "state": row.state,
        "started_at": clock.iso(row.started_at),
        "expires_at": clock.iso(row.started_at + LASTS),
        "ended_at": clock.iso_or_none(row.ended_at),
        "message_id": row.message_id,
        "confidence": row.confidence,
        "messages": messages,
    }
