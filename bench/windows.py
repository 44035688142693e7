"""Real browser windows of people who are signed in, with what the measurements look at inside of their pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.installation import Server
from tests.support import chromium

IN_PAGE = Path(__file__).with_name("in_page.js")
SIZE = ViewportSize(width=1440, height=900)
HEADER = 'section[aria-label="Conversation"] header'
ROWS = "#inbox-rows"


class Frames(msgspec.Struct):
    """What the frames of some seconds were like; everything else in milliseconds."""

    seconds: float
    gaps: list[float]
    blank: int
    tasks: list[float]
    inputs: list[float]
    events: int

    @property
    def rate(self) -> float:
        """Frames per second."""
        return len(self.gaps) / self.seconds

    @property
    def dropped(self) -> float:
        """The share of frames that a screen with 60 of them a second would have missed."""
        missed = sum(max(0, round(gap * 60 / 1_000) - 1) for gap in self.gaps)
        return missed / (missed + len(self.gaps))

    @property
    def longest_task(self) -> float:
        """The longest task; browsers tell only of those above 50 ms."""
        return max(self.tasks, default=0.0)

    @property
    def slowest_key(self) -> float:
        """From a key press to the next frame, the slowest; browsers tell only of those above 16 ms."""
        return max(self.inputs, default=16.0)


@dataclass(frozen=True, slots=True)
class Window:
    """One page. Moments are seconds since 1970 by the browser's clock."""

    page: Page
    base: str
    name: str = ""

    async def open(self, path: str) -> None:
        """Loads a page of the app and waits for the list's first row."""
        await self.page.goto(self.base + path)
        await self.page.locator(f"{ROWS} [role=row]").first.wait_for()

    async def go(self, path: str) -> float:
        """Goes to another address inside the app; returns when."""
        return float(await self.page.evaluate("path => bench.go(path)", path)) / 1_000

    async def show(self, conversation: str) -> float:
        """Opens a conversation inside the app and waits for its messages; returns how long that took."""
        await self.page.evaluate("bench.noticeAnotherLog()")
        began = await self.go(f"/inbox/unclaimed/{conversation}")
        return await self.seen("log") - began

    async def notice(self, name: str, selector: str, pattern: str) -> None:
        """From now on looks out for an element with such a text."""
        await self.page.evaluate("given => bench.notice(...given)", [name, selector, pattern])

    async def seen(self, name: str) -> float:
        """When it was drawn; waits for it."""
        return float(await self.page.evaluate("name => bench.seen[name]", name)) / 1_000

    async def press(self, key: str) -> None:
        """Presses a key."""
        await self.page.keyboard.press(key)

    async def pressed(self) -> float:
        """When a key was last pressed."""
        return float(await self.page.evaluate("bench.pressed")) / 1_000

    async def begin_frames(self, seconds: float, scroller: str | None = None, step: int = 0) -> None:
        """Begins to count frames, scrolling if wanted."""
        given = [seconds * 1_000, *([scroller, step] if scroller else [])]
        await self.page.evaluate("given => bench.frames(...given)", given)

    async def frames(self) -> Frames:
        """What they were like; waits for their end."""
        return msgspec.convert(await self.page.evaluate("bench.running"), Frames)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """One browser without a screen."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        try:
            yield launched
        finally:
            await launched.close()


async def sign_in(opened: Browser, server: Server, person: dict[str, Any]) -> Window:
    """A window of this person, with nothing loaded and nothing in its cache."""
    base = f"http://127.0.0.1:{server.port}"
    context = await opened.new_context(viewport=SIZE)
    data = {"email": person["email"], "password": person["password"]}
    signed = await context.request.post(f"{base}/v1/sessions", data=data)
    if not signed.ok:
        raise RuntimeError(f"sign-in: {signed.status} {await signed.text()}")
    await context.add_init_script(path=IN_PAGE)
    return Window(await context.new_page(), base, person["name"])


async def blank(opened: Browser) -> Window:
    """A page with nothing in it: as smooth as it gets on this machine at this moment."""
    context = await opened.new_context(viewport=SIZE)
    await context.add_init_script(path=IN_PAGE)
    page = await context.new_page()
    await page.goto("about:blank")
    return Window(page, "about:blank")
