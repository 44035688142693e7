"""Merging: one customer who was known as two becomes one. Conversations and their owners stay as they are."""

from sqlalchemy import bindparam, update

from dibs import ids
from dibs.contacts import shapes
from dibs.contacts.identities import KINDS, write
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
        before={"merged": dict(shapes.contact(merged)), "into": dict(shapes.contact(survivor))},
        after={"into": dict(shapes.contact(kept))},
    )
    return kept


async def _lock_both(tx: Tx, contact_id: str, into: str) -> dict[str, Row]:
    wanted = sorted({each for each in (contact_id, into) if ids.well_formed(each, "ctc")})
    rows = {row.id: row for row in await tx.run(LOCK_MANY, {"ws": tx.workspace_id, "ids": wanted})}
    if contact_id not in rows or into not in rows:
        raise NotFound("There is no such contact in this workspace.")
    return rows
