"""Connecting channels: what an admin typed in, checked with the provider, its secrets sealed."""

from typing import Any, Protocol

import msgspec
from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy import Text, bindparam, insert, select, update

from dibs import ids
from dibs.channels.port import Connection, Kind
from dibs.channels.tables import channels
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant, Json
from dibs.errors import Invalid, NotFound, Refusal
from dibs.outbound import Outbound
from dibs.tx import Core, Tx

_h = channels.c
_ws = bindparam("ws", type_=Id)
_this = (_h.workspace_id == _ws, _h.id == bindparam("id", type_=Id))
_ADDRESS_TAKEN = "another channel of this installation has this address already"
BY_ID = select(channels).where(*_this)
_LOCK = BY_ID.where(_h.removed_at.is_(None)).with_for_update(of=channels)
BY_ADDRESS = select(channels).where(
    _h.kind == bindparam("kind", type_=Text), _h.address == bindparam("address", type_=Text), _h.removed_at.is_(None)
)
OF_WORKSPACE = select(channels).where(_h.workspace_id == _ws, _h.removed_at.is_(None)).order_by(_h.id)
# What runs in the background looks for what it has to serve.
ACTIVE = select(channels).where(_h.kind == bindparam("kind", type_=Text), _h.active).order_by(_h.workspace_id, _h.id)
_OLDEST = (
    select(_h.id)
    .where(_h.workspace_id == _ws, _h.kind == bindparam("kind", type_=Text), _h.active)
    .order_by(_h.id)
    .limit(1)
)
_INSERT = insert(channels).values({column.name: bindparam(column.name, type_=column.type) for column in _h})
_WRITTEN = ("name", "address", "settings", "secrets", "active", "problem", "progress", "removed_at")
_WRITE = (
    update(channels)
    .where(*_this)
    .values(
        **{name: bindparam(f"new_{name}", type_=_h[name].type) for name in _WRITTEN},
        updated_at=bindparam("at", type_=Instant),
    )
    .returning(channels)
)
_TELL = (
    update(channels)
    .where(*_this, _h.problem.is_distinct_from(bindparam("new_problem", type_=Text)))
    .values(problem=bindparam("new_problem", type_=Text))
)
_PROGRESS = update(channels).where(*_this).values(progress=bindparam("new_progress", type_=Json))


class ChannelLocked(Refusal):
    """The channel's secrets were sealed with another secret key than this one: they are typed in anew."""

    code, title = "channel_locked", "The channel is locked"


async def connect(tx: Tx, kind: Kind, name: str, given: BaseModel) -> Row:
    """Connects a channel with settings that `Kind.verify` has accepted. Refuses an address that is taken with 422."""
    await _refuse_taken(tx, kind, given, apart_from=None)
    plain, secret = split(given)
    row = {
        "workspace_id": tx.workspace_id,
        "id": ids.new("chn"),
        "kind": kind.name,
        "name": name,
        "address": kind.address(given),
        "settings": plain,
        "secrets": "",
        "active": True,
        "problem": None,
        "progress": None,
        "reader": None,
        "reader_until": None,
        "created_at": tx.now,
        "updated_at": tx.now,
        "removed_at": None,
    }
    row["secrets"] = _sealed(tx.core, str(row["id"]), secret)
    await tx.run(_INSERT, row)
    (made,) = await tx.run(BY_ID, {"ws": tx.workspace_id, "id": row["id"]})
    tx.audit("channel.connected", made.id, after=_audited(made))
    # What reads channels of this kind finds it at once.
    tx.wake(kind.name)
    return made


async def edit(tx: Tx, kind: Kind, row: Row, **new: Any) -> Row:
    """Changes `name`, `active` or `settings` (a model that was verified) of a locked channel; audited with `reason`."""
    reason = new.pop("reason", None)
    values = {name: getattr(row, name) for name in _WRITTEN}
    if (given := new.pop("settings", None)) is not None:
        await _refuse_taken(tx, kind, given, apart_from=row.id)
        plain, secret = split(given)
        values |= {"settings": plain, "secrets": _sealed(tx.core, row.id, secret), "address": kind.address(given)}
        values |= {"problem": None}
    written = await write(tx, row, **(values | new))
    was, now = _audited(row), _audited(written)
    changed = [name for name in now if was[name] != now[name]]
    before, after = ({name: side[name] for name in changed} for side in (was, now))
    tx.audit("channel.updated", row.id, before=before, after=after, reason=reason)
    return written


async def disconnect(tx: Tx, row: Row) -> Row:
    """Takes a locked channel away and forgets its secrets. Its conversations stay; what they send then fails."""
    values = {name: getattr(row, name) for name in _WRITTEN}
    gone = await write(tx, row, **(values | {"active": False, "removed_at": tx.now, "secrets": "", "settings": {}}))
    tx.audit("channel.disconnected", row.id, before=_audited(row))
    return gone


async def write(tx: Tx, row: Row, **values: Any) -> Row:
    """Writes a channel's columns."""
    params = {f"new_{name}": value for name, value in values.items()}
    tx.wake(row.kind)
    (written,) = await tx.run(_WRITE, params | {"ws": tx.workspace_id, "id": row.id, "at": tx.now})
    return written


async def lock(tx: Tx, channel_id: str) -> Row:
    """The channel, locked. Refuses with 404."""
    row = None
    if ids.well_formed(channel_id, "chn"):
        row = await tx.one(_LOCK, {"ws": tx.workspace_id, "id": channel_id})
    if row is None:
        raise NotFound("There is no such channel in this workspace.")
    return row


async def by_address(core: Core, kind: str, address: str) -> Row | None:
    """The active channel that an inbound call names, of whatever workspace."""
    found = await core.database.run(BY_ADDRESS, {"kind": kind, "address": address})
    return found[0] if found and found[0].active else None


async def outgoing(tx: Tx, kind: str, channel_id: str | None) -> str | None:
    """The id of the channel by which a new conversation of this kind goes out; None where none is connected.

    `channel_id` asks for one. Refuses with 422 what is no active channel of that kind.
    """
    if channel_id is not None:
        known = ids.well_formed(channel_id, "chn")
        found = await tx.one(BY_ID, {"ws": tx.workspace_id, "id": channel_id}) if known else None
        if found is None or not found.active or found.kind != kind:
            raise Invalid("channel_id", f"choose a connected channel of the kind {kind}, or leave it out")
        return str(found.id)
    found = await tx.one(_OLDEST, {"ws": tx.workspace_id, "kind": kind})
    return found.id if found is not None else None


class Named(Protocol):
    """A channel's row, or a connection."""

    @property
    def workspace_id(self) -> str: ...

    @property
    def id(self) -> str: ...


async def tell(core: Core, row: Named, problem: str | None) -> None:
    """Writes down what is wrong with a channel, or that nothing is any more."""
    async with core.database.transaction() as opened_:
        await opened_.run(_TELL, {"ws": row.workspace_id, "id": row.id, "new_problem": problem})


async def tell_of(connection: Connection, problem: str | None) -> None:
    """As `tell`, for a connection that was just used; what is written down already is not written again."""
    found = await connection.core.database.run(BY_ID, {"ws": connection.workspace_id, "id": connection.id})
    if found and found[0].problem != problem:
        await tell(connection.core, found[0], problem)


async def remember(tx: Tx, row: Row, progress: Any) -> None:
    """Writes down how far a channel has been read, in the transaction that stores what was read."""
    await tx.run(_PROGRESS, {"ws": tx.workspace_id, "id": row.id, "new_progress": progress})


def opened(core: Core, outbound: Outbound, kind: Kind, row: Row) -> Connection:
    """A channel with its secrets unsealed. Refuses one whose secrets this installation cannot open."""
    sealed = core.keyring.unseal(row.secrets, f"channel {row.id}")
    secret = msgspec.json.decode(sealed) if sealed else {}
    try:
        settings = kind.settings(**(row.settings | secret))
    except ValidationError:
        raise ChannelLocked("The secrets of this channel cannot be opened. Type its settings in again.") from None
    return Connection(core, outbound, row.id, row.workspace_id, row.name, settings)


def parsed(kind: Kind, given: dict[str, Any], kept: Connection | None = None) -> BaseModel:
    """What was typed in, as the kind's settings; a secret that was left out stays as it was. Refuses with 422."""
    known = revealed(kept.settings) if kept else {}
    try:
        return kind.settings(**(known | given))
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(".".join(["settings", *(str(part) for part in first["loc"])]), first["msg"]) from None


def revealed(settings: BaseModel) -> dict[str, Any]:
    """Settings with their secrets in plain text: for sealing and for the provider, never for an answer."""
    plain, secret = split(settings)
    return plain | secret


def split(settings: BaseModel) -> tuple[dict[str, Any], dict[str, str]]:
    """What may be shown, and what must not."""
    plain = settings.model_dump(mode="json")
    secret = {name: value.get_secret_value() for name, value in settings if isinstance(value, SecretStr)}
    return {name: value for name, value in plain.items() if name not in secret}, secret


def _sealed(core: Core, channel_id: str, secret: dict[str, str]) -> str:
    return core.keyring.seal(msgspec.json.encode(secret).decode(), f"channel {channel_id}")


async def _refuse_taken(tx: Tx, kind: Kind, given: BaseModel, *, apart_from: str | None) -> None:
    address = kind.address(given)
    found = await tx.run(BY_ADDRESS, {"kind": kind.name, "address": address})
    if any(row.id != apart_from for row in found):
        raise Invalid("settings", _ADDRESS_TAKEN)


def _audited(row: Row) -> dict[str, Any]:
    return {"kind": row.kind, "name": row.name, "address": row.address, "settings": row.settings, "active": row.active}
