"""Eligibility: for every agent whether they could claim a conversation now, and if not, each reason."""

from typing import Any

from tests.ownership.checks import at, named, refused, unchanged
from tests.support.house import House, Person


async def prospects(house: House, conversation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    data = (await unchanged(house, house.vic.get(at(conversation, "eligibility"))))["data"]
    return {each["agent"]["name"]: each for each in data}


def why_not(found: dict[str, dict[str, Any]], person: Person) -> list[str]:
    assert found[person.name]["agent"] == named(person)
    assert found[person.name]["eligible"] is not bool(found[person.name]["reasons"])
    return [reason["code"] for reason in found[person.name]["reasons"]]


async def test_it_says_what_a_claim_would_say(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    pool = await house.pool("Billing", house.kim, house.ada, tags=["billing"])
    gone, removed = await house.person("Gus"), await house.person("Rob")
    await house.ada.patch(f"/agents/{gone.id}", {"active": False})
    await house.ada.delete(f"/agents/{removed.id}")
    await house.claimed_by(house.ada)
    conversation = await house.conversation(tags=["billing"])
    found = await prospects(house, conversation)
    assert set(found) == {"Olga", "Ada", "Sam", "Kim", "Vic", "Gus"}
    assert why_not(found, house.kim) == []
    assert why_not(found, house.sam) == ["pool_restricted"]
    assert why_not(found, house.vic) == ["forbidden", "pool_restricted"]
    assert why_not(found, gone) == ["inactive", "pool_restricted"]
    assert why_not(found, house.ada) == ["claim_limit_reached"]
    assert found["Sam"]["reasons"][0]["pools"] == [{"id": pool["id"], "name": "Billing"}]
    assert (found["Ada"]["held"], found["Ada"]["limit"], found["Kim"]["held"]) == (1, 1, 0)
    for person in (house.sam, house.ada):
        await refused(house, person.post(at(conversation, "claim")), why_not(found, person)[0])
    await house.kim.post(at(conversation, "claim"))
    found = await prospects(house, conversation)
    assert why_not(found, house.kim)[0] == "already_yours"
    assert why_not(found, house.sam) == ["already_claimed", "pool_restricted"]
    await house.kim.post(at(conversation, "resolve"))
    assert why_not(await prospects(house, conversation), house.kim) == ["conversation_closed"]


async def test_the_editor_is_warned_of_what_nobody_could_claim(house: House) -> None:
    conversation, other = await house.conversation(tags=["tax"]), await house.conversation()
    proposed = {"name": "Tax", "members": [house.vic.id], "conditions": {"tags": ["tax"]}}
    path = "/unclaimable-conversations"
    warned = (await unchanged(house, house.ada.post(path, proposed)))["data"]
    assert [each["id"] for each in warned] == [conversation["id"]]
    assert warned[0]["contact"] == conversation["contact"]["name"]
    assert (await house.sam.get(path)).json()["data"] == []
    pool = (await house.ada.post("/pools", proposed)).json()
    (stranded,) = (await house.sam.get(path)).json()["data"]
    assert stranded["pools"] == [{"id": pool["id"], "name": "Tax"}]
    better = proposed | {"id": pool["id"], "members": [house.kim.id]}
    assert (await house.ada.post(path, better)).json()["data"] == []
    # What waits no more is not listed.
    await house.ada.post(at(conversation, "resolve"))
    assert (await house.sam.get(path)).json()["data"] == []
    await refused(house, house.sam.post(path, proposed), "forbidden", needs="admin")
    assert await house.read(other["id"]) == other


async def test_unknown_and_foreign_ones_are_not_found(house: House, neighbour: House) -> None:
    foreign = await neighbour.conversation()
    writer = await house.person("Wim", scopes=["conversations:write"])
    conversation = await house.conversation()
    for conversation_id in (foreign["id"], "conv_", "%00"):
        await refused(house, writer.get(f"/conversations/{conversation_id}/eligibility"), "not_found")
    call = writer.get(at(conversation, "eligibility"))
    await refused(house, call, "forbidden", needs="conversations:read")
