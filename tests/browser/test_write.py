"""Writing to a customer or to the team: what is typed is never lost, never sent twice, never sent to the wrong side."""

import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import alert, facts, held, log, provoked, texts, type_text, until, waiting

SENDS = re.compile(r"/v1/conversations/[^/]+/messages$")
LONGEST = 4_000
EVIL = (
    "<img src=x onerror=\"window.hacked = 'image'\"> <script>window.hacked = 'script'</script> "
    '<a href="javascript:window.hacked=1">prize</a> javascript:alert(1) https://shop.example/?a=1&b=2'
)

pytestmark = pytest.mark.timeout(240)


async def test_reply_and_note_cannot_be_mistaken_for_each_other(sit: Sit) -> None:
    kofi = await sit(2)
    conversation = await held(kofi)
    customer = (await facts(kofi, conversation))["contact"]["name"]
    await kofi.show(conversation)
    page, buttons = kofi.page, kofi.page.get_by_role("region", name="Composer").get_by_role("button")
    looks = []
    for key, label, button in (
        ("r", f"Reply to {customer}", f"Send to {customer}"),
        ("n", "Note to your team", "Add note"),
    ):
        await type_text(kofi, "Words", key)
        await expect(page.get_by_role("textbox", name=label, exact=True)).to_have_value("Words")
        await expect(buttons.filter(has_text=button)).to_be_enabled()
        looks.append(await kofi.composer.evaluate(LOOK))
        await kofi.composer.fill("")
        await page.keyboard.press("Escape")
    (reply_color, reply_line), (note_color, note_line) = looks
    assert reply_color != note_color
    assert reply_line != note_line


async def test_a_note_is_kept_from_the_customer(sit: Sit) -> None:
    kofi = await sit(2)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await type_text(kofi, "They are angry, be kind", "n")
    await kofi.page.keyboard.press("Control+Enter")
    await expect(_message(kofi, "They are angry")).to_contain_text("Internal note")
    await until(lambda: texts(kofi, conversation, "note"), "the note")
    assert await texts(kofi, conversation, "reply") == []


async def test_a_draft_survives_a_reload_and_another_device(sit: Sit) -> None:
    kofi = await sit(2)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await type_text(kofi, "Half a sentence")
    await until(lambda: _stored(kofi, conversation, "Half a sentence"), "the draft on the server")
    await kofi.page.reload()
    await expect(kofi.composer).to_have_value("Half a sentence")
    phone = await sit(2, viewport={"width": 390, "height": 844})
    await phone.show(conversation)
    await expect(phone.composer).to_have_value("Half a sentence")
    assert await texts(kofi, conversation, "reply") == []


async def test_each_conversation_has_a_draft_of_its_own(sit: Sit) -> None:
    kofi = await sit(2)
    one, other = await held(kofi), await held(kofi)
    await kofi.show(one)
    await type_text(kofi, "For the first")
    await kofi.show(other)
    await expect(kofi.composer).to_have_value("")
    await kofi.show(one)
    await expect(kofi.composer).to_have_value("For the first")


async def test_a_draft_is_shown_to_the_next_owner_and_to_nobody_before(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await held(kofi)
    await mei.show(conversation)
    await kofi.show(conversation)
    await type_text(kofi, "Your refund of 12 euros is")
    await until(lambda: _stored(kofi, conversation, "Your refund of 12 euros is"), "the draft on the server")
    await mei.page.reload()
    await expect(
        mei.page.get_by_text(re.compile(f"{kofi.name} (has a draft|is writing a reply)")).first
    ).to_be_visible()
    await expect(mei.page.get_by_text("Your refund of 12 euros is")).to_have_count(0)
    await kofi.call("POST", f"/conversations/{conversation}/release")
    await mei.call("POST", f"/conversations/{conversation}/claim")
    await expect(mei.page.get_by_text(f"Draft by {kofi.name}")).to_be_visible()
    await mei.page.get_by_role("button", name="Use", exact=True).click()
    await expect(mei.composer).to_have_value("Your refund of 12 euros is")
    assert await texts(mei, conversation, "reply") == []


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


async def test_a_mention_is_chosen_from_a_list_and_reaches_its_person(sit: Sit) -> None:
    kofi, mei = await sit(3), await sit(4)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await type_text(kofi, "Ask ", "n")
    await kofi.page.keyboard.type(f"@{mei.name[:3]}")
    await expect(kofi.page.get_by_role("option", name=re.compile(mei.name))).to_be_visible()
    await kofi.page.keyboard.press("Enter")
    await expect(kofi.composer).to_have_value(f"Ask @{mei.name} ")
    await kofi.page.keyboard.press("Control+Enter")
    await until(lambda: _is_told(mei, conversation), "the notification")


async def test_a_canned_reply_is_filled_in_and_not_sent_by_choosing_it(sit: Sit) -> None:
    kofi, admin = await sit(3), await sit(1)
    text = "Hello {{customer}}, the money is on its way. {{agent}}"
    await admin.call("POST", "/canned-replies", {"title": "Money back", "shortcut": "moneyback", "text": text})
    conversation = await held(kofi)
    customer = (await facts(kofi, conversation))["contact"]["name"]
    await kofi.show(conversation)
    await type_text(kofi, "/money")
    await expect(kofi.page.get_by_role("option", name=re.compile("Money back"))).to_be_visible()
    await kofi.page.keyboard.press("Enter")
    wanted = f"Hello {customer.split()[0]}, the money is on its way. {kofi.name.split()[0]}"
    await expect(kofi.composer).to_have_value(wanted)
    assert await texts(kofi, conversation, "reply") == []


async def test_what_a_customer_writes_is_text_and_nothing_else(sit: Sit) -> None:
    kofi = await sit(3)
    conversation = await held(kofi)
    await kofi.call("POST", f"/conversations/{conversation}/customer-messages", {"text": EVIL})
    await kofi.show(conversation)
    message = _message(kofi, "prize")
    await expect(message.locator("div[dir=auto]")).to_have_text(EVIL)
    links = message.get_by_role("link")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "https://shop.example/?a=1&b=2")
    await expect(links).to_have_attribute("rel", re.compile("noopener"))
    assert await message.locator("img, script, a[href^=javascript]").count() == 0
    assert await kofi.page.evaluate("window.hacked") is None


LOOK = """box => {
  const parts = [];
  for (let at = box; at.getAttribute('aria-label') !== 'Composer'; at = at.parentElement) {
    const { backgroundColor, borderTopColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') parts.push(backgroundColor, borderTopColor);
  }
  return parts;
}"""


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


async def _stored(desk: Desk, conversation: str, text: str) -> bool:
    drafts = await desk.call("GET", f"/conversations/{conversation}/drafts")
    return any(each["text"] == text for each in drafts["data"])


async def _is_told(desk: Desk, conversation: str) -> bool:
    told = await desk.call("GET", "/notifications?limit=50")
    return any(each["kind"] == "mention" and each["conversation_id"] == conversation for each in told["data"])
