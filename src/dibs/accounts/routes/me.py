"""The caller's own things: who they are, preferences, heartbeat, password, sessions."""

from fastapi import Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from dibs.accounts import activity, agents, fields, passwords, rate_limits, sessions, shapes
from dibs.accounts.identify import (
    COOKIE,
    AgentCall,
    Call,
    Cursor,
    HeartbeatRoute,
    Limit,
    answer,
    answered,
    shown,
)
from dibs.accounts.identify import router as routes_of
from dibs.accounts.preferences import Preferences
from dibs.accounts.queries import agent as member
from dibs.accounts.queries import page, workspace
from dibs.accounts.tables import sessions as sessions_table
from dibs.db.compiled import Row
from dibs.errors import Invalid

router = routes_of("me")
heartbeats = routes_of("me", HeartbeatRoute)


class Heartbeat(BaseModel):
    """`active` says that the window had the focus and input in the last minute."""

    model_config = ConfigDict(extra="forbid")

    active: fields.StrictBool = True
    availability: fields.Availability | None = None


class PasswordChange(BaseModel):
    """The password in use and the one to use from now on."""

    model_config = ConfigDict(extra="forbid")

    current: fields.Token
    new: passwords.Password


@router.get("/me", responses={200: {"model": shapes.Me}})
async def get_me(call: AgentCall) -> Response:
    """Who the caller is, where, and what they may do."""
    space = await workspace(call.database.run, call.actor.workspace_id)
    return shown(shapes.me(call.actor, await _own_row(call), space, upload_bytes=call.core.max_upload_bytes))


@router.get("/agents/me/preferences", responses={200: {"model": Preferences}})
async def get_preferences(call: AgentCall) -> Response:
    """The caller's own preferences, with the values that they never chose filled in."""
    return shown(Preferences(**(await _own_row(call)).preferences).model_dump())


@router.patch("/agents/me/preferences", responses={200: {"model": Preferences}})
async def change_preferences(call: AgentCall, changes: Preferences) -> Response:
    """Changes the caller's own preferences; any role and any scope may."""
    async with call.transaction() as tx:
        answer(tx, (await agents.change_preferences(tx, changes)).model_dump())
    return answered(tx)


@heartbeats.post("/agents/me/heartbeat", responses={200: {"model": shapes.Agent}})
async def heartbeat(call: AgentCall, body: Heartbeat | None = None) -> Response:
    """Says that the caller works now, unless `active` is false, and how available they are."""
    said = body or Heartbeat()
    if said.active:
        await activity.touch(call.core, call.actor, at_once=True)
    assert call.actor.id is not None
    changes = {} if said.availability is None else {"availability": said.availability}
    async with call.transaction() as tx:
        answer(tx, shapes.agent(await agents.change(tx, call.actor.id, changes)))
    return answered(tx)


@router.post("/agents/me/password", responses={200: {"model": shapes.Agent}})
async def change_password(call: AgentCall, body: PasswordChange) -> Response:
    """Changes the caller's password and ends their other sessions."""
    rate_limits.spend_sign_in(call.settings, call.actor.id)
    row = await _own_row(call)
    if not await passwords.matches(row.password_hash, body.current):
        raise Invalid("current", "that is not your password")
    password_hash = await passwords.hashed(body.new)
    async with call.transaction() as tx:
        answer(tx, shapes.agent(await sessions.change_password(tx, row, password_hash)), secret=True)
    return answered(tx)


@router.get("/sessions", responses={200: {"model": shapes.SessionPage}})
async def list_sessions(call: AgentCall, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Where the caller is signed in."""
    own = select(sessions_table).where(sessions_table.c.agent_id == call.actor.id)
    rows, more = await page(
        call.database, own, sessions_table.c.id, workspace_id=call.actor.workspace_id, limit=limit, cursor=cursor
    )
    data = [shapes.session(row, call.actor.credential_id) for row in rows]
    return shown({"data": data, "next_cursor": more})


@router.delete("/sessions", responses={200: {"model": shapes.Session}})
async def sign_out(call: AgentCall) -> Response:
    """Ends the session that asks. A key has none: 404."""
    response = await _end(call, call.actor.credential_id)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


@router.delete("/sessions/{session_id}", responses={200: {"model": shapes.Session}})
async def end_session(call: AgentCall, session_id: str) -> Response:
    """Ends one of the caller's own sessions elsewhere."""
    return await _end(call, session_id)


async def _end(call: Call, session_id: str | None) -> Response:
    async with call.transaction() as tx:
        answer(tx, shapes.session(await sessions.end(tx, session_id), call.actor.credential_id))
    return answered(tx)


async def _own_row(call: Call) -> Row:
    assert call.actor.id is not None
    return await member(call.database.run, call.actor.workspace_id, call.actor.id)
