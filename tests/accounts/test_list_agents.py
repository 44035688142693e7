"""Who is in the team."""

from typing import Any

import pytest

from tests.accounts.conftest import Fields
from tests.support.house import House


async def test_the_list_shows_every_member_in_order_of_joining(house: House) -> None:
    answer = (await house.vic.get("/agents")).json()
    assert [agent["name"] for agent in answer["data"]] == ["Olga", "Ada", "Sam", "Kim", "Vic"]
    assert answer["next_cursor"] is None


async def test_an_agent_has_exactly_the_documented_members(house: House) -> None:
    agent = (await house.kim.get(f"/agents/{house.sam.id}")).json()
    assert agent == {
        "id": house.sam.id,
        "name": "Sam",
        "email": house.sam.email,
        "role": "agent",
        "active": True,
        "skills": [],
        "languages": [],
        "availability": "available",
    }


async def test_pages_follow_each_other_without_gap_or_repeat(house: House) -> None:
    seen: list[str] = []
    page: dict[str, Any] = {"next_cursor": None}
    for _ in range(3):
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        page = (await house.sam.get("/agents", limit=2, **cursor)).json()
        seen += [agent["name"] for agent in page["data"]]
    assert seen == ["Olga", "Ada", "Sam", "Kim", "Vic"]
    assert page["next_cursor"] is None


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", str(2**70)])
async def test_a_limit_outside_of_1_to_100_is_refused(house: House, refused_fields: Fields, limit: str) -> None:
    assert refused_fields(await house.sam.get("/agents", limit=limit)) == {"limit"}


@pytest.mark.parametrize("cursor", ["nonsense", "agt_0", "x" * 5000])
async def test_a_cursor_that_is_none_is_refused(house: House, refused_fields: Fields, cursor: str) -> None:
    assert refused_fields(await house.sam.get("/agents", cursor=cursor)) == {"cursor"}


async def test_another_workspaces_cursor_is_refused(house: House, neighbour: House, refused_fields: Fields) -> None:
    cursor = (await neighbour.sam.get("/agents", limit=1)).json()["next_cursor"]
    assert refused_fields(await house.sam.get("/agents", cursor=cursor)) == {"cursor"}


async def test_a_removed_member_is_not_listed(house: House) -> None:
    await house.olga.delete(f"/agents/{house.sam.id}")
    names = [agent["name"] for agent in (await house.ada.get("/agents")).json()["data"]]
    assert names == ["Olga", "Ada", "Kim", "Vic"]


async def test_another_workspaces_agent_is_not_found(house: House, neighbour: House) -> None:
    assert (await house.olga.get(f"/agents/{neighbour.sam.id}")).status_code == 404


@pytest.mark.parametrize("agent_id", ["agt_1", "conv_01J00000000000000000000000", "%00", "agt_%F0%9F%98%80", "x" * 500])
async def test_a_malformed_id_is_not_found(house: House, agent_id: str) -> None:
    assert (await house.olga.get(f"/agents/{agent_id}")).status_code == 404


async def test_without_credentials_the_list_is_401(house: House) -> None:
    assert (await house.http.get("/v1/agents")).status_code == 401
