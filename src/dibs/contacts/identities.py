"""Contacts and what they are known by. An address, number or external id belongs to one contact of a workspace."""

import re
from typing import Any

from sqlalchemy import Text, bindparam, delete, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs import ids
from dibs.contacts.queries import BY_ID, BY_IDENTITIES, HOLD
from dibs.contacts.tables import contact_identities, contacts
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.errors import Invalid, NotFound, Refusal
from dibs.tx import Tx

# Also the order in which they are believed when they name different contacts.
KINDS = ("external_id", "email", "phone")
LONGEST = {"name": 200, "external_id": 255, "email": 254, "phone": 40}
MOST_ATTEMPTS = 10
WRITTEN = ("name", *KINDS, "blocked", "merged_into", "erased_at")

_k, _i = contacts.c, contact_identities.c
_EMAIL = re.compile(r"^[^\s@<>\"]+@[^\s@<>\"]+$")
_ws = bindparam("ws", type_=Id)
INSERT = insert(contacts).values({column.name: bindparam(column.name, type_=column.type) for column in _k})
CLAIM_IDENTITY = (
    upsert(contact_identities)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _i})
    .on_conflict_do_nothing()
    .returning(_i.contact_id)
)
_FORGET_IDENTITIES = delete(contact_identities).where(
    _i.workspace_id == _ws, _i.contact_id == bindparam("contact", type_=Id)
)
_FORGET = delete(contacts).where(_k.workspace_id == _ws, _k.id == bindparam("contact", type_=Id))
_FREE_IDENTITY = delete(contact_identities).where(
    _i.workspace_id == _ws,
    _i.contact_id == bindparam("contact", type_=Id),
    _i.kind == bindparam("kind", type_=Text),
    _i.value == bindparam("value", type_=Text),
)
CHANGE = (
    update(contacts)
    .where(_k.workspace_id == _ws, _k.id == bindparam("contact", type_=Id))
    .values(
        **{name: bindparam(f"new_{name}", type_=_k[name].type) for name in WRITTEN},
        updated_at=bindparam("at", type_=Instant),
    )
    .returning(contacts)
)


class ContactErased(Refusal):
    """Nothing is added to a contact that was erased."""

    code, title = "contact_erased", "Contact was erased"


def normalise(field: str, value: str) -> str:
    """As it is stored: addresses in lower case, numbers as + and digits, external ids as they are. Refuses with 422."""
    text = value if field == "external_id" else value.strip()
    if not text or len(text) > LONGEST[field]:
        raise Invalid(field, f"use 1 to {LONGEST[field]} characters")
    if not text.isprintable():
        raise Invalid(field, "no line breaks or control characters, please")
    if field == "email":
        if not _EMAIL.match(text):
            raise Invalid(field, "this is no address such as ana@example.com")
        return text.lower()
    return _number(text) if field == "phone" else text


def _number(text: str) -> str:
    digits = re.sub(r"[\s()./-]", "", text).removeprefix("+")
    if not text.lstrip().startswith("+"):
        digits = digits.removeprefix("00")
    if not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 15):
        raise Invalid("phone", "use the international form, such as +34 600 123 456")
    return "+" + digits


def normalised(given: dict[str, Any]) -> dict[str, str]:
    """The given name and identities as they are stored, without those that are None."""
    return {field: normalise(field, value) for field, value in given.items() if value is not None}


async def find_or_create(tx: Tx, given: dict[str, Any]) -> Row:
    """The contact with these identities, made when nobody has them; `given` may have external_id, email, phone, name.

    When they belong to different contacts, the external id is believed before the address, and that before the number;
    none is taken from its owner. What the contact lacked is filled in. The row is held until the transaction ends.
    """
    known = normalised({name: given.get(name) for name in ("name", *KINDS)})
    identities = {kind: known[kind] for kind in KINDS if kind in known}
    for _ in range(MOST_ATTEMPTS):
        row = await _find(tx, identities) or await _create(tx, known, identities)
        if row is not None:
            return await complete(tx, row, known, identities)
    raise Invalid("contact", "this contact is being changed by somebody else; send it again")


async def live(tx: Tx, contact_id: str) -> Row:
    """The contact, or the one that it was merged into, held until the transaction ends.

    Refuses an unknown one with 404 and an erased one with 409.
    """
    row = None
    if ids.well_formed(contact_id, "ctc"):
        row = await tx.one(HOLD, {"ws": tx.workspace_id, "id": contact_id})
    if row is not None and row.merged_into is not None:
        return await live(tx, row.merged_into)
    if row is None:
        raise NotFound("There is no such contact in this workspace.")
    refuse_erased(row)
    return row


def refuse_erased(row: Row) -> None:
    """Refuses an erased contact with 409 `contact_erased`."""
    if row.erased_at is not None:
        raise ContactErased("This contact was erased. Should the customer come back, they are a new contact.")


async def owners(tx: Tx, identities: dict[str, str]) -> dict[str, str]:
    """For each of the identities that somebody has, by kind, that contact's id."""
    if not identities:
        return {}
    params = {"ws": tx.workspace_id, **{kind: identities.get(kind) for kind in KINDS}}
    return {row.kind: row.contact_id for row in await tx.run(BY_IDENTITIES, params)}


async def claim_identity(tx: Tx, contact_id: str, kind: str, value: str) -> bool:
    """Writes an identity down for a contact; False when another contact has it or has just taken it."""
    return bool(
        await tx.run(
            CLAIM_IDENTITY,
            {
                "workspace_id": tx.workspace_id,
                "kind": kind,
                "value": value,
                "contact_id": contact_id,
                "created_at": tx.now,
            },
        )
    )


async def free_identity(tx: Tx, contact_id: str, kind: str, value: str) -> None:
    """Gives an identity up, so that another contact can have it."""
    await tx.run(_FREE_IDENTITY, {"ws": tx.workspace_id, "contact": contact_id, "kind": kind, "value": value})


async def write(tx: Tx, row: Row, **new: Any) -> Row:
    """Writes columns of a contact and returns it as it is now."""
    values = {name: getattr(row, name) for name in WRITTEN} | new
    params = {f"new_{name}": value for name, value in values.items()}
    return await tx.one(CHANGE, params | {"ws": tx.workspace_id, "contact": row.id, "at": tx.now})


async def free_identities(tx: Tx, contact_id: str) -> None:
    """Gives everything up by which a contact is known."""
    await tx.run(_FORGET_IDENTITIES, {"ws": tx.workspace_id, "contact": contact_id})


async def forget(tx: Tx, contact_id: str) -> None:
    """Deletes a contact and its identities."""
    await free_identities(tx, contact_id)
    await tx.run(_FORGET, {"ws": tx.workspace_id, "contact": contact_id})


async def _find(tx: Tx, identities: dict[str, str]) -> Row | None:
    owned = await owners(tx, identities)
    for kind in KINDS:
        if kind in owned:
            try:
                return await live(tx, owned[kind])
            except (NotFound, ContactErased):  # deleted or erased since
                return None
    return None


async def _create(tx: Tx, known: dict[str, str], identities: dict[str, str]) -> Row | None:
    """Makes a contact; None, and nothing made, when somebody took one of the identities meanwhile."""
    contact_id = ids.new("ctc")
    await tx.run(
        INSERT,
        {
            "workspace_id": tx.workspace_id,
            "id": contact_id,
            "blocked": False,
            "merged_into": None,
            "erased_at": None,
            "created_at": tx.now,
            "updated_at": tx.now,
            **{name: known.get(name) for name in ("name", *KINDS)},
        },
    )
    for kind, value in identities.items():
        # Always in the order of KINDS, so that two who take the same ones wait for each other one way only.
        if not await claim_identity(tx, contact_id, kind, value):
            await forget(tx, contact_id)
            return None
    return await tx.one(BY_ID, {"ws": tx.workspace_id, "id": contact_id})


async def complete(tx: Tx, row: Row, known: dict[str, str], identities: dict[str, str]) -> Row:
    """Fills in what a contact lacks of what is known, as far as nobody else has it."""
    new = {}
    for kind, value in identities.items():
        mine = getattr(row, kind) == value or await claim_identity(tx, row.id, kind, value)
        if mine and getattr(row, kind) is None:
            new[kind] = value
    if row.name is None and "name" in known:
        new["name"] = known["name"]
    return await write(tx, row, **new) if new else row
