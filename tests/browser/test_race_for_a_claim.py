"""Two people press C on one conversation: one becomes the owner, the other sees who it is and keeps the draft."""

import asyncio
import random
import re
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Sit
from tests.conftest import seed
from tests.support.desk import Desk

ROUNDS = 20
WATCHERS = 10


@pytest.mark.timeout(600)
async def test_one_becomes_the_owner_and_everybody_sees_who(sit: Sit) -> None:
    kofi, mei = await sit(2), await sit(3)
    waiting = await _waiting(kofi, ROUNDS)
    watchers = [await sit(4 + number % 2) for number in range(WATCHERS)]
    chance = random.Random(seed())
    wins = {kofi.name: 0, mei.name: 0}
    for number, conversation in enumerate(waiting):
        # The ten others look on in some of the rounds; the screens of the two count in all.
        watching = watchers if number % 10 == 0 else []
        await asyncio.gather(*(desk.show(conversation, "unclaimed") for desk in (kofi, mei, *watching)))
        await mei.page.keyboard.press("n")
        await mei.composer.fill(f"Draft of round {number}")
        await mei.page.keyboard.press("Escape")
        await _press_c([kofi, mei], chance)
        winner = await _owner(kofi, conversation)
        wins[winner] += 1
        await _agree(kofi, mei, winner=winner)
        await expect(mei.composer).to_have_value(f"Draft of round {number}")
        for desk in watching:
            await expect(desk.header).to_contain_text(f"Claimed by {winner}")
        await _free(kofi, mei, conversation)
    print(f"{ROUNDS} rounds, seed {seed()}: {wins}")


async def test_a_screen_that_believes_too_early_would_be_caught(sit: Sit) -> None:
    """The control: a browser whose claims are all answered with success draws itself as the owner."""
    kofi, mei = await sit(2), await sit(3)
    (conversation,) = await _waiting(kofi, 1)
    await asyncio.gather(kofi.show(conversation, "unclaimed"), mei.show(conversation, "unclaimed"))

    async def lie(route: Route) -> None:
        told = await mei.call("GET", f"/conversations/{conversation['id']}")
        mine = {"assignee": {"id": mei.id, "name": mei.name}, "version": told["version"] + 5}
        await route.fulfill(json=told | mine)

    await mei.page.route(re.compile(r"/v1/conversations/[^/]+/claim$"), lie)
    await mei.page.keyboard.press("c")
    await expect(mei.header).to_contain_text("You")
    await kofi.page.keyboard.press("c")
    await expect(kofi.header).to_contain_text("You")
    with pytest.raises(AssertionError):
        await _agree(kofi, mei, winner=await _owner(kofi, conversation), patience=1_000)
    print("caught: two screens that both say You")


async def _waiting(desk: Desk, count: int) -> list[dict[str, Any]]:
    page = await desk.call("GET", f"/conversations?view=unclaimed&limit={count}")
    found: list[dict[str, Any]] = page["data"]
    assert len(found) == count
    return found


async def _press_c(desks: list[Desk], chance: random.Random) -> None:
    """Both at once, in a random order: which one is first is the machine's affair."""
    pressing = [desk.page.keyboard.press("c") for desk in chance.sample(desks, len(desks))]
    await asyncio.gather(*pressing)


async def _owner(desk: Desk, conversation: dict[str, Any]) -> str:
    """Who holds it by the server's word, as soon as somebody does."""
    await expect(desk.header).to_contain_text(re.compile(r"You|Claimed by"))
    told = await desk.call("GET", f"/conversations/{conversation['id']}")
    return str(told["assignee"]["name"])


async def _agree(*desks: Desk, winner: str, patience: float = 15_000) -> None:
    """Every screen shows the winner: "You" on theirs alone."""
    for desk in desks:
        if desk.name == winner:
            await expect(desk.header.get_by_role("button", name="Release")).to_be_visible(timeout=patience)
        else:
            await expect(desk.header).to_contain_text(f"Claimed by {winner}", timeout=patience)
            await expect(desk.header.get_by_role("button", name="Release")).to_have_count(0, timeout=patience)


async def _free(kofi: Desk, mei: Desk, conversation: dict[str, Any]) -> None:
    """Resolves it, so that nobody reaches the limit."""
    told = await kofi.call("GET", f"/conversations/{conversation['id']}")
    holder = kofi if told["assignee"]["id"] == kofi.id else mei
    await holder.call("POST", f"/conversations/{conversation['id']}/resolve")
