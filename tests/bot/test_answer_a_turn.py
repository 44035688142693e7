"""A bot answers its turn: once, whatever happened since the turn began, and never another one."""

from typing import Any

import pytest
from sqlalchemy import update

from dibs import ids
from dibs.bot.tables import bot_turns
from tests.ownership.checks import Time
from tests.support.bot import Bot
from tests.support.house import House


async def replied(house: House, conversation_id: str) -> bool:
    rows = await house.rows("SELECT replied FROM claims WHERE conversation_id = :id", id=conversation_id)
    return any(row.replied for row in rows)


async def test_the_answer_is_the_bots_by_name_and_says_what_it_stands_on(house: House, external: Bot) -> None:
    await external.settings(name="Robby")
    began = await house.conversation("Where is my parcel?")
    turn = await external.turn()
    written = await external.reply(turn, "On its way", confidence=0.9)
    message = written["message"]
    assert (message["kind"], message["text"], message["delivery"]) == ("bot", "On its way", "sent")
    assert message["author"] == {"type": "bot", "id": None, "name": "Robby"}
    assert message["details"] == {"turn_id": turn["id"], "confidence": 0.9}
    assert written["conversation"]["id"] == began["id"]
    (stored,) = (await external.person.get("/bot-turns", state="answered")).json()["data"]
    assert (stored["message_id"], stored["confidence"]) == (message["id"], 0.9)


async def test_the_customer_no_longer_waits_and_nobody_is_notified(house: House, external: Bot) -> None:
    began = await house.conversation()
    assert began["waiting_since"] is not None
    written = await external.reply(await external.turn())
    assert written["conversation"]["waiting_since"] is None
    assert await house.rows("SELECT id FROM notifications WHERE workspace_id = :ws") == []


async def test_an_answer_on_a_channel_that_is_not_connected_fails_and_says_why(house: House, external: Bot) -> None:
    await house.conversation(channel="whatsapp")
    message = (await external.reply(await external.turn()))["message"]
    assert message["delivery"] == "failed"
    assert message["details"]["failure"]["code"] == "not_connected"


async def test_a_second_answer_is_refused(house: House, external: Bot) -> None:
    began = await house.conversation()
    turn = await external.turn()
    await external.reply(turn)
    await external.refused(turn["id"])
    assert len(await external.said(began)) == 1


async def test_the_same_key_gives_the_first_answer_again(house: House, external: Bot) -> None:
    began = await house.conversation()
    turn = await external.turn()
    path, body = f"/bot-turns/{turn['id']}/reply", {"text": "Hello"}
    first, again = [await external.person.post(path, body, idempotency_key="k-1") for _ in range(2)]
    assert (first.status_code, again.content) == (201, first.content)
    assert len(await external.said(began)) == 1


async def test_one_that_began_before_the_claim_delivers_once_and_is_no_reply(house: House, external: Bot) -> None:
    began = await house.conversation()
    turn = await external.turn()
    claimed = (await house.sam.post(f"/conversations/{began['id']}/claim")).json()
    written = await external.reply(turn)
    assert written["conversation"]["assignee"]["id"] == house.sam.id
    assert written["conversation"]["epoch"] == claimed["epoch"]
    assert written["conversation"]["bot_paused"] is True
    assert not await replied(house, began["id"])
    await external.refused(turn["id"])
    undone = await house.sam.post(f"/conversations/{began['id']}/release", {"undo": True})
    assert undone.status_code == 200


async def test_one_in_flight_at_the_claim_begins_no_other(house: House, external: Bot) -> None:
    began = await house.conversation("First")
    turn = await external.turn()
    await house.write(began["id"], "Second")
    await house.sam.post(f"/conversations/{began['id']}/claim")
    await external.reply(turn)
    assert await external.open_turns() == []


@pytest.mark.parametrize("verbs", [("snooze",), ("resolve",), ("resolve", "archive")])
async def test_it_delivers_without_waking_or_reopening(house: House, external: Bot, verbs: tuple[str, ...]) -> None:
    began = before = await house.conversation()
    turn = await external.turn()
    for verb in verbs:
        body = {"until_customer_replies": True} if verb == "snooze" else None
        before = (await house.ada.post(f"/conversations/{began['id']}/{verb}", body)).json()
    written = await external.reply(turn)
    after = written["conversation"]
    for unchanged in ("status", "epoch", "assignee", "snoozed_until", "resolved_at", "resolved_by", "escalated_at"):
        assert after[unchanged] == before[unchanged], unchanged
    assert await external.open_turns() == []


async def test_one_older_than_ten_minutes_is_refused(house: House, external: Bot, time: Time) -> None:
    began = await house.conversation()
    turn = await external.turn()
    time.passes(minutes=9, seconds=59)
    await external.reply(turn)
    await house.write(began["id"])
    turn = await external.turn()
    time.passes(minutes=10)
    problem = await external.refused(turn["id"])
    assert "10 minutes" in problem["detail"]
    assert len(await external.said(began)) == 1


async def test_one_that_never_was_is_refused(house: House, external: Bot) -> None:
    await external.refused(ids.new("turn"))


async def test_one_of_another_bot_is_refused(house: House, bot: Bot) -> None:
    await bot.settings(kind="external")
    await house.conversation()
    (turn,) = await bot.open_turns()
    async with house.core.database.transaction() as opened:
        await opened.run(update(bot_turns).values(bot="openai", leased_until=2**52))
    await bot.refused(turn["id"])


async def test_a_malformed_id_and_a_neighbours_turn_are_not_found(
    house: House, neighbour: House, external: Bot
) -> None:
    await neighbour.settings(bot={"kind": "external"})
    await neighbour.conversation()
    (theirs,) = await neighbour.rows("SELECT id FROM bot_turns WHERE workspace_id = :ws")
    for turn_id in ("turn_1", "x", theirs.id):
        answer = await external.person.post(f"/bot-turns/{turn_id}/reply", {"text": "Hello"})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert await neighbour.rows("SELECT id FROM messages WHERE workspace_id = :ws AND kind = 'bot'") == []


async def test_who_is_no_bot_speaks_not_for_it(house: House, external: Bot) -> None:
    await house.conversation()
    turn = await external.turn()
    people = await house.person("Pia", scopes=["conversations:read", "conversations:write"])
    answer = await people.post(f"/bot-turns/{turn['id']}/reply", {"text": "Hello"})
    assert (answer.status_code, answer.json()["needs"]) == (403, "bot")


async def test_a_bots_key_claims_and_replies_by_no_path(house: House, external: Bot) -> None:
    began = await house.conversation()
    at = f"/conversations/{began['id']}"
    for path, body in (
        (f"{at}/claim", None),
        (f"{at}/messages", {"kind": "reply", "text": "Hello"}),
        (f"{at}/messages", {"kind": "note", "text": "Hello"}),
        (f"{at}/hand-back", None),
        (f"{at}/resolve", None),
        ("/conversations/bulk/claim", {"conversation_ids": [began["id"]]}),
        ("/conversations/claim-next", None),
    ):
        answer = await external.person.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
    await external.reply(await external.turn())
    assert (await house.read(began["id"]))["assignee"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "  "},
        {"text": "x" * 4_001},
        {"text": "x", "confidence": 1.1},
        {"text": "x", "confidence": "0.5"},
        {"text": "x", "escalate": "yes"},
        {"text": "x", "kind": "reply"},
    ],
)
async def test_what_is_no_answer_is_refused_and_the_turn_stays_open(
    house: House, external: Bot, body: dict[str, Any]
) -> None:
    await house.conversation()
    turn = await external.turn()
    answer = await external.person.post(f"/bot-turns/{turn['id']}/reply", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    await external.reply(turn)


async def test_it_is_never_stored_before_what_it_answers(house: House, external: Bot) -> None:
    began = await house.conversation()
    await external.reply(await external.turn())
    page = (await house.sam.get(f"/conversations/{began['id']}/messages")).json()["data"]
    assert [each["kind"] for each in page] == ["customer", "bot"]
    assert [each["seq"] for each in page] == [1, 2]
