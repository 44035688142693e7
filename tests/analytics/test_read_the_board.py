"""GET /v1/analytics/board: the team at this moment, for those who lead it."""

from typing import Any

import pytest

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, escalate, named, refused
from tests.support.house import House, Person

Board = dict[str, Any]
NOBODY = {"count": 0, "capped": False, "oldest_since": None}


async def board(house: House) -> Board:
    answer = await house.ada.get("/analytics/board")
    assert answer.status_code == 200, answer.text
    found: Board = answer.json()
    return found


def load(found: Board, person: Person) -> Board:
    (one,) = [each for each in found["agents"] if each["agent"] == named(person)]
    return {name: one[name] for name in ("held", "snoozed", "stale", "waiting")}


async def test_an_empty_house(house: House) -> None:
    found = await board(house)
    assert {name: found[name] for name in ("waiting", "escalated", "stale")} == dict.fromkeys(
        ("waiting", "escalated", "stale"), NOBODY
    )
    # Those who may hold conversations, by name; a viewer may not.
    assert [each["agent"]["name"] for each in found["agents"]] == ["Ada", "Kim", "Olga", "Sam"]
    sam = found["agents"][3]
    assert sam == {
        "agent": named(house.sam),
        "availability": "available",
        "held": 0,
        "limit": 20,
        "snoozed": 0,
        "stale": 0,
        "waiting": 0,
        "last_active_at": None,
    }


async def test_who_waits_is_counted_claimed_or_not(house: House, time: Time) -> None:
    first = await house.conversation()
    time.passes(minutes=5)
    held, answered, snoozed = [await house.claimed_by(house.sam) for _ in range(3)]
    await house.sam.post(at(answered, "messages"), {"kind": "reply", "text": "Done"})
    await house.sam.post(at(snoozed, "snooze"), {"until_customer_replies": True})
    found = await board(house)
    assert found["waiting"] == {"count": 2, "capped": False, "oldest_since": first["waiting_since"]}
    assert load(found, house.sam) == {"held": 3, "snoozed": 1, "stale": 0, "waiting": 1}
    assert load(found, house.kim) == {"held": 0, "snoozed": 0, "stale": 0, "waiting": 0}
    # The list behind the number.
    listed = (await house.ada.get("/conversations", view="all", waiting=0, sort="waiting")).json()["data"]
    assert [each["id"] for each in listed] == [first["id"], held["id"]]
    await house.sam.post(at(held, "resolve"))
    assert load(await board(house), house.sam) == {"held": 2, "snoozed": 1, "stale": 0, "waiting": 0}


async def test_the_escalated_that_nobody_holds(house: House) -> None:
    free, held = await house.conversation(), await house.claimed_by(house.sam)
    for each in (free, held):
        await escalate(house, each)
    found = (await board(house))["escalated"]
    assert found == {"count": 1, "capped": False, "oldest_since": (await house.read(free["id"]))["escalated_at"]}


async def test_stale_claims(house: House, settings: Settings, time: Time) -> None:
    held = await house.claimed_by(house.sam)
    time.passes(minutes=31)
    await sweep(house.core, settings)
    found = await board(house)
    assert found["stale"] == {"count": 1, "capped": False, "oldest_since": held["claimed_at"]}
    assert load(found, house.sam) == {"held": 1, "snoozed": 0, "stale": 1, "waiting": 1}


async def test_availability_last_work_and_the_limit(house: House) -> None:
    await house.settings(max_claims_per_agent=3)
    await house.sam.post("/agents/me/heartbeat", {"availability": "away"})
    sam = next(each for each in (await board(house))["agents"] if each["agent"] == named(house.sam))
    assert (sam["availability"], sam["limit"]) == ("away", 3)
    assert sam["last_active_at"] is not None


async def test_who_may_hold_nothing_any_more_is_left_out(house: House, neighbour: House) -> None:
    await neighbour.claimed_by(neighbour.sam)
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": False})
    await house.ada.patch(f"/agents/{house.kim.id}", {"role": "viewer"})
    found = await board(house)
    assert [each["agent"]["name"] for each in found["agents"]] == ["Ada", "Olga"]
    assert found["waiting"] == NOBODY


async def test_beyond_what_is_counted_it_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        await house.conversation()
    monkeypatch.setattr("dibs.analytics.board.MOST", 2)
    assert (await board(house))["waiting"]["capped"] is True
    assert (await board(house))["waiting"]["count"] == 2


async def test_as_many_statements_whatever_there_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    database, said = house.core.database, []
    for name in ("run", "scan"):
        ask = getattr(database, name)

        async def counted(*asked: Any, ask: Any = ask) -> Any:
            said.append(asked)
            return await ask(*asked)

        monkeypatch.setattr(database, name, counted)
    await board(house)  # the rules are known from here on
    said.clear()
    await board(house)
    empty = len(said)
    for person in (house.sam, house.kim, await house.person("Uma")):
        await house.claimed_by(person)
    said.clear()
    await board(house)
    assert len(said) == empty


async def test_only_admins_with_the_scope_see_it(house: House) -> None:
    for person in (house.sam, house.vic):
        await refused(house, person.get("/analytics/board"), "forbidden", needs="admin")
    key = await house.person("Rita", "admin", scopes=["conversations:read", "admin"])
    await refused(house, key.get("/analytics/board"), "forbidden", needs="analytics:read")
    assert (await house.http.get("/v1/analytics/board")).status_code == 401
    assert (await house.olga.get("/analytics/board")).status_code == 200
    assert (await house.ada.post("/analytics/board")).status_code == 405
