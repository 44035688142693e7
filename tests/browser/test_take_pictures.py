"""Pictures of every page, light and dark, on a desktop and on a phone: into screenshots/ or DIBS_TEST_SCREENSHOTS."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.furniture import OWNER
from tests.support.server import ROOT

Rooms = dict[str, str]
# Whoever looks at them asks for them; what must hold on every page is asserted in the files beside.
pytestmark = [pytest.mark.timeout(300), pytest.mark.full]

LOOKS = {
    "desktop-light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "desktop-dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
PAGES = {
    "/dashboard/analytics?window=30d": "Agent Performance",
    "/dashboard/board": "Live board",
    "/settings/workspace/audit": "Audit",
    "/settings/team/members": "Members",
    "/settings/team/pools": "Pools",
    "/settings/keyboard": "Keyboard",
    "/settings/workspace/business-hours": "Business hours",
    "/settings/workspace/stale-claim": "Stale Claim",
}


@pytest.fixture(scope="module")
def seeded(with_history: tuple[Path, dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """Figures need a past."""
    return with_history


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the pictures go."""
    found = Path(os.environ.get("DIBS_TEST_SCREENSHOTS", ROOT / "screenshots"))
    found.mkdir(parents=True, exist_ok=True)
    return found


@pytest.mark.parametrize("look", LOOKS)
async def test_every_page_has_its_picture(sit: Sit, rooms: Rooms, folder: Path, look: str) -> None:
    desk = await sit(OWNER, **LOOKS[look])
    await desk.open("/inbox/unclaimed")
    await expect(desk.page.get_by_role("row").nth(3)).to_be_visible()
    await _take(desk.page, folder / f"{look}-inbox.png")
    for room in ("unclaimed", "mine", "others", "restricted"):
        await desk.show(rooms[room])
        await expect(desk.page.get_by_role("log").get_by_role("article").first).to_be_visible()
        await _take(desk.page, folder / f"{look}-conversation-{room}.png")
    for path, heading in PAGES.items():
        await desk.go(path, heading)
        await _loaded(desk, heading)
        await _take(desk.page, folder / f"{look}-{re.sub('[^a-z]+', '-', heading.lower())}.png")
    await desk.context.clear_cookies()
    await desk.page.goto(f"{desk.base}/sign-in")
    await expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
    await _take(desk.page, folder / f"{look}-sign-in.png")


async def _loaded(desk: Desk, heading: str) -> None:
    """Figures and rows come after the heading."""
    if heading in ("Agent Performance", "Live board", "Audit", "Members"):
        await expect(_cells(desk.page)).not_to_have_count(0)


def _cells(page: Page) -> Locator:
    return page.get_by_role("main").locator("td")


async def _take(page: Page, path: Path) -> None:
    picture = await page.screenshot(path=path, animations="disabled")
    # An empty page makes a small file.
    assert len(picture) > 5_000
