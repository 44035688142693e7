"""Nobody gets into a conversation by its subject, a made-up token, or the id of a mail that is not theirs."""

from typing import Any

import pytest

from dibs.channels.email import tokens
from tests.support.house import House
from tests.support.mail_house import MailHouse

STRANGER = "Mallory <mallory@elsewhere.example>"


@pytest.fixture
async def asked(post: MailHouse) -> dict[str, Any]:
    """A conversation of Ana's, whose first mail and first answer are known by their ids."""
    message = await post.write("Where is my order?", Message_ID="<first@example.com>")
    mail = await post.answer(message["conversation_id"])
    return {"conversation": message["conversation_id"], "answered": mail["Message-ID"], "reply_to": mail["Reply-To"]}


async def test_the_subject_leads_nowhere(post: MailHouse, asked: dict[str, Any]) -> None:
    for sender in ("Ana Ruiz <ana@example.com>", STRANGER):
        assert (await post.write("Hi", From=sender, Subject="Re: My order"))["conversation_id"] != asked["conversation"]


async def test_the_id_of_a_customers_mail_lets_nobody_else_in(post: MailHouse, asked: dict[str, Any]) -> None:
    message = await post.write("Hi", From=STRANGER, In_Reply_To="<first@example.com>")
    assert message["conversation_id"] != asked["conversation"]


async def test_a_colleague_who_answers_our_mail_joins_under_their_own_name(
    post: MailHouse, asked: dict[str, Any]
) -> None:
    message = await post.write("I am her colleague", From="Luis <luis@example.com>", In_Reply_To=asked["answered"])
    assert (message["conversation_id"], message["author"]["name"]) == (asked["conversation"], "Luis")
    # What is answered then goes to the customer all the same.
    assert (await post.answer(asked["conversation"]))["To"] == "ana@example.com"


def forgeries(reply_to: str, other: str) -> list[str]:
    """Reply addresses that look right and are not."""
    local, at, domain = reply_to.partition("@")
    ulid, signature = local.removeprefix("support+")[:26], local[-16:]
    changed = ("b" if signature[0] == "a" else "a") + signature[1:]
    return [
        f"support+{token}{at}{domain}"
        for token in (
            ulid + changed,
            ulid,
            ulid + "a" * 16,
            ulid + other[-16:],
            other[:26] + signature,
            "x" * 42,
            "+",
            "a+b",
        )
    ]


async def test_a_made_up_token_begins_a_new_conversation(post: MailHouse, asked: dict[str, Any]) -> None:
    second = await post.write("Another matter")
    other = (await post.answer(second["conversation_id"]))["Reply-To"].partition("@")[0].removeprefix("support+")
    for forged in forgeries(asked["reply_to"], other):
        message = await post.write("Hi", From=STRANGER, To=forged)
        assert message["conversation_id"] not in (asked["conversation"], second["conversation_id"])


async def test_a_made_up_id_of_ours_begins_a_new_conversation(post: MailHouse, asked: dict[str, Any]) -> None:
    entry, _, rest = asked["answered"].strip("<>").partition(".")
    forged = f"<{entry}.{rest[:26]}{'a' * 16}@house.example>"
    assert (await post.write("Hi", From=STRANGER, In_Reply_To=forged))["conversation_id"] != asked["conversation"]


async def test_a_token_of_another_workspace_is_nothing_here(
    post: MailHouse, asked: dict[str, Any], neighbour: House
) -> None:
    abroad = MailHouse(neighbour, post.office, post.listener, "help@neighbour.example")
    await abroad.connect()
    to = asked["reply_to"].replace("support+", "help+").replace("house.example", "neighbour.example")
    message = await abroad.write("Hi", To=to, In_Reply_To=asked["answered"])
    assert message["conversation_id"] != asked["conversation"]
    assert (await neighbour.sam.get(f"/conversations/{asked['conversation']}")).status_code == 404


def test_a_token_is_read_in_any_case_and_only_by_the_key_that_signed_it(core: Any) -> None:
    conversation = "conv_01J9ZZZZZZZZZZZZZZZZZZZZZZ"
    token = tokens.make(core.keyring, "chn_1", conversation)
    assert tokens.read(core.keyring, "chn_1", token.upper()) == conversation
    assert tokens.read(core.keyring, "chn_2", token) is None
    assert tokens.read(type(core.keyring)(b"another"), "chn_1", token) is None


def test_an_address_without_room_for_a_token_gets_none() -> None:
    assert tokens.reply_address("a-department-with-a-long-name@house.example", "x" * 42) is None
