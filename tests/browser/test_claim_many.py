"""Many conversations at once: what fits is said before, what became of each is said after, and it can be undone."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, provoked, row, said, steps, until, waiting

BULK = re.compile("/bulk/claim$")

pytestmark = pytest.mark.timeout(240)


async def test_more_than_fifty_cannot_be_claimed_and_that_is_said_before_the_click(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    await kofi.page.get_by_role("checkbox", name="Select the first 200").click()
    await expect(kofi.page.get_by_text("200 selected")).to_be_visible()
    await expect(kofi.page.get_by_text("Claim takes at most 50 at once.")).to_be_visible()
    claim = await _menu_claim(kofi)
    await expect(claim).to_be_disabled()
    await expect(claim).to_contain_text("At most 50 at once; 200 are selected.")
    await kofi.page.keyboard.press("Escape")
    await kofi.page.get_by_role("button", name="Keep the first 50").click()
    await expect(kofi.page.get_by_text("50 selected")).to_be_visible()
    await expect(await _menu_claim(kofi)).to_be_enabled()
    assert await _held(kofi) == 0


async def test_fifty_one_are_refused_fifty_are_not(sit: Sit) -> None:
    """The control: the server draws the line where the menu does."""
    kofi = await sit(2)
    page = await kofi.call("GET", "/conversations?view=unclaimed&limit=51")
    too_many = {"conversation_ids": [each["id"] for each in page["data"]]}
    with pytest.raises(AssertionError, match="bulk_limit_exceeded"):
        await kofi.call("POST", "/conversations/bulk/claim", too_many)
    assert await _held(kofi) == 0


async def test_before_the_click_the_menu_says_how_many_fit(sit: Sit) -> None:
    kofi = await sit(2)
    three = await waiting(kofi, 3)
    await kofi.call("POST", "/conversations/bulk/claim", {"conversation_ids": [each["id"] for each in three]})
    await _list(kofi)
    await _select(kofi, 2)
    await expect(kofi.page.get_by_text("You have room for 17.")).to_be_visible()
    await expect(await _menu_claim(kofi)).to_contain_text("You have room for 17. Leave some for your teammates.")
    await kofi.call("POST", "/conversations/bulk/release", {"conversation_ids": [each["id"] for each in three]})


async def test_the_result_names_every_conversation_under_its_outcome(sit: Sit) -> None:
    kofi, mei, admin = await sit(2), await sit(3), await sit(1)
    await _list(kofi)
    ids = await _select(kofi, 4)
    names = [(await facts(kofi, each))["contact"]["name"] for each in ids]
    await mei.call("POST", f"/conversations/{ids[1]}/claim")
    pool = {"name": "Legal desk", "members": [admin.id], "conditions": {"tags": ["legal-desk"]}}
    made = await admin.call("POST", "/pools", pool)
    await admin.call("PATCH", f"/conversations/{ids[2]}", {"tags": ["legal-desk"]})
    await admin.call("POST", f"/conversations/{ids[3]}/resolve")
    sheet = await _claim(kofi, "1 claimed, 3 not")
    groups = {
        "1 claimed": [names[0]],
        "1 claimed by somebody else": [names[1], f"Claimed by {mei.name}"],
        "1 for a pool that does not include you": [names[2], "Legal desk"],
        "1 closed meanwhile": [names[3]],
    }
    for title, words in groups.items():
        (item,) = await sheet.get_by_role("region", name=title, exact=True).get_by_role("listitem").all()
        assert (await item.inner_text()).split("\n") == words
    await expect(sheet.get_by_role("region")).to_have_count(4)
    assert await _owners(kofi, ids) == [kofi.id, mei.id, None, None]
    await admin.call("DELETE", f"/pools/{made['id']}")
    await kofi.call("POST", f"/conversations/{ids[0]}/release")


async def test_undone_all_are_where_they_were_and_the_focus_is_in_the_list(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    before = await _shown(kofi)
    ids = await _select(kofi, 3)
    sheet = await _claim(kofi, "3 claimed")
    assert await _owners(kofi, ids) == [kofi.id] * 3
    await sheet.get_by_role("button", name="Undo").click()
    await expect(said(kofi, "Undone for 3 conversations.")).to_be_attached()
    assert await _owners(kofi, ids) == [None] * 3
    await expect(sheet).to_have_count(0)
    await expect(kofi.page.locator("[role=row]:focus")).to_have_count(1)
    for each in ids:
        await expect(row(kofi, each)).to_have_accessible_name(re.compile(", unclaimed"))
    assert await _shown(kofi) == before
    # As long as the pill may take.
    await kofi.page.wait_for_timeout(400)
    await expect(kofi.page.get_by_role("button", name=re.compile(" new$"))).to_have_count(0)


async def test_an_undo_leaves_alone_what_was_answered_meanwhile(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    ids = await _select(kofi, 2)
    sheet = await _claim(kofi, "2 claimed")
    await kofi.call("POST", f"/conversations/{ids[0]}/messages", {"kind": "reply", "text": "I am on it."})
    await sheet.get_by_role("button", name="Undo").click()
    await expect(said(kofi, "Undone for 1 conversation.")).to_be_attached()
    assert await _owners(kofi, ids) == [kofi.id, None]
    await kofi.call("POST", f"/conversations/{ids[0]}/resolve")


async def test_closing_the_result_brings_the_focus_back_to_the_list(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    ids = await _select(kofi, 2)
    sheet = await _claim(kofi, "2 claimed")
    await kofi.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await expect(kofi.page.locator("[role=row]:focus")).to_have_count(1)
    await expect(kofi.page.get_by_text("selected")).to_have_count(0)
    await kofi.call("POST", "/conversations/bulk/release", {"conversation_ids": ids})


async def test_an_answer_that_gets_lost_claims_each_of_them_once(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    ids = await _select(kofi, 2)
    before = [len(await steps(kofi, each, "claimed")) for each in ids]
    keys: list[str | None] = []

    async def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) > 1:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    await kofi.page.route(BULK, lose_the_first)
    await _claim(kofi, "2 claimed")
    assert keys[0]
    assert keys == [keys[0]] * 2
    assert [len(await steps(kofi, each, "claimed")) for each in ids] == [count + 1 for count in before]
    await kofi.call("POST", "/conversations/bulk/release", {"conversation_ids": ids})
    provoked(kofi, "ERR_FAILED")


async def test_a_refusal_leaves_the_selection_and_says_why(sit: Sit) -> None:
    kofi = await sit(2)
    await _list(kofi)
    ids = await _select(kofi, 2)
    problem = {"code": "rate_limited", "detail": "Too many requests. Wait 9 seconds."}

    async def refuse(route: Route) -> None:
        await route.fulfill(status=429, json=problem)

    await kofi.page.route(BULK, refuse)
    await (await _menu_claim(kofi)).click()
    await expect(said(kofi, "Too many requests. Wait 9 seconds.")).to_be_attached()
    await expect(kofi.page.get_by_text("2 selected")).to_be_visible()
    await expect(kofi.page.get_by_role("dialog")).to_have_count(0)
    assert await _owners(kofi, ids) == [None, None]


async def test_others_see_the_new_owner_in_every_row(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    await _list(mei)
    await _list(kofi)
    # The rows of whoever looks at the list stay where they are.
    await mei.page.get_by_role("grid").get_by_role("row").first.focus()
    ids = await _select(kofi, 3)
    await _claim(kofi, "3 claimed")
    for each in ids:
        await expect(row(mei, each)).to_have_accessible_name(re.compile(f"claimed by {kofi.name}"))
    await until(lambda: _is_counted(mei), "the count")
    await kofi.call("POST", "/conversations/bulk/release", {"conversation_ids": ids})


async def _list(desk: Desk) -> None:
    await desk.open("/inbox/unclaimed")
    await expect(desk.page.get_by_role("grid").get_by_role("row").first).to_have_accessible_name(
        re.compile("unclaimed")
    )


async def _select(desk: Desk, count: int) -> list[str]:
    """Selects the first rows by their checkboxes; returns their ids in the order of the list."""
    rows = desk.page.get_by_role("grid").get_by_role("row")
    found = await rows.evaluate_all("rows => rows.map(row => [row.ariaRowIndex * 1, row.dataset.id])")
    ids = [conversation for _, conversation in sorted(found)][:count]
    for each in ids:
        await row(desk, each).get_by_role("checkbox").click()
    await expect(desk.page.get_by_text(f"{count} selected")).to_be_visible()
    return ids


async def _menu_claim(desk: Desk) -> Locator:
    await desk.page.get_by_role("button", name="Bulk Actions").click()
    claim = desk.page.get_by_role("menuitem", name="Claim")
    await expect(claim).to_be_visible()
    return claim


async def _claim(desk: Desk, result: str) -> Locator:
    await (await _menu_claim(desk)).click()
    sheet = desk.page.get_by_role("dialog")
    await expect(sheet.get_by_role("heading", level=2)).to_have_text(result)
    return sheet


async def _held(desk: Desk) -> int:
    return len((await desk.call("GET", "/conversations?view=any&assignee=me&limit=100"))["data"])


async def _shown(desk: Desk) -> list[str]:
    """The rows on screen by their ids, from the top."""
    rows: list[str] = await desk.page.evaluate(
        """() => [...document.querySelectorAll("[role=row]")]
          .sort((a, b) => a.getAttribute("aria-rowindex") - b.getAttribute("aria-rowindex"))
          .map((row) => row.dataset.id)"""
    )
    return rows[:10]


async def _owners(desk: Desk, ids: list[str]) -> list[str | None]:
    told: list[dict[str, Any]] = [await facts(desk, each) for each in ids]
    return [each["assignee"] and each["assignee"]["id"] for each in told]


async def _is_counted(desk: Desk) -> bool:
    told = await desk.call("GET", "/conversations/counts")
    shown = await desk.page.get_by_role("link", name=re.compile("^Unclaimed")).inner_text()
    return str(told["unclaimed"]["count"]) in shown
