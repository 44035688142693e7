"""Machines that answer machines: automatic replies, lists, bounces and our own mail are written down and left alone."""

from typing import Any

import pytest

from dibs.actor import Actor
from dibs.conversations.locks import lock
from dibs.conversations.messages import store, to_customer
from dibs.tx import transaction
from tests.support.mail_house import MailHouse, mail_of

AUTOMATIC = [
    ("auto_reply", {"Auto_Submitted": "auto-replied"}),
    ("auto_reply", {"Auto_Submitted": "auto-generated (vacation)"}),
    ("auto_reply", {"X_Autoreply": "yes"}),
    ("auto_reply", {"X_Autorespond": "Out of office"}),
    ("bulk", {"Precedence": "bulk"}),
    ("bulk", {"Precedence": "Junk"}),
    ("bulk", {"Precedence": "auto_reply"}),
    ("list", {"List_Id": "News <news.shop.example>"}),
    ("list", {"List_Unsubscribe": "<https://shop.example/u>", "Precedence": "list"}),
    ("bounce", {"Return_Path": "<>"}),
    ("bounce", {"From": "Mail Delivery <MAILER-DAEMON@mx.example>"}),
    ("own", {"From": "support@house.example"}),
    ("own", {"From": "support+abc@house.example"}),
]


@pytest.mark.parametrize(("reason", "headers"), AUTOMATIC)
async def test_what_a_machine_wrote_is_left_alone(post: MailHouse, reason: str, headers: dict[str, str]) -> None:
    mail = mail_of("I am away until Monday.", **headers)
    await post.hand_over(mail.as_bytes(), sender="robot@example.com")
    assert await post.ignored_as(mail["Message-ID"]) == reason
    assert (await post.number("conversations"), len(post.office.mails)) == (0, 0)


async def test_a_mail_without_a_way_back_is_a_bounce(post: MailHouse) -> None:
    mail = mail_of("Undeliverable")
    await post.hand_over(mail.as_bytes(), sender="")
    assert await post.ignored_as(mail["Message-ID"]) == "bounce"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "no"},
        {"Precedence": "first-class"},
        # The support address is a group that a mail provider keeps: the list is how customers reach us.
        {"List_Id": "<support.house.example>", "List_Post": "<mailto:support@house.example>", "Precedence": "normal"},
    ],
)
async def test_what_a_person_wrote_is_not(post: MailHouse, headers: dict[str, str]) -> None:
    assert (await post.write("Hello", **headers))["text"] == "Hello"


async def test_our_own_mail_that_comes_back_begins_nothing(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    mail = await post.answer(asked["conversation_id"])
    await post.hand_over(mail.as_bytes(), sender="forwarder@example.com")
    mail.replace_header("Message-ID", "<rewritten@forwarder.example>")
    mail.replace_header("From", "forwarder@example.com")
    await post.hand_over(mail.as_bytes(), sender="forwarder@example.com")
    assert await post.ignored_as("<rewritten@forwarder.example>") == "loop"
    assert await post.number("messages") == 2


async def test_a_sender_that_never_stops_is_stopped(post: MailHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibs.channels.email.incoming.MOST_AN_HOUR", 3)
    for number in range(3):
        await post.write(f"Ping {number}")
    mail = mail_of("Ping 4")
    await post.hand_over(mail.as_bytes())
    assert await post.ignored_as(mail["Message-ID"]) == "rate"
    assert (await post.write("I am somebody else", From="luis@example.com"))["text"] == "I am somebody else"


def report(about: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery report, as mail servers write them."""
    return f"""\
From: MAILER-DAEMON@mx.example
To: support@house.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{action}-{status}-{abs(hash(about))}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ana@example.com>: user unknown

--b
Content-Type: text/rfc822-headers

From: support@house.example
Message-ID: {about}
--b--
""".replace("\n", "\r\n").encode()


async def delivery(post: MailHouse, conversation_id: str) -> dict[str, Any]:
    """The delivery of the reply, and its details."""
    page = (await post.house.sam.get(f"/conversations/{conversation_id}/messages")).json()["data"]
    (reply,) = [each for each in page if each["kind"] == "reply"]
    return {"delivery": reply["delivery"], **reply["details"]}


async def test_a_bounce_fails_the_message_that_it_names_with_the_reason(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    mail = await post.answer(asked["conversation_id"])
    await post.hand_over(report(mail["Message-ID"]), sender="")
    told = await delivery(post, asked["conversation_id"])
    assert told["delivery"] == "failed" and told["failure"]["code"] == "5.1.1"
    assert "550 5.1.1 <ana@example.com>: user unknown" in told["failure"]["detail"]
    assert await post.number("conversations") == 1


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.1.5")])
async def test_a_report_that_is_no_failure_changes_nothing(post: MailHouse, action: str, status: str) -> None:
    asked = await post.write("Hello?")
    mail = await post.answer(asked["conversation_id"])
    await post.hand_over(report(mail["Message-ID"], action, status), sender="")
    assert await delivery(post, asked["conversation_id"]) == {"delivery": "sent"}


async def test_a_bounce_about_mail_that_we_did_not_send_changes_nothing(post: MailHouse) -> None:
    asked = await post.write("Hello?")
    mail = await post.answer(asked["conversation_id"])
    entry, _, rest = mail["Message-ID"].strip("<>").partition(".")
    for forged in ("<x@y.example>", f"<{entry}.{rest[:26]}{'a' * 16}@house.example>"):
        await post.hand_over(report(forged), sender="")
    assert await delivery(post, asked["conversation_id"]) == {"delivery": "sent"}
    assert await post.number("early_statuses") == 0


async def test_what_the_bot_answers_says_that_a_machine_wrote_it(post: MailHouse) -> None:
    from_bot = await sent_by_bot(post)
    assert from_bot["Auto-Submitted"] == "auto-replied"
    await post.hand_over(mail_of("Away", In_Reply_To=from_bot["Message-ID"], Auto_Submitted="auto-replied").as_bytes())
    assert len(post.office.mails) == 1


async def sent_by_bot(post: MailHouse) -> Any:
    """A message of the bot's, as it arrives."""
    asked = await post.write("Hello?")
    bot = Actor(type="bot", workspace_id=post.house.workspace_id, name="Assistant", via="bot", role="agent")
    async with transaction(post.core, bot) as tx:
        row = await lock(tx, asked["conversation_id"])
        await store(tx, row, kind="bot", text="Have you tried it?", **to_customer(row))
    return await post.office.until(1)
