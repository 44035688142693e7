"""What customers write on WhatsApp is in the inbox: every kind, once, at its own time."""

import json
import time
from typing import Any

from dibs import clock
from tests.support.graph import body_of, change, of_kind, reaction, text
from tests.support.house import House
from tests.support.whatsapp import NUMBER, PHONE, Line

NOW = int(time.time())


async def test_a_text_begins_a_conversation_with_the_customers_name_and_number(line: Line) -> None:
    began = await line.write("Does it come in another colour?")
    assert began["channel"] == "whatsapp"
    assert began["contact"]["name"] == "Sheena Nelson"
    assert began["preview"] == "Does it come in another colour?"
    contact = (await line.house.ada.get(f"/contacts/{began['contact']['id']}")).json()
    assert contact["phone"] == f"+{PHONE}"
    (message,) = await line.thread(began)
    assert (message["kind"], message["author"]["type"], message["via"]) == ("customer", "contact", "whatsapp")
    assert message["details"] == {"sender": f"+{PHONE}"}


async def test_it_stands_at_the_time_that_whatsapp_says(line: Line) -> None:
    at = NOW - 3_600
    await line.tell(messages=[text("wamid.L", "Late", at)])
    began = await line.conversation("wamid.L")
    (message,) = await line.thread(began)
    assert message["created_at"] == began["last_message_at"] == clock.iso(at * 1_000)


async def test_one_from_the_future_is_from_now(line: Line) -> None:
    await line.tell(messages=[text("wamid.F", "Early", NOW + 86_400 * 365)])
    began = await line.conversation("wamid.F")
    (message,) = await line.thread(began)
    assert message["created_at"] < clock.iso(clock.now() + 60_000)
    assert began["reply_until"] < clock.iso(clock.now() + 25 * clock.HOUR)


async def test_a_redelivery_changes_nothing(line: Line) -> None:
    await line.write("Once")
    began = await line.write("Once")
    assert began["message_count"] == 1


KINDS: list[Any] = [
    ("button", {"text": "No", "payload": "No-Button-Payload"}, "No"),
    ("interactive", {"type": "button_reply", "button_reply": {"id": "a", "title": "Yes"}}, "Yes"),
    (
        "interactive",
        {"type": "list_reply", "list_reply": {"id": "b", "title": "Tuesday", "description": "9 to 5"}},
        "Tuesday\n9 to 5",
    ),
    (
        "location",
        {"latitude": 37.44216, "longitude": -122.16153, "name": "Philz", "address": "101 Forest Ave"},
        "📍 Philz, 101 Forest Ave (37.44216, -122.16153)",
    ),
    ("location", {"latitude": 1, "longitude": 2}, "📍 1, 2"),
    (
        "contacts",
        [{"name": {"formatted_name": "Barbara Johnson"}, "phones": [{"phone": "+1 650 555 9999"}]}],
        "👤 Barbara Johnson: +1 650 555 9999",
    ),
    (
        "order",
        {"product_items": [{"product_retailer_id": "di9", "quantity": 2, "item_price": 30, "currency": "USD"}]},
        "🛒\n2 x di9 (30 USD)",
    ),
    ("system", {"body": "Sheena changed from 1 to 2", "type": "user_changed_number"}, "Sheena changed from 1 to 2"),
    ("hologram", {"text": "Help me"}, "Help me"),
    ("hologram", 7, "[hologram]"),
    ("text", {"body": "  "}, "[text]"),
    ("text", None, "[text]"),
]


async def test_other_kinds_are_text_that_can_be_read(line: Line) -> None:
    for number, (kind, content, said) in enumerate(KINDS):
        phone = f"3460000{number:04}"
        await line.tell(messages=[of_kind(f"wamid.K{number}", kind, content, NOW, phone=phone)])
        (message,) = await line.thread(await line.conversation(f"wamid.K{number}"))
        assert message["text"] == said
        assert message["details"].get("kind") == (None if kind == "text" else kind)


async def test_what_whatsapp_itself_cannot_tell_says_so(line: Line) -> None:
    why = {"code": 131051, "title": "Message type unknown", "error_data": {"details": "Message type is not supported."}}
    unknown = {"from": PHONE, "id": "wamid.U", "timestamp": str(NOW), "type": "unsupported", "errors": [why]}
    await line.tell(messages=[unknown])
    (message,) = await line.thread(await line.conversation("wamid.U"))
    assert message["text"] == "[unsupported] Message type is not supported."


async def test_a_reply_names_the_message_that_it_answers(line: Line) -> None:
    began = await line.write("The blue one?")
    await line.tell(messages=[text("wamid.R", "Yes", NOW, context={"from": PHONE, "id": "wamid.IN1"})])
    answer = next(each for each in await line.thread(began) if each["text"] == "Yes")
    assert answer["details"]["reply_to"] == "wamid.IN1"


async def test_a_reaction_is_put_on_its_message_changed_and_taken_away(line: Line) -> None:
    began = await line.write()
    for at, emoji in enumerate(["👍", "❤️", None]):
        await line.tell(messages=[reaction(f"wamid.E{at}", "wamid.IN1", emoji, NOW + at)])
        (message,) = await line.thread(began)
        shown = message["details"].get("reactions", [])
        assert [each["emoji"] for each in shown] == ([emoji] if emoji else [])
    told = await line.house.rows("SELECT kind FROM events WHERE workspace_id = :ws AND kind = 'message.delivery'")
    assert len(told) == 3
    assert (await line.house.read(began["id"]))["message_count"] == 1


async def test_an_old_reaction_that_comes_late_changes_nothing(line: Line) -> None:
    began = await line.write()
    await line.tell(messages=[reaction("wamid.E2", "wamid.IN1", None, NOW + 2)])
    await line.tell(messages=[reaction("wamid.E1", "wamid.IN1", "👍", NOW + 1)])
    assert "reactions" not in (await line.thread(began))[0]["details"]


async def test_a_reaction_that_comes_before_its_message_waits_for_it(line: Line) -> None:
    await line.tell(messages=[reaction("wamid.E1", "wamid.IN1", "👍", NOW)])
    (message,) = await line.thread(await line.write())
    assert message["details"]["reactions"][0]["emoji"] == "👍"


async def test_all_of_a_customers_messages_join_one_conversation(line: Line) -> None:
    first, second = await line.write("One", "wamid.1"), await line.write("Two", "wamid.2")
    other = await line.write("Three", "wamid.3", phone="34600123456")
    assert first["id"] == second["id"] != other["id"]


async def test_one_batch_of_many_is_all_taken(line: Line) -> None:
    await line.tell(messages=[text(f"wamid.{n}", f"Number {n}", NOW + n) for n in range(20)])
    began = await line.conversation("wamid.0")
    assert [each["text"] for each in await line.thread(began)] == [f"Number {n}" for n in range(20)]


async def test_who_hides_the_number_is_known_by_the_user_id(line: Line) -> None:
    def hidden(wamid: str) -> dict[str, object]:
        message = text(wamid, "Hi", NOW, from_user_id="US.13491208655302741918")
        del message["from"]
        return message

    def contacts(**more: object) -> list[dict[str, object]]:
        return [{"profile": {"name": "Sheena"}, "user_id": "US.13491208655302741918", **more}]

    await line.tell(messages=[hidden("wamid.H1")], contacts=contacts())
    began = await line.conversation("wamid.H1")
    assert began["contact"]["name"] == "Sheena"
    both = text("wamid.H2", "Me again", NOW, from_user_id="US.13491208655302741918")
    await line.tell(messages=[both], contacts=contacts(wa_id=PHONE))
    await line.tell(messages=[hidden("wamid.H3")], contacts=contacts())
    assert {(await line.conversation(f"wamid.H{n}"))["id"] for n in (1, 2, 3)} == {began["id"]}
    contact = (await line.house.ada.get(f"/contacts/{began['contact']['id']}")).json()
    assert contact["phone"] == f"+{PHONE}"


async def test_whoever_was_known_by_number_stays_the_same_once_it_is_hidden(line: Line) -> None:
    await line.tell(messages=[text("wamid.H1", "Hi", NOW, from_user_id="ES.99")])
    message = text("wamid.H2", "Hi", NOW, from_user_id="ES.99")
    del message["from"]
    await line.tell(messages=[message])
    assert (await line.conversation("wamid.H1"))["id"] == (await line.conversation("wamid.H2"))["id"]


async def test_halves_of_characters_and_nuls_are_stored_as_what_they_are_not(line: Line) -> None:
    body = body_of(change(NUMBER, messages=[text("wamid.S", "cut HERE", NOW)])).replace(b"HERE", b"\\ud83d \\u0000 end")
    assert (await line.post(body)).status_code == 200
    (message,) = await line.thread(await line.conversation("wamid.S"))
    assert message["text"] == "cut \ufffd \ufffd end"


ODD: list[Any] = [
    {"messages": "none"},
    {"messages": [7, None, [], {}]},
    {"messages": [{"id": 5, "from": {}, "type": ["text"]}]},
    {"messages": [{"id": "wamid.O", "from": PHONE, "timestamp": "soon", "type": "text", "text": "Hi"}]},
    {"messages": [{"id": "wamid.O", "from": "abc", "timestamp": "-1", "type": "text", "text": {"body": 5}}]},
    {"messages": [{"id": "wamid.O", "from": "1" * 40, "timestamp": 10**20, "type": "image", "image": "x"}]},
    {"messages": [{"id": "wamid.O", "from": PHONE, "type": "reaction", "reaction": {"message_id": 1}}]},
    {
        "statuses": [
            {"id": "wamid.O", "status": "dreamt"},
            {"status": "sent"},
            {"id": "wamid.O", "status": "failed"},
        ]
    },
    {"statuses": [{"id": "wamid.O", "status": "read", "biz_opaque_callback_data": "out_1"}]},
    {"message_echoes": [{"id": "wamid.O", "type": "reaction"}, {"id": "wamid.P"}]},
    {"contacts": [{"profile": 5, "wa_id": []}], "messages": [text("wamid.O", "x" * 70_000, NOW)]},
    {"errors": [{"code": 130429, "title": "Rate limit hit"}]},
]


async def test_what_is_odd_is_never_an_error(line: Line) -> None:
    for odd in ODD:
        body = json.dumps(
            {"entry": [{"changes": [{"value": {"metadata": {"phone_number_id": NUMBER}} | odd}]}]}
        ).encode()
        assert (await line.post(body)).status_code == 200


async def test_what_a_blocked_contact_writes_is_kept_apart(line: Line, house: House) -> None:
    began = await line.write()
    await house.ada.patch(f"/contacts/{began['contact']['id']}", {"blocked": True})
    apart = await line.write("Buy now", "wamid.2")
    assert apart["spam"] and apart["id"] != began["id"]
