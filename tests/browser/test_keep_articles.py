"""Articles: written, previewed without running anything, found, not lost, deleted; read by whoever may not write."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import until
from tests.support.payloads import Watch, all_of_them, armed

pytestmark = pytest.mark.timeout(240)

ADMIN, AGENT = 1, 3


async def _article(desk: Desk, title: str, **more: Any) -> dict[str, Any]:
    body = {"title": title, "body": "We ship within two days.", "language": "en", "published": True}
    made: dict[str, Any] = await desk.call("POST", "/articles", body | {"hand_to_human": False} | more)
    return made


async def _titles(desk: Desk) -> list[str]:
    return [each["title"] for each in (await desk.call("GET", "/articles?limit=100"))["data"]]


async def test_an_article_is_written_and_previewed(sit: Sit) -> None:
    desk = await sit(ADMIN)
    page = desk.page
    await desk.go("/articles", "Articles")
    await page.get_by_role("link", name="New article").first.click()
    await expect(page.get_by_role("heading", level=1, name="New article")).to_be_visible()
    await expect(page.get_by_role("button", name="Save the article")).to_be_disabled()
    await page.get_by_role("textbox", name="Title").fill("Gift cards")
    await page.get_by_role("textbox", name="Text, in Markdown").fill(
        "They are **valid** for [two years](https://a.example)."
    )
    preview = page.get_by_role("region", name="Preview")
    await expect(preview.locator("strong")).to_have_text("valid")
    await expect(preview.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer nofollow")
    await page.get_by_role("button", name="Save the article").click()
    await expect(page.get_by_role("heading", level=1, name="Gift cards")).to_be_visible()
    await expect(page).to_have_url(re.compile("/articles/art_"))
    assert "Gift cards" in await _titles(desk)


async def test_what_is_not_saved_is_not_lost_without_a_question(sit: Sit) -> None:
    desk = await sit(ADMIN)
    article = await _article(desk, "Opening hours")
    await desk.go(f"/articles/{article['id']}", "Opening hours")
    await desk.page.get_by_role("textbox", name="Title").fill("Opening times")
    await desk.page.get_by_role("link", name="All articles").click()
    dialog = desk.page.get_by_role("dialog", name="Leave without saving?")
    await dialog.get_by_role("button", name="Stay here").click()
    await expect(dialog).to_have_count(0)
    await expect(desk.page.get_by_role("textbox", name="Title")).to_have_value("Opening times")
    await desk.page.get_by_role("link", name="All articles").click()
    await dialog.get_by_role("button", name="Leave without saving").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Articles")).to_be_visible()
    assert "Opening times" not in await _titles(desk)


async def test_articles_are_found_by_words_of_their_titles(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await _article(desk, "Envíos y plazos", language="es")
    await _article(desk, "Warranty")
    await desk.go("/articles", "Articles")
    search = desk.page.get_by_role("searchbox", name="Search the articles")
    await search.fill("envios")
    await expect(desk.page.get_by_role("link", name=re.compile("Envíos y plazos"))).to_be_visible()
    await expect(desk.page.get_by_role("link", name=re.compile("Warranty"))).to_have_count(0)
    await search.fill("nothing has this title")
    await desk.page.get_by_role("button", name="Show all").click()
    await expect(desk.page.get_by_role("link", name=re.compile("Warranty"))).to_be_visible()


async def test_an_article_is_deleted_once_that_is_confirmed(sit: Sit) -> None:
    desk = await sit(ADMIN)
    article = await _article(desk, "Old promise")
    await desk.go(f"/articles/{article['id']}", "Old promise")
    await desk.page.get_by_role("button", name="Delete").click()
    dialog = desk.page.get_by_role("dialog", name="Delete Old promise?")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_have_count(0)
    assert "Old promise" in await _titles(desk)
    await desk.page.get_by_role("button", name="Delete").click()
    await dialog.get_by_role("button", name="Delete").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Articles")).to_be_visible()
    await until(lambda: _is_gone(desk, "Old promise"), "the article is gone")


async def test_an_agent_reads_and_cannot_write(sit: Sit) -> None:
    admin, agent = await sit(ADMIN), await sit(AGENT)
    article = await _article(admin, "Care instructions")
    await agent.go("/articles", "Articles")
    await expect(agent.page.get_by_role("link", name="New article")).to_have_count(0)
    await agent.go(f"/articles/{article['id']}", "Care instructions")
    await expect(agent.page.get_by_text("We ship within two days.")).to_be_visible()
    await expect(agent.page.get_by_role("textbox")).to_have_count(0)


async def test_a_preview_runs_nothing(sit: Sit) -> None:
    """An imported page may hold anything."""
    desk, watch = await sit(ADMIN), Watch()
    await watch.begin(desk.context)
    for at in range(0, len(all_of_them()), 50):
        article = await _article(desk, f"Imported {at}", body="\n\n".join(all_of_them()[at : at + 50]))
        await desk.go(f"/articles/{article['id']}", f"Imported {at}")
        await expect(desk.page.get_by_role("region", name="Preview").locator("p").first).to_be_visible()
        assert await armed(desk.page) == []
    assert watch.ran == []
    assert watch.left == []


async def _is_gone(desk: Desk, title: str) -> bool:
    return title not in await _titles(desk)
