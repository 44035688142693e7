"""Who a customer is, found by what they are known by."""

import asyncio
from typing import Any

import pytest

from dibs.actor import system
from dibs.contacts.identities import find_or_create
from dibs.errors import Invalid
from dibs.tx import transaction
from tests.support.house import House


async def find(house: House, **given: Any) -> Any:
    async with transaction(house.core, system(house.workspace_id, "Test")) as tx:
        return await find_or_create(tx, given)


async def test_the_same_identity_is_the_same_contact(house: House) -> None:
    first = await find(house, email="Ana@example.com", name="Ana")
    assert (await find(house, email=" ana@EXAMPLE.com")).id == first.id
    assert (await find(house, email="ana@example.com", phone="+34 600 123 456")).id == first.id
    again = await find(house, phone="34600123456", name="Somebody else")
    assert (again.id, again.name, again.phone) == (first.id, "Ana", "+34600123456")


async def test_without_an_identity_everybody_is_new(house: House) -> None:
    assert (await find(house, name="Ana")).id != (await find(house, name="Ana")).id


async def test_when_identities_disagree_the_first_kind_wins_and_none_is_stolen(house: House) -> None:
    by_mail = await find(house, email="ana@example.com")
    by_id = await find(house, external_id="a1")
    by_phone = await find(house, phone="+34600123456")
    found = await find(house, external_id="a1", email="ana@example.com", phone="+34600123456")
    assert (found.id, found.email, found.phone) == (by_id.id, None, None)
    assert (await find(house, phone="+34600123456", email="ana@example.com")).id == by_mail.id
    assert (await find(house, phone="+34600123456")).id == by_phone.id


async def test_a_second_address_is_known_without_replacing_the_first(house: House) -> None:
    first = await find(house, external_id="a1", email="ana@example.com")
    assert (await find(house, external_id="a1", email="ana@work.example")).email == "ana@example.com"
    assert (await find(house, email="ana@work.example")).id == first.id


async def test_another_workspace_has_its_own(house: House, neighbour: House) -> None:
    assert (await find(house, email="ana@example.com")).id != (await find(neighbour, email="ana@example.com")).id


async def test_a_number_that_is_none_is_refused(house: House) -> None:
    with pytest.raises(Invalid):
        await find(house, phone="nobody")


async def test_fifty_at_once_make_one_contact(house: House) -> None:
    kinds: list[dict[str, str]] = [
        {"external_id": "a1", "email": "ana@example.com"},
        {"email": "ana@example.com", "phone": "+34600123456"},
        {"external_id": "a1", "email": "ana@example.com", "phone": "+34600123456"},
    ]
    found = await asyncio.gather(*(find(house, **kinds[n % 3]) for n in range(50)))
    assert len({row.id for row in found}) == 1
    assert len(await house.rows("SELECT id FROM contacts WHERE workspace_id = :ws")) == 1
    assert len(await house.rows("SELECT kind FROM contact_identities WHERE workspace_id = :ws")) == 3
