"""The web app in a real browser: how much it loads, how soon it answers, how late others see it, how smooth it stays.

A browser without a screen and without a graphics card draws on the processor, which the server and whoever sends the
updates use as well: an empty page in the same run tells what can be reached.
"""

import asyncio
from typing import Any

import httpx
from playwright.async_api import Browser

from bench import smoothness
from bench.installation import Installation, Server, stores
from bench.table import Line, at_most, median, ms, percentile
from bench.windows import HEADER, ROWS, browser, sign_in

AGENTS, CONVERSATIONS = 8, 400
WATCHERS = 10
SETTLE_SECONDS = 0.7
SCRIPTS_BAR, SCRIPTS_AIM = 200, 170
INTERACTIVE_BAR, INTERACTIVE_AIM = 1.5, 0.7
CLAIMING_BAR, CLAIMING_AIM = 0.100, 0.050
OTHERS_BAR, OTHERS_AIM, OTHERS_MOST = 0.300, 0.150, 1.0
CACHED_BAR, CACHED_AIM = 0.100, 0.050
COLD_BAR, COLD_AIM = 0.300, 0.150
PRESENCE_BAR, PRESENCE_AIM = 0.500, 0.150
# With when each was asked for, in milliseconds since the page began.
_SCRIPTS = """
    performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"))
    .map(({ name, startTime }) => [name, startTime])
"""


async def main(argv: list[str]) -> list[Line]:
    """Measures on SQLite, which leaves the browser most of the machine; `--quick` with fewer rounds."""
    is_quick = "--quick" in argv
    rounds = 5 if is_quick else 20
    with stores() as both:
        sqlite = both[0]
        installation = sqlite.new()
        installation.dibs("migrate")
        people = installation.seed(AGENTS, CONVERSATIONS)["agents"]
        async with browser() as opened:
            lines = await _speed(installation, people, opened, rounds)
            lines += await smoothness.burst(sqlite, opened, is_quick=is_quick)
            lines += await smoothness.scrolling(sqlite, opened, is_quick=is_quick)
    return lines


async def _speed(installation: Installation, people: list[dict[str, Any]], opened: Browser, rounds: int) -> list[Line]:
    with installation.serve(SIGN_IN_LIMIT_PER_MINUTE=0) as server:
        page = server.call("GET", "/conversations?view=unclaimed&limit=100", people[0]["key"])
        page["data"] += server.call(
            "GET", f"/conversations?view=unclaimed&limit=100&cursor={page['next_cursor']}", people[0]["key"]
        )["data"]
        waiting = [each["id"] for each in page["data"]]
        return [
            *await _loading(server, opened, people[2], max(3, rounds // 4)),
            *await _claims(server, opened, people, waiting[:rounds]),
            *await _switching(server, opened, people[2], waiting[-2 * rounds :]),
            await _presence(server, opened, people, waiting[rounds : 2 * rounds]),
        ]


async def _loading(server: Server, opened: Browser, person: dict[str, Any], rounds: int) -> list[Line]:
    taken, scripts, drawn = [], [], 0.0
    for _ in range(rounds + 1):
        window = await sign_in(opened, server, person)
        await window.page.goto(f"{window.base}/inbox/unclaimed", wait_until="commit")
        await window.notice("row", f"{ROWS} [role=row]", "")
        began = await window.page.evaluate("performance.timeOrigin") / 1_000
        drawn = await window.seen("row") - began
        await window.press("j")
        taken.append(await window.seen("focus") - began)
        await window.page.wait_for_load_state("networkidle")
        scripts = await window.page.evaluate(_SCRIPTS)
        await window.page.context.close()
    sizes = {url: len(_gzipped(url)) / 1_000 for url, _ in scripts}
    first = [url for url, asked_at in scripts if asked_at / 1_000 < drawn]
    kilobytes, interactive = sum(sizes[url] for url in first), median(taken[1:])
    return [
        Line(
            f"first load, JavaScript for the first rows, gzip, {len(first)} files",
            f"{kilobytes:.1f} kB",
            f"{sum(sizes.values()):.0f} kB with what is fetched ahead",
            bar=f"<= {SCRIPTS_BAR} kB",
            aim=f"{SCRIPTS_AIM} kB",
            verdict=at_most(kilobytes, SCRIPTS_BAR, SCRIPTS_AIM),
        ),
        Line(
            "from nothing to a key that does something, median, nothing cached",
            ms(interactive),
            f"{ms(min(taken[1:]))} to {ms(max(taken[1:]))}",
            bar=f"<= {ms(INTERACTIVE_BAR)}",
            aim=ms(INTERACTIVE_AIM),
            verdict=at_most(interactive, INTERACTIVE_BAR, INTERACTIVE_AIM),
        ),
    ]


def _gzipped(url: str) -> bytes:
    """A file as the server sends it to who takes gzip."""
    with httpx.stream("GET", url, headers={"Accept-Encoding": "gzip"}, trust_env=False) as answer:
        answer.raise_for_status()
        return b"".join(answer.iter_raw())


async def _claims(
    server: Server, opened: Browser, people: list[dict[str, Any]], conversations: list[str]
) -> list[Line]:
    me, others = people[2], people[3:]
    mine = await sign_in(opened, server, me)
    watchers = [await sign_in(opened, server, others[number % len(others)]) for number in range(WATCHERS)]
    for window in (mine, *watchers):
        await window.open("/inbox/unclaimed")
    said, confirmed, heard = [], [], []
    for conversation in conversations:
        await asyncio.gather(*(window.show(conversation) for window in (mine, *watchers)))
        # Eleven pages that all open something else at once are not what is measured.
        await asyncio.gather(*(window.page.wait_for_load_state("networkidle") for window in (mine, *watchers)))
        await asyncio.sleep(SETTLE_SECONDS)
        await mine.notice("claiming", HEADER, "Claiming…")
        await mine.notice("mine", f"{HEADER} [data-state=mine]", "You")
        await asyncio.gather(*(each.notice("owner", HEADER, f"Claimed by {me['name']}") for each in watchers))
        await mine.press("c")
        began = await mine.pressed()
        said.append(await mine.seen("claiming") - began)
        confirmed.append(await mine.seen("mine") - began)
        heard += [at - began for at in await asyncio.gather(*(each.seen("owner") for each in watchers))]
        server.call("POST", f"/conversations/{conversation}/release", me["key"])
    for window in (mine, *watchers):
        await window.page.context.close()
    return [
        _late("C to “Claiming…”, p95", said, CLAIMING_BAR, CLAIMING_AIM),
        Line("  C to “You”, p50 · p95", f"{ms(median(confirmed))} · {ms(percentile(confirmed, 0.95))}"),
        _late(f"C to the owner in {WATCHERS} other open pages, p95", heard, OTHERS_BAR, OTHERS_AIM),
        _late("  the same, most", heard, OTHERS_MOST, OTHERS_BAR, share=1),
    ]


async def _switching(server: Server, opened: Browser, person: dict[str, Any], conversations: list[str]) -> list[Line]:
    window = await sign_in(opened, server, person)
    await window.open("/inbox/unclaimed")
    await window.press("j")
    await window.press("Enter")
    await window.page.locator("[role=log]").wait_for()
    cached, cold = [], []
    for _ in conversations:
        # As fast as one reads: meanwhile the next ones are fetched.
        await window.page.wait_for_load_state("networkidle")
        await window.page.evaluate("bench.noticeAnotherLog()")
        await window.press("j")
        cached.append(await window.seen("log") - await window.pressed())
    for conversation in conversations:
        await window.page.wait_for_load_state("networkidle")
        cold.append(await window.show(conversation))
    await window.page.context.close()
    return [
        _late("J to the next conversation's messages, cached, p95", cached, CACHED_BAR, CACHED_AIM),
        _late("to any other conversation's messages, cold, p95", cold, COLD_BAR, COLD_AIM),
    ]


async def _presence(server: Server, opened: Browser, people: list[dict[str, Any]], conversations: list[str]) -> Line:
    one, other = await sign_in(opened, server, people[2]), await sign_in(opened, server, people[3])
    for window in (one, other):
        await window.open("/inbox/unclaimed")
    taken = []
    for conversation in conversations:
        await one.show(conversation)
        # Initials are the avatar's text.
        await one.notice("here", 'ul[aria-label="Also here"] li', "")
        began = await other.go(f"/inbox/unclaimed/{conversation}")
        taken.append(await one.seen("here") - began)
    for window in (one, other):
        await window.page.context.close()
    return _late("somebody opens a conversation to their face in another page, p95", taken, PRESENCE_BAR, PRESENCE_AIM)


def _late(what: str, seconds: list[float], bar: float, aim: float, *, share: float = 0.95) -> Line:
    late = percentile(seconds, share)
    middle = "" if share == 1 else f"p50 {ms(median(seconds))}"
    return Line(what, ms(late), middle, bar=f"<= {ms(bar)}", aim=ms(aim), verdict=at_most(late, bar, aim))
