"""Somebody asks for a conversation that somebody else holds: every answer there can be, seen from both sides."""

import re
import sqlite3
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import alert, facts, held, log, said, steps, texts, type_text, waiting
from tests.support.server import RunningServer

pytestmark = pytest.mark.timeout(240)


async def test_accepted_it_changes_hands_and_both_are_told(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, customer = await _asked(kofi, mei, note="I know this customer")
    await expect(_card(mei, kofi)).to_contain_text("I know this customer")
    await _card(mei, kofi).get_by_role("button", name="Accept").click()
    await expect(kofi.header).to_contain_text("You ·")
    await expect(said(kofi, f"{mei.name} accepted: {customer} is yours")).to_be_attached()
    await expect(mei.header).to_contain_text(f"Claimed by {kofi.name}")
    await expect(_card(mei, kofi)).to_have_count(0)
    assert (await facts(mei, conversation))["claimed_via"] == "takeover"


async def test_declined_with_a_reason_it_stays_and_the_asker_reads_why(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, customer = await _asked(kofi, mei)
    await _card(mei, kofi).get_by_role("button", name="Decline…").click()
    reason = _card(mei, kofi).get_by_role("textbox", name="Reason (optional)")
    await expect(reason).to_be_focused()
    await reason.fill("We are on the phone")
    await reason.press("Enter")
    await expect(said(kofi, f"{mei.name} declined and keeps {customer}: We are on the phone")).to_be_attached()
    await expect(_ask(kofi)).to_be_visible()
    await expect(_card(mei, kofi)).to_have_count(0)
    assert (await facts(mei, conversation))["assignee"]["id"] == mei.id
    assert await _state(mei, conversation) == "declined"


async def test_cancelled_it_leaves_the_owners_screen(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, _ = await _asked(kofi, mei)
    await kofi.header.get_by_role("button", name="Cancel").click()
    await expect(_card(mei, kofi)).to_have_count(0)
    await expect(said(mei, f"{kofi.name} no longer asks")).to_be_attached()
    await expect(_ask(kofi)).to_be_visible()
    assert await _state(mei, conversation) == "cancelled"


async def test_an_acceptance_that_comes_too_late_gives_nothing_away(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, _ = await _asked(kofi, mei)
    request = await _request(kofi, conversation)

    async def cancel_first(route: Any) -> None:
        await kofi.call("POST", f"/takeover-requests/{request['id']}/cancel")
        await route.continue_()

    await mei.page.route(re.compile("/accept$"), cancel_first)
    await _card(mei, kofi).get_by_role("button", name="Accept").click()
    await expect(_card(mei, kofi)).to_have_count(0)
    await expect(mei.header).to_contain_text("You ·")
    await expect(said(mei, f"{kofi.name} no longer asks")).to_be_attached()
    assert (await facts(mei, conversation))["assignee"]["id"] == mei.id


async def test_unanswered_for_its_time_it_lapses_and_says_so(sit: Sit, server: RunningServer) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, customer = await _asked(kofi, mei)
    with sqlite3.connect(server.data_dir / "dibs.db", timeout=30) as database:
        database.execute("UPDATE takeover_requests SET expires_at = created_at WHERE state = 'open'")
    database.close()
    await expect(said(kofi, f"Your request for {customer} has lapsed")).to_be_attached()
    await expect(said(mei, f"The request by {kofi.name} for {customer} has lapsed")).to_be_attached()
    await expect(_card(mei, kofi)).to_have_count(0)
    await expect(_ask(kofi)).to_be_visible()
    assert (await facts(mei, conversation))["assignee"]["id"] == mei.id


async def test_it_lapses_when_the_owner_lets_go(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, customer = await _asked(kofi, mei)
    await mei.call("POST", f"/conversations/{conversation}/release")
    await expect(said(kofi, f"Your request for {customer} has lapsed")).to_be_attached()
    await expect(kofi.header.get_by_role("button", name="Claim")).to_be_visible()
    await expect(_card(mei, kofi)).to_have_count(0)


async def test_of_two_who_ask_one_gets_it_and_the_other_is_told(sit: Sit) -> None:
    kofi, mei, tomas = await sit(2), await sit(3), await sit(4)
    conversation, customer = await _asked(kofi, mei)
    await tomas.show(conversation)
    await _press_ask(tomas)
    await expect(_card(mei, tomas)).to_be_visible()
    await _card(mei, tomas).get_by_role("button", name="Accept").click()
    await expect(tomas.header).to_contain_text("You ·")
    await expect(kofi.header).to_contain_text(f"Claimed by {tomas.name}")
    await expect(said(kofi, f"Your request for {customer} has lapsed")).to_be_attached()
    await expect(_card(mei, kofi)).to_have_count(0)


async def test_asked_once_it_cannot_be_asked_again_not_even_after_a_reload(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation, _ = await _asked(kofi, mei)
    await expect(_ask(kofi)).to_have_count(0)
    await kofi.page.reload()
    await expect(kofi.header).to_contain_text(f"Asked {mei.name}")
    await expect(_ask(kofi)).to_have_count(0)
    await mei.page.reload()
    await expect(_card(mei, kofi)).to_have_count(1)
    request = await _request(kofi, conversation)
    await kofi.call("POST", f"/takeover-requests/{request['id']}/cancel")
    await expect(_card(mei, kofi)).to_have_count(0)


async def test_an_asker_at_the_limit_gets_nothing_and_the_request_stays(sit: Sit) -> None:
    admin, ines, mei = await sit(1), await sit(5), await sit(3)
    await held(ines)
    conversation, _ = await _asked(ines, mei)
    await admin.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 1})
    card = _card(mei, ines)
    await card.get_by_role("button", name="Accept").click()
    await expect(card.get_by_role("alert")).to_contain_text(ines.name)
    await expect(mei.header).to_contain_text("You ·")
    assert len(await _open(ines, conversation)) == 1
    await admin.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 20})
    await card.get_by_role("button", name="Accept").click()
    await expect(ines.header).to_contain_text("You ·")


async def test_wherever_the_owner_is_the_request_finds_them(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await held(mei)
    await mei.open("/settings/profile")
    await kofi.show(conversation)
    await _press_ask(kofi)
    corner = mei.page.get_by_role("region", name="Waiting for your answer")
    await expect(corner.get_by_role("status")).to_contain_text(f"{kofi.name} asks to take over")
    await corner.get_by_role("button", name="Accept").click()
    await expect(kofi.header).to_contain_text("You ·")


async def test_who_is_not_in_the_pool_cannot_even_ask(sit: Sit) -> None:
    admin, kofi, mei = await sit(1), await sit(2), await sit(3)
    pool = {"name": "Returns desk", "members": [mei.id], "conditions": {"tags": ["returns-desk"]}}
    await admin.call("POST", "/pools", pool)
    (free,) = await waiting(mei)
    await admin.call("PATCH", f"/conversations/{free['id']}", {"tags": ["returns-desk"]})
    await mei.call("POST", f"/conversations/{free['id']}/claim")
    await kofi.show(free["id"])
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    await expect(kofi.header.get_by_role("button", name="Observe")).to_be_visible()
    await expect(_ask(kofi)).to_have_count(0)
    await expect(kofi.page.get_by_role("button", name="Ask to take over")).to_have_count(0)


async def test_an_admin_takes_over_and_sends_in_one(sit: Sit) -> None:
    admin, mei = await sit(1), await sit(3)
    conversation = await held(mei)
    await mei.show(conversation)
    await admin.show(conversation)
    await type_text(admin, "I am the manager, how can I help?")
    await admin.page.get_by_role("button", name="Take over and send").click()
    await expect(admin.header).to_contain_text("You ·")
    await expect(log(admin)).to_contain_text("I am the manager")
    await expect(alert(mei, re.compile(f"{admin.name} reassigned .* from you to {admin.name}"))).to_be_attached()
    assert await texts(admin, conversation, "reply") == ["I am the manager, how can I help?"]
    assert len(await steps(admin, conversation, "reassigned")) == 1


async def test_an_admin_at_the_limit_sends_nothing_and_keeps_the_text(sit: Sit) -> None:
    admin, mei = await sit(1), await sit(3)
    await held(admin)
    conversation = await held(mei)
    await admin.show(conversation)
    await type_text(admin, "I am the manager")
    await admin.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 1})
    await admin.page.get_by_role("button", name="Take over and send").click()
    await expect(alert(admin, re.compile("Not sent: .*The text is kept"))).to_be_attached()
    await expect(admin.composer).to_have_value("I am the manager")
    await expect(admin.header).to_contain_text(f"Claimed by {mei.name}")
    assert await texts(admin, conversation, "reply") == []
    await admin.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 20})


async def test_who_is_no_admin_cannot_send_over_the_owner(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await held(mei)
    await kofi.show(conversation)
    await expect(kofi.page.get_by_role("tab", name="Note")).to_have_attribute("aria-selected", "true")
    await expect(kofi.page.get_by_role("tab", name="Reply (locked)")).to_be_visible()
    await type_text(kofi, "Let me answer this")
    await expect(kofi.page.get_by_text(f"Claimed by {mei.name}: only they reply")).to_be_visible()
    await kofi.page.keyboard.press("Control+Enter")
    await expect(kofi.page.get_by_role("button", name=re.compile("^(Take over and send|Send)"))).to_have_count(0)
    await expect(kofi.composer).to_have_value("Let me answer this")
    assert await texts(kofi, conversation, "reply") == []


async def _asked(asker: Desk, owner: Desk, note: str = "") -> tuple[str, str]:
    """A conversation of the owner's for which the asker has asked; both look at it. Its id and its customer."""
    conversation = await held(owner)
    await owner.show(conversation)
    await asker.show(conversation)
    await _press_ask(asker, note)
    await expect(asker.header).to_contain_text(f"Asked {owner.name}")
    await expect(_card(owner, asker)).to_be_visible()
    return conversation, str((await facts(owner, conversation))["contact"]["name"])


async def _press_ask(desk: Desk, note: str = "") -> None:
    await _ask(desk).click()
    field = desk.page.get_by_role("dialog").get_by_role("textbox", name="Why (optional)")
    await field.fill(note)
    await field.press("Enter")


def _ask(desk: Desk) -> Locator:
    return desk.header.get_by_role("button", name="Ask to take over")


def _card(owner: Desk, asker: Desk) -> Locator:
    return owner.header.get_by_role("region", name=f"Take-over request by {asker.name}")


async def _open(desk: Desk, conversation: str) -> list[dict[str, Any]]:
    page = await desk.call("GET", f"/takeover-requests?state=open&conversation={conversation}")
    return list(page["data"])


async def _request(desk: Desk, conversation: str) -> dict[str, Any]:
    (found,) = await _open(desk, conversation)
    return found


async def _state(desk: Desk, conversation: str) -> str:
    page = await desk.call("GET", f"/takeover-requests?conversation={conversation}")
    return str(page["data"][0]["state"])
