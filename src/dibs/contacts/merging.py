"""Merging: one customer who was known as two becomes one. Conversations and their owners stay as they are.

By hand (`merge`), or by itself when a channel has proof that two are one (`unify`). Both lock contacts exclusively, by
id, before anything else: whoever writes to a contact shares its row first and locks conversations after.
"""

from typing import Any

from sqlalchemy import bindparam, update

from dibs import ids
from dibs.contacts import shapes
from dibs.contacts.identities import (
    KINDS,
    MOST_ATTEMPTS,
    complete,
    find_or_create,
    normalised,
    owners,
    refuse_erased,
    write,
)
from dibs.contacts.queries import LOCK_MANY
from dibs.contacts.tables import contact_identities, contacts
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Invalid, NotFound
from dibs.tx import Change, Tx

_k, _i = contacts.c, contact_identities.c
_ws, _from, _into = bindparam("ws", type_=Id), bindparam("merged", type_=Id), bindparam("into", type_=Id)
_MOVE_IDENTITIES = (
    update(contact_identities).where(_i.workspace_id == _ws, _i.contact_id == _from).values(contact_id=_into)
)
# Contacts merged into this one before now lead straight to the survivor.
_REDIRECT = update(contacts).where(_k.workspace_id == _ws, _k.merged_into == _from).values(merged_into=_into)


async def merge(tx: Tx, contact_id: str, into: str) -> Row:
    """Merges a contact into another, which keeps its own name and identities and gains the rest; returns it.

    Refuses an unknown one with 404, itself with 422. What has been merged already is 200 and changes nothing.
    """
    rows = await _lock_both(tx, contact_id, into)
    tx.actor.must("contacts:write", "agent")
    merged, survivor = rows[contact_id], rows[into]
    if merged.merged_into == survivor.id:
        return survivor
    if contact_id == into:
        raise Invalid("into", "choose another contact than this one")
    if merged.merged_into is not None or survivor.merged_into is not None:
        raise Invalid("into", "one of the two was merged into another contact already; use that one")
    refuse_erased(merged)
    refuse_erased(survivor)
    return await _merge(tx, merged, survivor)


async def unify(tx: Tx, verified: dict[str, Any], *, also: str | None = None) -> Row:
    """The one contact with these identities, merged from several where it has to be; held until the transaction ends.

    `verified` may have external_id, email, phone and name; the caller vouches that all of them are the same person's: a
    signature by the host page, a number that WhatsApp vouches for. Never what a visitor typed in. `also` is the contact
    as which the channel knew that person until now. Two with different external ids are two accounts of somebody
    else's system and stay two: then the external id is believed. A blocked one makes the one that remains blocked.
    """
    known = normalised({name: verified.get(name) for name in ("name", *KINDS)})
    identities = {kind: known[kind] for kind in KINDS if kind in known}
    for _ in range(MOST_ATTEMPTS):
        owned = await owners(tx, identities)
        wanted = list(dict.fromkeys([*(owned[kind] for kind in KINDS if kind in owned), *([also] if also else [])]))
        if not wanted:
            return await find_or_create(tx, known)
        rows = {row.id: row for row in await tx.run(LOCK_MANY, {"ws": tx.workspace_id, "ids": sorted(wanted)})}
        moved = {row.merged_into for row in rows.values() if row.merged_into is not None}
        if also and (also not in rows or rows[also].merged_into or rows[also].erased_at):
            also = rows[also].merged_into if also in rows else None
        elif not moved and len(rows) == len(wanted) and await owners(tx, identities) == owned:
            return await complete(tx, await _joined(tx, [rows[each] for each in wanted]), known, identities)
    raise Invalid("contact", "this contact is being changed by somebody else; send it again")


async def _joined(tx: Tx, rows: list[Row]) -> Row:
    """One contact of several (locked): the first, into which the others go that are no other account."""
    survivor, *others = rows
    for other in others:
        if None in (survivor.external_id, other.external_id) or survivor.external_id == other.external_id:
            survivor = await _merge(tx, other, survivor)
    return survivor


async def _merge(tx: Tx, merged: Row, survivor: Row) -> Row:
    gained = {name: getattr(merged, name) for name in ("name", *KINDS) if getattr(survivor, name) is None}
    params = {"ws": tx.workspace_id, "merged": merged.id, "into": survivor.id}
    await tx.run(_MOVE_IDENTITIES, params)
    await tx.run(_REDIRECT, params)
    await write(tx, merged, merged_into=survivor.id)
    kept = await write(tx, survivor, **gained, blocked=survivor.blocked or merged.blocked)
    for reaction in tx.core.reactions.get("contact.merged", ()):
        await reaction(tx, Change("contact.merged", None, {"contact_id": merged.id, "into": survivor.id}))
    tx.audit(
        "contact.merged",
        merged.id,
        before={"merged": shapes.audited(merged), "into": shapes.audited(survivor)},
        after={"into": {"id": kept.id, **shapes.audited(kept)}},
    )
    await tx.emit("contact.updated", {"contact": shapes.contact(kept), "merged": merged.id})
    return kept


async def _lock_both(tx: Tx, contact_id: str, into: str) -> dict[str, Row]:
    wanted = sorted({each for each in (contact_id, into) if ids.well_formed(each, "ctc")})
    rows = {row.id: row for row in await tx.run(LOCK_MANY, {"ws": tx.workspace_id, "ids": wanted})}
    if contact_id not in rows or into not in rows:
        raise NotFound("There is no such contact in this workspace.")
    return rows
