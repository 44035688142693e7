"""An answer goes out over SMTP: what the other side says decides whether it is sent, tried again or has failed."""

from typing import Any

import pytest

from dibs.delivery import outbox
from tests.support.mail_house import MailHouse, looked_at

ANA = "ana@example.com"


async def replied(post: MailHouse, conversation_id: str, text: str = "Hello") -> str:
    body = {"kind": "reply", "text": text}
    answer = await post.house.sam.post(f"/conversations/{conversation_id}/messages", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["message"]["id"])


async def told(post: MailHouse, conversation_id: str, message_id: str) -> dict[str, Any]:
    page = (await post.house.sam.get(f"/conversations/{conversation_id}/messages")).json()["data"]
    (found,) = [each for each in page if each["id"] == message_id]
    return {"delivery": found["delivery"], **found["details"]}


async def test_a_refusal_for_ever_fails_the_message_with_the_servers_words(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    post.office.says[ANA] = "550 5.1.1 No such user"
    message = await replied(post, asked["conversation_id"])
    await post.until(lambda: failed(post, message))
    shown = await told(post, asked["conversation_id"], message)
    assert shown["failure"]["code"] == "550" and "No such user" in shown["failure"]["detail"]
    del post.office.says[ANA]
    path = f"/conversations/{asked['conversation_id']}/messages/{message}/retry"
    assert (await post.house.sam.post(path)).status_code == 200
    assert (await post.office.until(1)).get_content().strip() == "Hello"


async def failed(post: MailHouse, message_id: str) -> bool:
    (row,) = await post.house.rows("SELECT delivery FROM messages WHERE id = :id", id=message_id)
    return bool(row.delivery == "failed")


async def test_a_refusal_for_now_is_tried_again_under_the_same_id(
    post: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BACK_OFF", (10,))
    asked = await post.write("Hello?")
    post.office.says[ANA] = "451 4.7.1 Greylisted"
    message = await replied(post, asked["conversation_id"])

    async def again() -> bool:
        (row,) = await post.house.rows("SELECT attempts FROM outbox WHERE workspace_id = :ws")
        return bool(row.attempts >= 2)

    await looked_at(again)
    del post.office.says[ANA]
    mail = await post.office.until(1)
    (entry,) = await post.house.rows("SELECT id FROM outbox WHERE workspace_id = :ws")
    assert mail["Message-ID"].startswith(f"<{entry.id.lower()}.")
    await post.until(lambda: sent(post, message))


async def sent(post: MailHouse, message_id: str) -> bool:
    (row,) = await post.house.rows("SELECT delivery FROM messages WHERE id = :id", id=message_id)
    return bool(row.delivery == "sent")


async def test_a_mail_that_was_taken_but_not_written_down_goes_out_again_under_the_same_id(
    post: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BACK_OFF", (10,))
    asked = await post.write("Hello?")

    async def lost(server: Any) -> None:
        post.office.on_mail = None
        server.transport.abort()

    post.office.on_mail = lost
    await replied(post, asked["conversation_id"])
    first, second = await post.office.until(1), await post.office.until(2)
    assert first["Message-ID"] == second["Message-ID"] and first.as_bytes() == second.as_bytes()


async def test_a_contact_without_an_address_is_told_so(post: MailHouse) -> None:
    asked = await post.write("Hello?", From="somebody")
    message = await replied(post, asked["conversation_id"])
    await post.until(lambda: failed(post, message))
    assert (await told(post, asked["conversation_id"], message))["failure"]["code"] == "no_address"


async def test_text_and_subject_survive_whatever_is_in_them(post: MailHouse) -> None:
    subject = "Grüße \U0001f600 " + "very long " * 25
    asked = await post.write("Hello?", Subject=subject)
    text = "Señor,\n.\n..two dots\n\n" + "long " * 300 + "\n注文 \U0001f600"
    mail = await post.answer(asked["conversation_id"], text)
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert mail["Subject"].startswith("Re: Grüße \U0001f600 very long")


async def test_a_server_that_is_away_is_told_on_the_channel_until_it_is_back(
    post: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BACK_OFF", (200,))
    asked = await post.write("Hello?")
    assert post.office._server is not None
    port = post.office.port
    post.office._server.close()
    message = await replied(post, asked["conversation_id"])
    path = f"/channels/{post.channel['id']}"

    async def told_so() -> bool:
        return ((await post.house.ada.get(path)).json()["problem"] or "").startswith("Mail cannot be sent")

    await looked_at(told_so)
    await post.office.open(port)
    await post.until(lambda: sent(post, message))
    assert (await post.house.ada.get(path)).json()["problem"] is None
