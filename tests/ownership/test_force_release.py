"""Force-release: an admin takes a conversation from its owner, and says why unless the claim is stale."""

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, did, field_refused, named, refused, spells, told
from tests.support.house import House

WHY = {"reason": "Sam is ill"}


async def test_an_admin_takes_a_conversation_from_its_owner(house: House) -> None:
    for admin in (house.ada, house.olga):
        held = await house.claimed_by(house.sam)
        freed = await did(house, admin.post(at(held, "force-release"), WHY), "conversation.released")
        assert (freed["assignee"], freed["epoch"], freed["status"], freed["bot_paused"]) == (None, 2, "open", True)
        assert await spells(house, held["id"]) == [(house.sam.id, "api", "forced")]
        rest = [each for each in (house.ada, house.olga) if each is not admin]
        others = {(each.name, "unclaimed_waiting") for each in (house.kim, *rest)}
        assert await told(house, held["id"]) == others | {("Sam", "released")}
    (row, _) = (await house.ada.get("/audit", action="conversation.released")).json()["data"]
    assert (row["reason"], row["before"]["assignee"]) == ("Sam is ill", named(house.sam))


async def test_a_snoozed_one_too_and_their_own(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.sam.post(at(held, "snooze"), {"until_customer_replies": True})
    assert (await house.ada.post(at(held, "force-release"), WHY)).json()["status"] == "open"
    own = await house.claimed_by(house.ada)
    assert (await house.ada.post(at(own, "force-release"), WHY)).json()["assignee"] is None


async def test_without_a_reason_it_is_refused_unless_the_claim_is_stale(
    house: House, settings: Settings, time: Time
) -> None:
    held = await house.claimed_by(house.sam)
    for body in (None, {}, {"reason": None}, {"reason": "   "}):
        await field_refused(house, house.ada.post(at(held, "force-release"), body), "reason")
    for reason in ("", "x" * 501, 7):
        await field_refused(house, house.ada.post(at(held, "force-release"), {"reason": reason}), "reason")
    time.passes(minutes=31)
    await sweep(house.core, settings)
    assert (await house.read(held["id"]))["stale"] is True
    freed = await did(house, house.ada.post(at(held, "force-release")), "conversation.released")
    assert (freed["assignee"], freed["stale"]) == (None, False)
    assert await spells(house, held["id"]) == [(house.sam.id, "api", "forced")]


async def test_agents_and_viewers_cannot_not_even_the_owner_of_the_conversation(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.sam, house.kim, house.vic):
        await refused(house, person.post(at(held, "force-release"), WHY), "forbidden", needs="admin")
    writer = await house.person("Wim", "admin", scopes=["conversations:read"])
    call = writer.post(at(held, "force-release"), WHY)
    await refused(house, call, "forbidden", needs="conversations:write")


async def test_what_nobody_holds_cannot_be_force_released(house: House) -> None:
    conversation = await house.conversation()
    # Not claimed comes before the missing reason and before an old epoch; the role before both.
    await refused(house, house.ada.post(at(conversation, "force-release")), "not_claimed", assignee=None)
    await refused(house, house.ada.post(at(conversation, "force-release"), WHY | {"epoch": 9}), "not_claimed")
    await refused(house, house.sam.post(at(conversation, "force-release")), "forbidden", needs="admin")
    await house.sam.post(at(conversation, "resolve"))
    await refused(house, house.ada.post(at(conversation, "force-release"), WHY), "not_claimed", assignee=None)


async def test_an_admin_who_meant_an_earlier_owner_takes_nothing(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.sam.post(at(held, "reassign"), {"agent_id": house.kim.id})
    call = house.ada.post(at(held, "force-release"), {"epoch": 1})
    await refused(house, call, "already_claimed", assignee=named(house.kim), epoch=2)
    await house.ada.post(at(held, "reassign"), {"agent_id": house.ada.id})
    call = house.ada.post(at(held, "force-release"), WHY | {"epoch": 1})
    await refused(house, call, "stale_epoch", assignee=named(house.ada), epoch=3)
