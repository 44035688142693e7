"""Blocking: what a blocked contact writes on a channel is kept apart as spam; the API takes nothing of theirs."""

from typing import Any

from dibs.actor import system
from dibs.channels.inbound import Inbound, Received, receive
from dibs.tx import transaction
from tests.ownership.checks import at, refused
from tests.support.channels import channel
from tests.support.house import House

PHONE = "+34600123456"


async def writes(house: House, on: Any, text: str, **more: Any) -> Received:
    async with transaction(house.core, system(house.workspace_id, "WhatsApp", "whatsapp")) as tx:
        inbound = Inbound(contact={"phone": PHONE, "name": "Ana"}, text=text, **more)
        return await receive(tx, on, inbound)


async def bells(house: House) -> int:
    return len(await house.rows("SELECT id FROM notifications WHERE workspace_id = :ws"))


async def test_what_a_blocked_contact_writes_is_kept_apart_and_unblocking_ends_that(house: House) -> None:
    on = await channel(house)
    before = (await writes(house, on, "Hello")).conversation
    contact = f"/contacts/{before.contact_id}"
    held = await house.sam.post(f"/conversations/{before.id}/claim")
    blocked = await house.sam.patch(contact, {"blocked": True})
    assert blocked.json()["blocked"] is True
    rung = await bells(house)
    first = (await writes(house, on, "Cheap watches")).conversation
    second = (await writes(house, on, "Very cheap", conversation_id=before.id, continues=False)).conversation
    third = (await writes(house, on, "Still here", conversation_id=before.id)).conversation
    assert (first.id, first.spam, first.status) == (second.id, True, "archived")
    assert third.id == first.id != before.id
    assert await bells(house) == rung
    # What was open stays as it is, with its owner.
    now = await house.read(before.id)
    assert (now["assignee"], now["message_count"]) == (held.json()["assignee"], 1)
    await house.sam.patch(contact, {"blocked": False})
    assert (await writes(house, on, "Sorry")).conversation.id == before.id
    assert await bells(house) == rung + 1


async def test_the_api_takes_nothing_of_a_blocked_contact(house: House) -> None:
    conversation = await house.conversation()
    contact = conversation["contact"]["id"]
    await house.sam.patch(f"/contacts/{contact}", {"blocked": True})
    await refused(house, house.sam.post(at(conversation, "customer-messages"), {"text": "Hello"}), "forbidden")
    await refused(
        house, house.sam.post("/conversations", {"contact": contact, "message": {"text": "Hello"}}), "forbidden"
    )
    outbound = {"contact": contact, "direction": "outbound", "text": "Hello"}
    await refused(house, house.sam.post("/conversations", outbound), "forbidden")


async def test_blocking_is_audited_and_every_screen_is_told(house: House) -> None:
    conversation = await house.conversation()
    contact = conversation["contact"]["id"]
    await refused(house, house.vic.patch(f"/contacts/{contact}", {"blocked": True}), "forbidden", needs="agent")
    await refused(house, house.sam.patch(f"/contacts/{contact}", {"blocked": "yes"}), "invalid")
    await house.sam.patch(f"/contacts/{contact}", {"blocked": True})
    (row,) = (await house.ada.get("/audit", action="contact.updated")).json()["data"]
    assert (row["before"], row["after"]) == ({"blocked": False}, {"blocked": True})
    (event,) = await house.rows("SELECT body FROM events WHERE workspace_id = :ws AND kind = 'contact.updated'")
    assert '"blocked":true' in event.body
