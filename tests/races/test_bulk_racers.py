"""Two agents bulk-claim the same fifty in opposite orders: they share them out, and neither waits for ever."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from dibs.conversations.bulk import bulk_claim
from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core, transaction
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.wire import Wire
from tests.support.house import House, Person

FIFTY = 50
ROUNDS = count(1_000)
HTTP_ROUNDS = count(200)
# Puts all fifty back; the product's own release would take most of the test's time.
HELD = "workspace_id = :ws AND assignee_id IS NOT NULL"
PUT_BACK = (
    "UPDATE claims SET ended_at = started_at, ended_as = 'released' WHERE workspace_id = :ws AND ended_at IS NULL",
    f"UPDATE conversations SET assignee_id = NULL, claimed_at = NULL, epoch = epoch + 1 WHERE {HELD}",
)


@pytest.fixture
async def cores(settings: Settings, bare_core: Core) -> AsyncIterator[list[Core]]:
    """Two pools on PostgreSQL, as two processes have them. On SQLite one: there a process has one writer."""
    if settings.is_sqlite:
        yield [bare_core, bare_core]
        return
    async with AsyncExitStack() as stack:
        other = Core(database(settings))
        await other.database.open()
        stack.push_async_callback(other.database.close)
        yield [bare_core, other]


async def run(house: House, *statements: str) -> None:
    async with house.core.database.transaction() as opened:
        for sql in statements:
            await opened.run(text(sql).bindparams(**({"ws": house.workspace_id} if ":ws" in sql else {})))


@pytest.mark.timeout(1_200)  # 1,000 rounds take some 3 minutes, 100 some 15 s
async def test_two_bulk_racers_share_without_overlap_or_deadlock(
    bare_core: Core, cores: list[Core], house: House, dice: random.Random, tell: Tell
) -> None:
    await house.settings(max_claims_per_agent=FIFTY)
    actors = [await house.sam.actor(), await house.kim.actor()]
    pile, split = list[str](), 0

    async def grab(core: Core, who: int, order: list[str]) -> list[str]:
        async with transaction(core, actors[who]) as tx:
            results = (await bulk_claim(tx, order))["results"]
        other = actors[1 - who].id
        for each in results:
            assert each["outcome"] in ("claimed", "already_claimed")
            assert each["assignee"]["id"] == (actors[who].id if each["outcome"] == "claimed" else other)
        return [each["id"] for each in results if each["outcome"] == "claimed"]

    for number in range(ROUNDS):
        if number % 50 == 0:
            # The tests' PostgreSQL never analyses by itself, and would go on scanning what was a small table once.
            await run(house, "ANALYZE")
            pile = await waiting(house, FIFTY)
        # Half of the rounds overlap in part, so that both get some.
        mine, theirs = pile[: (few := dice.choice([FIFTY, 40, 30]))], pile[-few:]
        got, others = await asyncio.gather(
            grab(cores[0], 0, mine),
            grab(cores[1], 1, theirs[::-1] if dice.random() < 0.8 else dice.sample(theirs, few)),
        )
        assert not set(got) & set(others)
        assert set(got) | set(others) == {*mine, *theirs}
        split += bool(got and others)
        await run(house, *PUT_BACK)
    tell(f"{ROUNDS} rounds, {split} of them shared, no overlap, no deadlock")


@pytest.mark.timeout(600)  # 200 rounds take about a minute, 20 some 5 s
@pytest.mark.parametrize(("backend", "processes"), [("sqlite", 1), ("postgres", 2)])
async def test_two_bulk_racers_share_over_http(
    town: House, wires: Callable[[list[Person]], list[Wire]], dice: random.Random, tell: Tell
) -> None:
    await town.settings(max_claims_per_agent=25)
    both = wires([town.sam, town.kim])
    for number in range(HTTP_ROUNDS):
        if number % 50 == 0:
            await run(town, "ANALYZE")
        pile = await waiting(town, FIFTY)
        answers = await asyncio.gather(
            *(
                wire.post("/conversations/bulk/claim", {"conversation_ids": order})
                for wire, order in zip(both, (pile, dice.choice([pile[::-1], pile])), strict=True)
            )
        )
        assert [answer.status_code for answer in answers] == [200, 200], answers
        got = [{each["id"] for each in a.json()["results"] if each["outcome"] == "claimed"} for a in answers]
        assert [len(each) for each in got] == [25, 25] and not got[0] & got[1]
        for wire, each in zip(both, got, strict=True):
            released = await wire.post("/conversations/bulk/release", {"conversation_ids": sorted(each)})
            assert released.json()["done"] == 25
    assert await complaints(town, limit=25) == []
    tell(f"{HTTP_ROUNDS} rounds over HTTP, 25 each")
