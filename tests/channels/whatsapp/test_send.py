"""What agents answer reaches WhatsApp as it takes it, and says what became of it."""

import time
from datetime import datetime
from typing import Any

import pytest

from dibs import clock
from dibs.actor import system
from dibs.conversations.locks import lock
from dibs.conversations.messages import store
from dibs.files.content import store as keep
from dibs.files.sending import attach
from dibs.tx import transaction
from tests.support.graph import PNG, Graph, status, text
from tests.support.house import House
from tests.support.whatsapp import PHONE, Line

NOW = int(time.time())
Made = dict[str, Any]


async def test_a_reply_goes_out_as_text_without_preview_under_its_entrys_id(line: Line) -> None:
    message = await line.delivered(await line.reply(await line.write()), "sent")
    (sent,) = line.graph.sent
    (entry,) = await line.house.rows("SELECT id FROM outbox WHERE workspace_id = :ws AND topic = 'channel'")
    assert sent == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"+{PHONE}",
        "biz_opaque_callback_data": entry.id,
        "type": "text",
        "text": {"preview_url": False, "body": "We are on it"},
        "id": message["external_id"],
    }


async def test_an_answer_to_a_message_names_it(line: Line) -> None:
    began = await line.write()
    (asked,) = await line.thread(began)
    message = await line.reply(began, reply_to=asked["id"])
    assert message["details"]["reply_to"] == "wamid.IN1"
    await line.delivered(message, "sent")
    assert line.graph.sent[0]["context"] == {"message_id": "wamid.IN1"}


async def test_an_answer_to_what_is_not_there_is_refused(line: Line) -> None:
    began, other = await line.write(), await line.write("Hi", "wamid.2", phone="34600123456")
    (theirs,) = await line.thread(other)
    note = await line.house.sam.post(f"/conversations/{began['id']}/messages", {"kind": "note", "text": "Us"})
    for wrong in (theirs["id"], "msg_1", note.json()["message"]["id"]):
        body = {"kind": "reply", "text": "Yes", "reply_to": wrong}
        answer = await line.house.sam.post(f"/conversations/{began['id']}/messages", body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reply_to")


async def test_whoever_hides_the_number_is_answered_by_the_user_id(line: Line) -> None:
    hidden = text("wamid.H", "Hi", NOW, from_user_id="US.134")
    del hidden["from"]
    await line.tell(messages=[hidden])
    await line.delivered(await line.reply(await line.conversation("wamid.H")), "sent")
    assert line.graph.sent[0]["recipient"] == "US.134"


async def test_the_answer_goes_where_the_customer_wrote_from_whatever_their_contact_says(line: Line) -> None:
    began = await line.write()
    await line.house.ada.patch(f"/contacts/{began['contact']['id']}", {"phone": "+34910000000"})
    await line.delivered(await line.reply(began), "sent")
    assert line.graph.sent[0]["to"] == f"+{PHONE}"


NEVER: list[Any] = [
    (131047, "24 hours"),
    (131026, "cannot deliver"),
    (131051, "no messages of this kind"),
    (100, "Invalid parameter"),
]


async def test_what_whatsapp_will_never_take_fails_in_words(line: Line) -> None:
    for code, words in NEVER:
        line.graph.fail(code, "Invalid parameter")
        message = await line.delivered(await line.reply(await line.write()), "failed")
        assert message["details"]["failure"]["code"] == str(code)
        assert words in message["details"]["failure"]["detail"]
        assert line.graph.sent == []


LATER: list[Any] = [(130429, 400), (131048, 400), (131056, 400), (131000, 500), (4, 400), (131057, 400), (1, 503)]


async def test_what_whatsapp_takes_later_is_sent_later_with_the_same_id(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, answered in LATER:
        monkeypatch.setattr("dibs.delivery.outbox.BACK_OFF", (0,))
        line.graph.fail(code, "Not now", status=answered, times=2)
        await line.delivered(await line.reply(await line.write()), "sent")
        *_, entry = await line.house.rows("SELECT id, attempts FROM outbox WHERE workspace_id = :ws ORDER BY seq")
        assert (entry.attempts, line.graph.sent[-1]["biz_opaque_callback_data"]) == (3, entry.id)


async def test_an_expired_token_waits_for_the_admin_and_is_shown_on_the_channel(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dibs.channels.whatsapp.media.ACCESS_PAUSE_SECONDS", 0.0)
    line.graph.fail(190, "Session has expired", status=401)
    problems = []

    async def look(_: Made) -> None:
        problems.append((await line.house.ada.get(f"/channels/{line.channel['id']}")).json()["problem"])

    line.graph.before_answer = look
    await line.delivered(await line.reply(await line.write()), "sent")
    assert problems and "Session has expired" in problems[0]
    assert (await line.house.ada.get(f"/channels/{line.channel['id']}")).json()["problem"] is None


async def test_a_failed_reply_is_sent_again_and_the_first_attempts_status_does_not_count(line: Line) -> None:
    began = await line.write()
    message = await line.delivered(await line.reply(began), "sent")
    why = [{"code": 131026, "title": "Message undeliverable"}]
    failed = status(message["external_id"], "failed", NOW, errors=why)
    await line.tell(statuses=[failed])
    assert (await line.message(message["id"]))["details"]["failure"]["code"] == "131026"
    again = await line.house.sam.post(f"/conversations/{began['id']}/messages/{message['id']}/retry")
    assert again.json()["message"]["delivery"] == "queued"
    await line.tell(statuses=[failed])
    now = await line.delivered(message, "sent", "failed")
    assert (now["delivery"], now["external_id"]) == ("sent", line.graph.sent[-1]["id"])
    await line.tell(statuses=[failed])
    assert (await line.message(message["id"]))["delivery"] == "sent"


async def files_of(line: Line, conversation: Made, message_text: str, *contents: tuple[str, bytes]) -> Made:
    """A reply with files, as an agent sends it."""
    core = line.house.core
    stored = [await keep(core, name, content) for name, content in contents]
    async with transaction(core, system(line.house.workspace_id, "Test")) as tx:
        row = await lock(tx, conversation["id"])
        message_id, attachments = await attach(tx, row, stored)
        message, _ = await store(
            tx, row, kind="reply", text=message_text, id=message_id, attachments=attachments, delivery="queued"
        )
    return {"id": message.id}


async def test_files_are_uploaded_first_and_the_first_bears_the_text(line: Line) -> None:
    began = await line.write()
    pdf = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b"." * 50
    message = await files_of(line, began, "Here you are", ("map.png", PNG), ("bill.pdf", pdf))
    await line.delivered(message, "sent")
    image, document = line.graph.sent
    assert (image["type"], image["image"]["caption"]) == ("image", "Here you are")
    assert (document["type"], document["document"]["filename"]) == ("document", "bill.pdf")
    assert [each["file"] for each in line.graph.uploads] == [PNG, pdf]
    assert {each["messaging_product"] for each in line.graph.uploads} == {"whatsapp"}
    assert image["biz_opaque_callback_data"] == document["biz_opaque_callback_data"]


async def test_text_too_long_for_a_caption_goes_before_the_file(line: Line) -> None:
    message = await files_of(line, await line.write(), "x" * 1_025, ("map.png", PNG))
    await line.delivered(message, "sent")
    assert [each["type"] for each in line.graph.sent] == ["text", "image"]
    assert "caption" not in line.graph.sent[1]["image"]


async def test_when_a_file_is_refused_nothing_reaches_the_customer(line: Line) -> None:
    line.graph.fail(131053, "Media upload error", path="/media")
    message = await files_of(line, await line.write(), "Here", ("map.png", PNG))
    now = await line.delivered(message, "failed")
    assert "does not take this file" in now["details"]["failure"]["detail"]
    assert line.graph.sent == []


async def test_after_a_day_only_a_template_is_taken(line: Line) -> None:
    began = await line.write(ago=86_401)
    answer = await line.house.sam.post(f"/conversations/{began['id']}/messages", {"kind": "reply", "text": "Hi"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "outside_reply_window")
    assert problem["window_closed_at"] == began["reply_until"] < clock.iso(clock.now())
    assert line.graph.sent == []


async def test_the_window_goes_by_the_newest_message_in_whatever_order_they_come(line: Line) -> None:
    new = await line.write("New", "wamid.N", ago=10)
    old = await line.write("Old", "wamid.O", ago=90_000)
    assert old["id"] == new["id"] and old["reply_until"] == new["reply_until"]
    assert new["reply_until"] == clock.iso(_stands_at(await line.thread(new), "New") + 86_400_000)
    await line.delivered(await line.reply(old), "sent")


def _stands_at(thread: list[Made], said: str) -> int:
    (iso,) = [each["created_at"] for each in thread if each["text"] == said]
    return round(datetime.fromisoformat(iso).timestamp() * 1_000)


async def test_a_number_that_was_disconnected_says_so(line: Line) -> None:
    began = await line.write()
    await line.house.ada.delete(f"/channels/{line.channel['id']}")
    message = await line.delivered(await line.reply(began), "failed")
    assert message["details"]["failure"]["code"] == "not_connected"


async def test_a_new_conversation_with_somebody_who_never_wrote_needs_a_template(
    house: House, graph: Graph, line: Line
) -> None:
    body = {"direction": "outbound", "channel": "whatsapp", "contact": {"phone": "+34600123456"}, "text": "Hi"}
    answer = await house.sam.post("/conversations", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "outside_reply_window"), answer.text
    await line.write(phone="34600123456")
    assert (await house.sam.post("/conversations", body)).status_code == 201
