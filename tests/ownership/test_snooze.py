"""Snooze: the conversation is hidden until a time or until the customer writes; its claim is kept and counts."""

from typing import Any

from tests.ownership.checks import at, did, field_refused, named, refused, told, unchanged
from tests.support.house import House

LATER, WAIT = {"until": "2999-01-01T00:00:00.000Z"}, {"until_customer_replies": True}


async def test_the_owner_or_an_admin_snoozes_and_the_claim_stays(house: House) -> None:
    for person in (house.sam, house.ada):
        held = await house.claimed_by(house.sam)
        snoozed = await did(house, person.post(at(held, "snooze"), LATER), "conversation.snoozed")
        assert snoozed == held | {
            "status": "snoozed",
            "snoozed_until": LATER["until"],
            "version": held["version"] + 1,
        }
        assert await unchanged(house, person.post(at(held, "snooze"), LATER)) == snoozed
        # Another time replaces it.
        snoozed = await did(house, person.post(at(held, "snooze"), WAIT), "conversation.snoozed")
        assert (snoozed["status"], snoozed["snoozed_until"]) == ("snoozed", None)
        assert await unchanged(house, person.post(at(held, "snooze"), WAIT)) == snoozed


async def test_any_eligible_agent_snoozes_what_nobody_holds(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    await refused(house, house.sam.post(at(conversation, "snooze"), WAIT), "pool_restricted", agent_id=house.sam.id)
    snoozed = await did(house, house.kim.post(at(conversation, "snooze"), WAIT), "conversation.snoozed")
    assert (snoozed["assignee"], snoozed["epoch"]) == (None, 0)
    assert (await house.sam.get("/conversations", view="unclaimed")).json()["data"] == []
    assert len((await house.sam.get("/conversations", view="snoozed")).json()["data"]) == 1


async def test_a_snoozed_claim_counts_against_the_limit(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    mine, other = await house.claimed_by(house.sam), await house.conversation()
    await house.sam.post(at(mine, "snooze"), WAIT)
    await refused(house, house.sam.post(at(other, "claim")), "claim_limit_reached", held=1)


async def test_the_customer_wakes_it_before_its_time_and_the_holder_is_told(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for body in (LATER, WAIT):
        await house.sam.post(at(mine, "snooze"), body)
        call = house.ada.post(at(mine, "customer-messages"), {"text": "Any news?"})
        woken = (await did(house, call, "conversation.woken", "message.created", status=201))["conversation"]
        assert (woken["status"], woken["snoozed_until"], woken["assignee"]) == ("open", None, named(house.sam))
        assert woken["epoch"] == 1
    assert await told(house, mine["id"]) == {("Sam", "customer_reply")}


async def test_who_does_not_hold_it_cannot_snooze_it(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await refused(house, house.kim.post(at(held, "snooze"), WAIT), "already_claimed", assignee=named(house.sam))
    await refused(house, house.vic.post(at(held, "snooze"), WAIT), "forbidden", needs="agent")
    await refused(house, house.sam.post(at(held, "snooze"), WAIT | {"epoch": 0}), "stale_epoch", epoch=1)
    call = house.ada.post(at(held, "snooze"), WAIT | {"epoch": 0})
    await refused(house, call, "already_claimed", assignee=named(house.sam))


async def test_a_closed_one_cannot_be_snoozed(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        await house.sam.post(at(conversation, verb))
        # Closed comes before an old epoch and before a time in the past.
        for body in (LATER, {"until": "2000-01-01T00:00:00Z", "epoch": 1}):
            await refused(house, house.sam.post(at(conversation, "snooze"), body), "conversation_closed", status=status)


async def test_a_time_must_be_given_be_in_the_future_and_have_a_zone(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    path = at(mine, "snooze")
    wrong: list[Any] = ["2000-01-01T00:00:00Z", "2999-01-01T00:00:00", "tomorrow", "", "2999-13-01T00:00:00Z", [], {}]
    wrong += [4_102_444_800, "4102444800", "2999-01-01", "10000-01-01T00:00:00Z", True]
    for until in wrong:
        await field_refused(house, house.sam.post(path, {"until": until}), "until")
    for body in (None, {}, {"until": None}, {"until_customer_replies": False}, LATER | WAIT):
        await field_refused(house, house.sam.post(path, body), "body")
    await field_refused(house, house.sam.post(path, {"until_customer_replies": "yes"}), "until_customer_replies")
    for until in ("0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"):
        await field_refused(house, house.sam.post(path, {"until": until}), "until")
    # An old epoch comes before what depends on the state.
    call = house.sam.post(path, {"until": "2000-01-01T00:00:00Z", "epoch": 0})
    await refused(house, call, "stale_epoch", epoch=1)
