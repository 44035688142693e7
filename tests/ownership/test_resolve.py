"""Resolve: the conversation is closed, by its owner, an admin, or when unclaimed any eligible agent."""

from tests.ownership.checks import at, did, escalate, field_refused, messages, named, refused, spells, unchanged
from tests.support.house import House


async def test_the_owner_resolves_with_a_note(house: House) -> None:
    conversation = await house.conversation()
    await escalate(house, conversation)
    await house.sam.post(at(conversation, "claim"))
    call = house.sam.post(at(conversation, "resolve"), {"note": "Refunded", "epoch": 1})
    resolved = await did(house, call, "conversation.resolved", "message.created")
    assert (resolved["status"], resolved["assignee"], resolved["epoch"]) == ("resolved", None, 2)
    assert resolved["resolved_by"] == {"type": "agent", **named(house.sam)}
    assert resolved["resolved_at"] is not None
    assert (resolved["escalated_at"], resolved["waiting_since"], resolved["unclaimed_since"]) == (None, None, None)
    # It was the claim that paused the bot; resolving does not resume it.
    assert resolved["bot_paused"] is True
    assert resolved == await house.read(conversation["id"])
    assert await spells(house, conversation["id"]) == [(house.sam.id, "api", "resolved")]
    assert (await messages(house, conversation["id"]))[-1] == ("note", "Refunded")


async def test_an_admin_resolves_anybodys_and_an_agent_what_nobody_holds(house: House) -> None:
    held = await house.claimed_by(house.sam)
    resolved = await did(house, house.ada.post(at(held, "resolve")), "conversation.resolved")
    assert (resolved["resolved_by"]["id"], resolved["epoch"]) == (house.ada.id, 2)
    free = await house.conversation()
    resolved = await did(house, house.kim.post(at(free, "resolve")), "conversation.resolved")
    assert (resolved["resolved_by"]["id"], resolved["epoch"], resolved["bot_paused"]) == (house.kim.id, 0, False)
    assert await spells(house, free["id"]) == []


async def test_a_snoozed_conversation_is_resolved_and_does_not_come_back(house: House) -> None:
    for conversation in (await house.claimed_by(house.sam), await house.conversation()):
        await house.sam.post(at(conversation, "snooze"), {"until": "2999-01-01T00:00:00Z"})
        resolved = (await house.sam.post(at(conversation, "resolve"))).json()
        assert (resolved["status"], resolved["snoozed_until"]) == ("resolved", None)


async def test_a_resolved_one_stays_as_it_is_but_a_note_is_stored(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    resolved = (await house.sam.post(at(conversation, "resolve"))).json()
    for person in (house.sam, house.kim, house.ada):
        assert await unchanged(house, person.post(at(conversation, "resolve"))) == resolved
    noted = await did(house, house.kim.post(at(conversation, "resolve"), {"note": "He thanked us"}), "message.created")
    assert (noted["resolved_by"], noted["resolved_at"]) == (resolved["resolved_by"], resolved["resolved_at"])
    assert (await messages(house, conversation["id"]))[-1] == ("note", "He thanked us")


async def test_who_does_not_hold_it_cannot_resolve_it(house: House) -> None:
    held = await house.claimed_by(house.sam)
    call = house.kim.post(at(held, "resolve"), {"note": "Done", "epoch": 0})
    await refused(house, call, "already_claimed", assignee=named(house.sam), epoch=1, claimed_at=held["claimed_at"])
    await refused(house, house.vic.post(at(held, "resolve")), "forbidden", needs="agent")
    await refused(house, house.sam.post(at(held, "resolve"), {"epoch": 0}), "stale_epoch", epoch=1)


async def test_an_archived_one_cannot_be_resolved(house: House) -> None:
    conversation = await house.conversation()
    await house.sam.post(at(conversation, "resolve"))
    await house.sam.post(at(conversation, "archive"))
    for body in ({}, {"note": "again"}, {"epoch": 9}):
        call = house.sam.post(at(conversation, "resolve"), body)
        await refused(house, call, "conversation_closed", status="archived")


async def test_outside_the_pools_an_agent_resolves_only_what_they_hold(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    call = house.sam.post(at(conversation, "resolve"), {"note": "Done"})
    await refused(house, call, "pool_restricted", agent_id=house.sam.id)
    held = await house.claimed_by(house.sam)
    await house.kim.patch(f"/conversations/{held['id']}", {"tags": ["billing"]})
    assert (await house.sam.post(at(held, "resolve"))).json()["status"] == "resolved"
    assert (await house.ada.post(at(conversation, "resolve"))).json()["status"] == "resolved"


async def test_a_note_has_at_most_two_thousand_characters(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for note in ("x" * 2_001, "", 7):
        await field_refused(house, house.sam.post(at(mine, "resolve"), {"note": note}), "note")
    assert (await house.sam.post(at(mine, "resolve"), {"note": "x" * 2_000})).status_code == 200
