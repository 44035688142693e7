"""The bot over HTTP: which one it is and its key, the turns of external ones, and why it stepped back."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dibs import clock
from dibs.accounts.fields import ONE_LINE, StrictBool
from dibs.accounts.identify import Call, Cursor, Limit, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.bot import articles, external, keys, queries, shapes, turns
from dibs.bot.shapes import TurnState
from dibs.conversations import message_shapes
from dibs.conversations.bodies import MessageText
from dibs.conversations.locks import find, not_found
from dibs.conversations.shapes import Written, conversation
from dibs.pools.rules import rules

router = new_router("bot")
STATE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.BotState}}


class TurnReply(BaseModel):
    """A bot's answer. `confidence` is 0 to 1; `escalate` says that people are to go on after it."""

    model_config = ConfigDict(extra="forbid")

    text: MessageText
    confidence: Annotated[float, Field(ge=0, le=1, strict=True)] | None = None
    escalate: StrictBool = False


class BotKey(BaseModel):
    """The key of the workspace's chat endpoint."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(min_length=1, max_length=500, strict=True, pattern=ONE_LINE)]


class Page(BaseModel):
    """A page of the list."""

    model_config = ConfigDict(extra="forbid")

    state: TurnState | None = None
    cursor: Cursor = None
    limit: Limit = 50


@router.get("/bot", responses=STATE)
async def show_bot(call: Call) -> Response:
    """Which bot serves the workspace, whether its key is set, and what is left of its budget."""
    call.actor.must("conversations:read")
    return shown(await _state(call))


@router.put("/bot/key", responses=STATE)
async def set_key(call: Call, body: BotKey) -> Response:
    """Keeps the key of the chat endpoint, sealed. Nobody is ever shown it."""
    async with call.transaction() as tx:
        await keys.write(tx, body.key)
    return shown(await _state(call))


@router.delete("/bot/key", responses=STATE)
async def forget_key(call: Call) -> Response:
    """Forgets the key of the chat endpoint."""
    async with call.transaction() as tx:
        await keys.forget(tx)
    return shown(await _state(call))


@router.get("/bot-turns", responses={200: {"model": shapes.Turns}})
async def list_turns(call: Call, asked: Annotated[Page, Query()]) -> Response:
    """The turns of external bots, the oldest first; open ones with the messages that they are to answer."""
    external.must_be_bot(call.actor)
    data, following = await external.page(
        call.database, call.actor.workspace_id, asked.state, cursor=asked.cursor, limit=asked.limit
    )
    return shown({"data": data, "next_cursor": following})


@router.post("/bot-turns/{turn_id}/reply", status_code=201, responses={201: {"model": Written}})
async def reply(call: Call, turn_id: str, body: TurnReply) -> Response:
    """Delivers an external bot's answer to an open turn, once: every other turn is refused with `bot_paused`."""
    why: Any = ("bot", "The bot asked for a person.") if body.escalate else None
    async with call.transaction() as tx:
        await turns.refuse_foreign(tx, turn_id)
        external.must_be_bot(tx.actor)
        said = turns.Answer(text=body.text.strip(), confidence=body.confidence, escalate=why)
        message, row = await turns.answer(tx, turn_id, said, of="external")
        answer(tx, {"message": message_shapes.message(message), "conversation": conversation(row)}, 201)
    return answered(tx)


@router.get("/conversations/{conversation_id}/handoff", responses={200: {"model": shapes.Handoff}})
async def show_handoff(call: Call, conversation_id: str) -> Response:
    """Why the bot stepped back from a conversation the last time; 404 when it never did."""
    row = await find(call.database, call.actor, conversation_id)
    card = await call.database.run(queries.HANDOFF, {"ws": row.workspace_id, "conversation": row.id})
    if not card:
        raise not_found("hand-off")
    return shown(shapes.handoff(card[0]))


async def _state(call: Call) -> shapes.BotState:
    run, ws = call.database.run, call.actor.workspace_id
    bot = (await rules(run, ws)).settings.bot
    (spent,) = await run(queries.SPENT, {"ws": ws, "since": clock.now() - clock.DAY})
    return {
        "kind": bot.kind,
        "name": bot.name,
        "key_set": await keys.read(call.core, ws) is not None,
        "published_articles": bool(await run(articles.PUBLISHED, {"ws": ws})),
        "answers_today": spent.turns,
        "max_answers_per_day": bot.max_answers_per_day,
    }
