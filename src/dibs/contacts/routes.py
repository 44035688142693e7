"""Contacts over HTTP."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.contacts import edit, merging, shapes
from dibs.contacts.queries import BY_ID, contacts_page
from dibs.errors import Invalid, NotFound

router = new_router("contacts")

Name = Annotated[str, Field(min_length=1, max_length=200, strict=True)]
Email = Annotated[str, Field(min_length=3, max_length=254, strict=True)]
Phone = Annotated[str, Field(min_length=5, max_length=40, strict=True)]
ExternalId = Annotated[str, Field(min_length=1, max_length=255, strict=True)]


class NewContact(BaseModel):
    """At least one of the four."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None
    external_id: ExternalId | None = None


class ContactChanges(NewContact):
    """What is given is changed; null takes it away."""

    blocked: Annotated[bool, Field(strict=True)] = False


class Merge(BaseModel):
    """The contact that remains."""

    model_config = ConfigDict(extra="forbid")

    into: Annotated[str, Field(strict=True, max_length=64)]


class Asked(BaseModel):
    """A page of contacts, perhaps narrowed to those that match `q`."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("/contacts", responses={200: {"model": shapes.Contacts}})
async def list_contacts(call: AgentCall, asked: Annotated[Asked, Query()]) -> Response:
    """Contacts, the newest first. A merged contact is left out."""
    call.actor.must("contacts:read")
    rows, following = await contacts_page(
        call.database, call.actor.workspace_id, q=asked.q, cursor=asked.cursor, limit=asked.limit
    )
    return shown({"data": [shapes.contact(row) for row in rows], "next_cursor": following})


@router.post("/contacts", status_code=201, responses={201: {"model": shapes.Contact}})
async def create_contact(call: AgentCall, body: NewContact) -> Response:
    """Makes a contact."""
    call.actor.must("contacts:write", "agent")
    async with call.transaction() as tx:
        row = await edit.create(tx, body.model_dump(exclude_none=True))
        answer(tx, shapes.contact(row), 201)
    return answered(tx)


@router.get("/contacts/{contact_id}", responses={200: {"model": shapes.Contact}})
async def show_contact(call: AgentCall, contact_id: str) -> Response:
    """A contact; for a merged one the contact that it was merged into."""
    row: Any = None
    for _ in range(2):
        rows: list[Any] = []
        if ids.well_formed(contact_id, "ctc"):
            rows = await call.database.run(BY_ID, {"ws": call.actor.workspace_id, "id": contact_id})
        if not rows:
            raise NotFound("There is no such contact in this workspace.")
        row = rows[0]
        contact_id = row.merged_into or contact_id
        if row.merged_into is None:
            break
    call.actor.must("contacts:read")
    return shown(shapes.contact(row))


@router.patch("/contacts/{contact_id}", responses={200: {"model": shapes.Contact}})
async def edit_contact(call: AgentCall, contact_id: str, body: ContactChanges) -> Response:
    """Changes a contact."""
    given = body.model_dump(exclude_unset=True)
    if not given:
        raise Invalid("body", "give what is to be changed")
    async with call.transaction() as tx:
        answer(tx, shapes.contact(await edit.edit(tx, contact_id, given)))
    return answered(tx)


@router.delete("/contacts/{contact_id}", responses={200: {"model": shapes.Contact}})
async def delete_contact(call: AgentCall, contact_id: str) -> Response:
    """Deletes a contact without conversations; one that has some is refused with 409 `contact_in_use`."""
    async with call.transaction() as tx:
        answer(tx, shapes.contact(await edit.remove(tx, contact_id)))
    return answered(tx)


@router.post("/contacts/{contact_id}/merge", responses={200: {"model": shapes.Contact}})
async def merge_contact(call: AgentCall, contact_id: str, body: Merge) -> Response:
    """Merges this contact into another; answers the one that remains."""
    async with call.transaction() as tx:
        answer(tx, shapes.contact(await merging.merge(tx, contact_id, body.into)))
    return answered(tx)
