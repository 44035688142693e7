"""The bot and a person: its answer with what it stands on, the hand-off card, the pause at a claim, handing back."""

import re
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, log, thread, until

pytestmark = pytest.mark.timeout(240)

ADMIN, AGENT = 1, 3
QUESTION = "How long does shipping to Spain take?"


@pytest_asyncio.fixture(loop_scope="session")
async def article(sit: Sit) -> dict[str, Any]:
    """What the built-in bot answers from."""
    admin = await sit(ADMIN)
    body = "We ship within two days. Shipping to Spain takes three to five days."
    given = {"title": "Shipping to Spain", "body": body, "language": "en", "published": True, "hand_to_human": False}
    made: dict[str, Any] = await admin.call("POST", "/articles", given)
    return made


async def _asked(desk: Desk) -> str:
    body = {"contact": {"name": "Mia Bloom"}, "message": {"text": QUESTION}, "channel": "api"}
    conversation = str((await desk.call("POST", "/conversations", body))["id"])
    await until(lambda: thread(desk, conversation, "bot"), "the bot answers")
    return conversation


async def test_an_answer_says_how_sure_it_is_and_leads_to_its_article(sit: Sit, article: dict[str, Any]) -> None:
    desk = await sit(AGENT)
    await desk.show(await _asked(desk))
    answer = log(desk).get_by_role("article").filter(has_text="three to five days")
    await expect(answer.get_by_text(re.compile(r"\d+\s?% sure"))).to_be_visible()
    await expect(desk.header).to_contain_text("Assistant is replying")
    await answer.get_by_role("link", name="Shipping to Spain").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Shipping to Spain")).to_be_visible()


async def test_a_handed_over_conversation_says_why_and_what_was_tried(sit: Sit, article: dict[str, Any]) -> None:
    desk = await sit(AGENT)
    conversation = await _asked(desk)
    await desk.show(conversation)
    card = desk.page.get_by_role("region", name="Hand-off")
    await expect(card).to_have_count(0)
    await desk.call("POST", f"/conversations/{conversation}/customer-messages", {"text": "I want to talk to a human."})
    await expect(card).to_contain_text("The customer asked for a person")
    await expect(card).to_contain_text("It had answered once")
    await expect(card.get_by_role("link", name="Shipping to Spain")).to_be_visible()
    await expect(desk.header).to_contain_text("Escalated")
    await card.get_by_role("button").click()
    await expect(card.get_by_role("link")).to_have_count(0)
    await card.get_by_role("button").click()


async def test_the_bot_pauses_at_a_claim_and_speaks_again_when_handed_back(sit: Sit, article: dict[str, Any]) -> None:
    desk = await sit(AGENT)
    conversation = await _asked(desk)
    await desk.show(conversation)
    await desk.page.keyboard.press("c")
    await expect(desk.header).to_contain_text("Assistant paused")
    await desk.call("POST", f"/conversations/{conversation}/customer-messages", {"text": QUESTION})
    await desk.page.get_by_role("button", name="Hand back to bot").click()
    await expect(desk.header).to_contain_text("Assistant is replying")
    await until(lambda: _answers(desk, conversation, 2), "it answers what was asked meanwhile")
    assert not (await facts(desk, conversation))["bot_paused"]


async def _answers(desk: Desk, conversation: str, count: int) -> bool:
    return len(await thread(desk, conversation, "bot")) == count
