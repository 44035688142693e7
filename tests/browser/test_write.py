"""Writing to a customer or to the team: what is typed is never lost and never goes to the wrong side."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, held, log, texts, type_text, until

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


async def _stored(desk: Desk, conversation: str, text: str) -> bool:
    drafts = await desk.call("GET", f"/conversations/{conversation}/drafts")
    return any(each["text"] == text for each in drafts["data"])


async def _is_told(desk: Desk, conversation: str) -> bool:
    told = await desk.call("GET", "/notifications?limit=50")
    return any(each["kind"] == "mention" and each["conversation_id"] == conversation for each in told["data"])
