"""A claim goes away while its owner writes: the text is kept, nothing of it reaches the customer."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import alert, facts, held, log, texts, type_text, until

SENDS = re.compile(r"/v1/conversations/[^/]+/messages$")
TEXT = "Your parcel will be there on Friday, I promise."

pytestmark = pytest.mark.timeout(240)


async def test_a_forced_release_freezes_the_text_and_says_so_at_once(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await expect(alert(kofi, "Your text is kept")).to_have_count(1)
    await expect(kofi.composer).to_have_value(TEXT)
    await expect(kofi.composer).not_to_be_editable()
    await _nothing_is_sent(kofi, conversation)


async def test_a_reassignment_names_who_has_it_now(sit: Sit) -> None:
    kofi, admin, mei = await sit(2), await sit(1), await sit(3)
    conversation = await _writes(kofi)
    await admin.call("POST", f"/conversations/{conversation}/reassign", {"agent_id": mei.id})
    await expect(alert(kofi, f"{mei.name} holds this conversation now. Your text is kept")).to_have_count(1)
    await expect(_kept(kofi)).to_contain_text(f"{mei.name} holds this conversation now")
    await expect(kofi.header).to_contain_text(f"Claimed by {mei.name}")
    await _nothing_is_sent(kofi, conversation)


async def test_a_frozen_text_cannot_be_sent_by_key(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await expect(_kept(kofi)).to_be_visible()
    await kofi.page.keyboard.press("Control+Enter")
    await kofi.page.keyboard.press("Control+Shift+Enter")
    await kofi.page.keyboard.type("x")
    await expect(kofi.composer).to_have_value(TEXT)
    await _nothing_is_sent(kofi, conversation)
    assert (await facts(kofi, conversation))["status"] == "open"


async def test_the_kept_text_becomes_a_note_once(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await _kept(kofi).get_by_role("button", name="Add as note").click()
    await expect(log(kofi).get_by_role("article").filter(has_text=TEXT)).to_contain_text("Internal note")
    await expect(_kept(kofi)).to_have_count(0)
    assert await texts(kofi, conversation, "note") == [TEXT]
    assert await texts(kofi, conversation, "reply") == []


async def test_the_kept_text_is_offered_as_a_copy(sit: Sit) -> None:
    kofi, admin = await sit(2, permissions=["clipboard-read", "clipboard-write"]), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await _kept(kofi).get_by_role("button", name="Copy").click()
    await expect(kofi.page.get_by_role("status").filter(has_text="Text copied")).to_have_count(1)
    assert await kofi.page.evaluate("navigator.clipboard.readText()") == TEXT
    await _nothing_is_sent(kofi, conversation)


async def test_the_kept_text_survives_a_reload(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await expect(_kept(kofi)).to_be_visible()
    await kofi.page.reload()
    await expect(kofi.composer).to_have_value(TEXT)
    await _nothing_is_sent(kofi, conversation)


async def test_a_claim_that_comes_back_thaws_the_text(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    await _force(admin, conversation)
    await expect(kofi.composer).not_to_be_editable()
    await admin.call("POST", f"/conversations/{conversation}/reassign", {"agent_id": kofi.id})
    await expect(kofi.composer).to_be_editable()
    await kofi.composer.press("Control+Enter")
    await until(lambda: texts(kofi, conversation, "reply"), "the reply")
    assert await texts(kofi, conversation, "reply") == [TEXT]


async def test_a_note_is_not_frozen_for_it_needs_no_claim(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await held(kofi)
    await kofi.show(conversation)
    await type_text(kofi, "For whoever comes next", "n")
    await _force(admin, conversation)
    await expect(kofi.header).to_contain_text("Unclaimed")
    await expect(kofi.composer).to_be_editable()
    await kofi.composer.press("Control+Enter")
    await until(lambda: texts(kofi, conversation, "note"), "the note")


async def test_the_own_release_freezes_nothing(sit: Sit) -> None:
    """The control: who gives it away knows that."""
    kofi = await sit(2)
    conversation = await _writes(kofi)
    await kofi.header.get_by_role("button", name="Release").click()
    await kofi.page.get_by_role("dialog").get_by_role("button", name="Release", exact=True).click()
    await expect(kofi.header).to_contain_text("Unclaimed")
    await expect(kofi.composer).to_have_value(TEXT)
    await expect(_kept(kofi)).to_have_count(0)
    await _nothing_is_sent(kofi, conversation)


async def test_a_send_that_is_on_its_way_when_the_claim_goes_is_refused(sit: Sit) -> None:
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    under_way, go_on = asyncio.Event(), asyncio.Event()

    async def delay(route: Route) -> None:
        under_way.set()
        await go_on.wait()
        await route.continue_()

    await kofi.page.route(SENDS, delay)
    await kofi.composer.press("Control+Enter")
    await under_way.wait()
    await _force(admin, conversation)
    await expect(kofi.header).to_contain_text("Unclaimed")
    go_on.set()
    await expect(alert(kofi, re.compile("Not sent: .*The text is kept"))).to_have_count(1)
    await expect(kofi.composer).to_have_value(TEXT)
    await _nothing_is_sent(kofi, conversation)


async def test_a_repeated_send_does_not_forget_that_it_was_the_owners(sit: Sit) -> None:
    """The first try fails on the way; when it is repeated nobody holds the conversation any more."""
    kofi, admin = await sit(2), await sit(1)
    conversation = await _writes(kofi)
    tries: list[bytes | None] = []

    async def lose_the_first(route: Route) -> None:
        tries.append(route.request.post_data_buffer)
        if len(tries) > 1:
            await route.continue_()
            return
        await _force(admin, conversation)
        await expect(kofi.header).to_contain_text("Unclaimed")
        await route.fulfill(status=503, json={"code": "unavailable", "detail": "Try again."})

    await kofi.page.route(SENDS, lose_the_first)
    await kofi.composer.press("Control+Enter")
    await expect(alert(kofi, re.compile("Not sent: .*The text is kept"))).to_have_count(1)
    await expect(kofi.composer).to_have_value(TEXT)
    assert len(tries) == 2
    assert tries[0] == tries[1]
    await _nothing_is_sent(kofi, conversation)


async def _writes(desk: Desk) -> str:
    """The desk holds a conversation and has begun to answer it."""
    conversation = await held(desk)
    await desk.show(conversation)
    await expect(desk.header).to_contain_text("You")
    await type_text(desk, TEXT)
    return conversation


async def _force(admin: Desk, conversation: str) -> None:
    await admin.call("POST", f"/conversations/{conversation}/force-release", {"reason": "You are needed elsewhere"})


def _kept(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Kept text")


async def _nothing_is_sent(desk: Desk, conversation: str) -> None:
    assert await texts(desk, conversation, "reply") == []
    assert await texts(desk, conversation, "note") == []
