"""A page with the widget, in a real browser, and a team that answers: what both see, whatever the page does."""

import re
from typing import Any

from playwright.async_api import expect

from tests.realtime.client import connected as agent_connected
from tests.support import axe
from tests.support.chat import TITLE, Come, Team
from tests.support.host_page import HOSTILE, HostPage
from tests.support.inbox import until


async def test_a_whole_conversation(team: Team, shop: HostPage, come: Come) -> None:
    visit = await come(shop.origin)
    await visit.launcher.click()
    await expect(visit.text).to_be_focused()
    await expect(visit.panel).to_contain_text("How can we help?")
    await visit.say("Do you post to Madeira?")
    conversation = team.newest()
    assert conversation["preview"] == "Do you post to Madeira?" and conversation["assignee"] is None
    await expect(visit.messages.last).to_contain_text("Sent")
    team.call("POST", f"/conversations/{conversation['id']}/claim")
    live = team.server.live_url
    async with agent_connected(live, key=team.agent["key"]) as agent:
        await agent.resume()
        await agent.at(conversation["id"], "replying")
        await expect(visit.panel.get_by_role("status").filter(has_text=f"{TITLE} is writing…")).to_be_visible()
        await expect(visit.page.locator("dibs-widget .own").last).to_contain_text("Seen")
        await agent.at(conversation["id"], "left")
        await expect(visit.page.locator("dibs-widget .typing")).to_be_hidden()
    sent = team.reply(conversation["id"], "We do, twice a week.")
    await expect(visit.messages.last).to_contain_text("We do, twice a week.")
    await expect(visit.messages.last).to_contain_text(TITLE)

    async def was_read() -> bool:
        return any(each["id"] == sent["id"] and each["delivery"] == "read" for each in team.thread(conversation["id"]))

    await until(was_read, "the team learns that it was seen")
    await visit.page.keyboard.press("Escape")
    await expect(visit.panel).to_be_hidden()
    await expect(visit.launcher).to_be_focused()
    team.reply(conversation["id"], "And on Fridays by ship.")
    await expect(visit.launcher).to_have_accessible_name("Open chat, 1 new")
    await expect(visit.page.locator("dibs-widget .badge")).to_have_text("1")
    await visit.launcher.click()
    await expect(visit.launcher).to_have_accessible_name("Close chat")
    await expect(visit.page.locator("dibs-widget .badge")).to_be_hidden()
    # Neither the page nor its socket knows who answered, or that anybody claimed.
    everything = await visit.widget.evaluate("each => each.shadowRoot.textContent") + "".join(visit.told)
    assert visit.told and team.agent["name"] not in everything
    assert not re.search(r"agt_|claim|assignee|epoch|conv_", everything)


async def test_a_page_that_hides_everything_and_forbids_everything_has_a_chat(team: Team, come: Come) -> None:
    host = team.server.url
    policy = (
        f"default-src 'none'; script-src {host}; style-src 'none'; img-src {host}; "
        f"connect-src {host} {host.replace('http', 'ws')}; base-uri 'none'; form-action 'none'"
    )
    strict = team.page(policy=policy)
    visit = await come(strict.origin)
    await visit.launcher.click()
    await visit.say("Through a strict policy")
    team.reply(team.newest()["id"], "It is.")
    await expect(visit.messages.last).to_contain_text("It is.")
    hostile = await come(team.page(styles=HOSTILE).origin)
    await expect(hostile.page.get_by_role("heading", name="Shoes")).to_be_hidden()
    await hostile.launcher.click()
    await hostile.say("Through hostile styles")
    box = await hostile.panel.bounding_box()
    assert box is not None and box["width"] == 380 and box["height"] > 500
    looks = await hostile.panel.evaluate("e => [getComputedStyle(e).opacity, getComputedStyle(e).fontSize]")
    assert looks == ["1", "15px"]


async def test_it_survives_a_reload_and_shows_the_same_in_a_second_tab(team: Team, shop: HostPage, come: Come) -> None:
    visit = await come(shop.origin)
    await visit.launcher.click()
    await visit.say("Before the reload")
    await visit.text.fill("Half a sen")
    await visit.page.reload()
    await expect(visit.messages.last).to_contain_text("Before the reload")
    await expect(visit.text).to_have_value("Half a sen")
    other = await come(shop.origin, visit.context)
    await other.launcher.click()
    await expect(other.messages.last).to_contain_text("Before the reload")
    await other.say("From the other tab")
    await expect(visit.messages.last).to_contain_text("From the other tab")
    await other.page.keyboard.press("Escape")
    await visit.page.keyboard.press("Escape")
    await expect(visit.panel).to_be_hidden()
    team.reply(team.newest()["id"], "To both")
    for each in (visit, other):
        await expect(each.launcher).to_have_accessible_name("Open chat, 1 new")
    await visit.launcher.click()
    await expect(other.launcher).to_have_accessible_name("Open chat")
    assert team.newest()["message_count"] == 3


async def test_what_is_written_offline_is_sent_once_when_the_network_is_back(
    team: Team, shop: HostPage, come: Come
) -> None:
    visit = await come(shop.origin)
    await visit.launcher.click()
    await visit.say("Online")
    await visit.context.set_offline(True)
    await visit.text.fill("Offline")
    await visit.text.press("Enter")
    await expect(visit.messages.last).to_contain_text("Waiting for a connection…")
    await expect(visit.panel.get_by_text("No connection. Trying again…")).to_be_visible()
    conversation = team.newest()
    team.reply(conversation["id"], "Written meanwhile")
    await visit.context.set_offline(False)
    await expect(visit.page.locator("dibs-widget .own").last).to_have_class("message own")
    await expect(visit.panel).to_contain_text("Written meanwhile")
    await expect(visit.panel.get_by_text("No connection. Trying again…")).to_be_hidden()
    assert [each["text"] for each in team.thread(conversation["id"])] == ["Online", "Written meanwhile", "Offline"]
    visit.troubles[:] = [each for each in visit.troubles if "ERR_INTERNET_DISCONNECTED" not in each]


async def test_what_the_server_refuses_says_so_and_is_tried_again(team: Team, shop: HostPage, come: Come) -> None:
    visit = await come(shop.origin)
    await visit.launcher.click()
    await visit.say("Fine")
    await visit.page.route("**/messages", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    await visit.text.fill("Later")
    await visit.text.press("Enter")
    await expect(visit.messages.last).to_contain_text("Not sent")
    await visit.page.unroute("**/messages")
    await visit.messages.last.get_by_role("button", name="Try again").click()
    await expect(visit.messages.last).to_contain_text("Sent")
    assert team.newest()["message_count"] == 2
    visit.troubles[:] = [each for each in visit.troubles if "503" not in each and "CORS" not in each]


async def test_what_is_written_is_text(team: Team, shop: HostPage, come: Come) -> None:
    visit = await come(shop.origin)
    await visit.launcher.click()
    text = '<img src=x onerror=alert(1)> javascript:alert(1) https://shop.example/a?b=1"onclick=alert(1)'
    await visit.say(text)
    team.reply(team.newest()["id"], text)
    for message in (visit.messages.first, visit.messages.last):
        await expect(message.locator(".text")).to_have_text(text)
        link = message.get_by_role("link")
        await expect(link).to_have_attribute("href", "https://shop.example/a?b=1")
        await expect(link).to_have_attribute("rel", "noopener nofollow noreferrer")
    assert await visit.widget.evaluate("each => each.shadowRoot.querySelectorAll('img, script, [onclick]').length") == 0


async def test_it_is_accessible_in_light_and_dark_and_on_a_small_screen(shop: HostPage, come: Come, team: Team) -> None:
    small = {"width": 320, "height": 640}
    for options in ({}, {"color_scheme": "dark"}, {"viewport": small}, {"viewport": small, "color_scheme": "dark"}):
        visit = await come(shop.origin, **options)
        found = await axe.violations(visit.page)
        await visit.launcher.click()
        await visit.say("Hello, see https://shop.example")
        team.reply(team.newest()["id"], "Good morning! https://shop.example/help")
        await expect(visit.messages.last).to_contain_text("Good morning!")
        png = [{"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}]
        await visit.page.locator("dibs-widget input[type=file]").set_input_files(png)
        await expect(visit.panel.get_by_role("button", name="Remove notes.txt")).to_be_visible()
        found += await axe.violations(visit.page)
        await visit.page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
        found += await axe.violations(visit.page, "dark")
        assert found == [], "\n".join(found)
        assert await visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        box = await visit.panel.bounding_box()
        assert box is not None
        if options.get("viewport"):
            assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)


async def test_out_of_hours_it_asks_where_to_answer(shop: HostPage, come: Come, team: Team) -> None:
    closed = {"openings": [{"day": "mon", "start": "00:00", "end": "00:01"}]}
    always: dict[str, Any] = {"openings": []}
    team.call("PATCH", "/workspace/settings", {"business_hours": closed}, key=team.admin["key"])
    try:
        visit = await come(shop.origin)
        await visit.launcher.click()
        await expect(visit.page.get_by_label("Your name")).to_be_focused()
        assert await axe.violations(visit.page) == []
        await visit.page.get_by_role("button", name="Leave message").click()
        await expect(visit.page.get_by_role("alert").filter(has_text="Please fill this in.")).to_be_visible()
        await visit.page.get_by_label("Your name").fill("Ana")
        await visit.page.get_by_label("Your email").fill("ana@example.com")
        await visit.page.locator("dibs-widget .offline textarea").fill("Call me back")
        await visit.page.get_by_role("button", name="Leave message").click()
        await expect(visit.messages.last).to_contain_text("Call me back")
        await expect(visit.panel.get_by_text("We will answer to ana@example.com.")).to_be_visible()
        assert team.newest()["contact"]["name"] == "Ana"
    finally:
        team.call("PATCH", "/workspace/settings", {"business_hours": always}, key=team.admin["key"])


async def test_the_page_can_call_it_before_it_is_there(come: Come, team: Team) -> None:
    before = """
      window.Dibs = function () { (Dibs.q = Dibs.q || []).push(arguments); };
      window.heard = [];
      Dibs("on", "open", () => heard.push("open"));
      Dibs("on", "message", ({ text }) => heard.push(text));
      Dibs("on", "unread", (count) => heard.push(count));
      Dibs("open");
    """
    visit = await come(team.page(before=before).origin)
    await expect(visit.panel).to_be_visible()
    await visit.say("Hi")
    await visit.page.evaluate("() => Dibs('close')")
    await expect(visit.panel).to_be_hidden()
    team.reply(team.newest()["id"], "Told to the page")
    await visit.page.wait_for_function("() => heard.includes(1)")
    assert await visit.page.evaluate("() => heard") == ["open", "Told to the page", 1]
    await visit.page.evaluate(
        "() => { Dibs('on', 'error', (e) => heard.push(e.code)); Dibs('identify', {user_id: '1', hash: 'x'}) }"
    )
    await visit.page.wait_for_function("() => heard.includes('identity_not_proven')")
    await visit.page.evaluate("() => { Dibs('forget'); Dibs('open') }")
    await expect(visit.messages).to_have_count(0)
    visit.troubles[:] = [each for each in visit.troubles if "status of 403" not in each]
