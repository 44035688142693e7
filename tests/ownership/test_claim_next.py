"""Claim next: the first conversation of Unclaimed that the caller may claim."""

import asyncio

from tests.ownership.checks import at, did, escalate, everything, field_refused, named, refused, spells
from tests.support.house import House

PATH = "/conversations/claim-next"


async def test_escalated_ones_first_then_the_longest_waiting(house: House) -> None:
    first, second, third, asleep = [await house.conversation() for _ in range(4)]
    await escalate(house, third)
    await house.kim.post(at(asleep, "snooze"), {"until_customer_replies": True})
    for wanted in (third, first, second):
        claimed = await did(house, house.sam.post(PATH), "conversation.claimed")
        assert (claimed["id"], claimed["assignee"], claimed["claimed_via"]) == (wanted["id"], named(house.sam), "next")
        assert await spells(house, wanted["id"]) == [(house.sam.id, "next", None)]
    answer = await house.sam.post(PATH)
    assert (answer.status_code, answer.content) == (204, b"")


async def test_what_is_skipped_or_not_for_the_caller_is_passed_over(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    restricted, skipped, wanted = (
        await house.conversation(tags=["billing"]),
        await house.conversation(),
        await house.conversation(),
    )
    skip = [{"id": skipped["id"], "reason": "Not my language"}, {"id": "conv_unknown"}]
    claimed = (await house.sam.post(PATH, {"view": "unclaimed", "skip": skip})).json()
    assert claimed["id"] == wanted["id"]
    assert (await house.sam.post(PATH, {"skip": skip})).status_code == 204
    assert (await house.kim.post(PATH)).json()["id"] == restricted["id"]


async def test_two_who_ask_at_once_get_different_ones(house: House) -> None:
    for _ in range(4):
        await house.conversation()
    people = [house.sam, house.kim, house.ada, house.olga]
    answers = await asyncio.gather(*(person.post(PATH) for person in people))
    claimed = [answer.json()["id"] for answer in answers if answer.status_code == 200]
    assert len(set(claimed)) == len(claimed) >= 1


async def test_at_the_limit_it_is_refused(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    await house.claimed_by(house.sam)
    await house.conversation()
    call = house.sam.post(PATH)
    await refused(house, call, "claim_limit_reached", limit=1, held=1, agent_id=house.sam.id)


async def test_viewers_and_malformed_requests_are_refused(house: House) -> None:
    await house.conversation()
    await refused(house, house.vic.post(PATH), "forbidden", needs="agent")
    for field, value in (("view", "mine"), ("skip", "all"), ("agent_id", house.kim.id)):
        await field_refused(house, house.sam.post(PATH, {field: value}), field)
    await field_refused(house, house.sam.post(PATH, {"skip": [{}]}), "skip.0.id")


async def test_nothing_eligible_changes_nothing(house: House) -> None:
    await house.claimed_by(house.kim)
    before = await everything(house)
    answer = await house.sam.post(PATH)
    assert (answer.status_code, answer.content) == (204, b"")
    assert await everything(house) == before
