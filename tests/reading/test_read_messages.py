"""GET /v1/conversations/{id}/messages."""

from tests.support.house import House


async def test_messages_come_newest_last_and_the_cursor_leads_backwards(house: House) -> None:
    made = await house.conversation("one")
    path = f"/conversations/{made['id']}/messages"
    for text in ("two", "three", "four", "five"):
        await house.write(made["id"], text)
    first = (await house.vic.get(path, limit=2)).json()
    assert [row["text"] for row in first["data"]] == ["four", "five"]
    await house.write(made["id"], "six")
    second = (await house.vic.get(path, limit=2, cursor=first["next_cursor"])).json()
    assert [row["text"] for row in second["data"]] == ["two", "three"]
    third = (await house.vic.get(path, limit=2, cursor=second["next_cursor"])).json()
    assert ([row["text"] for row in third["data"]], third["next_cursor"]) == (["one"], None)


async def test_notes_are_among_them(house: House) -> None:
    made = await house.conversation("one")
    path = f"/conversations/{made['id']}/messages"
    await house.sam.post(path, {"kind": "note", "text": "internal"})
    note = (await house.vic.get(path)).json()["data"][-1]
    assert (note["kind"], note["author"]) == ("note", {"type": "agent", "id": house.sam.id, "name": house.sam.name})


async def test_another_conversations_cursor_is_refused(house: House, neighbour: House) -> None:
    one, two = await house.conversation(), await house.conversation()
    await house.write(one["id"])
    path = f"/conversations/{one['id']}/messages"
    cursor = (await house.sam.get(path, limit=1)).json()["next_cursor"]
    assert (await house.sam.get(f"/conversations/{two['id']}/messages", cursor=cursor)).status_code == 422
    for wrong in ("x", "", "e30"):
        assert (await house.sam.get(path, cursor=wrong)).status_code == 422
    assert (await neighbour.sam.get(path)).status_code == 404
    for wrong in ("conv_1", "x", one["contact"]["id"]):
        assert (await house.sam.get(f"/conversations/{wrong}/messages")).status_code == 404
