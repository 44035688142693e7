"""Making, changing and deleting contacts by hand."""

from typing import Any

from dibs import ids
from dibs.contacts import shapes
from dibs.contacts.identities import (
    KINDS,
    claim_identity,
    find_or_create,
    forget,
    free_identity,
    normalise,
    normalised,
    owners,
    refuse_erased,
    write,
)
from dibs.contacts.queries import LOCK_MANY
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound, Refusal
from dibs.tx import Change, Tx


class ContactInUse(Refusal):
    """The contact has conversations, which would lose their customer."""

    code, title = "contact_in_use", "Contact has conversations"


async def create(tx: Tx, given: dict[str, Any]) -> Row:
    """Makes a contact. Refuses an identity that another contact has with 422."""
    known = normalised(given)
    if not known:
        raise Invalid("body", "give a name, an email, a phone or an external_id")
    taken = await owners(tx, {kind: known[kind] for kind in KINDS if kind in known})
    if taken:
        raise _taken(next(kind for kind in KINDS if kind in taken))
    row = await find_or_create(tx, known)
    tx.audit("contact.created", row.id, after=shapes.audited(row))
    return row


async def edit(tx: Tx, contact_id: str, given: dict[str, Any]) -> Row:
    """Changes name, identities or `blocked`; null takes one away. Refuses an identity that another contact has.

    Every screen is told. What a blocked contact writes is kept apart as spam from then on.
    """
    row = await lock(tx, contact_id)
    tx.actor.must("contacts:write", "agent")
    refuse_erased(row)
    new = {name: normalise(name, value) if isinstance(value, str) else value for name, value in given.items()}
    new = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not new:
        return row
    for kind in KINDS:
        if kind in new:
            await _move_identity(tx, row, kind, new[kind])
    edited = await write(tx, row, **new)
    before, after = shapes.audited(row), shapes.audited(edited)
    tx.audit(
        "contact.updated",
        row.id,
        before={name: before[name] for name in new},
        after={name: after[name] for name in new},
    )
    await tx.emit("contact.updated", {"contact": shapes.contact(edited)})
    return edited


async def remove(tx: Tx, contact_id: str) -> Row:
    """Deletes a contact. Refuses one with conversations with 409: merge it, or have an admin erase it."""
    row = await lock(tx, contact_id)
    tx.actor.must("contacts:write", "agent")
    for reaction in tx.core.reactions.get("contact.deleted", ()):
        await reaction(tx, Change("contact.deleted", None, {"contact_id": row.id}))
    await forget(tx, row.id)
    tx.audit("contact.deleted", row.id, before=shapes.audited(row))
    return row


async def lock(tx: Tx, contact_id: str) -> Row:
    """The contact, or the one it was merged into, locked against merging. Refuses with 404."""
    for _ in range(20):
        rows = []
        if ids.well_formed(contact_id, "ctc"):
            rows = await tx.run(LOCK_MANY, {"ws": tx.workspace_id, "ids": [contact_id]})
        if not rows:
            break
        if rows[0].merged_into is None:
            return rows[0]
        contact_id = rows[0].merged_into
    raise NotFound("There is no such contact in this workspace.")


async def _move_identity(tx: Tx, row: Row, kind: str, value: str | None) -> None:
    owned = await owners(tx, {kind: value}) if value is not None else {}
    if owned.get(kind, row.id) != row.id:
        raise _taken(kind)
    if value is not None and not owned and not await claim_identity(tx, row.id, kind, value):
        raise _taken(kind)
    former = getattr(row, kind)
    if former is not None:
        await free_identity(tx, row.id, kind, former)


def _taken(kind: str) -> Invalid:
    return Invalid(kind, "another contact has this; merge the two instead")
