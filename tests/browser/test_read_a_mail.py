"""Mails: quoted text folded, the design in a frame that nothing gets out of; WhatsApp's day, and what only it has."""

import json
import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest
from playwright.async_api import expect

from dibs.channels.email.markup import sanitised
from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import log, provoked
from tests.support.server import RunningServer

pytestmark = pytest.mark.timeout(240)

AGENT = 3
DAY_MS = 86_400_000
HTML = '<p>My parcel <b>has not come</b>.</p><img src="https://tracker.example/open.gif"><a href="https://a.example">Order</a>'


def _put(server: RunningServer, statement: str, values: tuple[Any, ...]) -> None:
    """What only a channel writes goes straight into the server's database."""
    with closing(sqlite3.connect(server.data_dir / "dibs.db", timeout=30)) as database, database:
        database.execute(statement, values)


async def _wrote(desk: Desk, server: RunningServer, channel: str, text: str, details: dict[str, Any]) -> str:
    contact = {"name": "Leo Marsh", "external_id": f"leo {time.monotonic_ns()}"}
    body = {"contact": contact, "message": {"text": text}, "channel": channel}
    conversation = str((await desk.call("POST", "/conversations", body))["id"])
    await desk.call("POST", f"/conversations/{conversation}/claim")
    where = (json.dumps(details), conversation)
    _put(server, "UPDATE messages SET details = ? WHERE conversation_id = ? AND kind = 'customer'", where)
    return conversation


async def test_quoted_text_is_there_when_it_is_wanted(sit: Sit, server: RunningServer) -> None:
    desk = await sit(AGENT)
    details = {"quoted": "> Your parcel is on its way.", "subject": "Order 1432", "dropped": ["film.mp4: too large"]}
    await desk.show(await _wrote(desk, server, "email", "It has not come.", details))
    message = log(desk).get_by_role("article").first
    await expect(message).to_contain_text("Order 1432")
    await expect(message.get_by_role("list", name="Not kept")).to_contain_text("film.mp4: too large")
    await expect(message).not_to_contain_text("Your parcel is on its way.")
    await message.get_by_role("button", name="Show the quoted text").click()
    await expect(message).to_contain_text("Your parcel is on its way.")


async def test_the_design_stands_in_a_frame_and_loads_nothing_until_somebody_says_so(
    sit: Sit, server: RunningServer
) -> None:
    desk = await sit(AGENT)
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "tracker.example" in request.url else None)
    await desk.page.route("https://tracker.example/**", lambda route: route.abort())
    conversation = await _wrote(desk, server, "email", "My parcel has not come.", {"html": True, "remote_images": 1})
    clean, _ = sanitised(HTML, {})
    whose = "SELECT workspace_id, id, ? FROM messages WHERE conversation_id = ? AND kind = 'customer'"
    _put(server, f"INSERT INTO message_html {whose}", (clean, conversation))
    await desk.show(conversation)
    await expect(log(desk).locator("iframe")).to_have_count(0)
    await log(desk).get_by_role("button", name="Show as designed").click()
    frame = log(desk).locator("iframe")
    await expect(frame).to_have_attribute("sandbox", "allow-popups allow-popups-to-escape-sandbox")
    await expect(frame.content_frame.locator("b")).to_have_text("has not come")
    assert asked == []
    async with desk.page.expect_request("https://tracker.example/**"):
        await log(desk).get_by_role("button", name="Show them").click()
    await expect(log(desk).get_by_text("Remote images are off.")).to_have_count(0)
    await expect(frame.content_frame.locator("b")).to_have_text("has not come")
    provoked(desk, "Content Security Policy|net::ERR_FAILED|Blocked script")


async def test_a_closed_window_says_so_before_anything_is_written(sit: Sit, server: RunningServer) -> None:
    desk = await sit(AGENT)
    conversation = await _wrote(desk, server, "whatsapp", "Is it open?", {})
    over = int(time.time() * 1_000) - DAY_MS
    _put(server, "UPDATE conversations SET reply_until = ? WHERE id = ?", (over, conversation))
    await desk.show(conversation)
    composer = desk.page.get_by_role("region", name="Composer")
    await expect(composer).to_contain_text("A template can still be sent, and notes always work.")
    await expect(desk.composer).to_have_count(0)
    await composer.get_by_role("button", name="Choose a template").click()
    await expect(desk.page.get_by_role("dialog")).to_contain_text("No approved template can be sent from here.")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await composer.get_by_role("tab", name="Note").click()
    await desk.composer.fill("They ask for Monday.")
    await composer.get_by_role("button", name="Add note").click()
    await expect(log(desk)).to_contain_text("They ask for Monday.")


async def test_an_open_window_says_until_when(sit: Sit, server: RunningServer) -> None:
    desk = await sit(AGENT)
    conversation = await _wrote(desk, server, "whatsapp", "Is it open?", {"reactions": [{"emoji": "+1", "at": "x"}]})
    _put(
        server,
        "UPDATE conversations SET reply_until = ? WHERE id = ?",
        (int(time.time() * 1_000) + DAY_MS, conversation),
    )
    await desk.show(conversation)
    await expect(desk.page.get_by_role("region", name="Composer")).to_contain_text("Takes replies until")
    await expect(log(desk).get_by_role("list", name="Reactions")).to_contain_text("+1")
    await expect(desk.composer).to_be_editable()
