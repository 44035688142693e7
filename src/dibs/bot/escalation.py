"""The bot steps back: it is silent, and the conversation rises in Unclaimed for people to take."""

from collections.abc import Sequence
from typing import Any

from dibs import ids
from dibs.accounts.settings import WorkspaceSettings
from dibs.bot import actors, queries, words
from dibs.bot.shapes import Trigger
from dibs.conversations.changes import change, record
from dibs.conversations.message_shapes import Citation
from dibs.conversations.messages import store, to_customer
from dibs.db.compiled import Row
from dibs.pools.rules import rules
from dibs.tx import Tx

TIMES = 3
# One word, such as a greeting, is no question.
FEWEST_WORDS = 2
Why = tuple[Trigger, str]


async def escalate(tx: Tx, row: Row, why: Why, *, tried: Sequence[Citation] = ()) -> Row:
    """Hands a locked conversation that the bot serves to people, and returns it.

    An open turn ends in silence, a card says why and what was tried, and the customer is told if the workspace wants.
    `tried` are articles of a turn that is ending without an answer.
    """
    trigger, reason = why
    settings = (await rules(tx.run, tx.workspace_id)).settings
    of = {"ws": tx.workspace_id, "conversation": row.id}
    await _write_card(tx, row, why, tried)
    await tx.run(queries.SILENCE, of | {"at": tx.now})
    waiting = row.waiting_since
    if waiting is None and (last := await tx.one(queries.LAST_WRITTEN, of)):
        # They wait for a person now, whatever the bot said.
        waiting = last.created_at
    bot = actors.bot(tx, settings, settings.bot.kind)
    with actors.acting(tx, bot if trigger == "bot" else actors.rule(tx)):
        raised = await change(tx, row, escalated_at=tx.now, waiting_since=waiting)
        raised = await record(tx, "conversation.escalated", row, raised, reason=reason, trigger=trigger)
    if settings.escalation.message.strip():
        with actors.acting(tx, bot):
            text = settings.escalation.message.strip()
            _, raised = await store(tx, raised, kind="bot", text=text, **to_customer(raised))
    return raised


async def _write_card(tx: Tx, row: Row, why: Why, tried: Sequence[Citation]) -> None:
    answers = await tx.run(queries.TRIED, {"ws": tx.workspace_id, "conversation": row.id})
    seen = [*tried, *(each for answer in answers for each in answer.articles)]
    card: dict[str, Any] = {
        "workspace_id": tx.workspace_id,
        "id": ids.new("esc"),
        "conversation_id": row.id,
        "at": tx.now,
        "trigger": why[0],
        "reason": why[1],
        "tried": len(answers),
        "articles": list({each["id"]: each for each in seen}.values()),
        "cleared_at": None,
    }
    await tx.run(queries.WRITE_ESCALATION, card)


async def clear(tx: Tx, conversation_id: str) -> None:
    """Notes on the card that the escalation is over: somebody resolved it or handed back."""
    await tx.run(queries.CLEAR, {"ws": tx.workspace_id, "conversation": conversation_id, "at": tx.now})


async def why_in(tx: Tx, row: Row, text: str, settings: WorkspaceSettings) -> Why | None:
    """Why what the customer just wrote goes to people, if it does: they ask, a rule says so, they have had enough."""
    wanted, said = settings.escalation, words.plain(text)
    if wanted.on_request and (phrase := words.asks_for_a_person(said) or words.first_of(wanted.phrases, said)):
        return "request", f"The customer asked for a person: “{phrase}”."
    if wanted.on_rule and (word := words.first_of(wanted.words, said)):
        return "rule", f"The customer wrote “{word}”, which is on the list that goes to people."
    if why := await why_of_tags(tx, row, settings):
        return why
    return await _fed_up(tx, row, said, settings) if wanted.on_frustration else None


async def why_of_tags(tx: Tx, row: Row, settings: WorkspaceSettings) -> Why | None:
    """Why a conversation with these tags goes to people; each tag says so once, or nobody could hand it back."""
    if not settings.escalation.on_rule:
        return None
    for tag in sorted(set(row.tags) & set(settings.escalation.tags)):
        reason = f"It has the tag “{tag}”, which is on the list that goes to people."
        about = {"ws": tx.workspace_id, "conversation": row.id, "reason": reason}
        if not (await tx.run(queries.SAME_RULE, about))[0].known:
            return "rule", reason
    return None


async def _fed_up(tx: Tx, row: Row, said: str, settings: WorkspaceSettings) -> Why | None:
    phrase = words.is_fed_up(said) or words.first_of(settings.escalation.frustration_phrases, said)
    if phrase:
        return "frustration", f"The customer has had enough: “{phrase}”."
    if len(said.split()) < FEWEST_WORDS:
        return None
    lately = await tx.run(queries.LATELY, {"ws": tx.workspace_id, "conversation": row.id})
    if sum(words.plain(each.text) == said for each in lately) < TIMES:
        return None
    return "frustration", f"The customer asked the same thing {TIMES} times."


async def why_of_guesses(tx: Tx, row: Row, settings: WorkspaceSettings) -> Why | None:
    """Why a conversation whose newest answer is stored goes to people: it and the one before were guesses."""
    if not settings.escalation.on_low_confidence:
        return None
    answers = await tx.run(queries.TRIED, {"ws": tx.workspace_id, "conversation": row.id})
    newest = [each.confidence for each in answers[:2]]
    if len(newest) == 2 and all(each is not None and each < settings.bot.low_confidence for each in newest):
        return "low_confidence", "Two answers in a row were guesses."
    return None
