"""`attachments` of replies, notes and outbound conversations: one's own files, each sent once."""

from typing import Any

from tests.ownership.checks import at, did, field_refused, refused
from tests.support.house import House
from tests.support.uploads import PNG, brought_in


def reply(*files: str, text: str = "Here you are", **more: Any) -> dict[str, Any]:
    return {"kind": "reply", "text": text, "attachments": list(files), **more}


async def test_a_reply_carries_files_in_their_order(house: House) -> None:
    held = await house.claimed_by(house.sam)
    first, second = await brought_in(house.sam), await brought_in(house.sam, b"words", "notes.txt")
    call = house.sam.post(at(held, "messages"), reply(second["id"], first["id"]))
    written = await did(house, call, "message.created", status=201)
    assert [each["name"] for each in written["message"]["attachments"]] == ["notes.txt", "photo.png"]
    (read,) = (await house.vic.get(at(held, "messages"))).json()["data"][-1:]
    assert read["attachments"] == written["message"]["attachments"]
    found = (await house.kim.get(f"/files/{first['id']}")).json()
    assert (found["conversation_id"], found["message_id"]) == (held["id"], read["id"])


async def test_files_may_speak_for_themselves(house: House) -> None:
    held = await house.claimed_by(house.sam)
    file = await brought_in(house.sam)
    written = (await house.sam.post(at(held, "messages"), reply(file["id"], text=""))).json()
    assert (written["message"]["text"], written["conversation"]["preview"]) == ("", "photo.png")
    await field_refused(house, house.sam.post(at(held, "messages"), reply(text="")), "text")
    await field_refused(house, house.sam.post(at(held, "messages"), reply(text=" \n")), "text")


async def test_a_note_and_an_outbound_conversation_carry_files_too(house: House) -> None:
    conversation = await house.conversation()
    file = await brought_in(house.kim)
    note = {"kind": "note", "text": "", "attachments": [file["id"]]}
    written = (await house.kim.post(at(conversation, "messages"), note)).json()["message"]
    assert [each["id"] for each in written["attachments"]] == [file["id"]]
    mine = await brought_in(house.sam)
    body = {"contact": {"email": "ana@example.com"}, "direction": "outbound", "attachments": [mine["id"]]}
    made = await house.sam.post("/conversations", body)
    assert (made.status_code, made.json()["preview"]) == (201, "photo.png")
    assert (await house.sam.get(f"/files/{mine['id']}")).json()["conversation_id"] == made.json()["id"]


async def test_only_ones_own_files_and_each_once(house: House, neighbour: House) -> None:
    held = await house.claimed_by(house.sam)
    mine, theirs = await brought_in(house.sam), await brought_in(house.kim)
    foreign = await brought_in(neighbour.sam)
    for file in (theirs["id"], foreign["id"], "file_x", "msg_" + "0" * 26, "file_" + "0" * 26):
        await field_refused(house, house.sam.post(at(held, "messages"), reply(mine["id"], file)), "attachments")
    assert (await house.sam.get(f"/files/{mine['id']}")).json()["message_id"] is None
    assert (await house.sam.post(at(held, "messages"), reply(mine["id"], mine["id"]))).status_code == 201
    await field_refused(house, house.sam.post(at(held, "messages"), reply(mine["id"])), "attachments")
    many = [f"file_{number:026d}" for number in range(11)]
    await field_refused(house, house.sam.post(at(held, "messages"), reply(*many)), "attachments")
    await field_refused(house, house.sam.post(at(held, "messages"), reply() | {"attachments": "x"}), "attachments")


async def test_a_refused_reply_leaves_its_files_unsent(house: House) -> None:
    held = await house.claimed_by(house.kim)
    mine = await brought_in(house.sam)
    await refused(house, house.sam.post(at(held, "messages"), reply(mine["id"])), "already_claimed")
    await refused(house, house.kim.post(at(held, "messages"), reply(mine["id"], epoch=99)), "stale_epoch")
    assert (await house.sam.get(f"/files/{mine['id']}")).json()["message_id"] is None
    assert (await house.sam.get(f"/files/{mine['id']}/content")).content == PNG


async def test_a_repeated_client_id_is_the_first_message_with_its_files(house: House) -> None:
    held = await house.claimed_by(house.sam)
    mine = await brought_in(house.sam)
    first = await house.sam.post(at(held, "messages"), reply(mine["id"], client_id="r-1"))
    again = await house.sam.post(at(held, "messages"), reply(mine["id"], client_id="r-1"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["message"] == first.json()["message"]
