"""Every page and every dialog is judged by axe, WCAG 2.2 A and AA, in the light and in the dark theme."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Begin, Sit
from tests.support import axe
from tests.support.furniture import ADMIN, ASKER, FULL, OWNER
from tests.support.places import SETTINGS
from tests.support.server import RunningServer

Rooms = dict[str, str]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seeded(with_history: tuple[Path, dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """Figures need a past."""
    return with_history


BEHIND = {"claimed": "Claimed", "hold": "Hold time", "contention": "Claimed too late"}


async def test_a_fault_would_be_caught(sit: Sit, rooms: Rooms) -> None:
    """The control: a button without a name, and grey words on grey."""
    desk = await sit(OWNER)
    await desk.show(rooms["unclaimed"])
    assert await axe.violations(desk.page) == []
    await desk.header.get_by_role("button", name="More actions").evaluate("it => it.removeAttribute('aria-label')")
    await desk.header.get_by_role("heading", level=1).evaluate("it => (it.style.color = '#bbb')")
    caught = {told.split(" ")[0] for told in await axe.violations(desk.page)}
    assert caught == {"button-name", "color-contrast"}


async def test_lists(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(ASKER)
    page = walk.desk.page
    await walk.desk.open("/inbox/unclaimed")
    await expect(page.get_by_role("row").nth(3)).to_be_visible()
    await walk.judge("Unclaimed with rows")
    await walk.button("Filter").click()
    await expect(page.get_by_role("dialog").get_by_role("combobox").first).to_be_visible()
    await walk.judge_dialog("filters")
    await walk.desk.go("/inbox/all?channel=email&q=nobody-writes-that", "All open")
    await expect(page.get_by_text("No conversation matches these filters.")).to_be_visible()
    await walk.judge("nothing found")
    await walk.button("Save view…").click()
    await walk.judge_dialog("save a view")
    await walk.desk.go("/inbox/mine", "My conversations")
    await expect(page.get_by_text("Nothing claimed.")).to_be_visible()
    await walk.judge("My conversations, empty")
    walk.conclude()


async def test_a_conversation_in_each_state(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    for room in ("unclaimed", "mine", "others", "resolved", "snoozed", "restricted"):
        await walk.desk.show(rooms[room])
        await expect(walk.desk.page.get_by_role("region", name="Composer")).to_be_visible()
        await expect(
            walk.desk.page.get_by_role("complementary", name="Details").get_by_role("heading").first
        ).to_be_visible()
        await walk.judge(f"{room} conversation")
    await walk.button("Billing only").click()
    await walk.judge_dialog("why it is restricted")
    walk.conclude()


async def test_at_the_limit(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(FULL)
    await walk.desk.show(rooms["full"])
    await expect(walk.desk.header).to_contain_text("20 of 20 held")
    await walk.judge("at the limit")
    walk.conclude()


async def test_the_composer(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    await walk.desk.show(rooms["mine"])
    await walk.desk.page.keyboard.press("r")
    await walk.desk.composer.fill("A reply that is being written")
    await walk.judge("a reply")
    await walk.desk.composer.fill("/")
    await expect(walk.desk.page.get_by_role("listbox")).to_be_visible()
    await walk.judge("canned replies offered")
    await walk.desk.composer.fill("")
    await walk.desk.page.keyboard.press("Escape")
    await walk.desk.page.get_by_role("tab", name="Note").click()
    await walk.desk.composer.fill("A note that is being written")
    await walk.judge("a note")
    await walk.desk.composer.fill("")
    walk.conclude()


async def test_what_is_asked_about_ones_own_conversation(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    await walk.desk.show(rooms["mine"])
    for item in ("Assign to…", "Release", "Resolve with a note…", "Snooze", "Why: who could claim this"):
        await walk.menu(re.compile(f"^{item}"))
        await walk.judge_dialog(item)
    await walk.desk.header.get_by_role("button", name="More actions").click()
    await walk.judge_dialog("more actions", "menu")
    await walk.desk.page.keyboard.press("t")
    await expect(walk.desk.page.get_by_role("dialog").get_by_role("listbox")).to_be_visible()
    # The first Esc closes the list, the second the dialog.
    await walk.judge("tags offered", "[role=dialog]")
    await walk.desk.page.keyboard.press("Escape")
    await walk.judge_dialog("tags")
    walk.conclude()


async def test_what_is_asked_about_somebody_elses(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    await walk.desk.show(rooms["others"])
    for item in ("Reassign to me", "Ask to take over", "Force-release", "Resolve with a note…"):
        await walk.menu(re.compile(f"^{item}"))
        await walk.judge_dialog(item)
    walk.conclude()


async def test_bulk_actions(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    page = walk.desk.page
    await walk.desk.open("/inbox/unclaimed")
    for number in (1, 2):
        await page.get_by_role("row").nth(number).get_by_role("checkbox").check()
    await expect(page.get_by_text("2 selected")).to_be_visible()
    await walk.judge("two selected")
    for item in ("Release…", "Reassign…", "Resolve…", "Snooze…", "Tag…"):
        await walk.button("Bulk Actions").click()
        if item == "Release…":
            await walk.judge("the menu Bulk Actions", "[role=menu]")
        await page.get_by_role("menuitem", name=item).click()
        await walk.judge_dialog(f"bulk: {item}")
    await walk.button("Bulk Actions").click()
    await page.get_by_role("menuitem", name=re.compile("^Claim")).click()
    await expect(page.get_by_role("button", name="Undo").last).to_be_visible()
    await walk.judge_dialog("the result of a bulk claim")
    walk.conclude()


async def test_the_bell_the_palette_and_the_keys(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    await walk.desk.show(rooms["mine"])
    await walk.button(re.compile("^Notifications")).click()
    await expect(walk.desk.page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    await walk.judge_dialog("notifications")
    await walk.desk.page.keyboard.press("Control+k")
    await walk.judge_dialog("command palette")
    await walk.desk.page.keyboard.press("?")
    await walk.judge_dialog("keyboard shortcuts")
    await walk.button(walk.desk.name).click()
    await walk.judge_dialog("one's own menu", "menu")
    walk.conclude()


@pytest.mark.parametrize("who", [OWNER, ASKER], ids=["owner", "agent"])
async def test_settings(begin: Begin, rooms: Rooms, who: int) -> None:
    walk = await begin(who)
    for path, heading in SETTINGS.items():
        await walk.desk.go(f"/settings/{path}", heading)
        await walk.judge(f"Settings > {heading}")
    walk.conclude()


async def test_dialogs_of_the_settings(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    opens = {
        "team/members": ("Members", "Invite"),
        "team/canned-replies": ("Canned replies", "New canned reply"),
        "workspace/api-keys": ("API keys", "New API key"),
        "keyboard": ("Keyboard", "Change the keys of Claim"),
    }
    for path, (heading, button) in opens.items():
        await walk.desk.go(f"/settings/{path}", heading)
        await walk.button(button).click()
        await walk.judge_dialog(button)
    await walk.desk.go("/settings/team/pools/new", "New pool")
    await walk.judge("a new pool")
    await walk.desk.go("/settings/team/pools", "Pools")
    await walk.desk.page.get_by_role("link", name=re.compile("^Billing")).click()
    await expect(walk.desk.page.get_by_role("heading", level=1, name="Billing")).to_be_visible()
    await walk.judge("a pool")
    await walk.button("Delete").click()
    await walk.judge_dialog("delete a pool")
    walk.conclude()


async def test_figures(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    page = walk.desk.page
    await walk.desk.open("/dashboard/analytics?window=30d")
    await expect(page.get_by_role("table").first).to_be_visible()
    charts = page.get_by_role("region").filter(has=page.get_by_role("button", name="Chart"))
    await walk.judge("Agent Performance")
    for at in range(await charts.count()):
        await charts.nth(at).get_by_role("button", name="Table").click()
    await walk.judge("Agent Performance, charts as tables")
    for metric, name in BEHIND.items():
        await walk.desk.page.goto(f"{walk.desk.base}/dashboard/analytics?window=30d&metric={metric}")
        drawer = page.get_by_role("dialog", name=name)
        await expect(
            drawer.get_by_role("listitem").or_(drawer.get_by_text("Nothing of the kind")).first
        ).to_be_visible()
        await walk.judge_dialog(f"the list behind {metric}")
    await walk.desk.go("/dashboard/board", "Live board")
    await expect(page.get_by_role("table").first).to_be_visible()
    await walk.judge("Live board")
    walk.conclude()


async def test_the_audit(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(ADMIN)
    await walk.desk.go("/settings/workspace/audit", "Audit")
    row = walk.desk.page.get_by_role("table").get_by_role("button").first
    await row.click()
    await expect(row).to_have_attribute("aria-expanded", "true")
    await walk.judge("Audit with an open row")
    walk.conclude()


async def test_before_signing_in(begin: Begin, rooms: Rooms, server: RunningServer) -> None:
    walk = await begin(OWNER)
    await walk.desk.context.clear_cookies()
    pages: dict[str, str | re.Pattern[str]] = {
        "/sign-in": "Sign in to Dibs",
        "/forgot-password": "Forgot your password?",
        "/join#nonsense": "This invitation does not work",
        "/reset-password#nonsense": re.compile("password"),
        "/welcome?code=nonsense": "This installation is set up",
        "/nowhere": "There is no page at this address.",
    }
    for path, heading in pages.items():
        await walk.desk.page.goto(server.url + path)
        await expect(walk.desk.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        await walk.judge(path)
    invited = await walk.desk.call("POST", "/invitations", {"email": "second@dibs.example", "role": "agent"})
    await walk.desk.page.goto(server.url + "/join#" + invited["link"].split("#")[1])
    await expect(walk.desk.page.get_by_role("heading", level=1, name=re.compile("^Join"))).to_be_visible()
    await walk.judge("an invitation")
    walk.conclude()
