"""Saved views over HTTP."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.conversations.filters import Narrowing
from dibs.db.compiled import Row
from dibs.errors import Invalid
from dibs.saved_views import views

router = new_router("saved-views")


class SavedView(TypedDict):
    """Filters and order of a list under a name."""

    id: str
    name: str
    filters: Narrowing
    shared: bool
    owner_id: str
    created_at: str
    updated_at: str


class SavedViews(TypedDict):
    """One page of saved views."""

    data: list[SavedView]
    next_cursor: str | None


def _printable(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise ValueError("write one line without control characters")
    return name.strip()


Name = Annotated[str, Field(min_length=1, max_length=100, strict=True), AfterValidator(_printable)]
Shared = Annotated[bool, Field(strict=True)]


class NewView(BaseModel):
    """A view to save; `filters` are query parameters of GET /v1/conversations."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    filters: Narrowing
    shared: Shared = False


class SavedViewChanges(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    name: Name = ""
    filters: Narrowing = Narrowing()
    shared: Shared = False


class Page(BaseModel):
    """A page of the list."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


def shape(row: Row) -> SavedView:
    """A row of `saved_views`."""
    return {
        "id": row.id,
        "name": row.name,
        "filters": row.filters,
        "shared": row.shared,
        "owner_id": row.owner_id,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }


@router.get("/saved-views", responses={200: {"model": SavedViews}})
async def list_saved_views(call: AgentCall, asked: Annotated[Page, Query()]) -> Response:
    """The caller's views and the shared ones."""
    call.actor.must("conversations:read")
    rows, following = await views.page(call.database, call.actor, asked.cursor, asked.limit)
    return shown({"data": [shape(row) for row in rows], "next_cursor": following})


@router.post("/saved-views", status_code=201, responses={201: {"model": SavedView}})
async def create_saved_view(call: AgentCall, body: NewView) -> Response:
    """Saves a view. A viewer saves personal ones; sharing needs the role agent."""
    call.actor.must("conversations:read", "agent" if body.shared else "viewer")
    async with call.transaction() as tx:
        filters = body.filters.model_dump(mode="json", exclude_unset=True)
        answer(tx, shape(await views.create(tx, name=body.name, filters=filters, shared=body.shared)), 201)
    return answered(tx)


@router.get("/saved-views/{view_id}", responses={200: {"model": SavedView}})
async def show_saved_view(call: AgentCall, view_id: str) -> Response:
    """One saved view."""
    row = await views.find(call.database.run, call.actor, view_id)
    call.actor.must("conversations:read")
    return shown(shape(row))


@router.patch("/saved-views/{view_id}", responses={200: {"model": SavedView}})
async def edit_saved_view(call: AgentCall, view_id: str, body: SavedViewChanges) -> Response:
    """SavedViewChanges a view; its owner may, and admins a shared one. Sharing needs the role agent."""
    given = body.model_dump(mode="json", exclude_unset=True)
    if not given:
        raise Invalid("body", "give what is to be changed")
    async with call.transaction() as tx:
        row = await views.find(tx.run, tx.actor, view_id)
        if body.shared and not row.shared:
            tx.actor.must("conversations:read", "agent")
        answer(tx, shape(await views.edit(tx, view_id, given)))
    return answered(tx)


@router.delete("/saved-views/{view_id}", responses={200: {"model": SavedView}})
async def delete_saved_view(call: AgentCall, view_id: str) -> Response:
    """Deletes a view; its owner may, and admins a shared one."""
    async with call.transaction() as tx:
        answer(tx, shape(await views.remove(tx, view_id)))
    return answered(tx)
