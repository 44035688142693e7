"""Every page fits every screen, from 320 px to a desktop and at 200 % zoom; colours and movement are the system's."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.furniture import OWNER
from tests.support.places import SETTINGS

Rooms = dict[str, str]
pytestmark = pytest.mark.timeout(240)

SCREENS = {
    "320": (320, 640, 1),
    "390": (390, 844, 1),
    "768": (768, 1024, 1),
    "1024": (1024, 768, 1),
    "1200": (1200, 800, 1),
    "1440": (1440, 900, 1),
    "1440 at 200 %": (720, 450, 2),
}
# The narrowest, one with a drawer, and the zoomed one; the widths between them only with all the counts.
ALWAYS = {"320", "768", "1440 at 200 %"}
WIDTHS = [pytest.param(each, marks=() if each in ALWAYS else pytest.mark.full) for each in SCREENS]
PAGES = {
    "/inbox/unclaimed": "Unclaimed",
    "/inbox/mine?tag=nothing-has-this": "My conversations",
    "/dashboard/analytics?window=30d": "Agent Performance",
    "/dashboard/board": "Live board",
    **{f"/settings/{path}": heading for path, heading in SETTINGS.items()},
    "/settings/team/pools/new": "New pool",
    "/settings/workspace/audit": "Audit",
}
# What reaches beyond the screen and cannot be scrolled to within a part of the page that scrolls sideways.
_BEYOND = """() => {
  const root = document.scrollingElement;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  const isReachable = (each) => {
    for (let at = each.parentElement; at !== null; at = at.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
        return at.matches("table, [data-scrolls], :has(table), nav, ol, ul");
    return false;
  };
  for (const each of document.querySelectorAll("button, a[href], input, textarea, h1, h2, [role=combobox]")) {
    const { left, right, width, height } = each.getBoundingClientRect();
    const isSeen = each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isThere = isSeen && width > 1 && height > 1;
    if (isThere && (left < -1 || right > root.clientWidth + 1) && !isReachable(each))
      found.push(`${each.tagName} ${each.ariaLabel ?? each.textContent.slice(0, 40)}: ${left} to ${right}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def seeded(with_history: tuple[Path, dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """Figures need a past."""
    return with_history


async def _sit(sit: Sit, screen: str, **options: Any) -> Desk:
    width, height, scale = SCREENS[screen]
    return await sit(OWNER, viewport={"width": width, "height": height}, device_scale_factor=scale, **options)


async def test_what_is_too_wide_would_be_caught(sit: Sit, rooms: Rooms) -> None:
    """The control: a button that is wider than the screen, and one that is pushed out of it."""
    desk = await _sit(sit, "320")
    await desk.open("/settings/profile")
    await expect(desk.page.get_by_role("heading", level=1, name="Profile")).to_be_visible()
    assert await desk.page.evaluate(_BEYOND) == []
    await desk.page.get_by_role("button", name="Change password").evaluate("it => (it.style.marginLeft = '400px')")
    assert len(await desk.page.evaluate(_BEYOND)) > 0


@pytest.mark.parametrize("screen", WIDTHS)
async def test_no_page_is_wider_than_the_screen(sit: Sit, rooms: Rooms, screen: str) -> None:
    desk = await _sit(sit, screen)
    found: dict[str, list[str]] = {}
    for path, heading in PAGES.items():
        await _go(desk, path, heading)
        if told := await desk.page.evaluate(_BEYOND):
            found[heading] = told
    for room in rooms:
        await desk.show(rooms[room])
        await expect(desk.page.get_by_role("region", name="Composer")).to_be_visible()
        if told := await desk.page.evaluate(_BEYOND):
            found[f"{room} conversation"] = told
    if found:
        pytest.fail("\n".join(f"{place}: {each}" for place, all_ in found.items() for each in all_), pytrace=False)


async def test_longer_words_fit_the_smallest_screen(sit: Sit, rooms: Rooms) -> None:
    """Spanish says most things with more letters."""
    desk = await _sit(sit, "320")
    await desk.call("PATCH", "/agents/me/preferences", {"locale": "es"})
    heading = desk.page.get_by_role("heading", level=1).first
    found: dict[str, list[str]] = {}
    await desk.open("/settings/inbox")
    for path in PAGES:
        if path.startswith("/inbox") or path == "/settings/inbox":
            continue
        before = await heading.inner_text()
        await desk.page.evaluate("path => history.pushState({}, '', path)", path)
        await expect(heading).not_to_have_text(before)
        found[path] = await desk.page.evaluate(_BEYOND)
    for room in rooms:
        await desk.page.evaluate("id => history.pushState({}, '', `/inbox/all/${id}`)", rooms[room])
        await expect(desk.page.get_by_role("log").get_by_role("article").first).to_be_visible()
        found[room] = await desk.page.evaluate(_BEYOND)
    await desk.call("PATCH", "/agents/me/preferences", {"locale": "en"})
    assert {place: told for place, told in found.items() if told} == {}


async def _go(desk: Desk, path: str, heading: str) -> None:
    if not desk.page.url.startswith(desk.base):
        await desk.open(path)
    else:
        await desk.page.evaluate("path => history.pushState({}, '', path)", path)
    await expect(desk.page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
async def test_what_one_works_with_is_on_the_screen(sit: Sit, rooms: Rooms, screen: str) -> None:
    desk = await _sit(sit, screen)
    await desk.show(rooms["unclaimed"], "unclaimed")
    claim = desk.header.get_by_role("button", name="Claim", exact=True)
    for needed in (claim, desk.header.get_by_role("button", name="More actions"), desk.composer):
        await expect(needed).to_be_in_viewport(ratio=1)
        await _can_be_pressed(needed)
    await _goes_back(desk, SCREENS[screen][0])


async def _can_be_pressed(control: Locator) -> None:
    """Nothing lies over it."""
    await control.click(trial=True)


async def _goes_back(desk: Desk, width: int) -> None:
    """Where only one pane fits there is a way back to the list; elsewhere the list is there."""
    grid = desk.page.get_by_role("grid")
    back = desk.page.get_by_role("button", name="Back to the list")
    if width < 768:
        await expect(grid).to_be_hidden()
        await expect(back).to_be_in_viewport(ratio=1)
        await back.click()
        await expect(desk.page).to_have_url(re.compile("/inbox/unclaimed$"))
    else:
        await expect(back).to_be_hidden()
    await expect(grid).to_be_visible()


@pytest.mark.parametrize("screen", ["390", "768"])
async def test_views_and_details_fold_away_and_can_be_reached(sit: Sit, rooms: Rooms, screen: str) -> None:
    desk = await _sit(sit, screen)
    await desk.show(rooms["unclaimed"], "unclaimed")
    await expect(desk.page.get_by_role("navigation", name="Main")).to_have_count(0)
    await desk.page.get_by_role("button", name="Show details").click()
    await expect(desk.page.get_by_role("dialog", name="Details")).to_be_in_viewport()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    if screen == "390":
        await desk.page.get_by_role("button", name="Back to the list").click()
    await desk.page.get_by_role("button", name="Views and more").click()
    await desk.page.get_by_role("link", name=re.compile("^Snoozed")).click()
    await expect(desk.page).to_have_url(re.compile("/inbox/snoozed$"))
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("place", ["inbox", "settings"])
async def test_nothing_moves_for_those_who_want_no_movement(sit: Sit, rooms: Rooms, place: str) -> None:
    desk = await sit(OWNER, reduced_motion="reduce")
    if place == "inbox":
        await desk.show(rooms["mine"])
        await desk.header.get_by_role("button", name="More actions").click()
        await expect(desk.page.get_by_role("menu")).to_be_visible()
    else:
        await desk.go("/settings/team/members", "Members")
        await desk.page.get_by_role("button", name="Invite").click()
        await expect(desk.page.get_by_role("dialog")).to_be_visible()
    assert await _movements(desk.page) == []


async def test_a_movement_would_be_caught(sit: Sit, rooms: Rooms) -> None:
    """The control."""
    desk = await sit(OWNER)
    await desk.show(rooms["mine"])
    await desk.header.evaluate("it => it.animate([{ opacity: 0.5 }, { opacity: 1 }], { duration: 60000 })")
    assert await _movements(desk.page) == ["HEADER"]


async def _movements(page: Page) -> list[str]:
    """What still moves after a twentieth of a second."""
    found: list[str] = await page.evaluate(
        """() => document.getAnimations()
          .filter((each) => each.playState === "running" && each.effect.getComputedTiming().endTime > 50)
          .map((each) => each.effect.target.tagName)"""
    )
    return found


# Text in the very colour of what it stands on, and controls that neither a border nor a colour tells from the page.
_INVISIBLE = """() => {
  const solid = (colour) => !/^rgba\\(.*, 0\\)$|^transparent$/.test(colour);
  const ground = (each) => {
    for (let at = each; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (solid(backgroundColor)) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const isSeen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const found = [];
  for (const each of document.querySelectorAll("main *, nav *")) {
    const says = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (says && isSeen(each) && getComputedStyle(each).color === ground(each)) found.push(`text: ${each.textContent}`);
  }
  for (const each of document.querySelectorAll("main button, main [role=switch], main input, main textarea")) {
    const style = getComputedStyle(each);
    const isBare = parseFloat(style.borderTopWidth) === 0 && each.textContent.trim() === "" &&
      each.querySelector("svg, img") === null && parseFloat(style.outlineWidth) === 0;
    const isAlike = ground(each) === ground(each.parentElement);
    if (isBare && isAlike && isSeen(each) && each.clientWidth > 2 && each.type !== "radio")
      found.push(`control: ${each.outerHTML.slice(0, 160)}`);
  }
  return found;
}"""


# What forced colours would hide, were it written so: whose the conversation is.
_HIDING = """
* { transition: none !important; }
@media (forced-colors: active) {
  header [data-state], header [data-state] * {
    forced-color-adjust: none; color: rgb(1, 2, 3); background-color: rgb(1, 2, 3);
  }
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_what_forced_colours_hide_would_be_caught(sit: Sit, rooms: Rooms, scheme: str) -> None:
    """The control."""
    desk = await sit(OWNER, forced_colors="active", color_scheme=scheme)
    await desk.show(rooms["others"])
    await expect(desk.header).to_contain_text("Claimed by")
    assert await desk.page.evaluate(_INVISIBLE) == []
    # The page's policy forbids styles from anywhere else, and a sheet that a script builds is none.
    await desk.page.evaluate(
        """text => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets = [sheet];
        }""",
        _HIDING,
    )
    caught = await desk.page.evaluate(_INVISIBLE)
    print(f"caught in forced colours, {scheme}: {caught}")
    assert [told for told in caught if told.startswith("text: ") and "Claimed by" in told]
    # Without forced colours the same style hides nothing: it is they that are looked at.
    await desk.page.emulate_media(forced_colors="none")
    assert await desk.page.evaluate(_INVISIBLE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_forced_colours_leave_everything_to_be_seen(sit: Sit, rooms: Rooms, scheme: str) -> None:
    desk = await sit(OWNER, forced_colors="active", color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for room in ("unclaimed", "mine", "others"):
        await desk.show(rooms[room])
        await expect(desk.page.get_by_role("region", name="Composer")).to_be_visible()
        found[room] = await desk.page.evaluate(_INVISIBLE)
    claim_or_release = desk.header.get_by_role("button").first
    assert await claim_or_release.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") > 0
    for path in ("inbox", "keyboard", "team/members", "workspace/limits"):
        await desk.page.evaluate("path => history.pushState({}, '', `/settings/${path}`)", path)
        await expect(desk.page.get_by_role("heading", level=1, name=PAGES[f"/settings/{path}"])).to_be_visible()
        found[path] = await desk.page.evaluate(_INVISIBLE)
    assert {place: told for place, told in found.items() if told} == {}
