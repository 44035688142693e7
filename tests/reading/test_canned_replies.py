"""/v1/canned-replies."""

from typing import Any

import pytest

from tests.support.house import House

HELLO = {"title": "Hello", "text": "Hello {{name}},\nhow can we help?", "shortcut": "hello"}


async def test_any_agent_writes_one_and_everybody_reads_it(house: House) -> None:
    made = (await house.sam.post("/canned-replies", HELLO)).json()
    assert {name: made[name] for name in HELLO} == HELLO
    assert made["author_id"] == house.sam.id
    assert (await house.vic.get("/canned-replies")).json() == {"data": [made], "next_cursor": None}
    assert (await house.vic.get(f"/canned-replies/{made['id']}")).json() == made
    assert (await house.vic.post("/canned-replies", {**HELLO, "shortcut": "x"})).status_code == 403


async def test_its_author_and_admins_change_it(house: House) -> None:
    path = f"/canned-replies/{(await house.sam.post('/canned-replies', HELLO)).json()['id']}"
    assert (await house.kim.patch(path, {"title": "x"})).status_code == 403
    assert (await house.kim.delete(path)).status_code == 403
    assert (await house.sam.patch(path, {"title": "Hi"})).json()["title"] == "Hi"
    assert (await house.ada.patch(path, {"shortcut": None})).json()["shortcut"] is None
    assert (await house.ada.delete(path)).status_code == 200
    assert (await house.sam.get(path)).status_code == 404


async def test_a_shortcut_exists_once(house: House) -> None:
    await house.sam.post("/canned-replies", HELLO)
    assert (await house.kim.post("/canned-replies", HELLO)).status_code == 422
    other = (await house.kim.post("/canned-replies", HELLO | {"shortcut": None})).json()
    assert (await house.kim.patch(f"/canned-replies/{other['id']}", {"shortcut": "hello"})).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"text": " "},
        {"text": "x" * 4001},
        {"text": "a\0"},
        {"shortcut": "a b"},
        {"title": 1},
        {"more": 1},
    ],
)
async def test_what_cannot_be_is_refused(house: House, change: dict[str, Any]) -> None:
    path = f"/canned-replies/{(await house.sam.post('/canned-replies', HELLO)).json()['id']}"
    assert (await house.sam.post("/canned-replies", HELLO | {"shortcut": "b"} | change)).status_code == 422
    assert (await house.sam.patch(path, change)).status_code == 422


async def test_another_workspaces_is_not_found(house: House, neighbour: House) -> None:
    theirs = (await neighbour.sam.post("/canned-replies", HELLO)).json()["id"]
    for reply_id in (theirs, "can_1"):
        assert (await house.ada.get(f"/canned-replies/{reply_id}")).status_code == 404
        assert (await house.ada.patch(f"/canned-replies/{reply_id}", {"title": "x"})).status_code == 404
        assert (await house.ada.delete(f"/canned-replies/{reply_id}")).status_code == 404
