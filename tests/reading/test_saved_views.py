"""/v1/saved-views."""

from typing import Any

import pytest

from tests.support.house import House, Person

FILTERS = {"view": "unclaimed", "tag": ["vip"], "sort": "waiting"}


async def saved(person: Person, **fields: Any) -> dict[str, Any]:
    answer = await person.post("/saved-views", {"name": "Mine", "filters": FILTERS, **fields})
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


async def seen(person: Person) -> list[str]:
    return [row["id"] for row in (await person.get("/saved-views")).json()["data"]]


async def test_a_personal_view_is_its_owners_alone(house: House) -> None:
    view = await saved(house.vic)
    assert (view["filters"], view["shared"]) == (FILTERS, False)
    assert await seen(house.vic) == [view["id"]]
    for person in (house.sam, house.olga):
        assert await seen(person) == []
        assert (await person.get(f"/saved-views/{view['id']}")).status_code == 404
        assert (await person.patch(f"/saved-views/{view['id']}", {"name": "x"})).status_code == 404
        assert (await person.delete(f"/saved-views/{view['id']}")).status_code == 404


async def test_everybody_sees_a_shared_view_and_its_owner_or_an_admin_changes_it(house: House) -> None:
    view = await saved(house.sam, shared=True)
    path = f"/saved-views/{view['id']}"
    for person in (house.vic, house.kim):
        assert (await person.get(path)).json() == view
        assert (await person.patch(path, {"name": "x"})).status_code == 403
        assert (await person.delete(path)).status_code == 403
    assert (await house.ada.patch(path, {"name": "Team"})).json()["name"] == "Team"
    assert (await house.sam.patch(path, {"filters": {"view": "all"}})).json()["filters"] == {"view": "all"}
    assert (await house.sam.delete(path)).status_code == 200
    assert await seen(house.vic) == []


async def test_a_viewer_shares_nothing(house: House) -> None:
    body = {"name": "x", "filters": {}, "shared": True}
    assert (await house.vic.post("/saved-views", body)).status_code == 403
    view = await saved(house.vic)
    assert (await house.vic.patch(f"/saved-views/{view['id']}", {"shared": True})).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "a\nb"},
        {"filters": {"view": "x"}},
        {"filters": {"cursor": "x"}},
        {"shared": 1},
        {"more": 1},
    ],
)
async def test_a_view_that_cannot_be_is_refused(house: House, change: dict[str, Any]) -> None:
    view = await saved(house.sam)
    assert (await house.sam.post("/saved-views", {"name": "x", "filters": {}} | change)).status_code == 422
    assert (await house.sam.patch(f"/saved-views/{view['id']}", change)).status_code == 422
    assert (await house.sam.patch(f"/saved-views/{view['id']}", {})).status_code == 422


async def test_another_workspaces_view_is_not_found(house: House, neighbour: House) -> None:
    view = await saved(neighbour.sam, shared=True)
    for view_id in (view["id"], "view_1"):
        assert (await house.ada.get(f"/saved-views/{view_id}")).status_code == 404
        assert (await house.ada.patch(f"/saved-views/{view_id}", {"name": "x"})).status_code == 404
        assert (await house.ada.delete(f"/saved-views/{view_id}")).status_code == 404
