"""Members of the workspace."""

from typing import Annotated

from fastapi import Body, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from typing_extensions import TypedDict

from dibs.accounts import agents, fields, password_resets, passwords, shapes, tokens
from dibs.accounts.identify import AgentCall, Cursor, Limit, answer, answered, link, shown
from dibs.accounts.identify import router as routes_of
from dibs.accounts.queries import agent as member
from dibs.accounts.queries import page
from dibs.accounts.tables import agents as agents_table
from dibs.actor import Role
from dibs.clock import iso

router = routes_of("agents")


class NewMember(BaseModel):
    """Somebody to add. Without `password` the answer carries one that was made up, once."""

    model_config = ConfigDict(extra="forbid")

    email: fields.Email
    name: fields.Name
    role: Role = "agent"
    skills: fields.Skills = []
    languages: fields.Languages = []
    availability: fields.Availability = "available"
    password: passwords.Password | None = None


class MemberChanges(TypedDict, total=False):
    """What to change; what is absent stays."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    name: fields.Name
    role: Role
    active: fields.StrictBool
    skills: fields.Skills
    languages: fields.Languages
    availability: fields.Availability


@router.get("/agents", responses={200: {"model": shapes.AgentPage}})
async def list_agents(call: AgentCall, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The members in the order in which they joined, deactivated ones too, removed ones not."""
    members = select(agents_table).where(agents_table.c.removed_at.is_(None))
    rows, more = await page(
        call.database, members, agents_table.c.id, workspace_id=call.actor.workspace_id, limit=limit, cursor=cursor
    )
    return shown({"data": [shapes.agent(row) for row in rows], "next_cursor": more})


@router.post("/agents", status_code=201, responses={201: {"model": shapes.NewAgent}})
async def add_agent(call: AgentCall, body: NewMember) -> Response:
    """Adds a member. Admins may; a new admin or owner takes an owner."""
    agents.must_manage(call.actor, body.role)
    password = body.password or tokens.one_time_password()
    password_hash = await passwords.hashed(password)
    async with call.transaction() as tx:
        row = await agents.add(
            tx,
            email=body.email,
            name=body.name,
            role=body.role,
            password_hash=password_hash,
            skills=body.skills,
            languages=body.languages,
            availability=body.availability,
        )
        answer(tx, {**shapes.agent(row), "password": None if body.password else password}, 201, secret=True)
    return answered(tx)


@router.get("/agents/{agent_id}", responses={200: {"model": shapes.Agent}})
async def get_agent(call: AgentCall, agent_id: str) -> Response:
    """One member."""
    return shown(shapes.agent(await member(call.database.run, call.actor.workspace_id, agent_id)))


@router.patch("/agents/{agent_id}", responses={200: {"model": shapes.Agent}})
async def change_agent(call: AgentCall, agent_id: str, changes: Annotated[MemberChanges, Body()]) -> Response:
    """Changes a member. Who is deactivated or becomes a viewer loses what they hold."""
    async with call.transaction() as tx:
        row = await agents.change(tx, agent_id, changes)
        answer(tx, shapes.agent(row))
    if changes.keys() & agents.MEMBERSHIP:
        await agents.release_what_they_hold(call.core, call.actor, row)
    return answered(tx)


@router.delete("/agents/{agent_id}", responses={200: {"model": shapes.Agent}})
async def remove_agent(call: AgentCall, agent_id: str) -> Response:
    """Removes a member, ends their sessions and keys and releases what they hold. Their history stays."""
    async with call.transaction() as tx:
        row = await agents.remove(tx, agent_id)
        answer(tx, shapes.agent(row))
    await agents.release_what_they_hold(call.core, call.actor, row)
    return answered(tx)


@router.post("/agents/{agent_id}/password-reset", status_code=201, responses={201: {"model": shapes.ResetLink}})
async def create_reset_link(call: AgentCall, agent_id: str) -> Response:
    """Makes a link with which the member sets a new password, to be handed over in person."""
    async with call.transaction() as tx:
        row, token = await password_resets.create(tx, agent_id)
        shape: shapes.ResetLink = {
            "agent_id": row.agent_id,
            "token": token,
            "link": link(call, f"/reset-password#{token}"),
            "expires_at": iso(row.expires_at),
        }
        answer(tx, shape, 201, secret=True)
    return answered(tx)
