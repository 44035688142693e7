"""How the widget comes onto a page: small, late, in its language, and only where it may."""

import gzip

import httpx
from playwright.async_api import Browser, expect

from tests.support.chat import Come, Team
from tests.support.host_page import HostPage


async def test_it_speaks_the_pages_language(shop: HostPage, come: Come) -> None:
    spoken = {
        "/es": ("Abrir el chat", "¡Hola! ¿En qué podemos ayudarle?"),
        "/de": ("Chat öffnen", "Hallo! Wie können wir helfen?"),
        "/en": ("Open chat", "Hello! How can we help?"),
    }
    for path, (label, greeting) in spoken.items():
        visit = await come(shop.origin + path)
        await expect(visit.launcher).to_have_accessible_name(label)
        await visit.launcher.click()
        await expect(visit.panel).to_contain_text(greeting)


async def test_a_page_of_another_origin_has_no_button(team: Team, browser: Browser) -> None:
    with HostPage(team.server.url, team.channel["address"]) as stranger:
        context = await browser.new_context()
        page = await context.new_page()
        async with page.expect_event("requestfailed", lambda request: request.url.endswith("/config")):
            await page.goto(stranger.origin)
        await expect(page.locator("dibs-widget")).to_have_count(0)
        await context.close()


async def test_it_is_small_and_most_of_it_waits_for_an_intent(shop: HostPage, come: Come, team: Team) -> None:
    asked: list[str] = []
    visit = await come(shop.origin)
    visit.page.on("request", lambda request: asked.append(request.url))
    await visit.page.reload()
    await expect(visit.launcher).to_be_visible()
    await visit.page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/widget/app-" in url]
    await visit.launcher.hover()
    loaded = "() => performance.getEntriesByType('resource').some((each) => each.name.includes('/app-'))"
    await visit.page.wait_for_function(loaded)
    app = next(url for url in asked if "/widget/app-" in url)
    async with httpx.AsyncClient(trust_env=False) as client:
        answers = [await client.get(url) for url in (f"{team.server.url}/widget.js", app)]
    for answer in answers:
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-encoding"] in ("br", "gzip")
    assert "immutable" in answers[1].headers["cache-control"] and "immutable" not in answers[0].headers["cache-control"]
    loader, rest = (len(gzip.compress(answer.content, 9)) for answer in answers)
    print(f"loader {loader} B, with the rest {loader + rest} B, gzip")
    assert loader <= 5_000 and loader + rest <= 30_000


async def test_the_demo_page_has_the_widget(team: Team, come: Come) -> None:
    visit = await come(f"{team.server.url}/widget-demo")
    await visit.launcher.click()
    await visit.say("From the demo page")
    assert team.newest()["preview"] == "From the demo page"
