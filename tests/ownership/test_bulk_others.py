"""The other bulk actions: up to 200 ids, each with an outcome of its own."""

from typing import Any

from tests.ownership.checks import at, field_refused, messages, named, refused
from tests.support.house import House, Person

BODIES: dict[str, dict[str, Any]] = {
    "release": {},
    "reassign": {"agent_id": "agt_"},
    "resolve": {},
    "snooze": {"until_customer_replies": True},
    "tag": {"add": ["vip"]},
}


async def bulk(person: Person, verb: str, ids: list[str], **body: Any) -> list[dict[str, Any]]:
    answer = await person.post(f"/conversations/bulk/{verb}", {"conversation_ids": ids, **body})
    assert answer.status_code == 200, answer.text
    done = answer.json()
    results: list[dict[str, Any]] = done["results"]
    assert [each["id"] for each in results] == ids
    assert done["done"] == sum(each["outcome"] == "done" for each in results)
    return results


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [each["outcome"] for each in results]


async def cast(house: House, neighbour: House) -> list[str]:
    """Mine, theirs, free, resolved, foreign, malformed: as Sam sees them."""
    resolved = await house.conversation()
    await house.sam.post(at(resolved, "resolve"))
    rows = [
        await house.claimed_by(house.sam),
        await house.claimed_by(house.kim),
        await house.conversation(),
        resolved,
        await neighbour.conversation(),
    ]
    return [*(row["id"] for row in rows), "nonsense"]


async def test_release(house: House, neighbour: House) -> None:
    ids = await cast(house, neighbour)
    results = await bulk(house.sam, "release", ids, reason="shift_end")
    lost = ["not_claimed", "not_claimed", "not_found", "not_found"]
    assert outcomes(results) == ["done", "already_claimed", *lost]
    assert results[1]["assignee"] == named(house.kim)
    assert (await house.read(ids[0]))["assignee"] is None
    assert (await house.read(ids[1]))["assignee"] == named(house.kim)
    mine = await house.claimed_by(house.sam)
    assert outcomes(await bulk(house.sam, "release", [mine["id"]], hand_back=True)) == ["done"]
    assert (await house.read(mine["id"]))["bot_paused"] is False


async def test_reassign(house: House, neighbour: House) -> None:
    ids = await cast(house, neighbour)
    results = await bulk(house.sam, "reassign", ids, agent_id=house.kim.id, note="Yours")
    refusals = ["already_claimed", "forbidden", "conversation_closed", "not_found", "not_found"]
    assert outcomes(results) == ["done", *refusals]
    assert (results[2]["needs"], results[3]["status"]) == ("admin", "resolved")
    assert (await messages(house, ids[0]))[-1] == ("note", "Yours")
    assert outcomes(await bulk(house.ada, "reassign", ids[:3], agent_id=house.kim.id)) == [
        "unchanged",
        "unchanged",
        "done",
    ]
    assert outcomes(await bulk(house.ada, "reassign", ids[:1], agent_id=house.vic.id)) == ["invalid"]
    await house.settings(max_claims_per_agent=4)
    more = [(await house.conversation())["id"] for _ in range(2)]
    results = await bulk(house.ada, "reassign", more, agent_id=house.kim.id)
    assert sorted(outcomes(results)) == ["claim_limit_reached", "done"]
    full = next(each for each in results if each["outcome"] != "done")
    assert (full["limit"], full["held"], full["agent_id"]) == (4, 4, house.kim.id)
    assert outcomes(await bulk(house.sam, "reassign", more, agent_id=house.sam.id, override_limit=True)) == [
        "forbidden",
        "forbidden",
    ]


async def test_resolve(house: House, neighbour: House) -> None:
    ids = await cast(house, neighbour)
    results = await bulk(house.sam, "resolve", ids)
    assert outcomes(results) == ["done", "already_claimed", "done", "unchanged", "not_found", "not_found"]
    assert outcomes(await bulk(house.ada, "resolve", ids[:2], note="Old")) == ["done", "done"]
    assert (await house.read(ids[1]))["status"] == "resolved"
    await house.sam.post(f"/conversations/{ids[3]}/archive")
    (closed,) = await bulk(house.sam, "resolve", [ids[3]])
    assert (closed["outcome"], closed["status"]) == ("conversation_closed", "archived")


async def test_snooze(house: House, neighbour: House) -> None:
    ids = await cast(house, neighbour)
    later = {"until": "2999-01-01T00:00:00.000Z"}
    results = await bulk(house.sam, "snooze", ids, **later)
    refusals = ["conversation_closed", "not_found", "not_found"]
    assert outcomes(results) == ["done", "already_claimed", "done", *refusals]
    assert outcomes(await bulk(house.sam, "snooze", ids[:1], **later)) == ["unchanged"]
    snoozed = await house.read(ids[0])
    assert (snoozed["status"], snoozed["snoozed_until"]) == ("snoozed", later["until"])
    assert outcomes(await bulk(house.sam, "snooze", ids[:1], until="2000-01-01T00:00:00Z")) == ["invalid"]


async def test_tag(house: House, neighbour: House) -> None:
    ids = await cast(house, neighbour)
    results = await bulk(house.sam, "tag", ids, add=["vip", "late"], remove=["late"])
    assert outcomes(results) == ["done"] * 4 + ["not_found"] * 2
    assert [(await house.read(each))["tags"] for each in ids[:4]] == [["vip"]] * 4
    assert outcomes(await bulk(house.kim, "tag", ids[:2], add=["vip"])) == ["unchanged"] * 2
    assert outcomes(await bulk(house.kim, "tag", ids[:1], remove=["vip"])) == ["done"]
    assert outcomes(await bulk(house.kim, "tag", ids[:1], add=[f"t{number}" for number in range(50)])) == ["done"]
    assert outcomes(await bulk(house.kim, "tag", ids[:1], add=["one more"])) == ["invalid"]


async def test_what_is_refused_whole(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    too_many = [mine["id"], *(f"conv_{number:026d}" for number in range(200))]
    for verb, body in BODIES.items():
        path = f"/conversations/bulk/{verb}"
        call = house.sam.post(path, {"conversation_ids": too_many, **body})
        await refused(house, call, "bulk_limit_exceeded", limit=200, given=201)
        await field_refused(house, house.sam.post(path, {"conversation_ids": [], **body}), "conversation_ids")
        await field_refused(house, house.sam.post(path, {"conversation_ids": [mine["id"]], **body, "x": 1}), "x")
        call = house.vic.post(path, {"conversation_ids": [mine["id"]], **body})
        await refused(house, call, "forbidden", needs="agent")
    for verb, wrong in (
        ("release", {"reason": "bored"}),
        ("reassign", {}),
        ("resolve", {"note": "x" * 2_001}),
        ("snooze", {}),
        ("snooze", {"until": "soon"}),
        ("tag", {}),
        ("tag", {"add": [""]}),
    ):
        await refused(
            house,
            house.sam.post(f"/conversations/bulk/{verb}", {"conversation_ids": [mine["id"]], **wrong}),
            "invalid",
        )
