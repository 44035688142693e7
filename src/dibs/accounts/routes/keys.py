"""API keys and invitations."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import select

from dibs.accounts import api_keys, fields, invitations, shapes
from dibs.accounts.identify import AgentCall, Cursor, Limit, answer, answered, link, router, shown
from dibs.accounts.queries import agent as member
from dibs.accounts.queries import page
from dibs.accounts.tables import api_keys as keys_table
from dibs.accounts.tables import invitations as invitations_table
from dibs.actor import Role, Scope

keys = router("api keys")
invites = router("invitations")


class NewKey(BaseModel):
    """A key to make, for oneself unless `agent_id` says otherwise."""

    model_config = ConfigDict(extra="forbid")

    name: fields.Name = "API key"
    scopes: Annotated[
        list[Scope], Field(min_length=1, max_length=20), AfterValidator(lambda given: list(dict.fromkeys(given)))
    ]
    agent_id: str | None = None


class NewGuest(BaseModel):
    """Somebody to invite."""

    model_config = ConfigDict(extra="forbid")

    email: fields.Email
    name: fields.Name | None = None
    role: Role = "agent"


@keys.get("/api-keys", responses={200: {"model": shapes.ApiKeyPage}})
async def list_keys(
    call: AgentCall,
    agent: Annotated[str, Query(description="`me`, an agent's id, or `all`; others' take an admin.")] = "me",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Keys that are not revoked: the caller's own, or as an admin an agent's or everybody's."""
    live = select(keys_table).where(keys_table.c.revoked_at.is_(None))
    if agent == "all":
        api_keys.may_see(call.actor, None)
    else:
        owner = call.actor.id if agent == "me" else (await member(call.database.run, call.actor.workspace_id, agent)).id
        api_keys.may_see(call.actor, owner)
        live = live.where(keys_table.c.agent_id == owner)
    rows, more = await page(
        call.database, live, keys_table.c.id, workspace_id=call.actor.workspace_id, limit=limit, cursor=cursor
    )
    return shown({"data": [shapes.api_key(row) for row in rows], "next_cursor": more})


@keys.post("/api-keys", status_code=201, responses={201: {"model": shapes.NewApiKey}})
async def create_key(call: AgentCall, body: NewKey) -> Response:
    """Makes a key. This answer is the only place where it can be read."""
    assert call.actor.id is not None
    async with call.transaction() as tx:
        row, key = await api_keys.create(tx, body.agent_id or call.actor.id, body.scopes, name=body.name)
        answer(tx, {**shapes.api_key(row), "key": key}, 201, secret=True)
    return answered(tx)


@keys.delete("/api-keys/{key_id}", responses={200: {"model": shapes.ApiKey}})
async def revoke_key(call: AgentCall, key_id: str) -> Response:
    """Revokes a key; its next request is refused."""
    async with call.transaction() as tx:
        answer(tx, shapes.api_key(await api_keys.revoke(tx, key_id)))
    return answered(tx)


@invites.get("/invitations", responses={200: {"model": shapes.InvitationPage}})
async def list_invitations(call: AgentCall, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Invitations that nobody has accepted, expired ones too."""
    call.actor.must("admin", "admin")
    waiting = select(invitations_table).where(*invitations.UNANSWERED)
    rows, more = await page(
        call.database, waiting, invitations_table.c.id, workspace_id=call.actor.workspace_id, limit=limit, cursor=cursor
    )
    return shown({"data": [shapes.invitation(row) for row in rows], "next_cursor": more})


@invites.post("/invitations", status_code=201, responses={201: {"model": shapes.NewInvitation}})
async def invite(call: AgentCall, body: NewGuest) -> Response:
    """Invites somebody for a week. This answer is the only place where the link can be read."""
    async with call.transaction() as tx:
        row, token = await invitations.create(tx, email=body.email, name=body.name, role=body.role)
        address = link(call, f"/join#{token}")
        answer(tx, {**shapes.invitation(row), "token": token, "link": address}, 201, secret=True)
    return answered(tx)


@invites.delete("/invitations/{invitation_id}", responses={200: {"model": shapes.Invitation}})
async def revoke_invitation(call: AgentCall, invitation_id: str) -> Response:
    """Takes an invitation back."""
    async with call.transaction() as tx:
        answer(tx, shapes.invitation(await invitations.revoke(tx, invitation_id)))
    return answered(tx)
