"""A turn begins with what the customer writes, while the bot serves; one at a time, what comes later joins the next."""

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from dibs.accounts.identify import by_key
from dibs.actor import system
from dibs.channels.inbound import Inbound, receive
from dibs.events import BOTS
from dibs.realtime.visibility import audience, seen_by, told
from dibs.tx import transaction
from tests.support.bot import RETURNS, Bot
from tests.support.house import House, Person


async def events(house: House, kind: str) -> list[Any]:
    rows = await house.rows("SELECT * FROM events WHERE workspace_id = :ws ORDER BY seq")
    return [row for row in rows if row.kind == kind]


async def test_an_external_bot_is_told_and_may_ask(house: House, external: Bot) -> None:
    began = await house.conversation("Where is my parcel?")
    turn = await external.turn()
    assert turn["conversation_id"] == began["id"]
    assert [each["text"] for each in turn["messages"]] == ["Where is my parcel?"]
    (event,) = await events(house, "conversation.turn")
    told_ = msgspec.json.decode(event.body)
    assert told_["turn_id"] == turn["id"]
    assert told_["expires_at"] == turn["expires_at"]
    assert told_["conversation"]["id"] == began["id"]
    assert told_["messages"] == turn["messages"]


async def test_only_keys_with_the_scope_are_told(house: House, external: Bot) -> None:
    await house.conversation()
    (event,) = await events(house, "conversation.turn")
    assert event.agent_id == BOTS
    bots = await by_key(house.core.database, external.person.key)
    people = await house.person("Pia", scopes=["conversations:read"])
    assert len(seen_by(audience(bots), [told(event)])) == 1
    assert seen_by(audience(await by_key(house.core.database, people.key)), [told(event)]) == []
    signed_in = msgspec.structs.replace(bots, scopes=None)
    assert seen_by(audience(signed_in), [told(event)]) == []


async def test_what_comes_meanwhile_joins_the_next_turn(house: House, external: Bot) -> None:
    began = await house.conversation("First")
    first = await external.turn()
    await house.write(began["id"], "Second")
    await house.write(began["id"], "Third")
    assert (await external.turn())["id"] == first["id"]
    await external.reply(first)
    second = await external.turn()
    assert [each["text"] for each in second["messages"]] == ["Second", "Third"]
    await external.reply(second)
    assert await external.open_turns() == []


async def test_a_note_is_never_among_what_a_bot_sees(house: House, external: Bot) -> None:
    began = await house.conversation("First")
    await house.sam.post(f"/conversations/{began['id']}/messages", {"kind": "note", "text": "He is a VIP"})
    await external.reply(await external.turn())
    await house.write(began["id"], "Second")
    assert "VIP" not in str(await external.turn())
    assert "VIP" not in str([row.body for row in await events(house, "conversation.turn")])


async def test_none_begins_after_a_claim(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "And now?")
    assert await external.open_turns() == []


async def test_none_begins_when_released_reopened_or_woken(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    at = f"/conversations/{held['id']}"
    for verb, body in (
        ("release", None),
        ("snooze", {"until_customer_replies": True}),
        ("wake", None),
        ("resolve", None),
        ("reopen", None),
    ):
        assert (await house.sam.post(f"{at}/{verb}", body)).status_code == 200
        await house.write(held["id"], f"After {verb}")
        assert await external.open_turns() == []


async def test_a_claim_that_does_not_pause_leaves_it_answering(house: House, external: Bot) -> None:
    await house.settings(pause_bot_on_claim=False)
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "And now?")
    await external.reply(await external.turn())
    assert (await house.read(held["id"]))["assignee"]["id"] == house.sam.id


@pytest.mark.parametrize("claimed", [True, False])
async def test_handing_back_begins_one_at_once_if_something_is_unanswered(
    house: House, external: Bot, *, claimed: bool
) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "Unanswered")
    if not claimed:
        await house.sam.post(f"/conversations/{held['id']}/release")
    await house.sam.post(f"/conversations/{held['id']}/hand-back")
    assert [each["text"] for each in (await external.turn())["messages"]] == ["Unanswered"]


async def test_handing_back_begins_none_if_everything_is_answered(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "Still there?")
    await house.sam.post(f"/conversations/{held['id']}/messages", {"kind": "reply", "text": "Yes"})
    await house.sam.post(f"/conversations/{held['id']}/release", {"hand_back": True})
    assert await external.open_turns() == []


async def test_what_was_written_during_a_claim_that_was_undone_is_answered(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "In between")
    undone = await house.sam.post(f"/conversations/{held['id']}/release", {"undo": True})
    assert undone.status_code == 200
    assert [each["text"] for each in (await external.turn())["messages"]] == ["In between"]


async def test_a_customer_who_comes_back_is_answered(house: House, external: Bot) -> None:
    began = await house.conversation()
    await external.reply(await external.turn())
    await house.sam.post(f"/conversations/{began['id']}/resolve")
    await house.write(began["id"], "One more thing")
    assert [each["text"] for each in (await external.turn())["messages"]] == ["One more thing"]


async def test_none_begins_when_the_bot_is_off(house: House, external: Bot) -> None:
    await external.settings(kind="off")
    began = await house.conversation()
    await house.write(began["id"])
    assert await house.rows("SELECT id FROM bot_turns") == []


async def test_the_built_in_bot_is_silent_without_a_published_article(house: House, bot: Bot) -> None:
    await house.conversation()
    article = await bot.article(RETURNS, published=False)
    await house.conversation()
    assert await house.rows("SELECT id FROM bot_turns") == []
    await house.ada.patch(f"/articles/{article['id']}", {"published": True})
    await house.conversation()
    assert len(await house.rows("SELECT id FROM bot_turns")) == 1


async def test_spam_begins_none(house: House, external: Bot) -> None:
    channel: Any = SimpleNamespace(kind="whatsapp", id="chn_made_up", workspace_id=house.workspace_id)
    async with transaction(house.core, system(house.workspace_id, "Test")) as tx:
        received = await receive(tx, channel, Inbound(contact={"phone": "+34600123456"}, text="Buy!", spam=True))
    assert received.conversation.spam
    assert await house.rows("SELECT id FROM bot_turns") == []


async def test_a_contact_who_was_blocked_meanwhile_gets_none(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await external.reply(await external.turn())
    await house.write(held["id"], "Unanswered")
    blocked = await house.ada.patch(f"/contacts/{held['contact']['id']}", {"blocked": True})
    assert blocked.status_code == 200
    await house.sam.post(f"/conversations/{held['id']}/hand-back")
    assert await external.open_turns() == []


async def test_a_refused_write_begins_none(house: House, external: Bot) -> None:
    began = await house.conversation()
    turn = await external.turn()
    again = await house.ada.post(f"/conversations/{began['id']}/customer-messages", {"text": ""})
    assert again.status_code == 422
    assert [each["id"] for each in await external.open_turns()] == [turn["id"]]


async def test_a_redelivered_message_begins_none(house: House, external: Bot) -> None:
    began = await house.conversation()
    await external.reply(await external.turn())
    body = {"text": "Again", "external_id": "x-1"}
    path = f"/conversations/{began['id']}/customer-messages"
    assert (await house.ada.post(path, body)).status_code == 201
    await external.reply(await external.turn())
    assert (await house.ada.post(path, body)).status_code == 200
    assert await external.open_turns() == []


@pytest.mark.parametrize("who", ["ada", "session"])
async def test_only_a_bots_key_sees_the_turns(house: House, external: Bot, who: str) -> None:
    await house.conversation()
    if who == "session":
        signed_in = await house.http.post(
            "/v1/sessions", json={"email": house.sam.email, "password": house.sam.password}
        )
        cookie = signed_in.headers["set-cookie"].partition(";")[0]
        answer = await house.http.get("/v1/bot-turns", headers={"Cookie": cookie})
    else:
        person: Person = await house.person("Pia", scopes=["conversations:read", "conversations:write"])
        answer = await person.get("/bot-turns")
    assert (answer.status_code, answer.json()["needs"]) == (403, "bot")


async def test_turns_come_in_pages(house: House, external: Bot) -> None:
    for _ in range(3):
        await house.conversation()
    everything = await external.open_turns()
    first = (await external.person.get("/bot-turns", limit=2)).json()
    rest = (await external.person.get("/bot-turns", limit=2, cursor=first["next_cursor"])).json()
    assert [*first["data"], *rest["data"]] == everything
    assert rest["next_cursor"] is None
    assert (await external.person.get("/bot-turns", state="lost")).status_code == 422
