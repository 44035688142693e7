"""Hand back: the conversation goes to the bot, by its owner, an admin, or when unclaimed any eligible agent."""

from tests.ownership.checks import at, did, escalate, named, refused, spells, unchanged
from tests.support.house import House


async def test_the_owner_or_an_admin_hands_back(house: House) -> None:
    for person in (house.sam, house.ada):
        held = await house.claimed_by(house.sam)
        back = await did(house, person.post(at(held, "hand-back")), "conversation.released")
        assert (back["assignee"], back["bot_paused"], back["epoch"], back["status"]) == (None, False, 2, "open")
        assert await spells(house, held["id"]) == [(house.sam.id, "api", "handed_back")]


async def test_the_escalation_is_cleared(house: House) -> None:
    conversation = await house.conversation()
    await escalate(house, conversation)
    back = await did(house, house.sam.post(at(conversation, "hand-back")), "conversation.bot_resumed")
    assert (back["escalated_at"], back["epoch"]) == (None, 0)


async def test_an_eligible_agent_hands_back_what_nobody_holds_and_the_epoch_stays(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "release"))
    back = await did(house, house.kim.post(at(mine, "hand-back")), "conversation.bot_resumed")
    assert (back["bot_paused"], back["epoch"], back["assignee"]) == (False, 2, None)


async def test_what_the_bot_serves_already_stays_as_it_is(house: House) -> None:
    conversation = await house.conversation()
    assert await unchanged(house, house.sam.post(at(conversation, "hand-back"))) == conversation


async def test_a_snoozed_conversation_is_woken_when_its_owner_hands_it_back(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "snooze"), {"until_customer_replies": True})
    back = (await house.sam.post(at(mine, "hand-back"))).json()
    assert (back["status"], back["bot_paused"]) == ("open", False)


async def test_somebody_elses_cannot_be_handed_back(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await refused(house, house.kim.post(at(held, "hand-back")), "already_claimed", assignee=named(house.sam), epoch=1)
    await refused(house, house.vic.post(at(held, "hand-back")), "forbidden", needs="agent")


async def test_a_closed_conversation_cannot_be_handed_back(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        await house.sam.post(at(conversation, verb))
        for person in (house.sam, house.ada):
            # Closed comes before an old epoch.
            call = person.post(at(conversation, "hand-back"), {"epoch": 1})
            await refused(house, call, "conversation_closed", status=status)


async def test_an_agent_outside_the_pools_cannot_hand_back_what_nobody_holds(house: House) -> None:
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    await house.kim.post(at(conversation, "claim"))
    await house.kim.post(at(conversation, "release"))
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.sam.id}
    await refused(house, house.sam.post(at(conversation, "hand-back"), {"epoch": 1}), "stale_epoch")
    await refused(house, house.sam.post(at(conversation, "hand-back")), "pool_restricted", **lacking)
    assert (await house.ada.post(at(conversation, "hand-back"))).json()["bot_paused"] is False
