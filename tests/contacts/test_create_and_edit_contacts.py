"""POST, GET, PATCH and DELETE /v1/contacts."""

import json
from typing import Any

import pytest

from tests.support.house import House


async def made(house: House, **fields: Any) -> dict[str, Any]:
    answer = await house.sam.post("/contacts", fields)
    assert answer.status_code == 201, answer.text
    contact: dict[str, Any] = answer.json()
    return contact


async def test_an_agent_creates_a_contact_with_tidy_identities(house: House) -> None:
    contact = await made(
        house, name=" Ana Ruiz ", email="Ana@Example.COM", phone="0034 600 12-34 56", external_id="A 1"
    )
    assert (contact["name"], contact["email"], contact["phone"], contact["external_id"]) == (
        "Ana Ruiz",
        "ana@example.com",
        "+34600123456",
        "A 1",
    )
    assert contact["blocked"] is False
    assert (await house.vic.get(f"/contacts/{contact['id']}")).json() == contact
    (row,) = (await house.ada.get("/audit", action="contact.created")).json()["data"]
    assert row["target"] == contact["id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "  "},
        {"name": "a\nb"},
        {"name": "a\0b"},
        {"name": 5},
        {"name": "x" * 201},
        {"email": "nobody"},
        {"email": "a@b@c"},
        {"email": "a b@c"},
        {"phone": "call me"},
        {"phone": "1234"},
        {"phone": "+1234567890123456"},
        {"phone": "٣٤٦٠٠١٢٣٤٥٦"},
        {"external_id": ""},
        {"external_id": "\ud800"},
        {"unknown": "x"},
        {"name": "x", "blocked": True},
    ],
)
async def test_a_contact_that_cannot_be_is_refused(house: House, body: dict[str, Any]) -> None:
    answer = await house.sam.call(
        "POST", "/contacts", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert answer.status_code in {400, 422}, answer.text
    assert (await house.sam.get("/contacts")).json()["data"] == []


async def test_an_identity_belongs_to_one_contact(house: House) -> None:
    await made(house, email="ana@example.com")
    answer = await house.sam.post("/contacts", {"name": "Other", "email": "ANA@example.com"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "email")
    other = await made(house, phone="+34600123456")
    assert (await house.sam.patch(f"/contacts/{other['id']}", {"email": "ana@example.com"})).status_code == 422
    assert len((await house.sam.get("/contacts")).json()["data"]) == 2


async def test_an_edit_changes_what_it_names_and_frees_what_it_takes_away(house: House) -> None:
    contact = await made(house, name="Ana", email="ana@example.com", phone="+34600123456")
    answer = await house.sam.patch(
        f"/contacts/{contact['id']}", {"email": "new@example.com", "phone": None, "blocked": True}
    )
    assert answer.json() | {"updated_at": ""} == contact | {
        "email": "new@example.com",
        "phone": None,
        "blocked": True,
        "updated_at": "",
    }
    again = await made(house, email="ana@example.com", phone="+34600123456")
    assert again["id"] != contact["id"]
    assert (await house.sam.patch(f"/contacts/{again['id']}", {"phone": "+34600123456"})).status_code == 200


async def test_viewers_and_keys_without_the_scope_only_read(house: House) -> None:
    contact = await made(house, name="Ana")
    reader = await house.person("Rita", scopes=["contacts:read"])
    other = await house.person("Otto", scopes=["conversations:read", "conversations:write"])
    for person, needs in ((house.vic, "agent"), (reader, "contacts:write")):
        assert (await person.get("/contacts")).status_code == 200
        for answer in (
            await person.post("/contacts", {"name": "x"}),
            await person.patch(f"/contacts/{contact['id']}", {"name": "x"}),
            await person.delete(f"/contacts/{contact['id']}"),
            await person.post(f"/contacts/{contact['id']}/merge", {"into": contact["id"]}),
        ):
            assert (answer.status_code, answer.json()["needs"]) == (403, needs)
    assert (await other.get("/contacts")).status_code == 403
    assert (await other.get(f"/contacts/{contact['id']}")).status_code == 403


async def test_another_workspaces_contact_is_not_found(house: House, neighbour: House) -> None:
    theirs = (await neighbour.sam.post("/contacts", {"name": "Ana"})).json()["id"]
    mine = (await made(house, name="Mine"))["id"]
    for contact_id in (theirs, "ctc_1", "x", theirs.lower()):
        for answer in (
            await house.sam.get(f"/contacts/{contact_id}"),
            await house.sam.patch(f"/contacts/{contact_id}", {"name": "x"}),
            await house.sam.delete(f"/contacts/{contact_id}"),
            await house.sam.post(f"/contacts/{contact_id}/merge", {"into": mine}),
            await house.sam.post(f"/contacts/{mine}/merge", {"into": contact_id}),
        ):
            assert answer.status_code == 404, answer.text
    assert [row["id"] for row in (await house.sam.get("/contacts")).json()["data"]] == [mine]


async def test_contacts_are_listed_page_by_page_newest_first(house: House) -> None:
    ids = [(await made(house, name=f"Contact {n}"))["id"] for n in range(5)]
    first = (await house.sam.get("/contacts", limit=2)).json()
    await made(house, name="Late")
    second = (await house.sam.get("/contacts", limit=3, cursor=first["next_cursor"])).json()
    assert [row["id"] for row in first["data"] + second["data"]] == ids[::-1]
    assert second["next_cursor"] is None
    assert (await house.sam.get("/contacts", q="x", cursor=first["next_cursor"])).status_code == 422
    assert [row["name"] for row in (await house.sam.get("/contacts", q="contact 3")).json()["data"]] == ["Contact 3"]


async def test_a_contact_with_conversations_is_kept(house: House) -> None:
    conversation = await house.conversation()
    answer = await house.sam.delete(f"/contacts/{conversation['contact']['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "contact_in_use")
    contact = await made(house, name="Ana", email="ana@example.com")
    assert (await house.sam.delete(f"/contacts/{contact['id']}")).status_code == 200
    assert (await house.sam.get(f"/contacts/{contact['id']}")).status_code == 404
    assert (await house.sam.get("/search", q="ana")).json()["data"] == []
    await made(house, email="ana@example.com")
