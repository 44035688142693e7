"""How smooth the app stays: five hundred live updates within two seconds, and a list of 100,000 that scrolls."""

import asyncio
from dataclasses import replace
from typing import Any

from playwright.async_api import Browser

from bench import updates
from bench.installation import Server, Store
from bench.table import Line, at_least, at_most, median
from bench.windows import ROWS, Frames, Window, blank, sign_in

AGENTS = 5
BURST_LIST, QUICK_BURST_LIST = 10_000, 1_000
EVENTS, SECONDS = 500, 2.0
FRAMES_BAR, FRAMES_AIM = 55.0, 59.0
TASK_BAR = 50.0
KEY_BAR, KEY_AIM = 50.0, 32.0
PRESSES = 10
SCROLL_LIST, QUICK_SCROLL_LIST = 100_000, 10_000
SCROLL_SECONDS, STEP = 3.0, 100
DROPPED_BAR, DROPPED_AIM = 0.10, 0.02
PRIORITIES = ("low", "normal", "high", "urgent")


async def burst(store: Store, opened: Browser, *, is_quick: bool) -> list[Line]:
    """The lines of the burst: frames, tasks and key presses, beside an empty page during an equal burst."""
    size = QUICK_BURST_LIST if is_quick else BURST_LIST
    made, seed, _ = store.full(AGENTS, size)
    copied = store.new(like=made)
    people = seed["agents"]
    with copied.serve(SIGN_IN_LIMIT_PER_MINUTE=0) as server:
        empty = await blank(opened)
        base = await _during_updates(empty, server, people, [])
        await empty.page.context.close()
        window = await sign_in(opened, server, people[2])
        await window.open("/inbox/unclaimed")
        rows = await _read_all(window, size)
        await window.press("j")
        in_list = await _during_updates(window, server, people, ["j"] * PRESSES)
        await window.press("Enter")
        await window.page.locator("[role=log]").wait_for()
        reading = await _during_updates(window, server, people, [])
        switching = await _during_updates(window, server, people, ["j"] * PRESSES)
        await window.page.context.close()
    store.remove(copied)
    name = f"{EVENTS} updates in {SECONDS:g} s, {rows:,} rows"
    return [
        *_smooth(f"{name}, J through them: frames", in_list, base),
        _prompt(in_list),
        *_smooth("  the same, reading a conversation: frames", reading, base),
        *_smooth("  the same, J from conversation to conversation: frames", switching, base, is_information=True),
        _prompt(switching),
    ]


async def _read_all(window: Window, size: int) -> int:
    """Scrolls through the whole list, then back to near its top; returns how many rows it has."""
    rows = 0
    for _ in range(1_000):
        rows = await window.page.evaluate(
            """selector => new Promise((resolve) => {
              const scroller = document.querySelector(selector);
              scroller.scrollTop = scroller.scrollHeight;
              const grid = scroller.querySelector("[role=grid]");
              requestAnimationFrame(() => setTimeout(() => resolve(Number(grid.getAttribute("aria-rowcount"))), 20));
            })""",
            ROWS,
        )
        if rows > 0:
            break
    if rows < size:
        raise RuntimeError(f"the list ended at {rows} rows of {size}")
    await window.page.evaluate("selector => { document.querySelector(selector).scrollTop = 3_000; }", ROWS)
    await window.page.wait_for_timeout(500)
    return int(rows)


async def _during_updates(window: Window, server: Server, people: list[dict[str, Any]], keys: list[str]) -> Frames:
    """The frames of a window while others write."""
    shown = await window.page.evaluate("[...document.querySelectorAll('[role=row]')].map((row) => row.dataset.id)")
    process = await updates.begin(updates.Writes(server.port, SECONDS, _writes(server, people[0]["key"], shown)))
    # The last ones take a moment to arrive.
    await window.begin_frames(SECONDS + 0.2)
    sending = asyncio.gather(updates.end(process), _press(window, keys))
    frames = await window.frames()
    await sending
    return frames


async def _press(window: Window, keys: list[str]) -> None:
    for key in keys:
        await window.press(key)
        await asyncio.sleep(SECONDS / (len(keys) + 1) * 0.9)


def _writes(server: Server, key: str, shown: list[str]) -> list[tuple[str, str, str, str]]:
    """Half of them change what is on screen; every fifth is a customer who writes."""
    page = server.call("GET", "/conversations?view=all&limit=100&sort=oldest", key)
    elsewhere = [each["id"] for each in page["data"]]
    writes = []
    for number in range(EVENTS):
        among = shown if shown and number % 2 == 0 else elsewhere
        path = f"/v1/conversations/{among[number // 2 % len(among)]}"
        if number % 5 == 0:
            writes.append(("POST", f"{path}/customer-messages", key, f'{{"text": "Is there any news? {number}"}}'))
        else:
            # Whatever it is now, one of two following ones is a change.
            priority = PRIORITIES[number // 2 // len(among) % len(PRIORITIES)]
            tags = f"burst-{number % 7}"
            writes.append(("PATCH", path, key, f'{{"priority": "{priority}", "tags": ["{tags}"]}}'))
    return writes


def _smooth(name: str, frames: Frames, base: Frames, *, is_information: bool = False) -> list[Line]:
    rate = Line(
        name,
        f"{frames.rate:.1f}/s",
        f"empty page {base.rate:.1f}/s",
        f"{frames.rate / base.rate:.2f}",
        f">= {FRAMES_BAR:g}/s",
        f"{FRAMES_AIM:g}/s",
        at_least(frames.rate, FRAMES_BAR, FRAMES_AIM),
    )
    task = Line(
        "    longest task · events heard",
        f"{_told(frames.longest_task)} · {frames.events}",
        f"empty page {_told(base.longest_task)}",
        bar=f"<= {TASK_BAR:g} ms",
        aim=f"{TASK_BAR:g} ms",
        verdict=at_most(frames.longest_task, TASK_BAR, TASK_BAR),
    )
    # Every press draws another conversation: that costs frames with and without updates, and has its own bar.
    return [replace(each, bar="", aim="", verdict="") for each in (rate, task)] if is_information else [rate, task]


def _told(task: float) -> str:
    return f"{task:.0f} ms" if task else "<= 50 ms"


def _prompt(frames: Frames) -> Line:
    return Line(
        f"    J to the next frame, the slowest of {PRESSES}",
        f"{frames.slowest_key:.0f} ms",
        f"p50 {median(frames.inputs or [16]):.0f} ms",
        bar=f"<= {KEY_BAR:g} ms",
        aim=f"{KEY_AIM:g} ms",
        verdict=at_most(frames.slowest_key, KEY_BAR, KEY_AIM),
    )


async def scrolling(store: Store, opened: Browser, *, is_quick: bool) -> list[Line]:
    """The lines of a long list that scrolls for some seconds, beside an empty page that draws nothing."""
    size = QUICK_SCROLL_LIST if is_quick else SCROLL_LIST
    installation, seed, _ = store.full(AGENTS, size)
    with installation.serve(SIGN_IN_LIMIT_PER_MINUTE=0) as server:
        empty = await blank(opened)
        await empty.begin_frames(SCROLL_SECONDS)
        base = await empty.frames()
        await empty.page.context.close()
        window = await sign_in(opened, server, seed["agents"][2])
        await window.open("/inbox/all")
        await window.page.wait_for_load_state("networkidle")
        await window.begin_frames(SCROLL_SECONDS, ROWS, STEP)
        frames = await window.frames()
        await window.page.context.close()
    return [
        Line(
            f"scrolling {size:,} conversations, {STEP * 60:,} pixels/s: dropped frames",
            f"{frames.dropped:.1%}",
            f"empty page {base.dropped:.1%}",
            bar=f"<= {DROPPED_BAR:.0%}",
            aim=f"{DROPPED_AIM:.0%}",
            verdict=at_most(frames.dropped, DROPPED_BAR, DROPPED_AIM),
        ),
        Line(
            "  longest frame · longest task · frames with a row still to come",
            f"{max(frames.gaps):.0f} ms · {frames.longest_task:.0f} ms · {frames.blank / len(frames.gaps):.1%}",
            f"empty page {max(base.gaps):.0f} ms",
        ),
    ]
