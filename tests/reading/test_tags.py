"""/v1/tags, and what becomes of a tag that conversations carry."""

from typing import Any

import pytest

from tests.support.house import House


async def tag_id(house: House, name: str) -> str:
    rows = (await house.vic.get("/tags")).json()["data"]
    return str(next(row["id"] for row in rows if row["name"] == name))


async def carried(house: House) -> dict[str, int | None]:
    rows = await house.rows("SELECT tag, queue_key FROM conversation_tags WHERE workspace_id = :ws")
    return {row.tag: row.queue_key for row in rows}


async def test_an_unknown_tag_on_a_conversation_is_made(house: House) -> None:
    await house.conversation(tags=["vip", "billing", "vip"])
    rows = (await house.vic.get("/tags")).json()["data"]
    assert [row["name"] for row in rows] == ["billing", "vip"]


async def test_tag_rows_follow_the_set_and_the_place_in_the_queue(house: House) -> None:
    made = await house.conversation(tags=["vip", "billing"])
    (place,) = set((await carried(house)).values())
    assert place is not None
    await house.sam.patch(f"/conversations/{made['id']}", {"tags": ["billing", "late"]})
    assert await carried(house) == {"billing": place, "late": place}
    await house.sam.post(f"/conversations/{made['id']}/claim")
    assert await carried(house) == {"billing": None, "late": None}
    await house.sam.patch(f"/conversations/{made['id']}", {"tags": ["mine"]})
    assert await carried(house) == {"mine": None}
    await house.sam.post(f"/conversations/{made['id']}/release")
    assert await carried(house) == {"mine": place}


async def test_a_renamed_tag_is_renamed_on_every_conversation(house: House) -> None:
    first, second = await house.conversation(tags=["vip", "vi"]), await house.conversation(tags=["vip"])
    answer = await house.ada.patch(f"/tags/{await tag_id(house, 'vip')}", {"name": "important"})
    assert answer.json()["name"] == "important"
    assert (await house.read(first["id"]))["tags"] == ["important", "vi"]
    assert (await house.read(second["id"]))["tags"] == ["important"]
    rows = (await house.sam.get("/conversations", view="unclaimed", tag="important")).json()["data"]
    assert [row["id"] for row in rows] == [first["id"], second["id"]]


async def test_a_deleted_tag_leaves_every_conversation(house: House) -> None:
    made = [await house.conversation(tags=tags) for tags in (["a"], ["a", "b"], ["b", "a"], ["b", "a", "c"])]
    assert (await house.ada.delete(f"/tags/{await tag_id(house, 'a')}")).status_code == 200
    assert [(await house.read(each["id"]))["tags"] for each in made] == [[], ["b"], ["b"], ["b", "c"]]
    assert (await house.sam.get("/conversations", tag="a")).json()["data"] == []


async def test_a_tag_that_guards_a_pool_stays(house: House) -> None:
    await house.conversation(tags=["billing"])
    await house.pool("Billing", house.sam, tags=["billing"])
    path = f"/tags/{await tag_id(house, 'billing')}"
    for answer in (await house.ada.patch(path, {"name": "money"}), await house.ada.delete(path)):
        assert answer.status_code == 422
        assert "Billing" in answer.json()["detail"]
    assert set(await carried(house)) == {"billing"}


async def test_only_admins_rename_and_delete_and_viewers_make_none(house: House) -> None:
    assert (await house.sam.post("/tags", {"name": "vip"})).status_code == 201
    path = f"/tags/{await tag_id(house, 'vip')}"
    for answer in (
        await house.vic.post("/tags", {"name": "x"}),
        await house.sam.patch(path, {"name": "x"}),
        await house.sam.delete(path),
    ):
        assert answer.status_code == 403
    assert (await house.vic.get(path)).json()["name"] == "vip"


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": " "}, {"name": 'a"b'}, {"name": "a\\b"}, {"name": "a\nb"},
                                  {"name": "x" * 61}, {"name": 1}, {"name": "a", "more": 1}])  # fmt: skip
async def test_a_name_that_cannot_be_is_refused(house: House, body: dict[str, Any]) -> None:
    await house.sam.post("/tags", {"name": "vip"})
    path = f"/tags/{await tag_id(house, 'vip')}"
    for answer in (await house.ada.post("/tags", body), await house.ada.patch(path, body)):
        assert answer.status_code == 422
    assert len((await house.ada.get("/tags")).json()["data"]) == 1


async def test_a_name_exists_once(house: House) -> None:
    for name in ("vip", "late"):
        await house.sam.post("/tags", {"name": name})
    assert (await house.sam.post("/tags", {"name": " vip "})).status_code == 422
    assert (await house.ada.patch(f"/tags/{await tag_id(house, 'late')}", {"name": "vip"})).status_code == 422
    assert (await house.ada.patch(f"/tags/{await tag_id(house, 'late')}", {"name": "late"})).status_code == 200


async def test_a_conversation_has_at_most_fifty_tags(house: House) -> None:
    made = await house.conversation()
    path = f"/conversations/{made['id']}"
    assert (await house.sam.patch(path, {"tags": [f"t{n}" for n in range(51)]})).status_code == 422
    assert (await house.sam.patch(path, {"tags": ['no"quotes']})).status_code == 422
    assert (await house.read(made["id"]))["tags"] == []


async def test_another_workspaces_tag_is_not_found(house: House, neighbour: House) -> None:
    theirs = (await neighbour.sam.post("/tags", {"name": "vip"})).json()["id"]
    for tag in (theirs, "tag_1", "x"):
        assert (await house.ada.get(f"/tags/{tag}")).status_code == 404
        assert (await house.ada.patch(f"/tags/{tag}", {"name": "x"})).status_code == 404
        assert (await house.ada.delete(f"/tags/{tag}")).status_code == 404
    assert (await house.ada.get("/tags")).json()["data"] == []
