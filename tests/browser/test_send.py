"""Sending: held when others wrote, refused with a sentence, uncertain for a while; never lost and never twice."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import alert, facts, held, log, provoked, texts, type_text, until, waiting

SENDS = re.compile(r"/v1/conversations/[^/]+/messages$")
LONGEST = 4_000

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize("choice", ["Send anyway", "Edit", "Discard"])
async def test_a_send_is_held_when_somebody_else_has_answered(sit: Sit, choice: str) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await _free(kofi)
    await kofi.show(conversation)
    await type_text(kofi, "Yes, we ship on Monday.")
    await mei.call("POST", f"/conversations/{conversation}/messages", {"kind": "reply", "text": "No, on Friday."})
    await expect(log(kofi)).to_contain_text("No, on Friday.")
    await kofi.page.keyboard.press("Control+Enter")
    panel = kofi.page.get_by_role("region", name="Held send")
    await expect(panel.get_by_role("alert")).to_contain_text("Not sent yet")
    await expect(panel.get_by_role("listitem")).to_contain_text("No, on Friday.")
    await expect(panel.get_by_role("button", name="Edit")).to_be_focused()
    assert await texts(kofi, conversation, "reply") == ["No, on Friday."]
    await panel.get_by_role("button", name=choice).click()
    await expect(panel).to_have_count(0)
    await _after_the_choice(kofi, conversation, choice)


async def test_a_customers_message_holds_nothing_back(sit: Sit) -> None:
    """The control: they may write as much as they like."""
    kofi = await sit(2)
    conversation = await held(kofi, channel="api")
    await kofi.show(conversation)
    await type_text(kofi, "On Monday.")
    await kofi.call("POST", f"/conversations/{conversation}/customer-messages", {"text": "Hello? Anybody?"})
    await expect(log(kofi)).to_contain_text("Hello? Anybody?")
    await kofi.page.keyboard.press("Control+Enter")
    await until(lambda: texts(kofi, conversation, "reply"), "the reply")
    await expect(_message(kofi, "On Monday.").get_by_text("Sending")).to_have_count(0)
    await expect(kofi.page.get_by_role("region", name="Held send")).to_have_count(0)


async def test_a_failed_delivery_stays_and_a_retry_never_doubles(sit: Sit) -> None:
    kofi = await sit(2)
    conversation = await held(kofi, channel="email")
    await kofi.show(conversation)
    await type_text(kofi, "Your lamp is on its way.")
    await kofi.page.keyboard.press("Control+Enter")
    message = _message(kofi, "Your lamp is on its way.")
    await expect(message.get_by_text("Failed")).to_be_visible()
    await message.get_by_role("button", name="Retry").dblclick()
    await expect(message.get_by_role("alert")).to_contain_text("Still not delivered.")
    await expect(message).to_have_count(1)
    assert await texts(kofi, conversation, "reply") == ["Your lamp is on its way."]


async def test_a_text_that_is_too_long_is_refused_with_the_number_and_kept(sit: Sit) -> None:
    kofi = await sit(2)
    conversation = await held(kofi)
    await kofi.show(conversation)
    text = "é" * (LONGEST + 3)
    await type_text(kofi, text)
    await expect(alert(kofi, f"A message has up to {LONGEST} characters: shorten it by 3.")).to_be_visible()
    await expect(kofi.page.get_by_role("button", name="Send to")).to_be_disabled()
    await kofi.page.keyboard.press("Control+Enter")
    await expect(kofi.composer).to_have_value(text)
    assert await texts(kofi, conversation, "reply") == []
    for _ in range(3):
        await kofi.page.keyboard.press("Backspace")
    await kofi.page.keyboard.press("Control+Enter")
    await until(lambda: texts(kofi, conversation, "reply"), "the reply")
    assert await texts(kofi, conversation, "reply") == ["é" * LONGEST]


async def test_a_server_in_trouble_confirms_nothing_until_it_does(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await _sends_into_trouble(kofi, 503)
    message = _message(kofi, "Sent into the dark")
    await expect(message.get_by_text("Not confirmed: is being repeated")).to_be_visible()
    assert await texts(kofi, conversation, "reply") == []
    await kofi.page.unroute(SENDS)
    await expect(message.get_by_text("Not confirmed")).to_have_count(0)
    await expect(message).to_have_count(1)
    assert await texts(kofi, conversation, "reply") == ["Sent into the dark"]


async def test_a_page_that_closes_meanwhile_finds_the_text_again(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await _sends_into_trouble(kofi, 500)
    await expect(_message(kofi, "Sent into the dark").get_by_text("Not confirmed")).to_be_visible()
    await kofi.page.unroute(SENDS)
    await kofi.page.route(SENDS, _never)
    await kofi.page.reload()
    message = _message(kofi, "Sent into the dark")
    await expect(message).to_contain_text("The page was closed before the server confirmed it")
    await expect(kofi.composer).to_have_value("")
    await kofi.page.unroute(SENDS)
    await message.get_by_role("button", name="Retry").click()
    await until(lambda: texts(kofi, conversation, "reply"), "the reply")
    await expect(message).to_have_count(1)
    assert await texts(kofi, conversation, "reply") == ["Sent into the dark"]
    provoked(kofi, "status of 500|ERR_FAILED")


async def test_an_answer_that_gets_lost_sends_nothing_twice(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await held(kofi, channel="api")
    await kofi.show(conversation)
    tries = 0

    async def lose_the_first(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await kofi.page.route(SENDS, lose_the_first)
    await type_text(kofi, "Only once, please")
    await kofi.page.keyboard.press("Control+Enter")
    await until(lambda: _none_on_its_way(kofi, tries), "the answer")
    await expect(_message(kofi, "Only once, please")).to_have_count(1)
    assert await texts(kofi, conversation, "reply") == ["Only once, please"]
    provoked(kofi, "ERR_FAILED")


async def test_a_refusal_gives_the_text_back_with_its_sentence(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await _sends_into_trouble(kofi, 429, detail="Too many requests. Wait 9 seconds.")
    await expect(alert(kofi, "Not sent: Too many requests. Wait 9 seconds. The text is kept.")).to_be_attached()
    await expect(kofi.composer).to_have_value("Sent into the dark")
    await expect(_message(kofi, "Sent into the dark")).to_have_count(0)
    composer = kofi.page.get_by_role("region", name="Composer")
    await expect(composer.get_by_role("alert")).to_contain_text("Too many requests. Wait 9 seconds.")
    assert await texts(kofi, conversation, "reply") == []


async def test_while_a_claim_is_not_confirmed_nothing_is_sent(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await _free(kofi)
    await kofi.show(conversation)
    await expect(kofi.header).to_contain_text("Unclaimed")
    go_on = asyncio.Event()

    async def delay(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await kofi.page.route(re.compile("/claim$"), delay)
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("Claiming…")
    await type_text(kofi, "Too early")
    await expect(kofi.page.get_by_role("button", name="Send to")).to_be_disabled()
    await kofi.page.keyboard.press("Control+Enter")
    await expect(kofi.composer).to_have_value("Too early")
    assert await texts(kofi, conversation, "reply") == []
    go_on.set()
    await expect(kofi.header).to_contain_text("You ·")
    await expect(kofi.page.get_by_role("button", name="Send to")).to_be_enabled()
    await kofi.page.keyboard.press("Control+Enter")
    await until(lambda: texts(kofi, conversation, "reply"), "the reply")


async def test_with_auto_claim_a_reply_claims_and_a_reply_that_comes_second_is_not_sent(sit: Sit) -> None:
    kofi, mei = await sit(4), await sit(5)
    await kofi.call("PATCH", "/agents/me/preferences", {"auto_claim_on_reply": True})
    first, second = await _free(kofi), await _free(kofi)
    await kofi.show(first)
    await expect(kofi.page.get_by_text("Replying claims this")).to_be_visible()
    await type_text(kofi, "I take this one")
    await kofi.page.keyboard.press("Control+Enter")
    await expect(kofi.header).to_contain_text("You ·")
    assert (await facts(kofi, first))["claimed_via"] == "reply"

    async def be_faster(route: Route) -> None:
        await mei.call("POST", f"/conversations/{second}/claim")
        await route.continue_()

    await kofi.show(second)
    await type_text(kofi, "And this one")
    await kofi.page.route(SENDS, be_faster)
    await kofi.page.keyboard.press("Control+Enter")
    await expect(alert(kofi, re.compile(f"Not sent: .*{mei.name}.*The text is kept"))).to_be_attached()
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    await expect(kofi.composer).to_have_value("And this one")
    assert await texts(kofi, second, "reply") == []


def _message(desk: Desk, text: str) -> Locator:
    return log(desk).get_by_role("article").filter(has_text=text)


async def _free(desk: Desk) -> str:
    (found,) = await waiting(desk, channel="api")
    return str(found["id"])


async def _after_the_choice(desk: Desk, conversation: str, choice: str) -> None:
    mine = "Yes, we ship on Monday."
    if choice == "Send anyway":
        await until(lambda: _is_newest(desk, conversation, mine), "the reply")
        return
    await expect(desk.composer).to_have_value(mine if choice == "Edit" else "")
    assert await texts(desk, conversation, "reply") == ["No, on Friday."]
    if choice == "Edit":
        await desk.composer.fill("Indeed, on Friday.")
        await desk.composer.press("Control+Enter")
        await until(lambda: _is_newest(desk, conversation, "Indeed, on Friday."), "the reply")


async def _is_newest(desk: Desk, conversation: str, text: str) -> bool:
    return (await texts(desk, conversation, "reply"))[-1] == text


async def _sends_into_trouble(desk: Desk, status: int, detail: str = "") -> str:
    conversation = await held(desk, channel="api")
    await desk.show(conversation)

    async def trouble(route: Route) -> None:
        if route.request.method == "GET":
            await route.continue_()
        else:
            await route.fulfill(status=status, json={"code": "trouble", "detail": detail or "Nothing was changed."})

    await desk.page.route(SENDS, trouble)
    await type_text(desk, "Sent into the dark")
    await desk.page.keyboard.press("Control+Enter")
    return conversation


async def _never(route: Route) -> None:
    if route.request.method == "GET":
        await route.continue_()
    else:
        await route.abort()


async def _none_on_its_way(desk: Desk, tries: int) -> bool:
    return tries >= 2 and await log(desk).get_by_text(re.compile("Sending…|Not confirmed")).count() == 0
