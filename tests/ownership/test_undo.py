"""Undo: within ten seconds and before a reply the claimer takes a claim back as if it had never been."""

from sqlalchemy import update

from dibs.conversations.tables import claims
from tests.ownership.checks import Time, at, did, field_refused, named, refused, spells, write
from tests.support.house import House

UNDO = {"undo": True}


async def test_a_fresh_claim_is_undone(house: House) -> None:
    conversation = await house.conversation()
    await house.sam.post(at(conversation, "claim"))
    undone = await did(house, house.sam.post(at(conversation, "release"), UNDO), "conversation.released")
    assert undone["assignee"] is None
    assert undone["epoch"] == 2
    as_before = ("bot_paused", "unclaimed_since", "escalated_at", "waiting_since", "status")
    assert {name: undone[name] for name in as_before} == {name: conversation[name] for name in as_before}
    assert await spells(house, conversation["id"]) == [(house.sam.id, "api", "undone")]


async def test_a_bot_that_was_paused_before_stays_paused(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    released = (await house.sam.post(at(mine, "release"))).json()
    await house.kim.post(at(mine, "claim"))
    undone = (await house.kim.post(at(mine, "release"), UNDO)).json()
    assert (undone["bot_paused"], undone["unclaimed_since"]) == (True, released["unclaimed_since"])


async def test_ten_seconds_are_enough_and_more_are_too_late(house: House, time: Time) -> None:
    early, late = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    time.passes(seconds=8)
    assert (await house.sam.post(at(early, "release"), UNDO)).status_code == 200
    time.passes(seconds=3)
    await field_refused(house, house.sam.post(at(late, "release"), UNDO), "undo")
    assert await spells(house, late["id"]) == [(house.sam.id, "api", None)]


async def test_after_a_reply_it_is_too_late(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "messages"), {"kind": "note", "text": "Looking"})
    await house.sam.post(at(mine, "messages"), {"kind": "reply", "text": "Hello"})
    await field_refused(house, house.sam.post(at(mine, "release"), UNDO), "undo")


async def test_a_note_does_not_prevent_it(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "messages"), {"kind": "note", "text": "Oops, not mine"})
    assert (await house.sam.post(at(mine, "release"), UNDO)).status_code == 200


async def test_what_was_given_cannot_be_undone(house: House) -> None:
    given = await house.claimed_by(house.sam)
    await house.sam.post(at(given, "reassign"), {"agent_id": house.kim.id})
    assigned = await house.conversation()
    await house.ada.post(at(assigned, "reassign"), {"agent_id": house.kim.id})
    by_rule = await house.claimed_by(house.kim)
    await write(house, update(claims).where(claims.c.conversation_id == by_rule["id"]).values(via="rule"))
    for conversation in (given, assigned, by_rule):
        await field_refused(house, house.kim.post(at(conversation, "release"), UNDO), "undo")


async def test_only_the_claimer_undoes(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.kim, house.ada):
        await refused(house, person.post(at(held, "release"), UNDO), "already_claimed", assignee=named(house.sam))
    await refused(house, house.vic.post(at(held, "release"), UNDO), "forbidden", needs="agent")


async def test_an_undo_of_an_earlier_claim_is_refused(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "release"))
    await refused(house, house.sam.post(at(mine, "release"), UNDO | {"epoch": 1}), "not_claimed")
    await house.sam.post(at(mine, "claim"))
    await refused(house, house.sam.post(at(mine, "release"), UNDO | {"epoch": 1}), "stale_epoch", epoch=3)
