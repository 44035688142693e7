"""Contacts as REST answers show them."""

from typing import Any

from typing_extensions import TypedDict

from dibs import clock, ledger
from dibs.db.compiled import Row


class Contact(TypedDict):
    """A customer, unified across channels. Times are ISO 8601 UTC."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    external_id: str | None
    blocked: bool
    # Since when nothing of the customer is left here.
    erased_at: str | None
    created_at: str
    updated_at: str


class Contacts(TypedDict):
    """One page of contacts."""

    data: list[Contact]
    next_cursor: str | None


def contact(row: Row) -> Contact:
    """A row of `contacts`."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "external_id": row.external_id,
        "blocked": row.blocked,
        "erased_at": clock.iso_or_none(row.erased_at),
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }


def audited(row: Row) -> dict[str, Any]:
    """A contact as the audit keeps it for good: what is known of the customer, not what it is."""
    known = {name: ledger.measured(getattr(row, name)) for name in ("name", "email", "phone", "external_id")}
    return known | {"blocked": row.blocked}
