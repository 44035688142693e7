"""Customer messages: stored once by the channel's own id, they wake, reopen and wait for an answer."""

import asyncio
import json

from tests.ownership.checks import at, did, escalate, field_refused, named, refused, unchanged
from tests.support.house import House


async def test_what_the_customer_wrote_waits_for_an_answer(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "messages"), {"kind": "reply", "text": "Hello"})
    call = house.ada.post(at(mine, "customer-messages"), {"text": "Thanks,\n  and one more thing"})
    first = await did(house, call, "message.created", status=201)
    message, after = first["message"], first["conversation"]
    assert (message["kind"], message["author"]) == ("customer", {"type": "contact", **mine["contact"]})
    assert message["delivery"] == "delivered"
    assert after["waiting_since"] == message["created_at"] == after["last_message_at"]
    assert after["preview"] == "Thanks, and one more thing"
    assert (after["assignee"], after["epoch"]) == (named(house.sam), 1)
    # It waits since the oldest that nobody answered.
    second = await house.write(mine["id"])
    assert second["conversation"]["waiting_since"] == message["created_at"]


async def test_a_redelivery_changes_nothing(house: House) -> None:
    conversation = await house.conversation()
    body = {"text": "Where is it?", "external_id": "wamid-1"}
    first = (await house.ada.post(at(conversation, "customer-messages"), body)).json()
    assert first["message"]["external_id"] == "wamid-1"
    again = await unchanged(house, house.ada.post(at(conversation, "customer-messages"), body | {"text": "Changed"}))
    assert again["message"] == first["message"]
    await house.sam.post(at(conversation, "resolve"))
    again = await unchanged(house, house.ada.post(at(conversation, "customer-messages"), body))
    assert again["conversation"]["status"] == "resolved"
    # Ten deliveries at once are one message.
    body = {"text": "Hello?", "external_id": "wamid-2"}
    answers = await asyncio.gather(*(house.ada.post(at(conversation, "customer-messages"), body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len({answer.json()["message"]["id"] for answer in answers}) == 1


async def test_it_changes_neither_the_escalation_nor_the_bot(house: House) -> None:
    conversation = await house.conversation()
    await escalate(house, conversation)
    after = (await house.write(conversation["id"]))["conversation"]
    assert (after["escalated_at"] is None, after["bot_paused"]) == (False, False)


async def test_the_language_is_detected_on_the_joined_text_and_a_persons_choice_stays(house: House) -> None:
    conversation = await house.conversation("ok")
    assert conversation["language"] is None
    after = (await house.write(conversation["id"], "Hola, necesito ayuda con mi pedido, por favor"))["conversation"]
    assert after["language"] == "es"
    await house.sam.patch(f"/conversations/{conversation['id']}", {"language": "de"})
    after = (await house.write(conversation["id"], "Gracias por su ayuda, muy amable"))["conversation"]
    assert after["language"] == "de"


async def test_a_blocked_contact_an_unknown_conversation_and_a_viewer_are_refused(
    house: House, neighbour: House
) -> None:
    conversation, foreign = await house.conversation(), await neighbour.conversation()
    body = {"text": "Hello"}
    await refused(house, house.ada.post(at(foreign, "customer-messages"), body), "not_found")
    await refused(house, house.vic.post(at(conversation, "customer-messages"), body), "forbidden", needs="agent")
    await house.ada.patch(f"/contacts/{conversation['contact']['id']}", {"blocked": True})
    await refused(house, house.ada.post(at(conversation, "customer-messages"), body), "forbidden")


async def test_malformed_messages_are_refused(house: House) -> None:
    conversation = await house.conversation()
    for field, value in (
        ("text", ""),
        ("text", "  "),
        ("text", "x" * 4_001),
        ("text", None),
        ("text", "half \ud800"),
        ("external_id", ""),
        ("external_id", "x" * 201),
        ("external_id", 7),
        ("kind", "reply"),
    ):
        path = f"/v1{at(conversation, 'customer-messages')}"
        headers = {"Authorization": f"Bearer {house.ada.key}", "Content-Type": "application/json"}
        content = json.dumps({"text": "Hello"} | {field: value})
        await field_refused(house, house.http.post(path, content=content, headers=headers), field)
