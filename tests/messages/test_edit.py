"""PATCH: any agent edits tags, priority, language and subject, claimed or not; never ownership or status."""

from typing import Any

from tests.ownership.checks import did, field_refused, named, refused, unchanged
from tests.support.house import House


async def test_any_agent_edits_whoever_holds_it(house: House) -> None:
    held = await house.claimed_by(house.sam, tags=["old"])
    path = f"/conversations/{held['id']}"
    changes = {"tags": ["billing", "vip"], "priority": "urgent", "language": "es", "subject": "Invoice 7"}
    edited = await did(house, house.kim.patch(path, changes), "conversation.updated")
    assert edited == held | changes | {"version": held["version"] + 1}
    assert edited == await house.read(held["id"])
    assert await unchanged(house, house.kim.patch(path, changes)) == edited
    assert await unchanged(house, house.kim.patch(path, {})) == edited
    edited = await did(house, house.ada.patch(path, {"subject": None, "language": None}), "conversation.updated")
    assert (edited["subject"], edited["language"], edited["tags"]) == (None, None, ["billing", "vip"])
    row, *_ = (await house.ada.get("/audit", conversation=held["id"], action="conversation.updated")).json()["data"]
    assert row["before"] == {"subject": {"characters": 9}, "language": "es"}


async def test_unknown_tags_are_created_and_blank_edges_and_repeats_dropped(house: House) -> None:
    conversation = await house.conversation()
    edited = (await house.sam.patch(f"/conversations/{conversation['id']}", {"tags": [" vip ", "vip", "new"]})).json()
    assert edited["tags"] == ["vip", "new"]
    assert {each["name"] for each in (await house.sam.get("/tags")).json()["data"]} >= {"vip", "new"}
    listed = (await house.sam.get("/conversations", tag="new")).json()["data"]
    assert [each["id"] for each in listed] == [conversation["id"]]
    assert (await house.sam.patch(f"/conversations/{conversation['id']}", {"tags": []})).json()["tags"] == []
    assert (await house.sam.get("/conversations", tag="new")).json()["data"] == []


async def test_a_closed_one_can_be_edited(house: House) -> None:
    conversation = await house.conversation()
    for verb in ("resolve", "archive"):
        await house.sam.post(f"/conversations/{conversation['id']}/{verb}")
        edited = await house.sam.patch(f"/conversations/{conversation['id']}", {"tags": [verb]})
        assert edited.json()["tags"] == [verb]


async def test_a_later_tag_takes_no_claim_away(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.pool("Billing", house.kim, tags=["billing"])
    edited = (await house.kim.patch(f"/conversations/{held['id']}", {"tags": ["billing"]})).json()
    assert (edited["assignee"], edited["epoch"]) == (named(house.sam), 1)
    reply = {"kind": "reply", "text": "Still mine", "epoch": 1}
    assert (await house.sam.post(f"/conversations/{held['id']}/messages", reply)).status_code == 201
    assert (await house.sam.post(f"/conversations/{held['id']}/resolve")).status_code == 200


async def test_ownership_and_status_are_never_edited(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for field in ("assignee", "assignee_id", "status", "epoch", "claimed_at", "bot_paused", "escalated_at", "version"):
        for person in (house.sam, house.ada):
            call = person.patch(f"/conversations/{held['id']}", {"subject": "x", field: None})
            await field_refused(house, call, field)


async def test_malformed_values_are_refused(house: House) -> None:
    held = await house.claimed_by(house.sam)
    path = f"/conversations/{held['id']}"
    for field, value in (
        ("priority", "highest"),
        ("priority", 3),
        ("language", "Spanish"),
        ("language", ""),
        ("subject", "x" * 301),
        ("subject", "nul\x00"),
        ("tags", "vip"),
        ("tags", ["x\ny"]),
        ("tags", [f"t{number}" for number in range(51)]),
    ):
        await field_refused(house, house.sam.patch(path, {field: value}), field)
    wrong: list[Any] = [{"tags": None}, {"priority": None}, [], None]
    for body in wrong:
        await refused(house, house.sam.patch(path, body), "invalid")


async def test_viewers_and_foreigners_are_refused(house: House, neighbour: House) -> None:
    conversation, foreign = await house.conversation(), await neighbour.conversation()
    await refused(house, house.vic.patch(f"/conversations/{conversation['id']}", {}), "forbidden", needs="agent")
    for conversation_id in (foreign["id"], "conv_", "%00"):
        await refused(house, house.sam.patch(f"/conversations/{conversation_id}", {"subject": "x"}), "not_found")
    assert await neighbour.read(foreign["id"]) == foreign
