"""Connecting channels over HTTP: for admins."""

from typing import Annotated, Any

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from dibs import ids
from dibs.accounts.identify import Call, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.channels import connections, shapes
from dibs.channels.connections import ChannelLocked, opened, parsed
from dibs.channels.kinds import KINDS
from dibs.channels.port import Connection, Kind, Name
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound
from dibs.outbound import Outbound

router = new_router("channels")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.ConnectedChannel}}
ChannelName = Annotated[str, Field(min_length=1, max_length=80, strict=True, pattern=r"^[^\x00-\x1f]*$")]


class NewChannel(BaseModel):
    """A channel to connect; what `settings` must have depends on its kind."""

    model_config = ConfigDict(extra="forbid")

    kind: Name
    name: ChannelName
    settings: dict[str, Any] = {}


class ChannelChanges(BaseModel):
    """What is given is changed; a secret setting that is left out stays as it was."""

    model_config = ConfigDict(extra="forbid")

    name: ChannelName | None = None
    active: Annotated[bool, Field(strict=True)] | None = None
    settings: dict[str, Any] | None = None


@router.get("/channels", responses={200: {"model": shapes.ConnectedChannels}})
async def list_channels(call: Call) -> Response:
    """The connected channels."""
    call.actor.must("conversations:read")
    rows = await call.database.run(connections.OF_WORKSPACE, {"ws": call.actor.workspace_id})
    return shown({"data": [shapes.channel(row) for row in rows], "next_cursor": None})


@router.post("/channels", status_code=201, responses={201: {"model": shapes.ConnectedChannel}})
async def connect(call: Call, body: NewChannel) -> Response:
    """Connects a channel, once its provider has accepted what was typed in."""
    call.actor.must("admin", "admin")
    kind = KINDS[body.kind]
    given = parsed(kind, body.settings)
    # Asked before the transaction: a provider may take seconds.
    await kind.verify(_tried(call, body.name, given))
    async with call.transaction() as tx:
        answer(tx, shapes.channel(await connections.connect(tx, kind, body.name, given)), 201)
    return answered(tx)


@router.get("/channels/{channel_id}", responses=ONE)
async def show(call: Call, channel_id: str) -> Response:
    """One connected channel."""
    row = await _find(call, channel_id)
    call.actor.must("conversations:read")
    return shown(shapes.channel(row))


@router.patch("/channels/{channel_id}", responses=ONE)
async def edit(call: Call, channel_id: str, body: ChannelChanges) -> Response:
    """Changes a channel; new settings are tried first."""
    row = await _find(call, channel_id)
    call.actor.must("admin", "admin")
    new: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"settings"})
    if any(value is None for value in new.values()):
        raise Invalid("body", "name and active cannot be null; leave them out to keep them")
    kind = KINDS[row.kind]
    if body.settings is not None:
        new["settings"] = parsed(kind, body.settings, _kept(call, kind, row))
        await kind.verify(_tried(call, row.name, new["settings"], row.id))
    async with call.transaction() as tx:
        locked = await connections.lock(tx, channel_id)
        answer(tx, shapes.channel(await connections.edit(tx, kind, locked, **new)))
    return answered(tx)


@router.delete("/channels/{channel_id}", responses=ONE)
async def disconnect(call: Call, channel_id: str) -> Response:
    """Disconnects a channel and forgets its secrets. Its conversations stay."""
    await _find(call, channel_id)
    call.actor.must("admin", "admin")
    async with call.transaction() as tx:
        answer(tx, shapes.channel(await connections.disconnect(tx, await connections.lock(tx, channel_id))))
    return answered(tx)


def _kept(call: Call, kind: Kind, row: Row) -> Connection | None:
    """What is left out stays as it was, unless it cannot be opened any more."""
    try:
        return opened(call.core, call.app.state.outbound, kind, row)
    except ChannelLocked:
        return None


async def _find(call: Call, channel_id: str) -> Row:
    found = []
    if ids.well_formed(channel_id, "chn"):
        found = await call.database.run(connections.BY_ID, {"ws": call.actor.workspace_id, "id": channel_id})
    if not found or found[0].removed_at is not None:
        raise NotFound("There is no such channel in this workspace.")
    return found[0]


def _tried(call: Call, name: str, given: BaseModel, channel_id: str = "") -> Connection:
    outbound: Outbound = call.app.state.outbound
    return Connection(call.core, outbound, channel_id, call.actor.workspace_id, name, given)
