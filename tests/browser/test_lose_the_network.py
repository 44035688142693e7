"""The network goes, a lot happens, it comes back: nothing is missed or doubled, nothing was drawn that was not so."""

import asyncio
import re
from collections import Counter
from typing import Any

import httpx
import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import alert, facts, held, log, provoked, row, steps, texts, thread, type_text, until, waiting
from tests.support.server import RunningServer

CLAIM = re.compile(r"/v1/conversations/[^/]+/claim$")
# Notes what the header says at every change, so that no moment is missed.
WATCH_HEADER = """
const header = document.querySelector('section[aria-label="Conversation"] header');
window.headerSaid = [header.innerText];
new MutationObserver(() => {
  const now = document.querySelector('section[aria-label="Conversation"] header');
  if (now) window.headerSaid.push(now.innerText);
}).observe(document.querySelector('section[aria-label="Conversation"]'),
  { subtree: true, childList: true, characterData: true });
"""

pytestmark = pytest.mark.timeout(300)


async def test_after_fifty_events_the_screen_is_as_the_server_has_it(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await held(kofi)
    await kofi.show(conversation, "all")
    await expect(log(kofi).get_by_role("article").first).to_be_visible()
    shown = [each for each in await _shown(kofi) if each != conversation]
    await kofi.context.set_offline(True)
    await expect(alert(kofi, "You are offline. What you see is from")).to_be_visible()
    written = await _fifty_events(mei, conversation, shown)
    before = await log(kofi).inner_text()
    assert not any(text in before for text in written)
    await kofi.context.set_offline(False)
    await expect(alert(kofi, "You are offline")).to_have_count(0)
    await expect(log(kofi)).to_contain_text(written[-1])
    await _agrees_with_the_server(kofi, conversation)


async def test_a_server_that_restarts_is_caught_up_with(sit: Sit, server: RunningServer) -> None:
    kofi, mei = await sit(2), await sit(4)
    conversation = await held(kofi)
    await kofi.show(conversation, "all")
    await expect(log(kofi).get_by_role("article").first).to_be_visible()
    shown = [each for each in await _shown(kofi) if each != conversation]
    await asyncio.to_thread(server.kill9)
    await expect(alert(kofi, "Live updates are interrupted. What you see is from")).to_be_visible()
    await asyncio.to_thread(server.start)
    written = await _fifty_events(mei, conversation, shown)
    await expect(alert(kofi, "Live updates are interrupted")).to_have_count(0)
    await expect(log(kofi)).to_contain_text(written[-1])
    await _agrees_with_the_server(kofi, conversation)
    provoked(kofi, "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")


async def test_a_claim_pressed_offline_is_never_drawn_as_owned_and_lands_once(sit: Sit) -> None:
    kofi = await sit(3)
    (conversation,) = await waiting(kofi)
    await kofi.show(conversation, "unclaimed")
    await _go_offline(kofi)
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("Not confirmed")
    await expect(row(kofi, conversation["id"])).to_contain_text("Not confirmed")
    assert (await facts(kofi, conversation["id"]))["assignee"] is None
    assert not _drawn_as_owned(await kofi.page.evaluate("window.headerSaid"))
    await kofi.context.set_offline(False)
    await expect(kofi.header).to_contain_text("You")
    assert _drawn_as_owned(await kofi.page.evaluate("window.headerSaid")), "the control: the watch sees it"
    assert (await facts(kofi, conversation["id"]))["assignee"]["id"] == kofi.id
    assert len(await steps(kofi, conversation["id"], "claimed")) == 1


async def test_a_claim_pressed_offline_loses_to_who_was_faster(sit: Sit) -> None:
    kofi, mei = await sit(3), await sit(4)
    (conversation,) = await waiting(kofi)
    await kofi.show(conversation, "unclaimed")
    await _go_offline(kofi)
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("Not confirmed")
    await mei.call("POST", f"/conversations/{conversation['id']}/claim")
    await kofi.context.set_offline(False)
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    await expect(kofi.page.get_by_role("status").filter(has_text=f"Claimed by {mei.name}").first).to_be_attached()
    assert not _drawn_as_owned(await kofi.page.evaluate("window.headerSaid"))
    assert len(await steps(kofi, conversation["id"], "claimed")) == 1


async def test_an_answer_that_gets_lost_is_asked_for_again_with_the_same_key(sit: Sit) -> None:
    kofi = await sit(3)
    (conversation,) = await waiting(kofi)
    await kofi.show(conversation, "unclaimed")
    await _go_offline(kofi)
    keys: list[str | None] = []

    async def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) > 1:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    await kofi.page.route(CLAIM, lose_the_first)
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("Not confirmed")
    await until(lambda: _holds(kofi, conversation["id"]), "the claim, of which nobody tells the page")
    assert not _drawn_as_owned(await kofi.page.evaluate("window.headerSaid"))
    await kofi.context.set_offline(False)
    await expect(kofi.header).to_contain_text("You")
    assert len(keys) >= 2
    assert set(keys) == {keys[0]}
    assert keys[0]
    assert len(await steps(kofi, conversation["id"], "claimed")) == 1
    provoked(kofi, "ERR_FAILED")


async def test_an_answer_that_is_cut_off_confirms_nothing(sit: Sit) -> None:
    kofi = await sit(3)
    (conversation,) = await waiting(kofi)
    await kofi.show(conversation, "unclaimed")
    tries = 0

    async def cut_the_first(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            await route.fulfill(status=200, content_type="application/json", body='{"id":"conv')
        else:
            await route.continue_()

    await kofi.page.route(CLAIM, cut_the_first)
    await expect(kofi.header).to_contain_text("Unclaimed")
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("You")
    assert tries == 2
    assert len(await steps(kofi, conversation["id"], "claimed")) == 1


async def test_a_part_of_the_app_that_does_not_come_comes_with_the_network(sit: Sit) -> None:
    kofi = await sit(4)
    conversation = await held(kofi)
    document = await (await kofi.context.request.get(kofi.base)).text()
    missing: list[str] = []

    async def lose_the_rest(route: Route) -> None:
        if route.request.url.rpartition("/")[2] in document:
            await route.continue_()
        else:
            missing.append(route.request.url)
            await route.abort()

    await kofi.page.route(re.compile(r"/assets/[^/]+\.js$"), lose_the_rest)
    await kofi.open(f"/inbox/all/{conversation}")
    await expect(kofi.page.get_by_role("grid").get_by_role("row").first).to_be_visible()
    await expect(kofi.page.get_by_role("complementary", name="Details")).to_have_count(0)
    assert missing
    await kofi.page.unroute_all()
    await expect(kofi.header).to_contain_text("You ·")
    await expect(kofi.page.get_by_role("complementary", name="Details")).to_contain_text("Customer")
    provoked(kofi, "ERR_FAILED")


async def test_what_is_written_offline_waits_and_is_sent_by_nobody(sit: Sit) -> None:
    kofi = await sit(4)
    conversation = await held(kofi)
    await kofi.show(conversation, "all")
    await kofi.context.set_offline(True)
    await expect(alert(kofi, "drafts are kept, nothing is sent")).to_be_visible()
    await type_text(kofi, "Written in a tunnel")
    await expect(kofi.page.get_by_role("button", name="Send to")).to_be_disabled()
    await kofi.page.keyboard.press("Control+Enter")
    await expect(kofi.composer).to_have_value("Written in a tunnel")
    await kofi.context.set_offline(False)
    await until(lambda: _has_draft(kofi, conversation, "Written in a tunnel"), "the draft")
    assert await texts(kofi, conversation, "reply") == []
    await expect(kofi.page.get_by_role("button", name="Send to")).to_be_enabled()


async def _go_offline(desk: Desk) -> None:
    """From here on the header's words are watched."""
    await expect(desk.header).to_contain_text("Unclaimed")
    await desk.page.evaluate(WATCH_HEADER)
    await desk.context.set_offline(True)
    await expect(alert(desk, "You are offline")).to_be_visible()


def _drawn_as_owned(said: list[str]) -> bool:
    return any(re.search(r"You ·|Release", each) for each in said)


async def _shown(desk: Desk) -> list[str]:
    """The ids of the rows that are drawn, from the top."""
    rows = desk.page.get_by_role("grid").get_by_role("row")
    await expect(rows.first).to_have_accessible_name(re.compile("claimed"))
    found = await rows.evaluate_all("rows => rows.map(row => [row.ariaRowIndex * 1, row.dataset.id])")
    return [conversation for _, conversation in sorted(found)]


async def _fifty_events(by: Desk, conversation: str, shown: list[str]) -> list[str]:
    """Claims, messages and releases; returns what was written into the conversation, in order."""
    free = [each for each in shown if (await facts(by, each))["assignee"] is None][:12]
    back = free[::2]
    for each in free:
        await by.call("POST", f"/conversations/{each}/claim")
    for each in back:
        await by.call("POST", f"/conversations/{each}/customer-messages", {"text": "Hello, still there?"})
        await by.call("POST", f"/conversations/{each}/release")
    assert len(free) >= 6, "too few of the rows are unclaimed"
    written = [f"While you were away, part {number}." for number in range(50 - len(free) - 2 * len(back))]
    for text in written:
        await by.call("POST", f"/conversations/{conversation}/customer-messages", {"text": text})
    return written


async def _agrees_with_the_server(desk: Desk, conversation: str) -> None:
    """Every row that is drawn and the open thread are as the server has them."""
    for each in await _shown(desk):
        told = await facts(desk, each)
        await expect(row(desk, each)).to_have_accessible_name(re.compile(f", {re.escape(_owner(told, desk))}"))
        await expect(row(desk, each)).to_contain_text(told["preview"][:40])
    wanted = Counter(message["text"] for message in await thread(desk, conversation))
    articles = log(desk).get_by_role("article")
    await expect(articles).to_have_count(wanted.total())
    drawn = await articles.locator("div[dir=auto]").all_inner_texts()
    assert Counter(drawn) == wanted


def _owner(told: dict[str, Any], desk: Desk) -> str:
    if told["assignee"] is None:
        return "unclaimed"
    return "claimed by you" if told["assignee"]["id"] == desk.id else f"claimed by {told['assignee']['name']}"


async def _holds(desk: Desk, conversation: str) -> bool:
    told = await facts(desk, conversation)
    return told["assignee"] is not None and told["assignee"]["id"] == desk.id


async def _has_draft(desk: Desk, conversation: str, text: str) -> bool:
    try:
        return bool((await desk.call("GET", f"/conversations/{conversation}/draft"))["text"] == text)
    except (AssertionError, httpx.HTTPError):
        return False
