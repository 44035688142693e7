"""A busy inbox stays calm: rows do not jump, others are seen and gone again, what breaks takes nothing else with it."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, held, log, provoked, row, type_text, waiting

pytestmark = pytest.mark.timeout(240)

TOPS = "rows => rows.map(row => [row.dataset.id, row.getBoundingClientRect().top])"


async def test_new_conversations_wait_behind_a_pill_and_move_nothing(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    rows = await _list(kofi, "all")
    before = await rows.evaluate_all(TOPS)
    new = [await _arrives(mei, number) for number in range(3)]
    pill = kofi.page.get_by_role("button", name="3 new")
    await expect(pill).to_be_visible()
    assert await rows.evaluate_all(TOPS) == before
    for each in new:
        await expect(row(kofi, each)).to_have_count(0)
    await pill.click()
    await expect(pill).to_have_count(0)
    for each in new:
        await expect(row(kofi, each)).to_be_visible()


async def test_a_new_one_that_is_taken_at_once_is_not_announced_any_more(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    await _list(kofi, "unclaimed")
    new = await _arrives(mei, 7)
    pill = kofi.page.get_by_role("button", name="1 new")
    await expect(pill).to_be_visible()
    await mei.call("POST", f"/conversations/{new}/claim")
    await expect(pill).to_have_count(0)


async def test_a_row_that_somebody_claims_stays_under_the_focus_and_says_who(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    rows = await _list(kofi, "unclaimed")
    await kofi.page.keyboard.press("j")
    await expect(rows.first).to_be_focused()
    taken = str(await rows.nth(2).get_attribute("data-id"))
    before = await rows.evaluate_all(TOPS)
    await mei.call("POST", f"/conversations/{taken}/claim")
    await expect(row(kofi, taken)).to_have_accessible_name(re.compile(f"claimed by {mei.name}"))
    await expect(row(kofi, taken)).to_contain_text(f"Claimed by {mei.name}")
    # What comes later has come: so the row would have gone by now.
    await _arrives(mei, 9)
    await expect(kofi.page.get_by_role("button", name="1 new")).to_be_visible()
    assert await rows.evaluate_all(TOPS) == before
    await expect(rows.first).to_be_focused()


async def test_when_nobody_is_at_the_list_a_claimed_row_goes(sit: Sit) -> None:
    """The control: it is the focus that keeps it."""
    kofi, mei = await sit(2), await sit(3)
    rows = await _list(kofi, "unclaimed")
    taken = str(await rows.nth(2).get_attribute("data-id"))
    await mei.call("POST", f"/conversations/{taken}/claim")
    await expect(row(kofi, taken)).to_have_count(0)


async def test_others_are_seen_at_work_and_gone_when_they_close_the_page(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    conversation = await held(mei)
    await kofi.show(conversation)
    await expect(_here(kofi)).to_have_count(0)
    await mei.show(conversation)
    await expect(_here(kofi).get_by_role("img", name=f"{mei.name} is viewing")).to_be_visible()
    await type_text(mei, "Good morning")
    await expect(_here(kofi).get_by_role("img", name=f"{mei.name} is writing a reply")).to_be_visible()
    await expect(kofi.page.get_by_text(f"{mei.name} is writing a reply").last).to_be_visible()
    await mei.composer.fill("")
    await mei.page.keyboard.press("Escape")
    await type_text(mei, "For the team", "n")
    await expect(_here(kofi).get_by_role("img", name=f"{mei.name} is writing a note")).to_be_visible()
    await mei.page.close()
    await expect(_here(kofi)).to_have_count(0)


async def test_the_row_tells_who_is_at_it(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    rows = await _list(kofi, "all")
    conversation = str(await rows.nth(1).get_attribute("data-id"))
    await mei.show(conversation)
    await expect(row(kofi, conversation)).to_contain_text(f"Viewing: {mei.name}")
    other = str(await rows.nth(2).get_attribute("data-id"))
    await mei.show(other)
    await expect(row(kofi, conversation)).not_to_contain_text("Viewing")
    await expect(row(kofi, other)).to_contain_text(f"Viewing: {mei.name}")


async def test_one_does_not_see_oneself(sit: Sit) -> None:
    kofi, elsewhere = await sit(2), await sit(2)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await elsewhere.show(conversation)
    mei = await sit(3)
    await mei.show(conversation)
    await expect(_here(kofi).get_by_role("img")).to_have_count(1)
    await expect(_here(kofi).get_by_role("img", name=mei.name)).to_be_visible()


async def test_a_thread_that_breaks_takes_neither_the_list_nor_the_other_threads_with_it(sit: Sit) -> None:
    kofi = await sit(2)
    broken, sound = [each["id"] for each in await waiting(kofi, 2)]

    async def spoil(route: Route) -> None:
        answer = await route.fetch()
        page = await answer.json()
        await route.fulfill(json=page | {"data": [each | {"author": None} for each in page["data"]]})

    await kofi.page.route(re.compile(f"/v1/conversations/{broken}/messages"), spoil)
    await _list(kofi, "unclaimed")
    await kofi.page.evaluate("path => history.pushState({}, '', path)", f"/inbox/unclaimed/{broken}")
    await expect(kofi.page.get_by_text("This part of the page stopped working.")).to_be_visible()
    await expect(kofi.page.get_by_role("grid").get_by_role("row").first).to_be_visible()
    await kofi.page.evaluate("path => history.pushState({}, '', path)", f"/inbox/unclaimed/{sound}")
    await expect(log(kofi).get_by_role("article").first).to_be_visible()
    await expect(kofi.header.get_by_role("button", name="Claim")).to_be_visible()
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("You ·")
    provoked(kofi, "null|TypeError|error")


@pytest.mark.parametrize("part", ["history", "eligibility", "drafts"])
async def test_an_answer_that_cannot_be_read_leaves_the_thread_and_its_claim_alone(sit: Sit, part: str) -> None:
    kofi = await sit(2)
    (conversation,) = await waiting(kofi)

    async def spoil(route: Route) -> None:
        await route.fulfill(status=200, content_type="application/json", body='{"data": [')

    await kofi.page.route(re.compile(f"/v1/conversations/{conversation['id']}/{part}"), spoil)
    await kofi.show(conversation, "unclaimed")
    await expect(log(kofi).get_by_role("article").first).to_be_visible()
    await expect(kofi.header.get_by_role("button", name="Claim")).to_be_visible()
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("You ·")
    await expect(kofi.page.get_by_text("This part of the page stopped working.")).to_have_count(0)
    assert (await facts(kofi, conversation["id"]))["assignee"]["id"] == kofi.id
    await kofi.call("POST", f"/conversations/{conversation['id']}/release")


async def _list(desk: Desk, view: str) -> Locator:
    await desk.open(f"/inbox/{view}")
    rows = desk.page.get_by_role("grid").get_by_role("row")
    await expect(rows.first).to_have_accessible_name(re.compile("claimed"))
    return rows


async def _arrives(desk: Desk, number: int) -> str:
    asked: dict[str, Any] = {"contact": {"name": f"Newcomer {number}"}, "message": {"text": "Is anybody there?"}}
    return str((await desk.call("POST", "/conversations", asked))["id"])


def _here(desk: Desk) -> Locator:
    return desk.header.get_by_role("list", name="Also here")
