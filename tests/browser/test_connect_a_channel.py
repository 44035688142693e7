"""Channels: connected with a copyable tag, refused beside the field, paused, disconnected after a question."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import until

pytestmark = pytest.mark.timeout(240)

ADMIN, AGENT = 1, 3
CHANNELS = "/settings/workspace/channels"


async def _widget(desk: Desk, name: str) -> dict[str, Any]:
    settings = {"allowed_origins": ["https://shop.example"]}
    made: dict[str, Any] = await desk.call("POST", "/channels", {"kind": "widget", "name": name, "settings": settings})
    return made


async def _shown(desk: Desk, channel: str) -> dict[str, Any]:
    told: dict[str, Any] = await desk.call("GET", f"/channels/{channel}")
    return told


def _name(desk: Desk) -> Locator:
    return desk.page.get_by_role("textbox", name="Name", exact=True)


async def test_a_widget_is_connected_and_its_tag_can_be_copied(sit: Sit) -> None:
    desk = await sit(ADMIN)
    page = desk.page
    await desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await desk.go(CHANNELS, "Channels")
    await page.get_by_role("link", name=re.compile("^Widget")).click()
    await expect(page.get_by_role("heading", level=1, name="Connect Widget")).to_be_visible()
    await _name(desk).fill("Shop chat")
    await page.get_by_role("combobox", name="Allowed origins").fill("https://shop.example")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Connect", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name="Shop chat")).to_be_visible()
    (channel,) = [each for each in (await desk.call("GET", "/channels"))["data"] if each["name"] == "Shop chat"]
    tag = f'<script src="{desk.base}/widget.js" data-key="{channel["address"]}" async></script>'
    await expect(page.get_by_role("textbox", name="Script tag")).to_have_value(tag)
    await page.get_by_role("button", name="Copy Script tag").click()
    assert await page.evaluate("() => navigator.clipboard.readText()") == tag
    assert channel["settings"]["allowed_origins"] == ["https://shop.example"]


async def test_what_the_server_refuses_stands_beside_the_field_and_nothing_is_connected(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await desk.go(f"{CHANNELS}/new/widget", "Connect Widget")
    await _name(desk).fill("Refused")
    await desk.page.get_by_role("combobox", name="Allowed origins").fill("shop.example/path")
    await desk.page.keyboard.press("Enter")
    await desk.page.get_by_role("button", name="Connect", exact=True).click()
    await expect(desk.page.get_by_text("use an origin such as https://shop.example").first).to_be_visible()
    names = [each["name"] for each in (await desk.call("GET", "/channels"))["data"]]
    assert "Refused" not in names


async def test_nothing_is_asked_of_a_provider_before_the_form_is_whole(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await desk.go(f"{CHANNELS}/new/email", "Connect Email")
    connect = desk.page.get_by_role("button", name="Connect", exact=True)
    await expect(connect).to_be_disabled()
    for field, value in {"Support address": "help@example.com", "IMAP server": "a.example", "User (IMAP)": "u"}.items():
        await desk.page.get_by_role("textbox", name=field).fill(value)
    await desk.page.get_by_label("Password (IMAP)").fill("secret")
    await expect(connect).to_be_disabled()
    await desk.page.get_by_role("textbox", name="SMTP server").fill("b.example")
    await expect(connect).to_be_enabled()


async def test_the_identity_secret_is_shown_once(sit: Sit) -> None:
    desk = await sit(ADMIN)
    channel = await _widget(desk, "With secrets")
    await desk.go(f"{CHANNELS}/{channel['id']}", "With secrets")
    await desk.page.get_by_role("button", name="Make a new secret").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Make a new secret").click()
    shown = desk.page.get_by_role("textbox", name="Identity secret")
    await expect(shown).to_have_value(re.compile("^[0-9a-f]{64}$"))
    secret = await shown.input_value()
    assert secret not in str(await _shown(desk, channel["id"]))
    await desk.page.reload()
    await expect(desk.page.get_by_role("heading", level=1, name="With secrets")).to_be_visible()
    await expect(shown).to_have_count(0)


async def test_a_channel_is_paused_and_taken_up_again(sit: Sit) -> None:
    desk = await sit(ADMIN)
    channel = await _widget(desk, "Pausing")
    await desk.go(f"{CHANNELS}/{channel['id']}", "Pausing")
    await desk.page.get_by_role("switch", name="Active").click()
    await until(lambda: _is_active(desk, channel["id"], False), "it is paused")
    await expect(desk.page.get_by_text("Paused", exact=True)).to_be_visible()
    await desk.page.get_by_role("switch", name="Active").click()
    await until(lambda: _is_active(desk, channel["id"], True), "it works again")


async def test_a_channel_is_disconnected_after_a_question(sit: Sit) -> None:
    desk = await sit(ADMIN)
    channel = await _widget(desk, "Leaving")
    await desk.go(f"{CHANNELS}/{channel['id']}", "Leaving")
    await expect(desk.page.get_by_text(f"Changed by {desk.name}")).to_be_visible()
    await desk.page.get_by_role("button", name="Disconnect").click()
    dialog = desk.page.get_by_role("dialog", name="Disconnect Leaving?")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_have_count(0)
    assert (await _shown(desk, channel["id"]))["name"] == "Leaving"
    await desk.page.get_by_role("button", name="Disconnect").click()
    await dialog.get_by_role("button", name="Disconnect").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Channels")).to_be_visible()
    await expect(desk.page.get_by_role("link", name=re.compile("Leaving"))).to_have_count(0)


async def test_an_agent_looks_and_changes_nothing(sit: Sit) -> None:
    admin, agent = await sit(ADMIN), await sit(AGENT)
    channel = await _widget(admin, "Only to look at")
    await agent.go(CHANNELS, "Channels")
    await expect(agent.page.get_by_text("Connect another")).to_have_count(0)
    await agent.go(f"{CHANNELS}/{channel['id']}", "Only to look at")
    await expect(_name(agent)).to_be_disabled()
    for name in ("Make a new secret", "Disconnect"):
        await expect(agent.page.get_by_role("button", name=name)).to_have_count(0)


async def _is_active(desk: Desk, channel: str, is_active: bool) -> bool:
    return bool((await _shown(desk, channel))["active"]) is is_active
