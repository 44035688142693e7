"""Signing in and out: refusals say what to do, a session that ended costs neither place nor draft, the first run."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.server import RunningServer, until

PASSWORD = "correct horse battery"
LINK = re.compile(r"http\S+/welcome\?code=\S+")
Seeded = tuple[Path, dict[str, Any]]


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A browser in which nobody is signed in."""
    context = await browser.new_context(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def _sign_in(page: Page, email: str, password: str) -> None:
    await page.get_by_role("textbox", name="Email").fill(email)
    await page.get_by_role("textbox", name="Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("who", ["a member", "nobody"])
async def test_a_wrong_password_says_the_same_whoever_it_is(
    page: Page, server: RunningServer, seeded: Seeded, who: str
) -> None:
    email = seeded[1]["agents"][2]["email"] if who == "a member" else "nobody@dibs.example"
    await page.goto(f"{server.url}/sign-in")
    await _sign_in(page, email, "a wrong password")
    alert = page.get_by_role("main").get_by_role("alert")
    await expect(alert).to_have_text(
        "That address and password do not belong together. Check both, or reset the password."
    )
    await expect(page.get_by_role("textbox", name="Email")).to_have_value(email)
    assert [cookie["name"] for cookie in await page.context.cookies()] == []
    await page.goto(f"{server.url}/inbox/unclaimed")
    await expect(page.get_by_role("heading", level=1, name="Sign in to Dibs")).to_be_visible()


async def test_a_link_leads_through_signing_in_to_its_page(page: Page, server: RunningServer, seeded: Seeded) -> None:
    await page.goto(f"{server.url}/inbox/all?channel=email&tag=billing")
    await expect(page.get_by_role("heading", level=1, name="Sign in to Dibs")).to_be_visible()
    person = seeded[1]["agents"][2]
    await _sign_in(page, person["email"], person["password"])
    await expect(page.get_by_role("button", name="Remove filter Email")).to_be_visible()
    await expect(page.get_by_role("button", name="Remove filter billing")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/inbox/all\?(?=.*channel=email)(?=.*tag=).*billing"))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
async def test_no_link_leads_through_signing_in_to_another_site(
    page: Page, server: RunningServer, seeded: Seeded, back: str
) -> None:
    person = seeded[1]["agents"][2]
    await page.goto(f"{server.url}/sign-in?back={back}")
    await _sign_in(page, person["email"], person["password"])
    await expect(page).to_have_url(f"{server.url}/inbox/mine")


async def test_a_session_that_ended_costs_neither_the_place_nor_the_draft(sit: Sit, seeded: Seeded) -> None:
    desk = await sit(3)
    page = desk.page
    waiting = (await desk.call("GET", "/conversations?view=unclaimed&channel=email&limit=1"))["data"]
    place = f"/inbox/unclaimed/{waiting[0]['id']}?channel=email"
    await desk.open(place)
    await page.get_by_role("tab", name="Note").click()
    await desk.composer.fill("What I was about to say")
    await _end_all_sessions(desk)
    await expect(page.get_by_role("heading", level=1, name="Sign in to Dibs")).to_be_visible()
    await expect(page.get_by_text("You come back to where you were, with your drafts.")).to_be_visible()
    person = seeded[1]["agents"][3]
    await _sign_in(page, person["email"], person["password"])
    await expect(page).to_have_url(f"{desk.base}{place}")
    await expect(page.get_by_role("button", name="Remove filter Email")).to_be_visible()
    await expect(desk.composer).to_have_value("What I was about to say")


async def _end_all_sessions(desk: Desk) -> None:
    for session in (await desk.call("GET", "/sessions"))["data"]:
        await desk.call("DELETE", f"/sessions/{session['id']}")


async def test_who_signs_out_is_out_and_leaves_nothing_behind(sit: Sit) -> None:
    desk = await sit(4)
    waiting = (await desk.call("GET", "/conversations?view=unclaimed&limit=1"))["data"]
    await desk.show(waiting[0], "unclaimed")
    customer = await desk.header.get_by_role("heading", level=1).inner_text()
    await desk.page.get_by_role("button", name=desk.name).click()
    await desk.page.get_by_role("menuitem", name="Sign out").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Sign in to Dibs")).to_be_visible()
    assert customer not in await desk.page.locator("body").inner_text()
    await desk.page.go_back()
    await expect(desk.page.get_by_role("heading", level=1, name="Sign in to Dibs")).to_be_visible()
    assert (await desk.context.request.get(f"{desk.base}/v1/me")).status == 401


async def test_who_forgot_their_password_is_told_the_same_whoever_it_is(page: Page, server: RunningServer) -> None:
    await page.goto(f"{server.url}/sign-in")
    await page.get_by_role("link", name="Forgot your password?").click()
    await page.get_by_role("textbox", name="Email").fill("nobody@dibs.example")
    await page.get_by_role("button", name="Send the link").click()
    await expect(page.get_by_role("heading", level=1, name="Check your email")).to_be_visible()


async def test_the_printed_link_makes_the_owner_once(page: Page, tmp_path: Path) -> None:
    with RunningServer(tmp_path) as fresh:
        await until(lambda: LINK.search(fresh.log), what="the link in the log")
        link = LINK.search(fresh.log)
        assert link is not None
        await page.goto(f"{fresh.url}/sign-in")
        await page.get_by_role("link", name="Set it up").click()
        await _set_up(page, "a wrong code")
        await expect(page.get_by_role("textbox", name="Code")).to_have_attribute("aria-invalid", "true")
        await page.goto(link.group())
        await _set_up(page)
        await expect(page.get_by_role("heading", level=1, name="Acme is ready")).to_be_visible()
        await page.get_by_role("button", name="Go to the inbox").click()
        await page.wait_for_url(re.compile("/inbox/unclaimed"))
        await expect(page.get_by_role("row").nth(3)).to_be_visible()
        preferences = await (await page.context.request.get(f"{fresh.url}/v1/me")).json()
        assert (preferences["role"], preferences["preferences"]["auto_claim_on_reply"]) == ("owner", True)
        await page.goto(link.group())
        await expect(page.get_by_role("heading", level=1, name="This installation is set up")).to_be_visible()


async def _set_up(page: Page, code: str | None = None) -> None:
    if code is not None:
        await page.get_by_role("textbox", name="Code").fill(code)
    await page.get_by_role("textbox", name="Name of the workspace").fill("Acme")
    await page.get_by_role("textbox", name="Your name").fill("Olga Brandt")
    await page.get_by_role("textbox", name="Your email").fill("olga@acme.example")
    await page.get_by_role("textbox", name="Choose a password").fill(PASSWORD)
    await expect(page.get_by_role("switch", name="Add sample data")).to_be_checked()
    await page.get_by_role("button", name="Set up Dibs").click()
