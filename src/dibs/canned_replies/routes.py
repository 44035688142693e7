"""Canned replies over HTTP."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.canned_replies import texts
from dibs.db.compiled import Row
from dibs.errors import Invalid

router = new_router("canned-replies")


class CannedReply(TypedDict):
    """A text that agents insert."""

    id: str
    title: str
    text: str
    shortcut: str | None
    author_id: str
    created_at: str
    updated_at: str


class CannedReplies(TypedDict):
    """One page of canned replies."""

    data: list[CannedReply]
    next_cursor: str | None


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("no NUL characters and no lone surrogates, please")
    if not text.strip():
        raise ValueError("write something")
    return text


Title = Annotated[str, Field(min_length=1, max_length=200, strict=True), AfterValidator(_storable)]
Body = Annotated[str, Field(min_length=1, max_length=4_000, strict=True), AfterValidator(_storable)]
Shortcut = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$", strict=True)]


class NewCannedReply(BaseModel):
    """A canned reply to write."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    text: Body
    shortcut: Shortcut | None = None


class CannedReplyChanges(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    title: Title = ""
    text: Body = ""
    shortcut: Shortcut | None = None


class Page(BaseModel):
    """A page of the list."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


def shape(row: Row) -> CannedReply:
    """A row of `canned_replies`."""
    return {
        "id": row.id,
        "title": row.title,
        "text": row.text,
        "shortcut": row.shortcut,
        "author_id": row.author_id,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }


@router.get("/canned-replies", responses={200: {"model": CannedReplies}})
async def list_canned_replies(call: AgentCall, asked: Annotated[Page, Query()]) -> Response:
    """The canned replies, the oldest first."""
    call.actor.must("conversations:read")
    rows, following = await texts.page(call.database, call.actor.workspace_id, asked.cursor, asked.limit)
    return shown({"data": [shape(row) for row in rows], "next_cursor": following})


@router.post("/canned-replies", status_code=201, responses={201: {"model": CannedReply}})
async def create_canned_reply(call: AgentCall, body: NewCannedReply) -> Response:
    """Writes a canned reply."""
    call.actor.must("conversations:write", "agent")
    async with call.transaction() as tx:
        answer(tx, shape(await texts.create(tx, **body.model_dump())), 201)
    return answered(tx)


@router.get("/canned-replies/{reply_id}", responses={200: {"model": CannedReply}})
async def show_canned_reply(call: AgentCall, reply_id: str) -> Response:
    """One canned reply."""
    row = await texts.find(call.database.run, call.actor.workspace_id, reply_id)
    call.actor.must("conversations:read")
    return shown(shape(row))


@router.patch("/canned-replies/{reply_id}", responses={200: {"model": CannedReply}})
async def edit_canned_reply(call: AgentCall, reply_id: str, body: CannedReplyChanges) -> Response:
    """CannedReplyChanges a canned reply; its author and admins may."""
    given = body.model_dump(exclude_unset=True)
    if not given:
        raise Invalid("body", "give what is to be changed")
    async with call.transaction() as tx:
        answer(tx, shape(await texts.edit(tx, reply_id, given)))
    return answered(tx)


@router.delete("/canned-replies/{reply_id}", responses={200: {"model": CannedReply}})
async def delete_canned_reply(call: AgentCall, reply_id: str) -> Response:
    """Deletes a canned reply; its author and admins may."""
    async with call.transaction() as tx:
        answer(tx, shape(await texts.remove(tx, reply_id)))
    return answered(tx)
