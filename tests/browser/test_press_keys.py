"""Keys: each does its thing once; none does anything in a field, with a modifier, or when it is switched off."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, Request, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk

# What the app sends by itself, whatever the keys say.
BY_ITSELF = re.compile(r"/(heartbeat|draft|seen|preferences)\b")
SINGLE = [*"caeztohrnx/?p4gu", "Shift+C", "Shift+X", "Shift+N"]
LETTERS = "caezohrnxtCXNp4gmu?/"
Begin = Callable[..., Awaitable[tuple[Desk, list[str]]]]


@pytest_asyncio.fixture(loop_scope="session")
async def begin(sit: Sit) -> Begin:
    """Somebody at an unclaimed conversation, with their own keys, and the list of what their browser writes."""

    async def open_one(number: int, keyboard: dict[str, Any] | None = None) -> tuple[Desk, list[str]]:
        desk = await sit(number)
        await desk.call("PATCH", "/agents/me/preferences", {"keyboard": keyboard or {}})
        waiting = await desk.call("GET", "/conversations?view=unclaimed&limit=1")
        await desk.show(waiting["data"][0], "unclaimed")
        await expect(desk.header.get_by_role("button", name="Claim")).to_be_visible()
        return desk, writes(desk.page)

    return open_one


def writes(page: Page) -> list[str]:
    """Everything that the page writes from now on, as "POST claim"."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.method != "GET" and not BY_ITSELF.search(request.url):
            seen.append(f"{request.method} {request.url.rsplit('/', 1)[1]}")

    page.on("request", note)
    return seen


async def nothing_happened(desk: Desk, seen: list[str]) -> None:
    """Nothing was written, nothing opened: certain once a later key has done its thing."""
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await desk.page.keyboard.press("Control+k")
    await expect(desk.page.get_by_role("dialog", name="Command palette")).to_be_visible()
    await desk.page.keyboard.press("Escape")
    assert seen == []
    await expect(desk.header).to_contain_text("Unclaimed")


async def test_a_key_that_does_something_would_be_caught(begin: Begin) -> None:
    """The control."""
    desk, seen = await begin(2)
    await desk.page.keyboard.press("t")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    expect.set_options(timeout=1_000)
    with pytest.raises(AssertionError):
        await nothing_happened(desk, seen)
    await desk.page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).press("Enter")
    await desk.page.keyboard.press("o")
    with pytest.raises(AssertionError):
        await nothing_happened(desk, seen)


@pytest.mark.parametrize("mode", ["Reply", "Note"])
async def test_letters_in_the_composer_are_text(begin: Begin, mode: str) -> None:
    desk, seen = await begin(2)
    await desk.page.get_by_role("tab", name=mode).click()
    await desk.composer.fill("")
    # A slash and a colon offer replies and emoji here: they are keys of the composer.
    await desk.composer.press_sequentially(LETTERS.rstrip("/"))
    await expect(desk.composer).to_have_value(LETTERS.rstrip("/"))
    await desk.composer.fill("")
    await nothing_happened(desk, seen)


async def test_letters_in_the_search_are_text(begin: Begin) -> None:
    desk, seen = await begin(2)
    search = desk.page.get_by_role("searchbox", name="Search conversations")
    await search.press_sequentially(LETTERS)
    await expect(search).to_have_value(LETTERS)
    await search.fill("")
    await nothing_happened(desk, seen)


@pytest.mark.parametrize("key", ["t", "Control+k"], ids=["tags", "palette"])
async def test_letters_in_a_dialog_are_text(begin: Begin, key: str) -> None:
    desk, seen = await begin(2)
    await desk.page.keyboard.press(key)
    box = desk.page.get_by_role("dialog").get_by_role("combobox").first
    await box.press_sequentially(LETTERS)
    await expect(box).to_have_value(LETTERS)
    await box.fill("")
    await desk.page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).press("Enter")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await nothing_happened(desk, seen)


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
async def test_no_single_key_does_anything_with_a_modifier(begin: Begin, held: str) -> None:
    desk, seen = await begin(2)
    for key in SINGLE:
        await desk.page.keyboard.press(f"{held}+{key}")
    await nothing_happened(desk, seen)


async def test_no_single_key_does_anything_when_they_are_switched_off(begin: Begin) -> None:
    desk, seen = await begin(3, {"single_keys": False})
    for key in SINGLE:
        await desk.page.keyboard.press(key)
    await nothing_happened(desk, seen)


async def test_a_key_that_was_taken_away_does_nothing(begin: Begin) -> None:
    desk, seen = await begin(3, {"claim": False})
    await desk.page.keyboard.press("c")
    await nothing_happened(desk, seen)


async def test_a_key_that_was_changed_works_and_the_usual_one_no_longer(begin: Begin) -> None:
    desk, seen = await begin(3, {"claim": "q"})
    await desk.page.keyboard.press("c")
    await nothing_happened(desk, seen)
    await desk.page.keyboard.press("q")
    await expect(desk.header.get_by_role("button", name="Release")).to_be_visible()
    assert seen == ["POST claim"]


@pytest.mark.parametrize(
    ("key", "code"), [("\u0441", "KeyC"), ("\u05d1", "KeyC"), ("c", "KeyI")], ids=["Cyrillic", "Hebrew", "Dvorak"]
)
async def test_claim_on_other_layouts(begin: Begin, key: str, code: str) -> None:
    desk, seen = await begin(4)
    await press(desk.page, key, code)
    await expect(desk.header.get_by_role("button", name="Release")).to_be_visible()
    assert seen == ["POST claim"]


async def test_the_character_counts_and_not_its_place_on_azerty(begin: Begin) -> None:
    desk, seen = await begin(4)
    await desk.page.keyboard.press("c")
    await expect(desk.header.get_by_role("button", name="Release")).to_be_visible()
    # Where QWERTY has A stands Q: nothing is meant by it.
    await press(desk.page, "q", "KeyA")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await press(desk.page, "a", "KeyQ")
    await expect(desk.page.get_by_role("dialog").get_by_role("combobox", name="Search teammates")).to_be_visible()
    assert seen == ["POST claim"]


async def press(page: Page, key: str, code: str, *, repeat: bool = False) -> None:
    """Presses a key as another layout sends it."""
    event = {"key": key, "code": code, "repeat": repeat, "bubbles": True, "cancelable": True}
    await page.evaluate("made => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', made))", event)


async def test_a_key_that_is_held_down_claims_once(begin: Begin) -> None:
    desk, seen = await begin(4)
    await press(desk.page, "c", "KeyC")
    for _ in range(5):
        await press(desk.page, "c", "KeyC", repeat=True)
    await expect(desk.header.get_by_role("button", name="Release")).to_be_visible()
    assert seen == ["POST claim"]


async def test_j_and_c_at_once_claim_what_j_leads_to(begin: Begin) -> None:
    """The next conversation is drawn a moment after its row: a key in that moment means the next one all the same."""
    desk, _ = await begin(2)
    waiting = (await desk.call("GET", "/conversations?view=unclaimed&limit=3"))["data"]
    # Both within one task of the page: no frame is drawn between them.
    await desk.page.evaluate(
        """() => ["j", "c"].forEach((key) =>
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
    )
    await expect(desk.header).to_contain_text("You")
    owners = [(await desk.call("GET", f"/conversations/{each['id']}"))["assignee"] for each in waiting]
    assert [owner and owner["id"] for owner in owners] == [None, desk.id, None]
    await desk.call("POST", f"/conversations/{waiting[1]['id']}/release")


async def test_a_day_by_keys(begin: Begin) -> None:
    desk, seen = await begin(5)
    keyboard, header = desk.page.keyboard, desk.header
    dialog = desk.page.get_by_role("dialog")
    await keyboard.press("c")
    await expect(header).to_contain_text("You")
    # The event may show the owner before the answer is here; only then there is something to undo.
    await expect(desk.page.get_by_role("button", name="Undo")).to_be_visible()
    await keyboard.press("u")
    await expect(header).to_contain_text("Unclaimed")
    await keyboard.press("c")
    await expect(header).to_contain_text("You")
    for key, title in (("a", "^Reassign"), ("z", "^Snooze"), ("?", "^Keyboard shortcuts")):
        await _opens_and_closes(desk.page, key, title)
    await keyboard.press("t")
    await expect(dialog.get_by_role("combobox")).to_be_focused()
    await dialog.get_by_role("button", name="Close", exact=True).press("Enter")
    await expect(dialog).to_have_count(0)
    await keyboard.press("p")
    await keyboard.press("4")
    await expect(desk.page.get_by_text("Priority: Urgent").first).to_be_visible()
    await keyboard.press("Shift+C")
    await expect(dialog.get_by_role("heading", name=re.compile("^Release"))).to_be_visible()
    await expect(dialog.locator(":focus")).to_have_count(1)
    await keyboard.press("Enter")
    await expect(header).to_contain_text("Unclaimed")
    await keyboard.press("h")
    await expect(header).to_contain_text("Assistant is replying")
    await keyboard.press("e")
    await expect(header).to_contain_text("Resolved by")
    released = ["POST claim", "POST release"]
    patched = [each for each in seen if each.startswith("PATCH")]
    assert [each for each in seen if each not in patched] == [
        *released,
        "POST claim",
        "POST release",
        "POST hand-back",
        "POST resolve",
    ]
    assert len(patched) == 1


async def _opens_and_closes(page: Page, key: str, title: str) -> None:
    dialog = page.get_by_role("dialog")
    await page.keyboard.press(key)
    await expect(dialog.get_by_role("heading", level=2, name=re.compile(title))).to_be_visible()
    # Esc is the dialog's as soon as it has the focus.
    await expect(dialog.locator(":focus")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_writing_by_keys(begin: Begin) -> None:
    desk, seen = await begin(5)
    keyboard = desk.page.keyboard
    await keyboard.press("c")
    await expect(desk.header).to_contain_text("You")
    await keyboard.press("n")
    await expect(desk.composer).to_be_focused()
    await keyboard.type("Only for us")
    await keyboard.press("Control+Enter")
    await expect(desk.page.get_by_role("log").get_by_text("Only for us")).to_have_count(1)
    await keyboard.press("Escape")
    await keyboard.press("r")
    await expect(desk.composer).to_be_focused()
    await keyboard.type("It is on its way")
    await keyboard.press("Control+Shift+Enter")
    await expect(desk.header).to_contain_text("Resolved by")
    await expect(desk.page.get_by_role("log").get_by_text("It is on its way")).to_have_count(1)
    assert seen == ["POST claim", "POST messages", "POST messages"]


async def test_moving_by_keys(begin: Begin) -> None:
    desk, seen = await begin(5)
    keyboard, page = desk.page.keyboard, desk.page
    first = page.url
    places = []
    for key in ("j", "ArrowDown", "k", "ArrowUp"):
        before = page.url
        await keyboard.press(key)
        await expect(page).not_to_have_url(before)
        places.append(page.url)
    assert places[3] == first and places[0] == places[2] and len({first, *places}) == 3
    await keyboard.press("Escape")
    await page.wait_for_url(re.compile("/inbox/unclaimed$"))
    await expect(page.locator('[role="row"]:focus')).to_have_count(1)
    await keyboard.press("x")
    await keyboard.press("j")
    await keyboard.press("j")
    await keyboard.press("Shift+X")
    await expect(page.get_by_text("3 selected")).to_be_visible()
    await keyboard.press("Escape")
    await expect(page.get_by_text("3 selected")).to_have_count(0)
    await keyboard.press("Enter")
    await page.wait_for_url(re.compile("/inbox/unclaimed/conv_"))
    await keyboard.press("/")
    await expect(page.get_by_role("searchbox", name="Search conversations")).to_be_focused()
    assert seen == []


async def test_claim_next_and_observe(begin: Begin) -> None:
    desk, seen = await begin(3)
    await desk.page.keyboard.press("Shift+N")
    await desk.page.wait_for_url(re.compile("/inbox/mine/conv_"))
    await expect(desk.header).to_contain_text("You")
    other, watched = await begin(2)
    await other.show(desk.page.url.rsplit("/", 1)[1])
    await expect(other.header).to_contain_text(f"Claimed by {desk.name}")
    await other.page.keyboard.press("o")
    await expect(other.header.get_by_role("button", name="Stop observing")).to_be_visible()
    assert (seen, watched) == (["POST claim-next"], ["PUT me"])
