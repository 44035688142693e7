"""Hostile customers: 300 payloads through every field that they control, in the inbox and in the frame of a mail."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from dibs.channels.email.markup import sanitised
from playwright.async_api import Browser, Error, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import log, provoked
from tests.support.payloads import Watch, all_of_them, armed
from tests.support.server import RunningServer

pytestmark = pytest.mark.timeout(300)

PAYLOADS = all_of_them()
LONGEST_NAME, PER_THREAD, PER_MESSAGE, AT_ONCE = 200, 50, 10, 25
# A conversation takes a moment to open: a tenth of them by default.
EVERY = 1 if os.environ.get("DIBS_TEST_FULL") else 10


@dataclass
class Hostile:
    """What was written: one conversation a payload, and long ones in which a payload is a message or a file."""

    single: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hostile(server: RunningServer, seeded: tuple[Any, dict[str, Any]]) -> Hostile:
    """Writes them, once for this file."""
    owner = seeded[1]["agents"][0]
    written = Hostile()
    headers = {"Authorization": f"Bearer {owner['key']}"}
    async with httpx.AsyncClient(base_url=f"{server.url}/v1", headers=headers, trust_env=False, timeout=60) as api:
        for at in range(0, len(PAYLOADS), AT_ONCE):
            some = PAYLOADS[at : at + AT_ONCE]
            begun = (_begin(api, each[:LONGEST_NAME], each, f"single {at + n}") for n, each in enumerate(some))
            written.single += await asyncio.gather(*begun)
        for at in range(0, len(PAYLOADS), PER_THREAD):
            payloads = PAYLOADS[at : at + PER_THREAD]
            thread = await _begin(api, f"Mallory {at}", payloads[0], f"thread {at}")
            path = f"/conversations/{thread}/customer-messages"
            await asyncio.gather(*(_post(api, path, {"text": each}) for each in payloads[1:]))
            written.threads.append(thread)
            await _post(api, f"/conversations/{thread}/claim", {})
            for first in range(0, len(payloads), PER_MESSAGE):
                names = payloads[first : first + PER_MESSAGE]
                ids = await asyncio.gather(*(_upload(api, name) for name in names))
                await _post(api, f"/conversations/{thread}/messages", {"kind": "note", "attachments": list(ids)})
            await _post(api, f"/conversations/{thread}/release", {})
    return written


async def _begin(api: httpx.AsyncClient, name: str, text: str, contact: str) -> str:
    # The server refuses names with characters that nobody sees; the rest of them stays.
    seen = "".join(letter for letter in name if letter.isprintable())
    who = {"name": seen.strip() or "x", "external_id": contact}
    body = {"contact": who, "message": {"text": text}, "subject": text[:300], "channel": "email"}
    return str((await _post(api, "/conversations", body))["id"])


async def _upload(api: httpx.AsyncClient, name: str) -> str:
    answer = await api.post("/files", files={"file": (name, b"hello", "text/plain")})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _post(api: httpx.AsyncClient, path: str, body: Any) -> Any:
    answer = await api.post(path, json=body)
    assert answer.is_success, f"{path} {body}: {answer.text}"
    return answer.json()


@contextmanager
def stored(server: RunningServer) -> Iterator[sqlite3.Connection]:
    """The server's database: what only a channel writes is put in there."""
    with closing(sqlite3.connect(server.data_dir / "dibs.db", timeout=30)) as database:
        yield database
        database.commit()


Guarded = Callable[[], Awaitable[tuple[Desk, Watch]]]


@pytest.fixture
def guarded(sit: Sit) -> Guarded:
    """Lets an agent sit down whose browser is watched."""

    async def take_a_seat() -> tuple[Desk, Watch]:
        desk, watch = await sit(2), Watch()
        await watch.begin(desk.context)
        return desk, watch

    return take_a_seat


async def unharmed(desk: Desk, watch: Watch) -> None:
    """Fails when anything ran, left, or is armed."""
    assert await armed(desk.page) == []
    assert watch.ran == [], watch.ran
    assert watch.left == [], watch.left


async def test_names_subjects_and_previews_in_the_list(guarded: Guarded, hostile: Hostile) -> None:
    desk, watch = await guarded()
    await desk.open("/inbox/all?channel=email")
    await expect(desk.page.get_by_role("row").nth(3)).to_be_visible()
    seen: set[str] = set()
    grid = desk.page.get_by_role("grid")
    while True:
        rows = await grid.locator("[role=row][data-id]").evaluate_all("all => all.map(it => it.dataset.id)")
        if not set(rows) - seen:
            break
        seen |= set(rows)
        await unharmed(desk, watch)
        await grid.locator("[role=row][data-id]").last.scroll_into_view_if_needed()
        await desk.page.mouse.wheel(0, 600)
        await desk.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        await expect(grid.locator("[role=row][data-id]").first).to_be_visible()
    shown = len(seen & set(hostile.single))
    print(f"{shown} of {len(hostile.single)} hostile rows were on screen")
    assert shown > len(hostile.single) / 3


async def test_a_conversation_under_a_hostile_name(guarded: Guarded, hostile: Hostile) -> None:
    desk, watch = await guarded()
    for at in range(0, len(PAYLOADS), EVERY):
        await desk.show(hostile.single[at])
        await expect(log(desk)).to_contain_text(PAYLOADS[at].split("\n")[0][:20].strip())
        await expect(desk.page.get_by_role("button", name="More about the customer")).to_be_visible()
        await unharmed(desk, watch)


async def test_messages_and_names_of_files(guarded: Guarded, hostile: Hostile) -> None:
    desk, watch = await guarded()
    for thread in hostile.threads:
        await desk.show(thread)
        await expect(log(desk).get_by_role("listitem").first).to_be_visible()
        while await desk.page.get_by_text("Loading older messages").count():
            await log(desk).evaluate("it => it.scrollTo(0, 0)")
            await desk.page.wait_for_timeout(50)
        articles = await log(desk).get_by_role("article").count()
        assert articles >= PER_THREAD, articles
        await unharmed(desk, watch)


async def test_the_page_on_which_a_visitor_wrote(guarded: Guarded, hostile: Hostile, server: RunningServer) -> None:
    with stored(server) as database:
        for thread, payload in zip(hostile.single, PAYLOADS, strict=True):
            details = json.dumps({"page_url": payload})
            database.execute("UPDATE messages SET details = ? WHERE conversation_id = ?", (details, thread))
    desk, watch = await guarded()
    for at in range(0, len(PAYLOADS), EVERY):
        await desk.show(hostile.single[at])
        await expect(log(desk).get_by_text("Written on")).to_be_attached()
        await unharmed(desk, watch)


async def test_the_html_of_mails(guarded: Guarded, hostile: Hostile, server: RunningServer) -> None:
    """Each payload is a mail's HTML, sanitised as the channel does it, in the frame that the app makes for it."""
    with stored(server) as database:
        for thread, payload in zip(hostile.single, PAYLOADS, strict=True):
            html, _ = sanitised(f"<html><body><p>Hello</p>{payload}</body></html>", {})
            which = "SELECT workspace_id, id FROM messages WHERE conversation_id = ? AND kind = 'customer'"
            for key in database.execute(which, (thread,)).fetchall():
                database.execute("INSERT OR REPLACE INTO message_html VALUES (?, ?, ?)", (*key, html))
                told = json.dumps({"html": True})
                database.execute("UPDATE messages SET details = ? WHERE workspace_id = ? AND id = ?", (told, *key))
    desk, watch = await guarded()
    await desk.open("/inbox/all")
    await desk.page.evaluate("() => localStorage.setItem('dibs.mail', 'designed')")
    await desk.open("/inbox/all")
    for at in range(0, len(PAYLOADS), EVERY):
        await desk.show(hostile.single[at])
        frame = log(desk).locator("iframe")
        await expect(frame).to_have_attribute("sandbox", "allow-popups allow-popups-to-escape-sandbox")
        await expect(frame.content_frame.get_by_text("Hello")).to_be_visible()
        await unharmed(desk, watch)
    provoked(desk, "Content Security Policy|Blocked script execution")


async def test_without_protection_they_would_do_harm(browser: Browser) -> None:
    """The control: the same payloads as markup of a page without a policy. What they do there, the watch sees."""
    context = await browser.new_context()
    watch = Watch()
    await watch.begin(context)
    await context.route("https://evil.example/**", lambda route: route.abort())
    page = await context.new_page()
    harmful = 0
    for payload in PAYLOADS:
        watch.ran.clear()
        watch.left.clear()
        try:
            await page.set_content(f"<body><div>{payload}</div></body>", wait_until="commit")
            found = await armed(page)
        except Error:
            found = ["led the page away"]
        harmful += bool(watch.ran or watch.left or found)
    print(f"{harmful} of {len(PAYLOADS)} payloads do harm without protection")
    assert harmful > 180
    await context.close()
