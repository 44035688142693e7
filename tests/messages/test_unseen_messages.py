"""Unseen messages: a reply whose author has not seen another agent's reply is held back, unless sent again."""

from typing import Any

from tests.ownership.checks import at, did, field_refused, refused
from tests.support.house import House, Person


async def reply(person: Person, conversation: dict[str, Any], text: str) -> dict[str, Any]:
    answer = await person.post(at(conversation, "messages"), {"kind": "reply", "text": text})
    assert answer.status_code == 201, answer.text
    message: dict[str, Any] = answer.json()["message"]
    return message


async def test_another_agents_reply_since_then_holds_it_back(house: House) -> None:
    conversation = await house.conversation()
    seen = await reply(house.sam, conversation, "Looking")
    others = [await reply(house.kim, conversation, "Fixed"), await reply(house.ada, conversation, "Refunded")]
    body = {"kind": "reply", "text": "Sorry for the wait", "last_seen": seen["id"]}
    path = at(conversation, "messages")
    problem = await refused(house, house.sam.post(path, body), "unseen_messages", messages=others)
    assert "Ada" in problem["detail"]
    await refused(house, house.sam.post(path, body | {"last_seen": others[0]["id"]}), "unseen_messages")
    # Sent again with override, or having seen them, or without the field: it goes.
    for more in ({"override": True}, {"last_seen": others[1]["id"]}, {"last_seen": None}):
        await did(house, house.sam.post(path, body | more), "message.created", status=201)


async def test_customer_messages_notes_and_ones_own_replies_hold_nothing_back(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    seen = await reply(house.sam, mine, "Looking")
    await house.write(mine["id"])
    await reply(house.sam, mine, "Still looking")
    await house.kim.post(at(mine, "messages"), {"kind": "note", "text": "Psst"})
    body = {"kind": "reply", "text": "Found it", "last_seen": seen["id"]}
    await did(house, house.sam.post(at(mine, "messages"), body), "message.created", status=201)


async def test_closed_held_and_an_old_epoch_come_first_pools_and_limit_after(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    await house.sam.patch("/agents/me/preferences", {"auto_claim_on_reply": True})
    conversation = await house.conversation()
    seen = await reply(house.ada, conversation, "Looking")
    await reply(house.kim, conversation, "Fixed")
    body = {"kind": "reply", "text": "Me too", "last_seen": seen["id"]}
    path = at(conversation, "messages")
    await refused(house, house.sam.post(path, body | {"epoch": 5}), "stale_epoch", epoch=0)
    await house.claimed_by(house.sam)
    await refused(house, house.sam.post(path, body), "unseen_messages")
    await refused(house, house.sam.post(path, body | {"override": True}), "claim_limit_reached")
    await house.pool("Billing", house.kim, tags=["billing"])
    await house.kim.patch(f"/conversations/{conversation['id']}", {"tags": ["billing"]})
    await refused(house, house.sam.post(path, body), "unseen_messages")
    await refused(house, house.sam.post(path, body | {"override": True}), "pool_restricted")
    await house.kim.post(at(conversation, "claim"))
    await refused(house, house.sam.post(path, body), "already_claimed")
    await house.kim.post(at(conversation, "resolve"))
    await refused(house, house.sam.post(path, body), "conversation_closed")


async def test_what_was_seen_must_be_a_message_of_this_conversation(house: House) -> None:
    mine, other = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    elsewhere = await reply(house.sam, other, "Hello")
    for last_seen in (elsewhere["id"], "msg_01ARZ3NDEKTSV4RRFFQ69G5FAV", "msg_", mine["id"]):
        body = {"kind": "reply", "text": "Hello", "last_seen": last_seen}
        await field_refused(house, house.sam.post(at(mine, "messages"), body), "last_seen")
