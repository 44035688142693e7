"""The bot steps back: for each trigger once, with a card that says why, told to those who could claim it."""

from typing import Any

import pytest

from tests.ownership.checks import told
from tests.support.bot import CLAIMS, RETURNS, Bot
from tests.support.house import House

EVERYBODY = {(name, "unclaimed_waiting") for name in ("Sam", "Kim", "Ada", "Olga", "Robby")}


async def escalations(house: House) -> list[Any]:
    return await house.rows("SELECT * FROM events WHERE workspace_id = :ws AND kind = 'conversation.escalated'")


@pytest.mark.parametrize(
    "text",
    [
        "I want to TALK TO A HUMAN, now!",
        "Human please",
        "Quiero hablar con una persona, por favor",
        "Ich möchte mit einem Menschen sprechen",
        "Je voudrais parler à un conseiller",
        "Quero falar com um atendente",
        "Vorrei parlare con un operatore",
    ],
)
async def test_a_customer_who_asks_for_a_person_gets_one(house: House, external: Bot, text: str) -> None:
    began = await house.conversation("Where is it?")
    turn = await external.turn()
    written = await house.write(began["id"], text)
    assert written["conversation"]["escalated_at"] is not None
    assert await external.open_turns() == []
    await external.refused(turn["id"])
    card = await external.card(began)
    assert (card["trigger"], card["tried"], card["articles"], card["cleared_at"]) == ("request", 0, [], None)
    assert len(await escalations(house)) == 1
    assert await told(house, began["id"]) == EVERYBODY


async def test_the_answer_to_a_first_message_shows_it_too(house: House, bot: Bot) -> None:
    began = await house.conversation("A human please")
    assert began["escalated_at"] is not None
    assert await house.read(began["id"]) == began


async def test_it_rises_to_the_top_of_unclaimed(house: House, external: Bot) -> None:
    older, newer = await house.conversation(), await house.conversation()
    await house.write(newer["id"], "Give me a real person")
    listed = (await house.sam.get("/conversations", view="unclaimed")).json()["data"]
    assert [each["id"] for each in listed] == [newer["id"], older["id"]]


async def test_the_customer_waits_again_although_the_bot_had_answered(house: House, external: Bot) -> None:
    await house.conversation()
    written = await external.reply(await external.turn(), escalate=True)
    assert written["conversation"]["waiting_since"] is not None


async def test_the_workspaces_own_phrases_count(house: House, external: Bot) -> None:
    await house.settings(escalation={"phrases": ["Get me Olga!"]})
    began = await house.conversation("please get me  OLGA")
    assert (await external.card(began))["trigger"] == "request"


@pytest.mark.parametrize("text", ["Do you ship to humanity?", "My person is tall", "agent", "talk"])
async def test_other_words_are_no_request(house: House, external: Bot, text: str) -> None:
    assert (await house.conversation(text))["escalated_at"] is None


async def test_two_guesses_in_a_row(house: House, external: Bot) -> None:
    began = await house.conversation("One")
    await external.reply(await external.turn(), confidence=0.1)
    await house.write(began["id"], "Two")
    await external.reply(await external.turn(), confidence=0.9)
    await house.write(began["id"], "Three")
    await external.reply(await external.turn(), confidence=0.1)
    assert (await house.read(began["id"]))["escalated_at"] is None
    await house.write(began["id"], "Four")
    written = await external.reply(await external.turn(), confidence=0.34)
    assert written["conversation"]["escalated_at"] is not None
    card = await external.card(began)
    assert (card["trigger"], card["tried"]) == ("low_confidence", 4)
    assert await told(house, began["id"]) == EVERYBODY


async def test_an_answer_that_says_no_confidence_is_no_guess(house: House, external: Bot) -> None:
    began = await house.conversation("One")
    for text in ("Two", "Three"):
        await external.reply(await external.turn())
        await house.write(began["id"], text)
    assert (await house.read(began["id"]))["escalated_at"] is None


async def test_the_same_question_three_times(house: House, external: Bot) -> None:
    began = await house.conversation("Where is my parcel?")
    await house.write(began["id"], "where is  my parcel")
    assert (await house.read(began["id"]))["escalated_at"] is None
    await house.write(began["id"], "WHERE IS MY PARCEL???")
    assert (await external.card(began))["trigger"] == "frustration"


async def test_one_word_is_no_question(house: House, external: Bot) -> None:
    began = await house.conversation("Hello")
    for _ in range(3):
        await house.write(began["id"], "hello!")
    assert (await house.read(began["id"]))["escalated_at"] is None


@pytest.mark.parametrize("text", ["This is ridiculous", "Ya te lo he dicho", "You drive me nuts"])
async def test_words_of_somebody_who_has_had_enough(house: House, external: Bot, text: str) -> None:
    await house.settings(escalation={"frustration_phrases": ["drive me nuts"]})
    began = await house.conversation(text)
    assert (await external.card(began))["trigger"] == "frustration"


async def test_a_rule_on_words(house: House, external: Bot) -> None:
    await house.settings(escalation={"words": ["lawyer"]})
    assert (await external.card(await house.conversation("My LAWYER will call")))["trigger"] == "rule"
    assert (await house.conversation("My lawyers will call"))["escalated_at"] is None


async def test_a_rule_on_tags_at_the_beginning_and_later(house: House, external: Bot) -> None:
    await house.settings(escalation={"tags": ["fraud", "vip"]})
    assert (await house.conversation(tags=["vip"]))["escalated_at"] is not None
    later = await house.conversation()
    await external.reply(await external.turn())
    edited = await house.sam.patch(f"/conversations/{later['id']}", {"tags": ["fraud"]})
    assert edited.json()["escalated_at"] is not None
    card = await external.card(later)
    assert (card["trigger"], card["tried"]) == ("rule", 1)
    assert "fraud" in card["reason"]
    assert await told(house, later["id"]) == EVERYBODY


async def test_a_tag_says_so_once_so_that_people_can_hand_back(house: House, external: Bot) -> None:
    await house.settings(escalation={"tags": ["vip"]})
    began = await house.conversation(tags=["vip"])
    await house.sam.post(f"/conversations/{began['id']}/hand-back")
    await external.reply(await external.turn())
    await house.write(began["id"], "More")
    assert (await house.read(began["id"]))["escalated_at"] is None
    await external.reply(await external.turn())


async def test_an_article_that_people_are_to_answer(house: House, bot: Bot) -> None:
    article = await bot.article(CLAIMS, hand_to_human=True)
    began = await house.conversation("I have a legal claim about damage")
    card = await bot.until_escalated(began)
    assert card["trigger"] == "article"
    assert card["articles"] == [{"id": article["id"], "title": "Legal claims"}]
    assert await bot.said(began) == []


async def test_the_bot_itself_after_its_answer(house: House, external: Bot) -> None:
    began = await house.conversation()
    await house.settings(escalation={"message": "A colleague takes over."})
    written = await external.reply(await external.turn(), "I ask somebody", escalate=True)
    assert written["conversation"]["escalated_at"] is not None
    assert (await external.card(began))["trigger"] == "bot"
    said = await external.said(began)
    assert [each["text"] for each in said] == ["I ask somebody", "A colleague takes over."]
    assert said[1]["delivery"] == "sent"
    assert written["message"]["text"] == "I ask somebody"


@pytest.mark.parametrize(
    ("switch", "texts"),
    [
        ("on_request", ["Human please"]),
        ("on_frustration", ["This is useless"]),
        ("on_frustration", ["Where is my parcel?"] * 3),
        ("on_rule", ["My lawyer will call"]),
    ],
)
async def test_each_can_be_switched_off(house: House, external: Bot, switch: str, texts: list[str]) -> None:
    await house.settings(escalation={"words": ["lawyer"], switch: False})
    began = await house.conversation(texts[0])
    for text in texts[1:]:
        await house.write(began["id"], text)
    assert (await house.read(began["id"]))["escalated_at"] is None
    assert await external.open_turns() != []


async def test_guesses_and_articles_can_be_switched_off(house: House, bot: Bot) -> None:
    await house.settings(escalation={"on_low_confidence": False, "on_article": False})
    await bot.article(CLAIMS, hand_to_human=True)
    began = await house.conversation("I have a legal claim about damage")
    await bot.until_said(began, 1)
    await house.write(began["id"], "Do you like giraffes?")
    await bot.until_said(began, 2)
    await house.write(began["id"], "Do you like elephants?")
    await bot.until_said(began, 3)
    assert (await house.read(began["id"]))["escalated_at"] is None


async def test_only_a_bot_that_serves_steps_back(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await house.write(held["id"], "A human please")
    assert (await house.read(held["id"]))["escalated_at"] is None
    await external.settings(kind="off")
    assert (await house.conversation("A human please"))["escalated_at"] is None


async def test_a_bot_whose_conversation_was_claimed_meanwhile_escalates_nothing(house: House, external: Bot) -> None:
    began = await house.conversation()
    turn = await external.turn()
    await house.sam.post(f"/conversations/{began['id']}/claim")
    written = await external.reply(turn, escalate=True)
    assert written["conversation"]["escalated_at"] is None


@pytest.mark.parametrize(
    ("verb", "clears"), [("claim", False), ("release", False), ("hand-back", True), ("resolve", True)]
)
async def test_hand_back_and_resolve_clear_it_and_nothing_else(
    house: House, external: Bot, verb: str, *, clears: bool
) -> None:
    began = await house.conversation("A human please")
    at = f"/conversations/{began['id']}"
    await house.sam.post(f"{at}/claim")
    after = (await house.sam.post(f"{at}/{verb}")).json()
    assert (after["escalated_at"] is None) is clears
    assert ((await external.card(began))["cleared_at"] is not None) is clears


async def test_after_a_hand_back_it_counts_anew(house: House, external: Bot) -> None:
    began = await house.conversation("Where is my parcel?")
    for _ in range(2):
        await house.write(began["id"], "Where is my parcel?")
    await house.sam.post(f"/conversations/{began['id']}/hand-back")
    await external.reply(await external.turn(), confidence=0.1)
    await house.write(began["id"], "Where is my parcel?")
    assert (await house.read(began["id"]))["escalated_at"] is None


async def test_a_customer_who_comes_back_and_asks_tells_each_once(house: House, external: Bot) -> None:
    held = await house.claimed_by(house.sam)
    await house.settings(pause_bot_on_claim=False)
    await house.sam.post(f"/conversations/{held['id']}/hand-back")
    await house.sam.post(f"/conversations/{held['id']}/resolve")
    await house.write(held["id"], "A human please")
    rows = await house.rows("SELECT agent_id FROM notifications WHERE workspace_id = :ws")
    assert len(rows) == len({row.agent_id for row in rows}) == 5


async def test_only_those_in_the_pool_are_told(house: House, external: Bot) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    began = await house.conversation("A human please", tags=["billing"])
    assert await told(house, began["id"]) == {("Kim", "unclaimed_waiting")}


async def test_it_is_audited_and_in_the_history(house: House, external: Bot) -> None:
    began = await house.conversation("A human please")
    (row,) = (await house.ada.get("/audit", action="conversation.escalated")).json()["data"]
    assert row["actor"]["name"] == "Escalation"
    assert row["reason"].startswith("The customer asked for a person")
    history = (await house.sam.get(f"/conversations/{began['id']}/history")).json()["data"]
    assert [entry["kind"] for entry in history] == ["escalated"]


async def test_there_is_no_card_where_the_bot_never_stepped_back(house: House, neighbour: House, bot: Bot) -> None:
    began = await house.conversation()
    path = f"/conversations/{began['id']}/handoff"
    assert (await house.sam.get(path)).status_code == 404
    await house.write(began["id"], "A human please")
    assert (await house.vic.get(path)).status_code == 200
    assert (await neighbour.ada.get(path)).status_code == 404


async def test_the_card_says_which_articles_were_tried(house: House, bot: Bot) -> None:
    article = await bot.article(RETURNS)
    began = await house.conversation("How do I return an item?")
    await bot.until_said(began)
    await house.write(began["id"], "That does not help. A human please")
    card = await bot.card(began)
    assert (card["tried"], card["articles"]) == (1, [{"id": article["id"], "title": "Returns"}])
