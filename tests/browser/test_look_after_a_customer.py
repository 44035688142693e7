"""A customer: blocked and let in again, spam and back, exported, written to first, erased by typing their name."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import facts, log, row, until

pytestmark = pytest.mark.timeout(240)

ADMIN, AGENT = 1, 3


async def _wrote(desk: Desk, name: str, text: str = "Where is my parcel?") -> dict[str, Any]:
    contact = {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@example.com"}
    body = {"contact": contact, "message": {"text": text}, "channel": "api"}
    made: dict[str, Any] = await desk.call("POST", "/conversations", body)
    return made


async def _choose(desk: Desk, item: str | re.Pattern[str]) -> None:
    await desk.page.get_by_role("button", name="More about the customer").click()
    await desk.page.get_by_role("menuitem", name=item).click()


async def _is(desk: Desk, conversation: dict[str, Any], **wanted: Any) -> bool:
    told = await facts(desk, conversation["id"])
    return all(told[name] == value for name, value in wanted.items())


async def _is_blocked(desk: Desk, contact: str, wanted: bool) -> bool:
    return bool((await desk.call("GET", f"/contacts/{contact}"))["blocked"]) is wanted


async def test_a_customer_is_blocked_and_let_in_again(sit: Sit) -> None:
    desk = await sit(AGENT)
    conversation = await _wrote(desk, "Bruno Blocked")
    await desk.show(conversation)
    await _choose(desk, re.compile("^Block"))
    await expect(desk.page.get_by_text("Blocked", exact=True)).to_be_visible()
    await until(lambda: _is_blocked(desk, conversation["contact"]["id"], True), "blocked")
    await _choose(desk, "Unblock")
    await expect(desk.page.get_by_text("Blocked", exact=True)).to_have_count(0)
    await until(lambda: _is_blocked(desk, conversation["contact"]["id"], False), "let in")


async def test_spam_is_kept_apart_and_taken_back(sit: Sit) -> None:
    desk = await sit(AGENT)
    conversation = await _wrote(desk, "Sybil Spam", "Buy watches")
    await desk.show(conversation, view="unclaimed")
    await desk.header.get_by_role("button", name="More actions").click()
    await desk.page.get_by_role("menuitem", name="Mark as spam").click()
    await until(lambda: _is(desk, conversation, spam=True, status="archived"), "it is spam")
    await expect(desk.header).to_contain_text("Spam")
    await desk.open("/inbox/spam")
    await expect(row(desk, conversation["id"])).to_be_visible()
    await desk.open(f"/inbox/spam/{conversation['id']}")
    await desk.header.get_by_role("button", name="Not spam").click()
    await until(lambda: _is(desk, conversation, spam=False, status="open", assignee=None), "it is back")


async def test_everything_about_a_customer_is_exported(sit: Sit) -> None:
    desk = await sit(ADMIN)
    conversation = await _wrote(desk, "Erika Export", "Please send me my data")
    await desk.show(conversation)
    async with desk.page.expect_download() as download:
        await _choose(desk, "Export")
    path = await (await download.value).path()
    told = json.loads(await asyncio.to_thread(Path(path).read_text))
    assert told["contact"]["name"] == "Erika Export"
    assert "Please send me my data" in json.dumps(told)


async def test_a_customer_is_erased_by_whoever_types_their_name(sit: Sit) -> None:
    desk = await sit(ADMIN)
    conversation = await _wrote(desk, "Elena Erase", "My secret is 1234")
    await desk.show(conversation)
    await expect(log(desk)).to_contain_text("My secret is 1234")
    await _choose(desk, re.compile("^Erase for good"))
    dialog = desk.page.get_by_role("dialog", name="Erase Elena Erase for good?")
    erase = dialog.get_by_role("button", name="Erase for good")
    await expect(erase).to_be_disabled()
    await dialog.get_by_role("textbox").fill("Elena")
    await expect(erase).to_be_disabled()
    await dialog.get_by_role("textbox").fill("elena erase")
    await erase.click()
    await expect(dialog).to_have_count(0)
    await expect(desk.page.get_by_text("My secret is 1234")).to_have_count(0)
    assert (await desk.call("GET", f"/contacts/{conversation['contact']['id']}"))["erased_at"] is not None


async def test_an_agent_neither_exports_nor_erases(sit: Sit) -> None:
    desk = await sit(AGENT)
    await desk.show(await _wrote(desk, "Aron Agent"))
    await desk.page.get_by_role("button", name="More about the customer").click()
    await expect(desk.page.get_by_role("menuitem", name=re.compile("^Block"))).to_be_visible()
    for name in ("Export", re.compile("^Erase")):
        await expect(desk.page.get_by_role("menuitem", name=name)).to_have_count(0)


async def test_an_agent_writes_first_and_holds_what_that_begins(sit: Sit) -> None:
    desk = await sit(AGENT)
    conversation = await _wrote(desk, "Olga Outbound")
    await desk.show(conversation)
    await _choose(desk, re.compile("^New conversation"))
    dialog = desk.page.get_by_role("dialog", name="New conversation with Olga Outbound")
    await expect(dialog.get_by_role("button", name="Send")).to_be_disabled()
    await dialog.get_by_role("textbox", name="Message").fill("Your parcel is ready.")
    await dialog.get_by_role("button", name="Send").click()
    await expect(log(desk)).to_contain_text("Your parcel is ready.")
    await expect(desk.header).to_contain_text("You ·")
    assert conversation["id"] not in desk.page.url


async def test_a_new_name_is_on_every_screen(sit: Sit) -> None:
    desk, other = await sit(AGENT), await sit(ADMIN)
    conversation = await _wrote(desk, "Nadia Namelss")
    await other.show(conversation)
    await desk.show(conversation)
    name = desk.page.get_by_role("textbox", name="Name of the customer")
    await name.fill("Nadia Named")
    await name.press("Enter")
    await expect(other.header).to_contain_text("Nadia Named")
    await expect(row(other, conversation["id"])).to_contain_text("Nadia Named")
