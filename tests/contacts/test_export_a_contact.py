"""POST /v1/contacts/{id}/export: everything that is known of a customer, for admins, a page at a time."""

import pytest

from dibs.conversations import export
from tests.ownership.checks import at, refused
from tests.support.house import House
from tests.support.uploads import PNG, brought_in


async def test_everything_is_in_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BATCH", 2)
    ana = {"name": "Ana", "email": "ana@example.com", "external_id": "u-1"}
    first = (await house.sam.post("/conversations", {"contact": ana, "message": {"text": "One"}})).json()
    contact = first["contact"]["id"]
    await house.sam.post(at(first, "claim"))
    file = await brought_in(house.sam)
    await house.sam.post(at(first, "messages"), {"kind": "reply", "text": "Two", "attachments": [file["id"]]})
    for number in range(3):
        await house.kim.post(at(first, "messages"), {"kind": "note", "text": f"Note {number}"})
    for _ in range(3):
        await house.sam.post("/conversations", {"contact": contact, "message": {"text": "More"}})
    spam = (await house.sam.post("/conversations", {"contact": contact, "message": {"text": "Spam"}})).json()
    await house.sam.post(at(spam, "spam"))
    await house.conversation("Somebody else's")
    answer = await house.ada.post(f"/contacts/{contact}/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="{contact}.json"'
    known = answer.json()
    assert (known["contact"]["id"], known["contact"]["name"]) == (contact, "Ana")
    assert known["identities"] == [
        {"kind": "email", "value": "ana@example.com"},
        {"kind": "external_id", "value": "u-1"},
    ]
    assert len(known["conversations"]) == 5
    assert [each["text"] for each in known["conversations"][0]["messages"]] == [
        "One",
        "Two",
        "Note 0",
        "Note 1",
        "Note 2",
    ]
    (shown,) = known["conversations"][0]["files"]
    assert (shown["id"], (await house.http.get(shown["url"])).content) == (file["id"], PNG)
    assert known["conversations"][-1]["spam"] is True
    (row,) = (await house.ada.get("/audit", action="contact.exported")).json()["data"]
    assert (row["target"], row["actor"]["id"], row["after"]) == (contact, house.ada.id, None)


async def test_a_contact_without_conversations_is_exported_too(house: House) -> None:
    contact = (await house.sam.post("/contacts", {"name": "Bo"})).json()
    known = (await house.olga.post(f"/contacts/{contact['id']}/export")).json()
    assert (known["contact"], known["identities"], known["conversations"]) == (contact, [], [])


async def test_only_admins_export(house: House, neighbour: House) -> None:
    path = f"/contacts/{(await house.conversation())['contact']['id']}/export"
    limited = await house.person("Limited", "admin", scopes=["contacts:read", "conversations:read"])
    for person in (house.sam, house.vic, limited):
        await refused(house, person.post(path), "forbidden", needs="admin")
    await refused(house, neighbour.olga.post(path), "not_found")
    await refused(house, house.ada.post("/contacts/ctc_x/export"), "not_found")
    assert (await house.http.post("/v1" + path)).status_code == 401
