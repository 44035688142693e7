"""Contacts as REST answers show them."""

from typing_extensions import TypedDict

from dibs import clock
from dibs.db.compiled import Row


class Contact(TypedDict):
    """A customer, unified across channels. Times are ISO 8601 UTC."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    external_id: str | None
    blocked: bool
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
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
    }
