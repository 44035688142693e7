"""The first run in a browser: no workspace, no account, nobody to sign in as yet. Needs the printed code instead."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from dibs.accounts import fields, passwords, sessions, shapes
from dibs.accounts.identify import address, answer, answered, limit_attempts, shown, with_cookie
from dibs.accounts.queries import workspace
from dibs.first_run import code, sample, setting_up
from dibs.tx import Core, transaction

log = structlog.get_logger()
router = APIRouter(prefix="/v1", tags=["sign-in"])


class FirstRun(TypedDict):
    """Whether somebody still has to set this installation up."""

    needed: bool


class SetUp(BaseModel):
    """The printed code, the workspace's name, and its owner. `sample_data` fills it with an invented life."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=100)]
    workspace: fields.Name
    name: fields.Name
    email: fields.Email
    password: passwords.Password
    sample_data: fields.StrictBool = False


@router.get("/first-run", responses={200: {"model": FirstRun}})
async def get_first_run(request: Request) -> Response:
    """Whether this installation has no workspace yet."""
    shape: FirstRun = {"needed": await setting_up.is_needed(request.app.state.core.database)}
    return shown(shape)


@router.post(
    "/first-run", status_code=201, responses={201: {"model": shapes.Me}}, dependencies=[Depends(limit_attempts)]
)
async def set_up(request: Request, body: SetUp) -> Response:
    """Makes the first workspace and its owner, and signs that one in. Once: afterwards it is not found."""
    core: Core = request.app.state.core
    if not await setting_up.is_needed(core.database):
        raise setting_up.done()
    code.must_match(request.app.state.settings, body.code)
    password_hash = await passwords.hashed(body.password)
    actor = setting_up.founder(body.name, address(request), request.state.request_id)
    async with transaction(core, actor) as tx:
        owner = await setting_up.set_up(tx, body.workspace, email=body.email, password_hash=password_hash)
        _, token = await sessions.begin(tx, owner, user_agent=request.headers.get("user-agent"))
        space = await workspace(tx.run, owner.workspace_id)
        answer(tx, shapes.me(actor, owner, space, upload_bytes=core.max_upload_bytes), 201)
    code.forget(request.app.state.settings)
    if body.sample_data:
        await _add_sample_data(core, owner.workspace_id)
    return with_cookie(request, answered(tx), token)


async def _add_sample_data(core: Core, workspace_id: str) -> None:
    try:
        # Before the answer: until then nobody can work in the workspace, and its first list is complete.
        await sample.add(core, workspace_id)
    except Exception:  # the workspace is theirs by now: a sample that failed must not keep them out
        log.exception("first_run.sample_data_failed", workspace=workspace_id)
