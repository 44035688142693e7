"""A person at a browser, as the browser tests use one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import BrowserContext, Locator, Page, expect

# What the console may say: refusals that a test provokes on purpose.
_EXPECTED = re.compile(r"status of (401|403|404|409|422|429|503)|ERR_INTERNET_DISCONNECTED|WebSocket connection to")


@dataclass
class Desk:
    """One browser window of somebody who is signed in."""

    name: str
    id: str
    key: str
    base: str
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Notes every error that the page logs or throws; `the_page_is_well` shows them."""
        self.page.on("pageerror", lambda error: self.troubles.append(f"threw: {error}"))
        self.page.on(
            "console",
            lambda said: (
                self.troubles.append(said.text) if said.type == "error" and not _EXPECTED.search(said.text) else None
            ),
        )

    async def open(self, path: str) -> Page:
        """Goes to a page of the app and waits until it is live."""
        await self.page.goto(self.base + path)
        await expect(self.page.get_by_role("main")).to_be_visible()
        return self.page

    async def show(self, conversation: Mapping[str, Any] | str, view: str = "all") -> Locator:
        """Opens a conversation, inside the app when it runs already, and returns its header."""
        path = f"/inbox/{view}/{conversation if isinstance(conversation, str) else conversation['id']}"
        if self.page.url.startswith(f"{self.base}/inbox"):
            await self.page.evaluate("path => history.pushState({}, '', path)", path)
        else:
            await self.open(path)
            # What it asks for once somebody stays has come, too: a key is pressed on a page that is ready.
            await self.page.wait_for_load_state("networkidle")
        await self.page.wait_for_url(self.base + path)
        await expect(self.header).to_be_visible()
        return self.header

    async def go(self, path: str, heading: str | re.Pattern[str]) -> None:
        """Goes to a page inside the app, without loading it anew, and waits for its heading."""
        if self.page.url.startswith(self.base):
            await self.page.evaluate("path => history.pushState({}, '', path)", path)
        else:
            await self.open(path)
        await expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    @property
    def header(self) -> Locator:
        """The header of the open conversation."""
        return self.page.get_by_role("region", name="Conversation", exact=True).locator("header").first

    @property
    def composer(self) -> Locator:
        """Where a reply or a note is typed."""
        return self.page.get_by_role("textbox", name=re.compile("^(Reply|Note|Internal note)"))

    async def call(self, method: str, path: str, json: Any = None) -> Any:
        """Calls the API with this person's key, beside the browser. Refuses anything but a 2xx."""
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            headers = {"Authorization": f"Bearer {self.key}"}
            answer = await client.request(method, f"{self.base}/v1{path}", headers=headers, json=json)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def the_page_is_well(self) -> None:
        """Fails when the page threw or logged an error."""
        assert self.troubles == [], self.troubles
