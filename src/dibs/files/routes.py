"""Files over HTTP: brought in, looked at, taken back; and the links that need no credentials."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answered, digest_body, shown
from dibs.accounts.identify import router as new_router
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound
from dibs.files import content, sending, serving, shapes, unsent
from dibs.files import links as signed_links
from dibs.tx import Core

router = new_router("files")
links = APIRouter(include_in_schema=False)

CHUNK = 65_536
FILE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.File}}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
CONTENT: dict[int | str, dict[str, Any]] = {200: {"description": "Its content.", "content": {"*/*": _BYTES}}}
_FORM = {"type": "object", "properties": {"file": _BYTES["schema"]}, "required": ["file"]}
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": _FORM}, "application/octet-stream": _BYTES},
    }
}
Name = Annotated[str | None, Query(max_length=200, description="What the file is called, for a body without a form.")]


@router.post("/files", status_code=201, responses={201: {"model": shapes.File}}, openapi_extra=UPLOAD)
async def upload(call: AgentCall, name: Name = None) -> Response:
    """Takes a file in: the field `file` of a form, or the body itself. Send it with a message within a day."""
    call.actor.must("conversations:write", "agent")
    async with _sent(call, name) as (called, parts):
        stored = await content.store(call.core, called, parts)
    try:
        async with call.transaction(digest_body(f"{stored.digest}\n{stored.name}".encode())) as tx:
            row = await sending.bring_in(tx, stored, tx.actor.id)
            answer(tx, shapes.file(row, signed_links.link(tx.core, row)), 201)
    except BaseException:
        # Refused, or the answer to the same request before: no row knows this content.
        await content.throw_away(call.core, stored.stored_as)
        raise
    return answered(tx)


@router.get("/files/{file_id}", responses=FILE)
async def show(call: AgentCall, file_id: str) -> Response:
    """A file, with a fresh link to its content."""
    row = await _seen(call, file_id)
    return shown(shapes.file(row, signed_links.link(call.core, row)))


@router.get("/files/{file_id}/content", responses=CONTENT, response_class=Response)
async def show_content(call: AgentCall, file_id: str) -> Response:
    """A file's content: pictures to be shown, everything else to be saved. Parts by `Range`."""
    return _served(call.core, await _seen(call, file_id), elsewhere=False)


@router.delete("/files/{file_id}", responses=FILE)
async def take_back(call: AgentCall, file_id: str) -> Response:
    """Takes back a file that the caller brought in and has not sent."""
    async with call.transaction() as tx:
        row = await unsent.take_back(tx, file_id)
        answer(tx, shapes.file(row, signed_links.link(tx.core, row)))
    await content.throw_away(call.core, row.stored_as)
    return answered(tx)


@links.get("/files/{workspace_id}/{file_id}/{expires}/{signature}/{name}", responses=CONTENT, response_class=Response)
async def follow_link(  # noqa: PLR0917 - the parts of a signed address
    request: Request,
    workspace_id: str,
    file_id: str,
    expires: str,
    signature: str,
    name: str,  # noqa: ARG001
) -> Response:
    """A file's content by a signed link, which needs no credentials. The name is for people and decides nothing."""
    core: Core = request.app.state.core
    row = await signed_links.opened(core, workspace_id, file_id, expires, signature)
    return _served(core, row, elsewhere=True)


async def _seen(call: AgentCall, file_id: str) -> Row:
    """The file, if the caller may see it: who may read its conversation, and before it is sent its owner alone."""
    rows = []
    if ids.well_formed(file_id, "file"):
        rows = await call.database.run(signed_links.BY_ID, {"ws": call.actor.workspace_id, "file": file_id})
    if not rows or (rows[0].conversation_id is None and rows[0].owner_id != call.actor.id):
        raise NotFound("There is no such file in this workspace.")
    call.actor.must("conversations:read")
    return rows[0]


def _served(core: Core, row: Row, *, elsewhere: bool) -> Response:
    path = content.path_of(core, row.stored_as)
    if not path.is_file():
        raise NotFound("The content of this file is not on this machine any more.")
    headers = serving.headers(row, elsewhere=elsewhere)
    return FileResponse(path, media_type=serving.media_type(row), headers=headers)


@asynccontextmanager
async def _sent(call: AgentCall, name: str | None) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    """The name and the content that came, as it comes. Refuses a form without the field `file` with 422."""
    if not call.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        yield name or "", call.stream()
        return
    try:
        form = await call.form(max_files=1, max_fields=4)
    except HTTPException as error:
        raise Invalid("file", f"the form cannot be read: {error.detail}") from error
    try:
        found = form.get("file")
        if not isinstance(found, UploadFile):
            raise Invalid("file", "send a form with one file in the field `file`, or the file itself as the body")
        yield name or found.filename or "", _parts(found)
    finally:
        await form.close()


async def _parts(found: UploadFile) -> AsyncIterator[bytes]:
    while part := await found.read(CHUNK):
        yield part
