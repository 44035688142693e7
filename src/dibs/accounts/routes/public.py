"""The only routes of accounts that need no credentials: signing in, accepting an invitation, resetting a password.

Each is limited per address like a sign-in, and refuses what another site's page sends.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dibs.accounts import fields, invitations, password_resets, passwords, sessions, shapes
from dibs.accounts.identify import address, answer, answered, limit_attempts, shown, with_cookie
from dibs.accounts.queries import workspace
from dibs.clock import iso
from dibs.db.compiled import Row
from dibs.tx import Core, Tx, transaction

router = APIRouter(prefix="/v1", tags=["sign-in"], dependencies=[Depends(limit_attempts)])


class SignIn(BaseModel):
    """`workspace` is an id, needed by who is a member of several."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, Field(max_length=254, pattern=fields.ONE_LINE)]
    password: Annotated[str, Field(max_length=passwords.LONGEST)]
    workspace: Annotated[str, Field(max_length=100, pattern=fields.ONE_LINE)] | None = None


class Acceptance(BaseModel):
    """The token of an invitation, with the new member's name (the invitation's when absent) and password."""

    model_config = ConfigDict(extra="forbid")

    token: fields.Token
    name: fields.Name | None = None
    password: passwords.Password


class Forgotten(BaseModel):
    """Whose password was forgotten."""

    model_config = ConfigDict(extra="forbid")

    email: fields.Email


class NewPassword(BaseModel):
    """The password to use from now on."""

    model_config = ConfigDict(extra="forbid")

    password: passwords.Password


@router.post("/sessions", status_code=201, responses={201: {"model": shapes.Me}})
async def sign_in(request: Request, body: SignIn) -> Response:
    """Signs in with address and password and sets the session cookie."""
    core: Core = request.app.state.core
    email = body.email.strip().lower()
    row = await sessions.recognise(core.database, email, body.password, body.workspace)
    actor = sessions.acting(row, address(request), _request_id(request))
    async with transaction(core, actor) as tx:
        token = await _signed_in(tx, request, row)
    return with_cookie(request, answered(tx), token)


@router.get("/invitations/by-token/{token}", responses={200: {"model": shapes.OpenInvitation}})
async def get_invitation(request: Request, token: str) -> Response:
    """What an invitation offers, to who holds its token."""
    row = await invitations.find(request.app.state.core.database, token)
    shape: shapes.OpenInvitation = {
        "workspace": row.workspace_name,
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "expires_at": iso(row.expires_at),
    }
    return shown(shape)


@router.post("/invitations/accept", status_code=201, responses={201: {"model": shapes.Me}})
async def accept_invitation(request: Request, body: Acceptance) -> Response:
    """Joins the workspace and signs in."""
    core: Core = request.app.state.core
    invitation = await invitations.find(core.database, body.token)
    name = body.name or invitation.name or invitation.email.partition("@")[0]
    password_hash = await passwords.hashed(body.password)
    actor = invitations.invitee(invitation, name, address(request), _request_id(request))
    async with transaction(core, actor) as tx:
        row = await invitations.accept(tx, body.token, name=name, password_hash=password_hash)
        token = await _signed_in(tx, request, row)
    return with_cookie(request, answered(tx), token)


@router.post("/password-resets", status_code=202, responses={202: {"model": shapes.Accepted}})
async def request_reset(request: Request, body: Forgotten) -> Response:
    """Asks for a link that sets a new password. The answer is the same for an address that nobody has."""
    database = request.app.state.core.database
    await password_resets.request(database, body.email, ip=address(request), request_id=_request_id(request))
    return shown({"status": "accepted"}, 202)


@router.post("/password-resets/{token}", responses={200: {"model": shapes.Address}})
async def reset_password(request: Request, token: str, body: NewPassword) -> Response:
    """Sets a new password with a link's token and ends every session of that agent. Sign in with it then."""
    core: Core = request.app.state.core
    row = await password_resets.find(core.database, token)
    password_hash = await passwords.hashed(body.password)
    async with transaction(core, sessions.acting(row, address(request), _request_id(request))) as tx:
        changed = await password_resets.use(tx, token, password_hash)
        answer(tx, {"email": changed.email})
    return answered(tx)


async def _signed_in(tx: Tx, request: Request, row: Row) -> str:
    _, token = await sessions.begin(tx, row, user_agent=request.headers.get("user-agent"))
    space = await workspace(tx.run, row.workspace_id)
    answer(tx, shapes.me(tx.actor, row, space, upload_bytes=tx.core.max_upload_bytes), 201)
    return token


def _request_id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)
