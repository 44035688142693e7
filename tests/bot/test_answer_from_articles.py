"""The built-in bot answers with a passage of an article and names it, or says that it does not know."""

from typing import Any

import pytest

from dibs.bot import knowledge, words
from dibs.bot.passages import passages, shortened, title_of
from tests.support.bot import CLAIMS, ENVIOS, RETURNS, SHIPPING, Bot
from tests.support.house import House


@pytest.fixture
async def knowing(bot: Bot) -> Bot:
    """A bot with articles about returns and shipping, in English and Spanish."""
    for body, language in ((RETURNS, "en"), (SHIPPING, "en"), (ENVIOS, "es")):
        await bot.article(body, language=language)
    return bot


async def answered(bot: Bot, question: str) -> dict[str, Any]:
    began = await bot.house.conversation(question)
    (said,) = await bot.until_said(began)
    return said


async def test_it_answers_with_the_passage_and_names_the_article(house: House, knowing: Bot) -> None:
    said = await answered(knowing, "Hi! How can I return an item that I bought?")
    assert said["text"].startswith("You can return any item within 30 days. Print")
    assert said["text"].endswith("a post office.")
    assert [each["title"] for each in said["details"]["citations"]] == ["Returns"]
    assert said["details"]["confidence"] >= 0.35
    assert said["author"] == {"type": "bot", "id": None, "name": "Assistant"}


async def test_it_finds_the_passage_by_other_forms_of_the_words(house: House, knowing: Bot) -> None:
    said = await answered(knowing, "When is my REFUND paid?")
    assert said["text"].startswith("Refunds are paid to the card you used")
    assert said["text"].endswith("See our terms (https://shop.example/terms).")


async def test_it_answers_in_the_customers_language(house: House, knowing: Bot) -> None:
    said = await answered(knowing, "Hola, ¿cuánto cuesta el envío dentro de España?")
    assert said["text"] == "El envío dentro de España tarda de dos a tres días laborables y cuesta 3,90 euros."
    said = await answered(knowing, "How long does shipping within Europe take?")
    assert said["text"].startswith("Shipping within Europe takes")


NOT_THERE = {
    "en": "Do you sell giraffes in your new zoo, and how tall are they this year?",
    "es": "¿Venden ustedes jirafas en el zoológico nuevo de la ciudad?",
    "de": "Verkaufen Sie in Ihrem neuen Zoo auch Giraffen und Elefanten?",
    "fr": "Vendez-vous des girafes dans votre nouveau zoo cette année ?",
}


async def test_it_says_that_it_does_not_know(house: House, knowing: Bot) -> None:
    for language, question in NOT_THERE.items():
        said = await answered(knowing, question)
        assert said["text"] == words.unknown(language)
        assert "citations" not in said["details"]
        assert said["details"]["confidence"] < 0.35


async def test_not_knowing_twice_hands_over(house: House, knowing: Bot) -> None:
    began = await house.conversation("Do you sell giraffes in your zoo?")
    await knowing.until_said(began)
    await house.write(began["id"], "And how tall are your elephants?")
    card = await knowing.until_escalated(began)
    assert (card["trigger"], card["tried"]) == ("low_confidence", 2)


async def test_no_question_breaks_it(house: House, knowing: Bot) -> None:
    for question in ("?!", "...", "the", "👋", "\u202e", "'\"; DROP TABLE articles; --", "* OR NEAR(", "x" * 4_000):
        assert (await answered(knowing, question))["text"] == words.unknown("en")


async def test_what_is_not_published_or_a_neighbours_is_not_used(house: House, neighbour: House, knowing: Bot) -> None:
    await knowing.article("# Giraffes\n\nWe sell giraffes in the zoo.", published=False)
    await neighbour.ada.post(
        "/articles", {"title": "Giraffes", "body": "We sell giraffes in the zoo.", "language": "en"}
    )
    assert (await answered(knowing, "Do you sell giraffes in the zoo?"))["text"] == words.unknown("en")


async def test_an_edited_article_is_found_by_its_new_words_and_a_deleted_one_not_at_all(
    house: House, knowing: Bot
) -> None:
    article = await knowing.article("# Pets\n\nWe sell giraffes.")
    await house.ada.patch(f"/articles/{article['id']}", {"body": "We sell penguins.", "title": "Birds"})
    assert (await answered(knowing, "Which penguins do you sell?"))["text"] == "We sell penguins."
    assert (await answered(knowing, "Are giraffes expensive?"))["text"] == words.unknown("en")
    await house.ada.delete(f"/articles/{article['id']}")
    assert (await answered(knowing, "Any penguins left?"))["text"] == words.unknown("en")


async def test_the_threshold_is_the_workspaces(house: House, knowing: Bot) -> None:
    await knowing.settings(low_confidence=1)
    assert (await answered(knowing, "When is my refund paid to my bank account?"))["text"] == words.unknown("en")
    await knowing.settings(low_confidence=0)
    said = await answered(knowing, "When is my refund paid to my bank account?")
    assert said["text"].startswith("Refunds are paid")


async def test_several_messages_are_answered_together(house: House, bot: Bot) -> None:
    await bot.settings(kind="external")
    began = await house.conversation("Hi, it is about shipping")
    await house.write(began["id"], "How long does it take within Europe?")
    await bot.article(SHIPPING)
    await bot.settings(kind="builtin")
    await bot.reply(await bot.turn())
    said = await bot.until_said(began, 2)
    assert said[1]["text"].startswith("Shipping within Europe takes")


async def test_confidence_is_as_stated(house: House, bot: Bot) -> None:
    for body in (RETURNS, CLAIMS):
        await bot.article(body)

    async def confidence(question: str, language: str = "en") -> float:
        found = await knowledge.search(house.core.database, house.workspace_id, question, language=language)
        return found[0].confidence if found else 0.0

    # refund, card, bank, account: two of four are in the passage, one of them in its heading.
    assert await confidence("refund card bank account") == 0.75 * 2 / 4 + 0.25 * 2 / 4
    assert await confidence("refunds") == 1.0
    assert await confidence("bank") == 0.0
    assert await confidence("refund card bank account", "fr") == round(0.7 * (0.75 * 2 / 4 + 0.25 * 2 / 4), 4)


def test_markdown_becomes_plain_passages() -> None:
    body = (
        "# Title\n\nFirst *paragraph*\nwith `code`.<br>\n\n<script>alert(1)</script>\n\n- one\n- [two](https://x.example)\n\n"
        "2. b\n3. c\n\n## Second\n\n```\nrun this\n```\n\n[bad](javascript:alert(1)) ![pic](https://x.example/p.png)\n"
    )
    assert [(each.heading, each.text) for each in passages(body)] == [
        ("Title", "First paragraph with code.\n- one\n- two (https://x.example)\n2. b\n3. c"),
        ("Second", "run this\n[bad](javascript:alert(1)) pic"),
    ]
    assert title_of(body) == "Title"
    assert title_of("no heading") is None
    assert passages("")[0].text == ""


def test_long_text_ends_after_a_sentence_or_a_word() -> None:
    assert shortened("One. Two. Three.", 12) == "One. Two."
    assert shortened("word " * 10, 12) == "word word…"
    assert shortened("short", 12) == "short"


def test_every_language_knows_its_words() -> None:
    for code, language in words.languages().items():
        assert language.stop and language.asks and language.fed_up and language.unknown, code
        for phrase in (*language.asks, *language.fed_up, *language.stop):
            assert phrase == words.plain(phrase), f"{code}: write {phrase!r} as {words.plain(phrase)!r}"
