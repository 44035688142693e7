"""Wake: a snoozed conversation comes back, by hand, by its time, or because the customer wrote (test_snooze.py)."""

from dibs import clock
from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, did, everything, named, refused, unchanged
from tests.support.house import House

WAIT = {"until_customer_replies": True}


async def test_the_owner_or_an_admin_wakes_it_now(house: House) -> None:
    for person in (house.sam, house.ada):
        held = await house.claimed_by(house.sam)
        await house.sam.post(at(held, "snooze"), {"until": "2999-01-01T00:00:00Z"})
        woken = await did(house, person.post(at(held, "wake")), "conversation.woken")
        assert woken == held | {"version": held["version"] + 2}
        assert await unchanged(house, person.post(at(held, "wake"))) == woken


async def test_an_eligible_agent_wakes_what_nobody_holds(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    await house.kim.post(at(conversation, "snooze"), WAIT)
    await refused(house, house.sam.post(at(conversation, "wake")), "pool_restricted", agent_id=house.sam.id)
    assert (await house.kim.post(at(conversation, "wake"))).json()["status"] == "open"


async def test_its_time_wakes_it_and_only_then(house: House, settings: Settings, time: Time) -> None:
    soon = {"until": clock.iso(clock.now() + 10 * clock.MINUTE)}
    held, free, waiting = await house.claimed_by(house.sam), await house.conversation(), await house.conversation()
    for conversation, body in ((held, soon), (free, soon), (waiting, WAIT)):
        assert (await house.sam.post(at(conversation, "snooze"), body)).status_code == 200
    time.passes(minutes=9)
    before = await everything(house)
    await sweep(house.core, settings)
    assert await everything(house) == before
    time.passes(minutes=1.1)
    await sweep(house.core, settings)
    for conversation, assignee in ((held, named(house.sam)), (free, None)):
        woken = await house.read(conversation["id"])
        assert (woken["status"], woken["snoozed_until"], woken["assignee"]) == ("open", None, assignee)
    assert (await house.read(waiting["id"]))["status"] == "snoozed"
    rows = (await house.ada.get("/audit", action="conversation.woken")).json()["data"]
    assert {(row["actor"]["type"], row["reason"]) for row in rows} == {("system", "timer")}


async def test_nobody_else_wakes_it_and_not_under_an_old_epoch(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.sam.post(at(held, "snooze"), WAIT)
    await refused(house, house.kim.post(at(held, "wake")), "already_claimed", assignee=named(house.sam))
    await refused(house, house.vic.post(at(held, "wake")), "forbidden", needs="agent")
    await refused(house, house.sam.post(at(held, "wake"), {"epoch": 0}), "stale_epoch", epoch=1)
    await refused(house, house.ada.post(at(held, "wake"), {"epoch": 0}), "already_claimed", epoch=1)


async def test_a_closed_one_cannot_be_woken(house: House) -> None:
    conversation = await house.conversation()
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        await house.sam.post(at(conversation, verb))
        await refused(house, house.sam.post(at(conversation, "wake")), "conversation_closed", status=status)
