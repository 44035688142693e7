"""Bulk claim: up to 50 in one transaction, each id with an outcome of its own."""

import asyncio
from typing import Any

from tests.ownership.checks import at, did, field_refused, named, refused, spells, unchanged
from tests.support.house import House, Person

UNKNOWN = "conv_01ARZ3NDEKTSV4RRFFQ69G5FAV"


async def bulk(person: Person, ids: list[str]) -> Any:
    answer = await person.post("/conversations/bulk/claim", {"conversation_ids": ids})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_every_outcome_in_the_order_of_the_request(house: House, neighbour: House) -> None:
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    free, theirs, mine = (
        await house.conversation(),
        await house.claimed_by(house.kim),
        await house.claimed_by(house.sam),
    )
    restricted, resolved = await house.conversation(tags=["billing"]), await house.conversation()
    archived, snoozed = await house.conversation(), await house.conversation()
    await house.kim.post(at(resolved, "resolve"))
    for verb in ("resolve", "archive"):
        await house.kim.post(at(archived, verb))
    await house.kim.post(at(snoozed, "snooze"), {"until_customer_replies": True})
    foreign = await neighbour.conversation()
    wanted = [theirs, snoozed, restricted, mine, resolved, foreign, free, archived]
    ids = [each["id"] for each in wanted] + [UNKNOWN, "nonsense", free["id"]]
    call = house.sam.post("/conversations/bulk/claim", {"conversation_ids": ids})
    done = await did(house, call, "conversation.claimed", "conversation.claimed")
    assert [each["id"] for each in done["results"]] == ids[:-1]
    sam, kim = named(house.sam), named(house.kim)
    lacking = [{"id": pool["id"], "name": "Billing"}]
    assert [{name: value for name, value in each.items() if name != "id"} for each in done["results"]] == [
        {"outcome": "already_claimed", "assignee": kim},
        {"outcome": "claimed", "assignee": sam},
        {"outcome": "pool_restricted", "pools": lacking},
        {"outcome": "already_yours", "assignee": sam},
        {"outcome": "conversation_closed", "status": "resolved"},
        {"outcome": "not_found"},
        {"outcome": "claimed", "assignee": sam},
        {"outcome": "conversation_closed", "status": "archived"},
        {"outcome": "not_found"},
        {"outcome": "not_found"},
    ]
    assert (done["claimed"], done["held"], done["limit"]) == (2, 3, 20)
    for each in (free, snoozed):
        claimed = await house.read(each["id"])
        assert (claimed["assignee"], claimed["status"], claimed["claimed_via"]) == (sam, "open", "bulk")
        assert await spells(house, each["id"]) == [(house.sam.id, "bulk", None)]
    assert (await neighbour.read(foreign["id"]))["assignee"] is None


async def test_free_slots_are_given_in_the_order_of_the_request(house: House) -> None:
    await house.settings(max_claims_per_agent=3)
    await house.claimed_by(house.sam)
    ids = sorted([(await house.conversation())["id"] for _ in range(4)], reverse=True)
    done = await bulk(house.sam, ids)
    outcomes = [(each["id"], each["outcome"]) for each in done["results"]]
    full = "claim_limit_reached"
    assert outcomes == list(zip(ids, ["claimed", "claimed", full, full], strict=True))
    assert (done["claimed"], done["held"], done["limit"]) == (2, 3, 3)
    call = house.sam.post("/conversations/bulk/claim", {"conversation_ids": ids[2:]})
    again = await unchanged(house, call)
    assert (again["claimed"], again["held"]) == (0, 3)


async def test_with_the_default_limit_twenty_of_fifty_are_claimed(house: House) -> None:
    ids = [(await house.conversation())["id"] for _ in range(50)]
    done = await bulk(house.sam, ids)
    assert [each["outcome"] for each in done["results"]] == ["claimed"] * 20 + ["claim_limit_reached"] * 30
    assert (done["claimed"], done["held"]) == (20, 20)
    # Two more claim the rest at once, in opposite orders.
    first, second = await asyncio.gather(bulk(house.kim, ids), bulk(house.ada, ids[::-1]))
    won = [{each["id"] for each in done["results"] if each["outcome"] == "claimed"} for done in (first, second)]
    assert not won[0] & won[1]
    assert len(won[0] | won[1]) == 30
    assert max(map(len, won)) <= 20


async def test_an_empty_list_and_fifty_one_are_refused_whole(house: House) -> None:
    free = await house.conversation()
    ids = [free["id"], *(f"conv_{number:026d}" for number in range(50))]
    path = "/conversations/bulk/claim"
    call = house.sam.post(path, {"conversation_ids": ids})
    await refused(house, call, "bulk_limit_exceeded", limit=50, given=51)
    many = [f"conv_{number:026d}" for number in range(2_000)]
    call = house.sam.post(path, {"conversation_ids": many})
    await refused(house, call, "bulk_limit_exceeded", limit=50, given=2_000)
    wrong: list[dict[str, Any]] = [
        {"conversation_ids": []},
        {"conversation_ids": "all"},
        {"conversation_ids": None},
        {},
    ]
    for body in wrong:
        await field_refused(house, house.sam.post(path, body), "conversation_ids")
    await field_refused(house, house.sam.post(path, {"conversation_ids": [7]}), "conversation_ids.0")
    await field_refused(house, house.sam.post(path, {"conversation_ids": [free["id"]], "agent_id": "x"}), "agent_id")
    # Fifty distinct ones, however often named, are fifty.
    assert (await bulk(house.sam, ids[:50] * 2))["claimed"] == 1


async def test_viewers_and_keys_without_the_scope_are_refused_whole(house: House) -> None:
    body = {"conversation_ids": [(await house.conversation())["id"]]}
    reader = await house.person("Rea", scopes=["conversations:read"])
    path = "/conversations/bulk/claim"
    await refused(house, house.vic.post(path, body), "forbidden", needs="agent")
    await refused(house, reader.post(path, body), "forbidden", needs="conversations:write")
    # The shape comes first.
    await field_refused(house, house.vic.post(path, {"conversation_ids": []}), "conversation_ids")
