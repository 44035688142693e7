"""Turns: the bot answers what the customer wrote, one turn at a time, and only while it serves the conversation.

A turn begins in the transaction of its cause, under the conversation's lock, so none begins after a pause. One that
had begun before delivers once, whatever happened since; its end begins the next if more was written meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dibs import ids
from dibs.accounts.settings import WorkspaceSettings
from dibs.bot import actors, escalation, queries
from dibs.bot.external import LASTS, announce
from dibs.conversations.locks import lock
from dibs.conversations.message_shapes import Citation, Details
from dibs.conversations.messages import store, to_customer
from dibs.conversations.refusals import CLOSED
from dibs.db.compiled import Row
from dibs.errors import NotFound, Refusal
from dibs.pools.rules import rules
from dibs.tx import Tx

WORKER = "bot"


class BotPaused(Refusal):
    """A bot's turn that may not deliver: unknown, answered before, too old, or begun when the bot was paused."""

    code, title = "bot_paused", "The bot may not answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a bot says. `confidence` is 0 to 1, None when it does not say; `escalate` why people are to go on."""

    text: str
    confidence: float | None = None
    articles: Sequence[Citation] = ()
    escalate: escalation.Why | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A bot has nothing to say: why people are to go on, and the articles that it had looked at."""

    why: escalation.Why
    articles: Sequence[Citation] = ()


def serves(row: Row, settings: WorkspaceSettings) -> bool:
    """Whether the bot speaks in this conversation now. A claim pauses it, unless the workspace says otherwise."""
    if row.bot_paused or row.escalated_at is not None or row.spam or row.status in CLOSED:
        return False
    return settings.bot.kind != "off"


async def resume(tx: Tx, row: Row, settings: WorkspaceSettings) -> bool:
    """Begins a turn in a locked conversation if the bot serves it and something is unanswered; whether it did."""
    if not serves(row, settings):
        return False
    about = {"ws": tx.workspace_id, "conversation": row.id, "contact": row.contact_id}
    (ground,) = await tx.run(queries.GROUND, about)
    after = max(ground.answered_upto, ground.replied_upto)
    if ground.is_busy or ground.blocked or ground.written_upto <= after:
        return False
    # Without anything to answer from the built-in bot is silent.
    if settings.bot.kind == "builtin" and not ground.has_articles:
        return False
    turn = dict.fromkeys(("ended_at", "leased_until", "message_id", "confidence", "error")) | {
        "workspace_id": tx.workspace_id,
        "id": ids.new("turn"),
        "conversation_id": row.id,
        "bot": settings.bot.kind,
        "state": "open",
        "after_seq": after,
        "upto_seq": ground.written_upto,
        "started_at": tx.now,
        "attempts": 0,
        "articles": [],
    }
    await tx.run(queries.BEGIN, turn)
    if settings.bot.kind == "external":
        await announce(tx, row, turn)
    else:
        tx.wake(WORKER)
    return True


async def answer(tx: Tx, turn_id: str, said: Answer, *, of: str | None = None) -> tuple[Row, Row]:
    """Delivers the bot's answer to an open turn, once; returns the message and the conversation.

    Refuses any other turn, and one of another kind of bot than `of`, with 409 `bot_paused`. A claim, a snooze or a
    resolution since then changes nothing of that, and is itself left as it is.
    """
    turn, row = await _take(tx, turn_id)
    if of not in (None, turn.bot):
        raise BotPaused("This turn is another bot's. Answer only turns that you were given.")
    settings = (await rules(tx.run, tx.workspace_id)).settings
    message_id = ids.new("msg")
    ended = {"message_id": message_id, "confidence": said.confidence, "articles": list(said.articles)}
    await _end(tx, turn, "answered", **ended)
    details: Details = {"turn_id": turn.id}
    if said.articles:
        details["citations"] = list(said.articles)
    if said.confidence is not None:
        details["confidence"] = said.confidence
    with actors.acting(tx, actors.bot(tx, settings, turn.bot)):
        answered = {"id": message_id, "changes": {"waiting_since": None}, **to_customer(row, details)}
        message, row = await store(tx, row, kind="bot", text=said.text, **answered)
    if serves(row, settings):
        why = said.escalate or await escalation.why_of_guesses(tx, row, settings)
        if why is not None:
            row = await escalation.escalate(tx, row, why)
    await resume(tx, row, settings)
    return message, row


async def give_up(tx: Tx, turn_id: str, said: GiveUp, *, state: str = "silent") -> Row:
    """Ends an open turn without an answer; people are to go on, unless somebody does already. Refuses as `answer`."""
    turn, row = await _take(tx, turn_id, overdue=state == "expired")
    settings = (await rules(tx.run, tx.workspace_id)).settings
    await _end(tx, turn, state, articles=list(said.articles), error=said.why[1])
    if serves(row, settings):
        row = await escalation.escalate(tx, row, said.why, tried=said.articles)
    return row


async def expire(tx: Tx, turn_id: str) -> None:
    """Ends a turn that nobody answered in time."""
    late = GiveUp(("bot", "The bot did not answer within 10 minutes."))
    await give_up(tx, turn_id, late, state="expired")


async def refuse_foreign(tx: Tx, turn_id: str) -> None:
    """Refuses with 404 what is no turn's id, or another workspace's turn."""
    found = []
    if is_id := ids.well_formed(turn_id, "turn"):
        found = await tx.run(queries.ELSEWHERE, {"turn": turn_id})
    if not is_id or (found and found[0].workspace_id != tx.workspace_id):
        raise NotFound("There is no such turn in this workspace.")


async def _take(tx: Tx, turn_id: str, *, overdue: bool = False) -> tuple[Row, Row]:
    """An open turn and its conversation, both locked; one that is too old only if `overdue`."""
    known = await tx.one(queries.FIND, {"ws": tx.workspace_id, "turn": turn_id})
    if known is None:
        raise BotPaused("There is no such turn. Answer only turns that you were given.")
    row = await lock(tx, known.conversation_id)
    (turn,) = await tx.run(queries.LOCK, {"ws": tx.workspace_id, "turn": turn_id})
    if turn.state != "open":
        raise BotPaused(f"This turn is over: it is {turn.state}. Wait for the next one.")
    if tx.now - turn.started_at >= LASTS and not overdue:
        raise BotPaused("This turn is older than 10 minutes. Wait for the next one.")
    return turn, row


async def _end(tx: Tx, turn: Row, state: str, **ended: Any) -> None:
    given = {"message_id": None, "confidence": None, "articles": [], "error": None} | ended
    params = {f"new_{name}": value for name, value in given.items()}
    params |= {"ws": tx.workspace_id, "turn": turn.id, "new_state": state, "new_ended_at": tx.now}
    await tx.run(queries.END, params)
