"""What a bot sees of a conversation: the customer's words and what they were answered. Never a note."""

from dataclasses import dataclass

from dibs.accounts.settings import WorkspaceSettings
from dibs.bot import queries
from dibs.bot.knowledge import Found, search
from dibs.conversations.locks import READ
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.pools.rules import rules

HISTORY = 20
# So much of what was asked is searched for.
LONGEST_QUESTION = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A turn with all that its answer may stand on. `messages` are the newest, the oldest of them first."""

    turn: Row
    settings: WorkspaceSettings
    language: str | None
    messages: list[Row]
    question: str
    found: list[Found]


async def look(database: Database, turn: Row) -> Seen:
    """Reads what a turn is about."""
    about = {"ws": turn.workspace_id, "conversation": turn.conversation_id, "upto": turn.upto_seq, "most": HISTORY}
    (conversation,) = await database.run(READ, {"ws": turn.workspace_id, "id": turn.conversation_id})
    messages = await database.run(queries.PUBLIC, about)
    asked = [each.text for each in reversed(messages) if each.kind == "customer" and each.seq > turn.after_seq]
    question = "\n".join(asked)[-LONGEST_QUESTION:]
    return Seen(
        turn=turn,
        settings=(await rules(database.run, turn.workspace_id)).settings,
        language=conversation.language,
        messages=messages[::-1],
        question=question,
        found=await search(database, turn.workspace_id, question, language=conversation.language),
    )
