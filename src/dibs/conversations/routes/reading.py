"""Reading conversations over HTTP: lists, counts, search, messages; and the tags."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dibs import events
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.conversations import lists, message_shapes, reading_shapes, shapes, tags
from dibs.conversations.counts import count_views
from dibs.conversations.filters import Asked, Words
from dibs.conversations.locks import find
from dibs.conversations.search import search

router = new_router("conversations")


class Page(BaseModel):
    """A page of a list."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Sought(Page):
    """A page of what was found."""

    q: Words


class TagName(BaseModel):
    """A tag."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, strict=True)]


@router.get("/conversations", responses={200: {"model": reading_shapes.Conversations}})
async def list_conversations(call: AgentCall, asked: Annotated[Asked, Query()]) -> Response:
    """A page of conversations. `X-Event-Cursor` is where live updates resume so that nothing is missed."""
    newest = await events.newest_cursor(call.database, call.actor.workspace_id)
    rows, following = await lists.conversations_page(call.database, call.actor, asked)
    shape = {"data": [shapes.conversation(row) for row in rows], "next_cursor": following}
    return shown(shape, headers={"X-Event-Cursor": str(newest)})


@router.get("/conversations/counts", responses={200: {"model": reading_shapes.Counts}})
async def show_counts(call: AgentCall) -> Response:
    """How many conversations each view holds, exact to 1,000."""
    return shown(await count_views(call.database, call.actor))


@router.get("/search", responses={200: {"model": reading_shapes.Findings}})
async def search_everything(call: AgentCall, asked: Annotated[Sought, Query()]) -> Response:
    """Messages, notes and contacts with all words of `q`, the last one as a beginning; the most relevant first."""
    found, following = await search(call.database, call.actor, asked.q, cursor=asked.cursor, limit=asked.limit)
    return shown({"data": [reading_shapes.finding(each) for each in found], "next_cursor": following})


@router.get("/conversations/{conversation_id}/messages", responses={200: {"model": reading_shapes.Messages}})
async def list_messages(call: AgentCall, conversation_id: str, asked: Annotated[Page, Query()]) -> Response:
    """A page of messages, newest last; the cursor leads to older ones."""
    row = await find(call.database, call.actor, conversation_id)
    rows, following = await lists.messages_page(
        call.database, row.workspace_id, row.id, cursor=asked.cursor, limit=asked.limit
    )
    return shown({"data": [message_shapes.message(each) for each in rows], "next_cursor": following})


@router.get("/tags", responses={200: {"model": reading_shapes.Tags}})
async def list_tags(call: AgentCall, asked: Annotated[Page, Query()]) -> Response:
    """The tags of the workspace by name."""
    call.actor.must("conversations:read")
    rows, following = await lists.tags_page(
        call.database, call.actor.workspace_id, cursor=asked.cursor, limit=asked.limit
    )
    return shown({"data": [reading_shapes.tag(row) for row in rows], "next_cursor": following})


@router.post("/tags", status_code=201, responses={201: {"model": reading_shapes.Tag}})
async def create_tag(call: AgentCall, body: TagName) -> Response:
    """Makes a tag."""
    call.actor.must("conversations:write", "agent")
    async with call.transaction() as tx:
        answer(tx, reading_shapes.tag(await tags.create(tx, body.name)), 201)
    return answered(tx)


@router.get("/tags/{tag_id}", responses={200: {"model": reading_shapes.Tag}})
async def show_tag(call: AgentCall, tag_id: str) -> Response:
    """A tag."""
    row = await tags.find(call.database.run, call.actor.workspace_id, tag_id)
    call.actor.must("conversations:read")
    return shown(reading_shapes.tag(row))


@router.patch("/tags/{tag_id}", responses={200: {"model": reading_shapes.Tag}})
async def rename_tag(call: AgentCall, tag_id: str, body: TagName) -> Response:
    """Renames a tag on every conversation that carries it."""
    async with call.transaction() as tx:
        answer(tx, reading_shapes.tag(await tags.rename(tx, tag_id, body.name)))
    return answered(tx)


@router.delete("/tags/{tag_id}", responses={200: {"model": reading_shapes.Tag}})
async def delete_tag(call: AgentCall, tag_id: str) -> Response:
    """Takes a tag off every conversation and forgets it."""
    async with call.transaction() as tx:
        answer(tx, reading_shapes.tag(await tags.remove(tx, tag_id)))
    return answered(tx)
