"""The whole tour without a mouse: sign in, find, claim, answer, hand over, take over, filter, claim many, resolve."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, held, log, row, said, texts, thread, type_text, until, waiting

pytestmark = pytest.mark.timeout(300)

NO_MOUSE = """
window.mouseUses = 0;
for (const kind of ['mousedown', 'pointerdown']) addEventListener(kind, () => window.mouseUses++, true);
"""
MOST_STOPS = 60


async def test_from_the_sign_in_page_to_a_conversation_that_is_resolved(sit: Sit, seeded: Any) -> None:
    kofi = await _sits(sit, 2)
    (wanted,) = await waiting(kofi)
    await kofi.call("POST", f"/conversations/{wanted['id']}/customer-messages", {"text": "The zanzibar lamp flickers"})
    await _sign_in(kofi, seeded[1]["agents"][2]["password"])
    await _find(kofi, "zanzibar", wanted["id"])
    await _claim(kofi, wanted["id"])
    await _answer(kofi, wanted["id"])
    await _note(kofi, wanted["id"])
    await _resolve_and_undo(kofi, wanted["id"])
    await _no_mouse_was_used(kofi)


@pytest.mark.parametrize(("key", "view"), [("m", "mine"), ("u", "unclaimed"), ("a", "all")])
async def test_g_and_a_letter_go_to_a_view(sit: Sit, key: str, view: str) -> None:
    desk = await sit(3)
    await desk.open("/inbox/snoozed")
    await expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
    await desk.page.keyboard.press("g")
    await desk.page.keyboard.press(key)
    await desk.page.wait_for_url(re.compile(f"/inbox/{view}$"))
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)


async def test_a_conversation_is_handed_to_a_colleague_with_a_note(sit: Sit) -> None:
    kofi, mei = await _sits(sit, 2), await _sits(sit, 3)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await expect(kofi.header).to_contain_text("You")
    keys = kofi.page.keyboard
    await keys.press("a")
    dialog = kofi.page.get_by_role("dialog")
    await expect(dialog.get_by_role("combobox", name="Search teammates")).to_be_focused()
    await keys.type(mei.name)
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await keys.press("Enter")
    await expect(dialog.get_by_role("textbox", name="Handoff note")).to_be_focused()
    await keys.type("They wait for a call on Tuesday")
    await keys.press("Enter")
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    assert (await facts(kofi, conversation))["assignee"]["id"] == mei.id
    assert await texts(kofi, conversation, "note") == ["They wait for a call on Tuesday"]
    await _no_mouse_was_used(kofi)


async def test_a_take_over_is_asked_by_one_and_accepted_by_the_other(sit: Sit) -> None:
    kofi, mei = await _sits(sit, 2), await _sits(sit, 3)
    conversation = await held(mei)
    await mei.show(conversation, "mine")
    await kofi.show(conversation, "all")
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    ask = kofi.header.get_by_role("button", name="Ask to take over")
    await _tab_to(kofi.page, ask)
    await kofi.page.keyboard.press("Enter")
    await expect(kofi.page.get_by_role("dialog").get_by_role("textbox", name="Why")).to_be_focused()
    await kofi.page.keyboard.type("I know this customer")
    await kofi.page.keyboard.press("Enter")
    await expect(kofi.header).to_contain_text(f"Asked {mei.name}")
    card = mei.header.get_by_role("region", name=f"Take-over request by {kofi.name}")
    await expect(card).to_contain_text("I know this customer")
    await _tab_to(mei.page, card.get_by_role("button", name="Accept"))
    await mei.page.keyboard.press("Enter")
    await expect(kofi.header).to_contain_text("You")
    await expect(mei.header).to_contain_text(f"Claimed by {kofi.name}")
    assert (await facts(kofi, conversation))["assignee"]["id"] == kofi.id
    await _no_mouse_was_used(kofi, mei)


async def test_a_claim_and_a_release_are_taken_back_by_key(sit: Sit) -> None:
    kofi = await _sits(sit, 2)
    (wanted,) = await waiting(kofi)
    await kofi.show(wanted, "unclaimed")
    await _claim(kofi, wanted["id"])
    await expect(said(kofi, "Claimed.")).to_be_attached()
    await kofi.page.keyboard.press("u")
    await expect(kofi.header).to_contain_text("Unclaimed")
    assert (await facts(kofi, wanted["id"]))["assignee"] is None
    await _claim(kofi, wanted["id"])
    await kofi.page.keyboard.press("Shift+C")
    await expect(kofi.page.get_by_role("dialog").get_by_role("button", name="Release", exact=True)).to_be_focused()
    assert (await facts(kofi, wanted["id"]))["assignee"]["id"] == kofi.id
    await kofi.page.keyboard.press("Enter")
    await expect(kofi.header).to_contain_text("Unclaimed")
    await expect(said(kofi, "Released")).to_be_attached()
    await kofi.page.keyboard.press("u")
    await expect(kofi.header).to_contain_text("You")
    assert (await facts(kofi, wanted["id"]))["assignee"]["id"] == kofi.id
    await _no_mouse_was_used(kofi)


async def test_escape_leaves_every_question_without_an_answer(sit: Sit) -> None:
    kofi = await _sits(sit, 2)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await expect(kofi.header).to_contain_text("You")
    version = (await facts(kofi, conversation))["version"]
    for key in ("Shift+C", "a", "z"):
        await kofi.page.keyboard.press(key)
        await expect(kofi.page.get_by_role("dialog")).to_be_visible()
        await kofi.page.keyboard.press("Escape")
        await expect(kofi.page.get_by_role("dialog")).to_have_count(0)
    await expect(kofi.header).to_contain_text("You")
    assert (await facts(kofi, conversation))["version"] == version


async def test_of_fifty_selected_twenty_are_claimed_and_thirty_named(sit: Sit) -> None:
    mei = await _sits(sit, 4)
    await _select_fifty_whatsapp(mei)
    sheet = await _bulk_claim(mei)
    await expect(sheet.get_by_role("heading", name="20 claimed, 30 not", level=2)).to_be_visible()
    over = sheet.get_by_role("region", name="30 over the limit of 20")
    await expect(over.get_by_role("listitem")).to_have_count(30)
    names = await over.get_by_role("listitem").all_inner_texts()
    assert all(names)
    mine = await mei.call("GET", "/conversations?view=mine&limit=100")
    assert len(mine["data"]) == 20
    assert {each["channel"] for each in mine["data"]} == {"whatsapp"}
    await _no_mouse_was_used(mei)


async def test_with_the_limit_at_fifty_all_fifty_are_claimed(sit: Sit) -> None:
    admin, ines = await sit(1), await _sits(sit, 5)
    await admin.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 50})
    await _select_fifty_whatsapp(ines)
    sheet = await _bulk_claim(ines)
    await expect(sheet.get_by_role("heading", name="50 claimed", level=2)).to_be_visible()
    await expect(sheet.get_by_role("region")).to_have_count(1)
    mine = await ines.call("GET", "/conversations?view=mine&limit=100")
    assert len(mine["data"]) == 50
    await _no_mouse_was_used(ines)


async def test_a_click_would_be_noticed(sit: Sit) -> None:
    """The control."""
    kofi = await _sits(sit, 2)
    await kofi.open("/inbox/all")
    await kofi.page.get_by_role("button", name="Filter").click()
    with pytest.raises(AssertionError):
        await _no_mouse_was_used(kofi)


async def _sits(sit: Sit, number: int) -> Desk:
    desk = await sit(number)
    await desk.page.add_init_script(NO_MOUSE)
    return desk


async def _sign_in(desk: Desk, password: str) -> None:
    me = await desk.call("GET", "/me")
    await desk.context.clear_cookies()
    await desk.page.goto(desk.base)
    keys = desk.page.keyboard
    await _tab_to(desk.page, desk.page.get_by_role("textbox", name="Email"))
    await keys.type(me["agent"]["email"])
    await _tab_to(desk.page, desk.page.get_by_label("Password", exact=True))
    await keys.type(password)
    await keys.press("Enter")
    await expect(desk.page.get_by_role("region", name="Conversations")).to_be_visible()


async def _find(desk: Desk, words: str, conversation: str) -> None:
    keys = desk.page.keyboard
    await keys.press("g")
    await keys.press("a")
    await expect(desk.page).to_have_url(re.compile("/inbox/all"))
    await keys.press("/")
    await expect(desk.page.get_by_role("searchbox", name="Search conversations")).to_be_focused()
    await keys.type(words)
    await keys.press("Enter")
    await expect(row(desk, conversation)).to_be_focused()
    await keys.press("Enter")
    await expect(desk.page).to_have_url(re.compile(f"/{conversation}"))
    await expect(desk.header).to_contain_text("Unclaimed")


async def _claim(desk: Desk, conversation: str) -> None:
    await expect(desk.header.get_by_role("button", name="Claim")).to_be_visible()
    await desk.page.keyboard.press("c")
    await expect(desk.header).to_contain_text("You")
    assert (await facts(desk, conversation))["assignee"]["id"] == desk.id


async def _answer(desk: Desk, conversation: str) -> None:
    await type_text(desk, "Good morning, a new lamp is on its way.")
    await desk.page.keyboard.press("Control+Enter")
    await expect(log(desk)).to_contain_text("Good morning, a new lamp is on its way.")
    await until(lambda: thread(desk, conversation, "reply"), "the reply")
    assert await texts(desk, conversation, "reply") == ["Good morning, a new lamp is on its way."]
    await desk.page.keyboard.press("Escape")


async def _note(desk: Desk, conversation: str) -> None:
    await type_text(desk, "Third lamp this year", "n")
    await desk.page.keyboard.press("Control+Enter")
    await expect(log(desk).get_by_role("article").filter(has_text="Third lamp")).to_contain_text("Internal note")
    await until(lambda: thread(desk, conversation, "note"), "the note")
    await desk.page.keyboard.press("Escape")


async def _resolve_and_undo(desk: Desk, conversation: str) -> None:
    await desk.page.keyboard.press("e")
    await expect(desk.header).to_contain_text("Resolved")
    assert (await facts(desk, conversation))["status"] == "resolved"
    await expect(said(desk, "Resolved")).to_have_count(1)
    await desk.page.keyboard.press("u")
    await expect(desk.header).to_contain_text("You")
    told = await facts(desk, conversation)
    assert (told["status"], told["assignee"]["id"]) == ("open", desk.id)


async def _select_fifty_whatsapp(desk: Desk) -> None:
    keys = desk.page.keyboard
    await desk.open("/inbox/mine")
    await keys.press("g")
    await keys.press("u")
    await expect(desk.page).to_have_url(re.compile("/inbox/unclaimed"))
    await _tab_to(desk.page, desk.page.get_by_role("button", name="Filter", exact=True))
    await keys.press("Enter")
    channel = desk.page.get_by_role("combobox", name="Channel")
    await _tab_to(desk.page, channel)
    await keys.press("Enter")
    await expect(desk.page.get_by_role("option", name="WhatsApp")).to_be_visible()
    await keys.type("Wh")
    await keys.press("Enter")
    await expect(desk.page).to_have_url(re.compile("channel=whatsapp"))
    await keys.press("Escape")
    await expect(channel).to_have_count(0)
    await expect(desk.page.get_by_role("button", name="Remove filter")).to_be_visible()
    rows = desk.page.get_by_role("grid").get_by_role("row")
    await expect(rows.first).to_have_accessible_name(re.compile("WhatsApp"))
    await keys.press("j")
    await expect(rows.first).to_be_focused()
    await keys.press("x")
    for press in ["PageDown"] * 4 + ["ArrowDown"] * 9:
        await keys.press(press)
    await keys.press("Shift+X")
    await expect(desk.page.get_by_text("50 selected")).to_be_visible()


async def _bulk_claim(desk: Desk) -> Locator:
    keys = desk.page.keyboard
    await expect(desk.page.get_by_text("You have room for")).to_be_visible()
    await _tab_to(desk.page, desk.page.get_by_role("button", name="Bulk Actions"), "Shift+Tab")
    await keys.press("Enter")
    await expect(desk.page.get_by_role("menuitem", name="Claim")).to_be_focused()
    await keys.press("Enter")
    sheet = desk.page.get_by_role("dialog")
    await expect(sheet).to_be_visible()
    return sheet


async def _tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses the key until the target has the focus."""
    await expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        if await target.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


async def _no_mouse_was_used(*desks: Desk) -> None:
    for desk in desks:
        assert await desk.page.evaluate("window.mouseUses") == 0
