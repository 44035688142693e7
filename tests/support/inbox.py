"""What browser tests do beside the browser, and where they look in the inbox."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, expect

from tests.support.desk import Desk

_PAUSE_SECONDS = 0.05
_handed_out: set[str] = set()


async def waiting(desk: Desk, count: int = 1, channel: str = "") -> list[dict[str, Any]]:
    """Unclaimed conversations that no test was given before."""
    query = f"&channel={channel}" if channel else ""
    page = await desk.call("GET", f"/conversations?view=unclaimed&limit=100{query}")
    found = [each for each in page["data"] if each["id"] not in _handed_out][:count]
    assert len(found) == count, "too few conversations are left for this test"
    _handed_out.update(each["id"] for each in found)
    return found


async def held(desk: Desk, channel: str = "") -> str:
    """The id of a conversation that the desk's agent holds from now on."""
    (found,) = await waiting(desk, channel=channel)
    await desk.call("POST", f"/conversations/{found['id']}/claim")
    return str(found["id"])


async def facts(desk: Desk, conversation: str) -> dict[str, Any]:
    """The conversation as the server has it."""
    told: dict[str, Any] = await desk.call("GET", f"/conversations/{conversation}")
    return told


async def thread(desk: Desk, conversation: str, kind: str | None = None) -> list[dict[str, Any]]:
    """Its messages as the server has them, of one kind or all."""
    page = await desk.call("GET", f"/conversations/{conversation}/messages?limit=100")
    return [each for each in page["data"] if kind in (None, each["kind"])]


async def texts(desk: Desk, conversation: str, kind: str | None = None) -> list[str]:
    """What its messages say."""
    return [each["text"] for each in await thread(desk, conversation, kind)]


async def steps(desk: Desk, conversation: str, kind: str) -> list[dict[str, Any]]:
    """The steps of one kind in its history, such as `claimed`."""
    page = await desk.call("GET", f"/conversations/{conversation}/history?limit=100")
    return [each for each in page["data"] if each["kind"] == kind]


async def until(fact: Callable[[], Awaitable[object]], what: str, *, seconds: float = 20) -> None:
    """Waits until the server says so."""
    deadline = time.monotonic() + seconds
    while not await fact():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        await asyncio.sleep(_PAUSE_SECONDS)


async def type_text(desk: Desk, text: str, mode: str = "r") -> None:
    """Writes into the composer, as a reply or a note."""
    await expect(desk.composer).to_be_visible()
    await desk.page.keyboard.press(mode)
    await expect(desk.composer).to_be_focused()
    await desk.page.keyboard.insert_text(text)
    await expect(desk.composer).to_have_value(text)


def log(desk: Desk) -> Locator:
    """The messages of the open conversation."""
    return desk.page.get_by_role("log", name="Messages")


def row(desk: Desk, conversation: str) -> Locator:
    """The row of a conversation in the list."""
    return desk.page.locator(f'[role=row][data-id="{conversation}"]')


def alert(desk: Desk, words: str | re.Pattern[str]) -> Locator:
    """What is spoken at once."""
    return desk.page.get_by_role("alert").filter(has_text=words).first


def said(desk: Desk, words: str | re.Pattern[str]) -> Locator:
    """What is spoken when there is a pause."""
    return desk.page.get_by_role("status").filter(has_text=words).first


def provoked(desk: Desk, words: str) -> None:
    """Takes out of the page's troubles what this test has caused on purpose."""
    desk.troubles[:] = [each for each in desk.troubles if not re.search(words, each)]
