"""Assign: an admin gives an unclaimed conversation to somebody."""

from tests.ownership.checks import at, did, field_refused, messages, named, refused, spells, told
from tests.support.house import House


async def test_an_admin_assigns(house: House) -> None:
    for admin in (house.ada, house.olga):
        conversation = await house.conversation()
        body = {"agent_id": house.kim.id, "note": "Yours, please"}
        call = admin.post(at(conversation, "reassign"), body)
        given = await did(house, call, "conversation.claimed", "message.created")
        assert (given["assignee"], given["claimed_via"], given["epoch"]) == (named(house.kim), "reassign", 1)
        assert (given["unclaimed_since"], given["bot_paused"]) == (None, True)
        assert await spells(house, conversation["id"]) == [(house.kim.id, "reassign", None)]
        assert (await messages(house, conversation["id"]))[-1] == ("note", "Yours, please")
        assert await told(house, conversation["id"]) == {("Kim", "reassigned")}


async def test_an_admin_assigns_to_themselves_and_is_not_told(house: House) -> None:
    conversation = await house.conversation()
    given = (await house.ada.post(at(conversation, "reassign"), {"agent_id": house.ada.id})).json()
    assert given["assignee"] == named(house.ada)
    assert await told(house, conversation["id"]) == set()


async def test_an_agent_cannot_assign_not_even_to_themselves(house: House) -> None:
    conversation = await house.conversation()
    for target in (house.kim.id, house.sam.id, house.vic.id, "nobody"):
        call = house.sam.post(at(conversation, "reassign"), {"agent_id": target, "epoch": 7})
        await refused(house, call, "forbidden", needs="admin")
    await refused(house, house.vic.post(at(conversation, "reassign"), {"agent_id": house.kim.id}), "forbidden")


async def test_role_pools_and_limit_bind_the_target(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    await house.pool("Billing", house.sam, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    assign = at(conversation, "reassign")
    await field_refused(house, house.ada.post(assign, {"agent_id": house.vic.id}), "agent_id")
    call = house.ada.post(assign, {"agent_id": house.kim.id})
    await refused(house, call, "pool_restricted", agent_id=house.kim.id)
    await house.claimed_by(house.sam)
    call = house.ada.post(assign, {"agent_id": house.sam.id, "note": "one more"})
    await refused(house, call, "claim_limit_reached", agent_id=house.sam.id, held=1)
    call = house.ada.post(assign, {"agent_id": house.sam.id, "override_limit": True})
    assert (await did(house, call, "conversation.claimed"))["assignee"] == named(house.sam)


async def test_what_was_closed_or_has_changed_hands_is_not_assigned(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await house.sam.post(at(conversation, "release"))
    body = {"agent_id": house.kim.id, "epoch": 1}
    await refused(house, house.ada.post(at(conversation, "reassign"), body), "stale_epoch", epoch=2, assignee=None)
    await house.sam.post(at(conversation, "resolve"))
    call = house.ada.post(at(conversation, "reassign"), {"agent_id": house.kim.id})
    await refused(house, call, "conversation_closed", status="resolved")
