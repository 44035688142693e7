"""Notes: by anyone but a viewer, whatever the state; they are never changed and the customer never sees them."""

from typing import Any

from tests.ownership.checks import at, did, field_refused, named, refused, told, unchanged
from tests.support.house import House

NOTE: dict[str, Any] = {"kind": "note", "text": "VIP, be nice"}


async def test_anyone_but_a_viewer_notes_whoever_holds_it(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.sam, house.kim, house.ada):
        written = await did(house, person.post(at(held, "messages"), NOTE), "message.created", status=201)
        assert (written["message"]["kind"], written["message"]["author"]["id"]) == ("note", person.id)
    after = await house.read(held["id"])
    unseen = ("assignee", "epoch", "waiting_since", "preview", "last_message_at", "bot_paused")
    assert {name: after[name] for name in unseen} == {name: held[name] for name in unseen}
    await refused(house, house.vic.post(at(held, "messages"), NOTE), "forbidden", needs="agent")


async def test_a_note_works_in_every_state_and_outside_the_pools(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    for verb, body in (("snooze", {"until_customer_replies": True}), ("resolve", {}), ("archive", {})):
        status = (await house.kim.post(at(conversation, verb), body)).json()["status"]
        after = (await house.sam.post(at(conversation, "messages"), NOTE | {"epoch": 99})).json()["conversation"]
        assert (after["status"], after["assignee"]) == (status, None)


async def test_a_repeated_client_id_is_the_first_note_again(house: House) -> None:
    conversation = await house.conversation()
    body = NOTE | {"client_id": "n-1"}
    first = (await house.sam.post(at(conversation, "messages"), body)).json()
    again = house.sam.post(at(conversation, "messages"), body | {"text": "Other words"})
    assert await unchanged(house, again) == first
    # Somebody else's client_id is their own, and so is another conversation's.
    assert (await house.kim.post(at(conversation, "messages"), body)).status_code == 201
    assert (await house.sam.post(at(await house.conversation(), "messages"), body)).status_code == 201


async def test_who_is_mentioned_is_told(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.sam.post(at(held, "messages"), NOTE | {"text": "@Kim and @ada, look. @Sam too; not kim@example.com"})
    assert await told(house, held["id"]) == {("Kim", "mention"), ("Ada", "mention")}
    (bell,) = (await house.kim.get("/notifications")).json()["data"]
    assert bell["actor"]["id"] == house.sam.id
    assert bell["note"].startswith("@Kim")


async def test_a_note_is_never_changed(house: House) -> None:
    conversation = await house.conversation()
    note = (await house.sam.post(at(conversation, "messages"), NOTE)).json()["message"]
    for method in ("PATCH", "PUT", "DELETE"):
        answer = await house.sam.call(method, f"/conversations/{conversation['id']}/messages/{note['id']}", json={})
        assert answer.status_code in (404, 405)
    listed = (await house.sam.get(f"/conversations/{conversation['id']}/messages")).json()["data"]
    assert listed[-1] == note


async def test_empty_and_too_long_ones_are_refused(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    for text in ("", "   ", "x" * 4_001, None, ["x"], "nul\x00"):
        await field_refused(house, house.sam.post(at(conversation, "messages"), NOTE | {"text": text}), "text")
    assert (await house.read(conversation["id"]))["assignee"] == named(house.sam)
