"""A customer writes a mail; an agent answers; the customer answers that: one conversation."""

from typing import Any

import aiosmtplib
import pytest

from tests.support.house import House
from tests.support.mail_house import MailHouse, mail_of


async def test_a_mail_begins_a_conversation_of_its_writer(post: MailHouse) -> None:
    message = await post.write("Where is my order?")
    conversation = await post.house.read(message["conversation_id"])
    assert (conversation["channel"], conversation["subject"]) == ("email", "My order")
    assert conversation["contact"]["name"] == "Ana Ruiz"
    assert (message["text"], message["author"]["type"], message["delivery"]) == (
        "Where is my order?",
        "contact",
        "delivered",
    )
    assert message["details"]["subject"] == "My order"


async def test_an_answer_goes_out_as_a_reply_and_comes_back_into_the_conversation(post: MailHouse) -> None:
    asked = await post.write("Where is my order?", Message_ID="<first@example.com>")
    mail = await post.answer(asked["conversation_id"], "It left today.")
    assert (mail["To"], mail["Subject"], mail["In-Reply-To"]) == (
        "ana@example.com",
        "Re: My order",
        "<first@example.com>",
    )
    assert mail.get_content().strip() == "It left today."
    assert mail["Auto-Submitted"] is None
    chain = f"<first@example.com> {mail['Message-ID']}"
    back = await post.write("Thank you!", In_Reply_To=mail["Message-ID"], References=chain, Subject="Re: My order")
    assert back["conversation_id"] == asked["conversation_id"]
    again = await post.answer(asked["conversation_id"], "You are welcome.")
    assert "<first@example.com>" in again["References"] and again["Subject"] == "Re: My order"


async def test_the_sender_is_the_workspace_unless_it_shows_its_agents(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    mail = await post.answer(asked["conversation_id"])
    assert "Sam" not in str(mail) and mail["From"].startswith("House")
    await post.house.settings(show_agent_name=True)
    assert (await post.answer(asked["conversation_id"]))["From"] == "Sam <support@house.example>"


async def test_the_channel_may_have_a_name_of_its_own(post: MailHouse) -> None:
    path = f"/channels/{post.channel['id']}"
    answer = await post.house.ada.patch(path, {"settings": {"sender_name": "Acme, Support"}})
    assert answer.status_code == 200, answer.text
    asked = await post.write("Hello?")
    assert (await post.answer(asked["conversation_id"]))["From"] == '"Acme, Support" <support@house.example>'


async def test_a_reply_to_the_signed_address_alone_joins_the_conversation(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    answer_to = (await post.answer(asked["conversation_id"]))["Reply-To"]
    assert answer_to.startswith("support+") and len(answer_to.partition("@")[0]) <= 64
    mail = mail_of("From my telephone", To=answer_to.upper(), Subject="no subject")
    await post.hand_over(mail.as_bytes(), to=answer_to)
    assert (await post.message(mail["Message-ID"]))["conversation_id"] == asked["conversation_id"]


async def test_a_second_mail_without_any_reference_begins_another_conversation(post: MailHouse) -> None:
    first, second = await post.write("One"), await post.write("Two")
    assert first["conversation_id"] != second["conversation_id"]
    assert (await post.house.read(first["conversation_id"]))["contact"] == (
        await post.house.read(second["conversation_id"])
    )["contact"]


async def test_a_customer_who_refers_to_their_own_mail_goes_on_with_it(post: MailHouse) -> None:
    first = await post.write("One", Message_ID="<one@example.com>")
    second = await post.write("I forgot something", References="<zero@example.com> <one@example.com>")
    assert first["conversation_id"] == second["conversation_id"]


async def test_a_mail_that_comes_twice_is_taken_in_once(post: MailHouse) -> None:
    mail = mail_of("Once")
    await post.hand_over(mail.as_bytes())
    await post.hand_over(b"Received: from elsewhere\r\n" + mail.as_bytes())
    assert (await post.number("messages"), await post.number("mails")) == (1, 1)


async def test_another_mail_under_the_same_id_is_not_lost(post: MailHouse) -> None:
    for text in ("One", "Two", "Two"):
        await post.hand_over(mail_of(text, Message_ID="<same@example.com>").as_bytes())
    rows = await post.house.rows("SELECT text FROM messages WHERE workspace_id = :ws ORDER BY text")
    assert [row.text for row in rows] == ["One", "Two"]


async def test_mail_for_others_is_not_taken(post: MailHouse) -> None:
    for address in ("sales@house.example", "support@elsewhere.example", "support", "sup+port@house.example"):
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await post.hand_over(mail_of("Hello").as_bytes(), to=address)
        assert refused.value.recipients[0].code >= 500
    assert await post.number("mails") == 0


async def test_mail_for_a_paused_or_disconnected_channel_is_not_taken(post: MailHouse) -> None:
    path = f"/channels/{post.channel['id']}"
    await post.house.ada.patch(path, {"active": False})
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await post.hand_over(mail_of("Hello").as_bytes())
    await post.house.ada.delete(path)
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await post.hand_over(mail_of("Hello").as_bytes())


async def test_mail_for_a_channel_whose_mailbox_is_read_is_not_taken_by_smtp(
    post: MailHouse, imap_settings: dict[str, Any]
) -> None:
    answer = await post.house.ada.patch(
        f"/channels/{post.channel['id']}", {"settings": {"inbound": "imap"} | imap_settings}
    )
    assert answer.status_code == 200, answer.text
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await post.hand_over(mail_of("Hello").as_bytes())


async def test_a_mail_that_is_too_large_is_refused(post: MailHouse) -> None:
    post.listener._settings.mail_max_bytes = 70_000
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        await post.hand_over(mail_of("x" * 60 + ("\n" + "y" * 70) * 1_200).as_bytes())
    assert refused.value.code == 552
    assert await post.number("mails") == 0


async def test_a_database_that_fails_makes_the_sender_keep_the_mail(
    post: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("dibs.channels.email.listener.take", broken)
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await post.hand_over(mail_of("Hello").as_bytes())
    assert refused.value.code == 451
    await post.hand_over(mail_of("Hello").as_bytes())
    assert await post.number("messages") == 1


async def test_a_blocked_sender_is_kept_apart(post: MailHouse) -> None:
    first = await post.write("Buy now")
    contact = (await post.house.read(first["conversation_id"]))["contact"]
    assert (await post.house.ada.patch(f"/contacts/{contact['id']}", {"blocked": True})).status_code == 200
    second = await post.write("Buy now!")
    (row,) = await post.house.rows("SELECT * FROM conversations WHERE id = :id", id=second["conversation_id"])
    assert row.spam and row.status == "archived"


async def test_the_same_address_belongs_to_one_workspace(post: MailHouse, neighbour: House) -> None:
    body = {"kind": "email", "name": "Mine", "settings": post.settings()}
    assert (await neighbour.ada.post("/channels", body)).status_code == 422
