"""GET /v1/conversations/counts."""

import pytest

from dibs.conversations import counts
from tests.support.house import House


async def test_every_view_is_counted(house: House) -> None:
    await house.conversation()
    await house.claimed_by(house.sam)
    theirs = await house.claimed_by(house.kim)
    await house.ada.put(f"/conversations/{theirs['id']}/observers/{house.sam.id}")
    answer = (await house.sam.get("/conversations/counts")).json()
    expected = {"unclaimed": 1, "mine": 1, "others": 1, "observing": 1, "snoozed": 0, "resolved": 0}
    expected |= {"archived": 0, "spam": 0}
    assert answer == {name: {"count": n, "capped": False} for name, n in {**expected, "all": 3, "any": 3}.items()}


async def test_admins_also_see_how_many_are_stale(house: House) -> None:
    assert (await house.ada.get("/conversations/counts")).json()["stale"] == {"count": 0, "capped": False}
    assert "stale" not in (await house.vic.get("/conversations/counts")).json()


async def test_another_workspace_is_not_counted(house: House, neighbour: House) -> None:
    await neighbour.conversation()
    assert {each["count"] for each in (await house.ada.get("/conversations/counts")).json().values()} == {0}


async def test_beyond_the_cap_the_count_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "CAP", 2)
    monkeypatch.setattr(counts, "_OF_AGENT", counts._statement(stale=False))
    for _ in range(2):
        await house.conversation()
    assert (await house.sam.get("/conversations/counts")).json()["all"] == {"count": 2, "capped": False}
    await house.conversation()
    assert (await house.sam.get("/conversations/counts")).json()["all"] == {"count": 2, "capped": True}
