"""Customers write, turns begin and end, people claim and hand back, all at once: the bot speaks by the rule."""

import asyncio
import random
from collections import Counter
from contextlib import suppress

import pytest

from dibs.actor import Actor, system
from dibs.bot import turns
from dibs.conversations import claims, creation, lifecycle
from dibs.errors import Refusal
from dibs.tx import Core, transaction
from tests.races.bot_model import judge
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.mutants import bot_without_fence
from tests.races.unsteady import pause, unsteady
from tests.support.house import House

INTERLEAVINGS = count(2_000)
WRITES, VERBS, LOOKS = 3, 5, 6
_OPEN = "SELECT id FROM bot_turns WHERE workspace_id = :ws AND conversation_id = :id AND state = 'open'"


class Scene:
    """A customer, a bot, and a person, who act on one conversation at a time."""

    def __init__(self, house: House, core: Core, dice: random.Random, *, sam: Actor, ada: Actor) -> None:
        self.house, self.core, self.dice, self.sam, self.ada = house, core, dice, sam, ada
        self.bot = system(house.workspace_id, "Bot", "timer")
        self.written: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self.did: Counter[str] = Counter()

    async def customer(self, one: str) -> None:
        """Writes; each has words of its own, so that no one is taken for another."""
        for _ in range(WRITES):
            await pause(self.dice)
            async with transaction(self.core, self.ada) as tx:
                await creation.customer_message(tx, one, f"Question {self.written[one]} of {one[-6:]}")
            self.written[one] += 1

    async def person(self, one: str) -> None:
        """Claims, releases, hands back, resolves and reopens, in any order; what is refused is refused."""
        verbs = [claims.claim, claims.release, claims.hand_back, lifecycle.resolve, lifecycle.reopen]
        for verb in self.dice.choices(verbs, weights=[5, 2, 4, 1, 2], k=VERBS):
            await pause(self.dice)
            with suppress(Refusal):
                async with transaction(self.core, self.sam) as tx:
                    await verb(tx, one)  # type: ignore[operator]
                self.did[verb.__name__] += 1

    async def hand(self, one: str) -> None:
        """Answers the open turn, if there is one; now and then twice at once, as two processes do."""
        for _ in range(LOOKS):
            await pause(self.dice)
            for row in await self.house.rows(_OPEN, id=one):
                await pause(self.dice)
                times = self.dice.choice([1, 1, 2])
                await asyncio.gather(*(self.answer(one, row.id) for _ in range(times)))

    async def answer(self, one: str, turn_id: str) -> None:
        """Answers a turn; one that is over is refused."""
        try:
            async with transaction(self.core, self.bot) as tx:
                await turns.answer(tx, turn_id, turns.Answer(text="An answer"))
            self.said[one] += 1
        except turns.BotPaused:
            self.did["refused turn"] += 1

    async def play(self, one: str) -> None:
        """One interleaving; then the bot answers what is left."""
        await asyncio.gather(self.customer(one), self.person(one), self.hand(one))
        while await self.house.rows(_OPEN, id=one):
            await self.hand(one)


async def scene(house: House, dice: random.Random) -> Scene:
    await house.settings(bot={"kind": "external"}, max_claims_per_agent=100_000)
    return Scene(house, unsteady(house.core, dice), dice, sam=await house.sam.actor(), ada=await house.ada.actor())


async def play(house: House, dice: random.Random, number: int) -> Scene:
    """That many interleavings, four at a time."""
    found = await scene(house, dice)
    pile = await waiting(house, number)
    for first in range(0, number, 4):
        await asyncio.gather(*(found.play(each) for each in pile[first : first + 4]))
    return found


@pytest.mark.timeout(900)
async def test_the_bot_speaks_by_the_rule(house: House, dice: random.Random, tell: Tell) -> None:
    found = await play(house, dice, INTERLEAVINGS)
    threads, wrong = await judge(house)
    assert wrong == []
    assert await complaints(house) == []
    stored = await house.rows(
        "SELECT conversation_id, kind, count(*) AS n FROM messages WHERE workspace_id = :ws"
        " GROUP BY conversation_id, kind"
    )
    kept = {(row.conversation_id, row.kind): row.n for row in stored}
    for one, written in found.written.items():
        assert kept[one, "customer"] == written, "a customer's message was lost"
        assert kept.get((one, "bot"), 0) == found.said[one], "a turn was delivered twice, or not although it said so"
    states = await house.rows("SELECT state, count(*) AS n FROM bot_turns WHERE workspace_id = :ws GROUP BY state")
    assert {row.state: row.n for row in states} == {"answered": sum(found.said.values())}
    in_flight = sum(each.in_flight for each in threads.values())
    assert in_flight and found.did["refused turn"] and found.did["hand_back"], "every way must have happened"
    told = {"answers": sum(found.said.values()), "of them in flight at a pause": in_flight, **found.did}
    tell(f"{INTERLEAVINGS} interleavings, 0 against the rule, 0 lost: {told}")


@pytest.mark.parametrize("bug", ["serves", "_take"])
async def test_a_bot_without_the_check_is_caught(
    house: House, dice: random.Random, monkeypatch: pytest.MonkeyPatch, tell: Tell, bug: str
) -> None:
    monkeypatch.setattr(turns, bug, getattr(bot_without_fence, bug.strip("_")))
    await play(house, dice, 20)
    _, wrong = await judge(house)
    assert wrong, "the control was not caught: the check proves nothing"
    tell(f"caught {bug}, {len(wrong)} in 20: {wrong[0]}")
