"""Settings: each takes effect at once, a refusal stands beside its field, and nobody is led to what they may not do."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, Response, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.places import SETTINGS
from tests.support.server import RunningServer

OWNER, ADMIN = 0, 1
PASSWORD = "correct horse battery"


async def _waiting(desk: Desk, count: int = 1) -> list[dict[str, Any]]:
    page = await desk.call("GET", f"/conversations?view=unclaimed&limit={count}")
    found: list[dict[str, Any]] = page["data"]
    return found


def _saved(page: Page) -> Locator:
    return page.get_by_text("Saved", exact=True).first


@pytest.mark.parametrize("is_on", [False, True], ids=["off", "on"])
async def test_auto_claim_holds_from_the_next_reply_on(sit: Sit, is_on: bool) -> None:
    desk = await sit(2)
    (conversation,) = await _waiting(desk)
    await desk.call("PATCH", "/agents/me/preferences", {"auto_claim_on_reply": not is_on})
    await desk.go("/settings/inbox", "Inbox")
    await desk.page.get_by_role("switch", name="Auto-claim when I send the first reply").click()
    await expect(_saved(desk.page)).to_be_visible()
    await desk.page.evaluate("id => history.pushState({}, '', `/inbox/unclaimed/${id}`)", conversation["id"])
    hint = "Replying claims this" if is_on else "Replying does not claim this"
    await expect(desk.page.get_by_text(hint)).to_be_visible()
    await desk.page.get_by_role("tab", name="Reply").click()
    await desk.composer.fill("It left our house this morning.")
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.page.get_by_role("log").get_by_text("It left our house this morning.")).to_be_visible()
    await expect(desk.header).to_contain_text("You ·" if is_on else "Unclaimed")
    told = await desk.call("GET", f"/conversations/{conversation['id']}")
    assert told["assignee"] == ({"id": desk.id, "name": desk.name} if is_on else None)


async def test_a_theme_is_worn_at_once_and_after_a_reload(sit: Sit) -> None:
    desk = await sit(2)
    await desk.go("/settings/profile", "Profile")
    root = desk.page.locator("html")
    await expect(root).to_have_attribute("data-theme", "light")
    await desk.page.get_by_role("radio", name="Dark").click()
    await expect(root).to_have_attribute("data-theme", "dark")
    await desk.page.reload()
    await expect(root).to_have_attribute("data-theme", "dark")
    await desk.page.get_by_role("radio", name="Light").click()
    await expect(root).to_have_attribute("data-theme", "light")
    assert (await desk.call("GET", "/me"))["preferences"]["theme"] == "light"


async def test_the_language_changes_at_once_and_back(sit: Sit) -> None:
    desk = await sit(2)
    await desk.go("/settings/profile", "Profile")
    await desk.page.evaluate("() => (window.isTheSamePage = true)")
    for chooser, language, heading, lang in (
        ("Language", "Español", "Perfil", "es"),
        ("Idioma", "English", "Profile", "en"),
    ):
        await desk.page.get_by_role("combobox", name=chooser).click()
        await desk.page.get_by_role("option", name=language).click()
        await expect(desk.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        await expect(desk.page.locator("html")).to_have_attribute("lang", lang)
    assert await desk.page.evaluate("() => window.isTheSamePage === true")


async def test_keys_are_recorded_and_work_at_once(sit: Sit) -> None:
    desk = await sit(3)
    (conversation,) = await _waiting(desk)
    await desk.go("/settings/keyboard", "Keyboard")
    dialog = desk.page.get_by_role("dialog")
    await desk.page.get_by_role("button", name="Change the keys of Claim", exact=True).click()
    await desk.page.keyboard.press("e")
    await expect(dialog).to_contain_text("Resolve has these keys")
    await desk.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await desk.page.get_by_role("button", name="Change the keys of Claim", exact=True).click()
    await desk.page.keyboard.press("q")
    await dialog.get_by_role("button", name="Use these keys").click()
    await expect(_saved(desk.page)).to_be_visible()
    assert (await desk.call("GET", "/me"))["preferences"]["keyboard"] == {"claim": "q"}
    await desk.page.evaluate("id => history.pushState({}, '', `/inbox/unclaimed/${id}`)", conversation["id"])
    await expect(desk.header.get_by_role("button", name="Claim")).to_be_visible()
    await desk.page.keyboard.press("q")
    await expect(desk.header).to_contain_text("You ·")
    await desk.go("/settings/keyboard", "Keyboard")
    await desk.page.get_by_role("button", name="Reset all").click()
    await expect(desk.page.get_by_role("button", name="Reset all")).to_be_disabled()


async def test_somebody_is_invited_joins_and_is_a_member(sit: Sit, browser: Browser) -> None:
    desk = await sit(OWNER)
    await desk.go("/settings/team/members", "Members")
    await desk.page.get_by_role("button", name="Invite").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Email").fill("nadia@dibs.example")
    await dialog.get_by_role("button", name="Make an invitation").click()
    link = await dialog.get_by_role("textbox", name="Invitation link").input_value()
    await dialog.get_by_role("button", name="Done").click()
    await expect(desk.page.get_by_role("region", name="Invitations")).to_contain_text("nadia@dibs.example")
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("textbox", name="Your name").fill("Nadia Haddad")
    await page.get_by_role("textbox", name="Choose a password").fill(PASSWORD)
    await page.get_by_role("button", name="Join", exact=True).click()
    await page.wait_for_url(re.compile("/inbox/mine"))
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1, name="This invitation does not work")).to_be_visible()
    await context.close()
    await expect(desk.page.get_by_role("row", name=re.compile("Nadia Haddad"))).to_be_visible()


async def test_a_pool_is_made_and_its_preview_warns_of_what_nobody_could_claim(sit: Sit) -> None:
    desk, agent = await sit(OWNER), await sit(3)
    conversation = (await _waiting(desk, 90))[-1]
    await desk.call("PATCH", f"/conversations/{conversation['id']}", {"tags": ["wholesale"]})
    await agent.show(conversation, "unclaimed")
    await expect(agent.header.get_by_role("button", name="Claim")).to_be_visible()
    await desk.go("/settings/team/pools/new", "New pool")
    page = desk.page
    make = page.get_by_role("button", name="Make the pool")
    await expect(make).to_be_disabled()
    await page.get_by_role("textbox", name="Name").fill("Wholesale")
    await page.get_by_role("combobox", name="Tags").fill("wholesale")
    await page.get_by_role("option", name=re.compile("wholesale")).click()
    await expect(page.get_by_text("Saved like this, 1 waiting conversation could be claimed by nobody")).to_be_visible()
    await page.get_by_role("combobox", name="Agents").fill("Ana")
    await page.get_by_role("option", name=re.compile("^Ana")).click()
    await expect(page.get_by_text("Everything that waits now could still be claimed by somebody.")).to_be_visible()
    await make.click()
    await expect(page.get_by_role("heading", level=1, name="Pools")).to_be_visible()
    await expect(page.get_by_role("link", name=re.compile("^Wholesale"))).to_contain_text("1 member")
    await expect(agent.header.get_by_role("button", name="Wholesale only")).to_be_visible()
    await expect(agent.header.get_by_role("button", name="Claim", exact=True)).to_have_count(0)


async def test_a_lower_limit_binds_at_the_next_claim(sit: Sit) -> None:
    desk, agent = await sit(OWNER), await sit(4)
    first, second, third = await _waiting(desk, 3)
    await agent.call("POST", f"/conversations/{first['id']}/claim")
    await agent.show(second, "unclaimed")
    await expect(agent.header.get_by_role("button", name="Claim")).to_be_visible()
    await desk.go("/settings/workspace/limits", "Limits")
    await desk.page.get_by_role("textbox", name="Most claims per agent").fill("1")
    await desk.page.get_by_role("button", name="Save changes").click()
    await expect(_saved(desk.page)).to_be_visible()
    await expect(agent.header).to_contain_text("1 of 1 held")
    await expect(agent.header.get_by_role("button", name="Claim", exact=True)).to_have_count(0)
    await agent.page.keyboard.press("Shift+N")
    await expect(
        agent.page.get_by_text(re.compile("Nothing waits that you could claim|1 of 1|limit"))
    ).not_to_have_count(0)
    answer = await agent.context.request.post(f"{agent.base}/v1/conversations/{third['id']}/claim")
    assert (answer.status, (await answer.json())["code"]) == (409, "claim_limit_reached")
    await desk.call("PATCH", "/workspace/settings", {"max_claims_per_agent": 20})
    await expect(agent.header.get_by_role("button", name="Claim")).to_be_visible()
    await agent.page.keyboard.press("c")
    await expect(agent.header).to_contain_text("You ·")


async def test_a_key_is_shown_once_and_never_again(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await desk.go("/settings/workspace/api-keys", "API keys")
    await desk.page.get_by_role("button", name="New API key").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Name").fill("Nightly export")
    await dialog.get_by_role("button", name="Make the key").click()
    key = await dialog.get_by_role("textbox", name="API key").input_value()
    assert key.startswith("ak_")
    headers = {"Authorization": f"Bearer {key}"}
    answer = await desk.context.request.get(f"{desk.base}/v1/me", headers=headers)
    assert (await answer.json())["agent"]["id"] == desk.id
    await dialog.get_by_role("button", name="Done").click()
    await expect(desk.page.get_by_role("listitem").filter(has_text="Nightly export")).to_be_visible()
    await desk.page.reload()
    await expect(desk.page.get_by_role("listitem").filter(has_text="Nightly export")).to_be_visible()
    assert key not in await desk.page.content()


async def test_an_agent_is_shown_no_way_that_ends_in_a_refusal(sit: Sit) -> None:
    desk = await sit(5)
    refused: list[str] = []

    def note(answer: Response) -> None:
        if answer.status == 403:
            refused.append(answer.url)

    desk.page.on("response", note)
    for path, heading in SETTINGS.items():
        await desk.go(f"/settings/{path}", heading)
        page = desk.page.get_by_role("main")
        for name in ("Invite", "New pool", "Save changes", "Delete"):
            await expect(page.get_by_role("button", name=name)).to_have_count(0)
        if path.startswith("workspace/") and path != "workspace/api-keys":
            assert await page.get_by_role("switch", disabled=False).count() == 0, heading
            assert await page.locator("input:not(:disabled)").count() == 0, heading
    await desk.page.evaluate("() => history.pushState({}, '', '/settings/workspace/audit')")
    await expect(desk.page.get_by_text("The audit is for admins.")).to_be_visible()
    navigation = desk.page.get_by_role("navigation", name="Main")
    for name in ("Stale", "Live board"):
        await expect(navigation.get_by_role("link", name=name)).to_have_count(0)
    assert refused == []


async def test_a_member_cannot_be_invited_and_the_field_says_so(sit: Sit) -> None:
    desk = await sit(OWNER)
    await desk.go("/settings/team/members", "Members")
    await desk.page.get_by_role("button", name="Invite").click()
    dialog = desk.page.get_by_role("dialog")
    email = dialog.get_by_role("textbox", name="Email")
    member = (await desk.call("GET", "/agents"))["data"][0]["email"]
    await email.fill(member)
    await dialog.get_by_role("button", name="Make an invitation").click()
    await expect(email).to_have_attribute("aria-invalid", "true")
    await expect(email).to_have_accessible_description("Somebody with this address is already a member")
    await expect(email).to_have_value(member)


async def test_a_shortcut_that_is_taken_is_said_beside_its_field(sit: Sit) -> None:
    desk = await sit(2)
    await desk.call("POST", "/canned-replies", {"title": "Thanks", "shortcut": "thanks", "text": "Thank you!"})
    await desk.go("/settings/team/canned-replies", "Canned replies")
    await desk.page.get_by_role("button", name="New canned reply").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Title").fill("Thanks again")
    shortcut = dialog.get_by_role("textbox", name="Shortcut")
    await shortcut.fill("thanks")
    await dialog.get_by_role("textbox", name="Text").fill("Thank you once more!")
    await dialog.get_by_role("button", name="Save").click()
    await expect(shortcut).to_have_attribute("aria-invalid", "true")
    await expect(dialog.get_by_role("textbox", name="Text")).to_have_value("Thank you once more!")


async def test_hours_that_end_before_they_begin_cannot_be_saved(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await desk.go("/settings/workspace/business-hours", "Business hours")
    page = desk.page
    await page.get_by_role("button", name="Monday to Friday, 9 to 5").click()
    await page.get_by_label("Tuesday, until").fill("08:00")
    tuesday = page.get_by_role("group", name="Tuesday")
    await expect(tuesday.get_by_role("alert")).to_contain_text("It must end later than it begins.")
    await expect(page.get_by_label("Tuesday, until")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("button", name="Save changes")).to_be_disabled()
    await page.get_by_label("Tuesday, until").fill("17:30")
    await page.get_by_role("button", name="Save changes").click()
    await expect(_saved(page)).to_be_visible()
    stored = (await desk.call("GET", "/workspace/settings"))["business_hours"]["openings"]
    assert {"day": "tue", "start": "09:00", "end": "17:30"} in stored


async def test_a_release_before_the_flag_cannot_be_saved(sit: Sit) -> None:
    desk = await sit(ADMIN)
    await desk.go("/settings/workspace/stale-claim", "Stale Claim")
    await desk.page.get_by_role("textbox", name="Release after").fill("5")
    await expect(desk.page.get_by_text("At least 30 minutes: the flag comes first.")).to_be_visible()
    await expect(desk.page.get_by_role("button", name="Save changes")).to_be_disabled()


async def test_who_leaves_with_unsaved_changes_is_asked(sit: Sit, server: RunningServer) -> None:
    desk = await sit(ADMIN)
    before = await desk.call("GET", "/workspace/settings")
    await desk.go("/settings/workspace/stale-claim", "Stale Claim")
    flag = desk.page.get_by_role("textbox", name="Flag a claim after")
    await flag.fill("45")
    await expect(desk.page.get_by_text("You have unsaved changes.")).to_be_visible()
    limits = desk.page.get_by_role("navigation", name="Settings").get_by_role("link", name="Limits")
    await limits.click()
    dialog = desk.page.get_by_role("dialog", name="Leave without saving?")
    await dialog.get_by_role("button", name="Stay here").click()
    await expect(dialog).to_have_count(0)
    await expect(flag).to_have_value("45")
    await expect(desk.page).to_have_url(f"{server.url}/settings/workspace/stale-claim")
    await limits.click()
    await dialog.get_by_role("button", name="Leave without saving").click()
    await expect(desk.page.get_by_role("heading", level=1, name="Limits")).to_be_visible()
    assert await desk.call("GET", "/workspace/settings") == before
