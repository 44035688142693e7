"""Both ends of a widget's chat: a team that answers over the API, and a visitor's tab."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.support.host_page import HostPage
from tests.support.server import RunningServer

TITLE = "Slow Beans"
Come = Callable[..., Any]


@dataclass
class Team:
    """An admin who has connected a widget, and an agent who answers, over the API."""

    server: RunningServer
    admin: dict[str, Any]
    agent: dict[str, Any]
    channel: dict[str, Any]
    stack: ExitStack

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        """Calls the API as the agent, or with another key. Refuses anything but a 2xx."""
        headers = {"Authorization": f"Bearer {key or self.agent['key']}"}
        answer = httpx.request(method, f"{self.server.url}/v1{path}", json=body, headers=headers, trust_env=False)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def page(self, **more: Any) -> HostPage:
        """A new page of another origin, which the widget then serves."""
        page = self.stack.enter_context(HostPage(self.server.url, self.channel["address"], **more))
        self.settings(allowed_origins=[*self.channel["settings"]["allowed_origins"], page.origin])
        return page

    def settings(self, **changes: Any) -> None:
        """Changes the widget's settings."""
        path = f"/channels/{self.channel['id']}"
        self.channel = self.call("PATCH", path, {"settings": changes}, key=self.admin["key"])

    def newest(self) -> dict[str, Any]:
        """The widget conversation that was written in last."""
        found: dict[str, Any] = self.call("GET", "/conversations?view=any&channel=widget&sort=newest&limit=1")["data"][
            0
        ]
        return found

    def thread(self, conversation: str) -> list[dict[str, Any]]:
        """Its messages."""
        found: list[dict[str, Any]] = self.call("GET", f"/conversations/{conversation}/messages")["data"]
        return found

    def reply(self, conversation: str, text: str) -> dict[str, Any]:
        """Answers."""
        body = {"kind": "reply", "text": text}
        sent: dict[str, Any] = self.call("POST", f"/conversations/{conversation}/messages", body)["message"]
        return sent


@dataclass
class Visit:
    """A visitor's tab."""

    page: Page
    context: BrowserContext
    troubles: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def widget(self) -> Locator:
        """What the widget put on the page."""
        return self.page.locator("dibs-widget")

    @property
    def launcher(self) -> Locator:
        """The button in the corner."""
        return self.page.locator("dibs-widget .launcher")

    @property
    def panel(self) -> Locator:
        """The chat's window."""
        return self.page.get_by_role("dialog", name=re.compile("Chat"))

    @property
    def text(self) -> Locator:
        """Where to write."""
        return self.page.locator("dibs-widget .composer textarea")

    @property
    def messages(self) -> Locator:
        """The texts in the log, without the greeting."""
        return self.page.locator("dibs-widget .message:not(:first-child)")

    async def say(self, text: str) -> None:
        """Writes a message and sees it taken."""
        await self.text.fill(text)
        await self.text.press("Enter")
        await expect(self.page.locator("dibs-widget .own", has_text=text)).to_have_class("message own")

    def watch(self) -> None:
        """Notes what goes wrong, and everything that the server tells."""
        self.page.on("pageerror", lambda error: self.troubles.append(f"threw: {error}"))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        self.page.on("websocket", lambda opened: opened.on("framereceived", lambda frame: self.told.append(str(frame))))
