"""Channels, articles and what concerns customers are judged by axe as well, in the light and in the dark theme."""

import re

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Begin
from tests.support.furniture import OWNER

Rooms = dict[str, str]
pytestmark = pytest.mark.timeout(300)


async def test_articles(begin: Begin) -> None:
    walk = await begin(OWNER)
    await walk.desk.go("/articles", "Articles")
    await walk.judge("Articles, empty")
    await walk.button("Import").click()
    await walk.judge_dialog("import an article")
    body = {"body": "## Hours\n\n- [here](https://a.example)\n\n> `code`", "language": "en", "published": False}
    made = await walk.desk.call("POST", "/articles", body | {"title": "Opening hours", "hand_to_human": True})
    await walk.desk.open("/articles")
    await expect(walk.desk.page.get_by_role("searchbox", name="Search the articles")).to_be_visible()
    await walk.judge("Articles")
    await walk.desk.go(f"/articles/{made['id']}", "Opening hours")
    await expect(walk.desk.page.get_by_role("region", name="Preview").get_by_role("link")).to_be_visible()
    await walk.judge("an article")
    await walk.button("Delete").click()
    await walk.judge_dialog("delete an article")
    walk.conclude()


async def test_channels(begin: Begin) -> None:
    walk = await begin(OWNER)
    place = "/settings/workspace/channels"
    for kind, name in (("widget", "Widget"), ("whatsapp", "WhatsApp"), ("email", "Email")):
        await walk.desk.go(f"{place}/new/{kind}", f"Connect {name}")
        await walk.judge(f"connect {name}")
    # Each theme has a widget of its own on the same server.
    name = f"Shop chat, {walk.theme}"
    settings = {"allowed_origins": ["https://shop.example"]}
    made = await walk.desk.call("POST", "/channels", {"kind": "widget", "name": name, "settings": settings})
    await walk.desk.open(place)
    await expect(walk.desk.page.get_by_text(name)).to_be_visible()
    await walk.judge("Channels with one")
    await walk.desk.go(f"{place}/{made['id']}", name)
    await walk.judge("a connected widget")
    await walk.button("Disconnect").click()
    await walk.judge_dialog("disconnect")
    walk.conclude()


async def test_what_concerns_the_customer(begin: Begin, rooms: Rooms) -> None:
    walk = await begin(OWNER)
    await walk.desk.show(rooms["mine"])
    files = [FilePayload(name=f"{number}.txt", mimeType="text/plain", buffer=b"hello") for number in range(2)]
    await walk.desk.page.locator("input[data-attach]").set_input_files(files)
    await expect(walk.desk.page.get_by_text("2 files are attached")).to_be_attached()
    await walk.judge("files to send")
    await walk.button("More about the customer").click()
    await walk.judge_dialog("more about the customer", "menu")
    for item in ("Erase for good", "New conversation"):
        await walk.button("More about the customer").click()
        await walk.desk.page.get_by_role("menuitem", name=re.compile(f"^{item}")).click()
        await walk.judge_dialog(item)
    walk.conclude()
