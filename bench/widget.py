"""The widget: from the visitor's Enter on a web page to the agent's screen, in two real pages of one browser."""

import asyncio

from playwright.async_api import Browser

from bench.installation import Server, stores
from bench.table import Line, at_most, median, ms, percentile
from bench.windows import IN_PAGE, Window, browser, sign_in

AGENTS, CONVERSATIONS = 4, 50
# Visitors who are connected beside the one who writes.
OTHERS = 20
BAR, AIM = 0.500, 0.150
PAUSE_SECONDS = 0.1


async def main(argv: list[str]) -> list[Line]:
    """Measures on SQLite and on PostgreSQL; `--quick` with fewer rounds."""
    rounds = 20 if "--quick" in argv else 100
    lines = []
    with stores() as both:
        for store in both:
            installation = store.new()
            installation.dibs("migrate")
            people = installation.seed(AGENTS, CONVERSATIONS)["agents"]
            settings = {"SIGN_IN_LIMIT_PER_MINUTE": 0, "VISITOR_LIMIT_PER_MINUTE": 0}
            async with browser() as opened:
                with installation.serve(**settings) as server:
                    server.call("POST", "/channels", people[1]["key"], {"kind": "widget", "name": "Website"})
                    agent = await sign_in(opened, server, people[2])
                    taken = await _to_the_screen(server, opened, agent, key=people[2]["key"], rounds=rounds)
                    lines.append(_line(store.name, taken))
    return lines


async def _to_the_screen(server: Server, opened: Browser, agent: Window, *, key: str, rounds: int) -> list[float]:
    """Seconds from each key press to the frame in which the agent sees the message."""
    visitors = [await _come(server, opened, number) for number in range(OTHERS + 1)]
    visitor = visitors[-1]
    newest = server.call("GET", "/conversations?view=any&channel=widget&sort=newest&limit=1", key)["data"][0]
    await agent.open("/inbox/unclaimed")
    await agent.show(newest["id"])
    taken = []
    for number in range(rounds):
        words = f"Question number {number} of this visitor"
        await agent.notice("arrived", "[role=log]", words)
        await visitor.page.locator("dibs-widget .composer textarea").fill(words)
        await visitor.press("Enter")
        taken.append(await agent.seen("arrived") - await visitor.pressed())
        await asyncio.sleep(PAUSE_SECONDS)
    return taken


def _line(store: str, taken: list[float]) -> Line:
    late = percentile(taken, 0.95)
    return Line(
        f"widget: Enter to the agent's screen, {OTHERS} other visitors, {store}, p95",
        ms(late),
        f"p50 {ms(median(taken))}, most {ms(max(taken))}",
        bar=f"<= {ms(BAR)}",
        aim=ms(AIM),
        verdict=at_most(late, BAR, AIM),
    )


async def _come(server: Server, opened: Browser, number: int) -> Window:
    """A visitor of the demo page who has said hello."""
    base = f"http://127.0.0.1:{server.port}"
    context = await opened.new_context()
    await context.add_init_script(path=IN_PAGE)
    page = await context.new_page()
    await page.goto(f"{base}/widget-demo")
    await page.locator("dibs-widget .launcher").click()
    await page.locator("dibs-widget .composer textarea").fill(f"Hello from {number}")
    await page.keyboard.press("Enter")
    await page.locator("dibs-widget .own .meta", has_text="Sent").wait_for()
    return Window(page, base)
