"""Everything at once, 32 workers for 10 seconds: no deadlock, nobody over the limit, and books that balance."""

import asyncio
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from tests.races.conftest import Tell
from tests.races.facts import complaints, waiting
from tests.races.storm import ALWAYS_ONE, Done, Storm
from tests.races.wire import Wire
from tests.support.house import House, Person

SECONDS = 10.0 if os.environ.get("DIBS_TEST_FULL") else 2.5
WORKERS, ADMINS = 32, 4
LIMIT = 5


async def over_limit(town: House) -> list[str]:
    rows = await town.rows(
        "SELECT agent_id, count(*) AS n FROM claims WHERE workspace_id = :ws AND ended_at IS NULL GROUP BY agent_id"
    )
    return [f"{row.agent_id} holds {row.n}" for row in rows if row.n > LIMIT]


async def deadlocks(town: House) -> int:
    if town.core.database.dialect.name == "sqlite":
        return 0
    # PostgreSQL publishes what a connection counted a second later.
    await asyncio.sleep(1.1)
    found = await town.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    number: int = found[0].deadlocks
    return number


async def crowd(town: House) -> list[Person]:
    await town.settings(max_claims_per_agent=LIMIT)
    agents = [await town.person(f"Worker{n}") for n in range(WORKERS - ADMINS)]
    return [*agents, *[await town.person(f"Boss{n}", "admin") for n in range(ADMINS - 1)], town.olga]


async def balance(town: House, done: list[Done]) -> list[str]:
    """What does not add up between the answers and the audit: every change was answered with success, and once."""
    audited = Counter(
        row.request_id
        for row in await town.rows(
            "SELECT request_id FROM audit_rows WHERE workspace_id = :ws AND action LIKE 'conversation.%'"
        )
    )
    wrong, by_version = [], defaultdict(list)
    for each in done:
        rows = audited.pop(each.request_id, 0)
        if not each.ok and rows:
            wrong.append(f"{each} was refused and changed {rows} things")
        if each.ok and (expected := expect(each)) is not None and rows not in expected:
            wrong.append(f"{each} was answered; expected {expected} audit rows, found {rows}")
        if each.ok and (shown := each.conversation) is not None and rows:
            by_version[shown["id"], shown["version"]].append(each)
    wrong += [f"{len(of)} answers claim the change {of}" for of in by_version.values() if len(of) > 1]
    return wrong + [f"request {request_id} changed things and was not answered" for request_id in audited if request_id]


def expect(done: Done) -> range | None:
    """How many changes of conversations an answered request may have made; None for any number."""
    told = done.answer.json()
    if done.verb.startswith("bulk/"):
        number = told["claimed"] if done.verb == "bulk/claim" else told["done"]
        return range(number, number + 1)
    if done.verb in ALWAYS_ONE or (done.verb == "claim-next" and told):
        return range(1, 2)
    if done.verb == "role":  # what the agent held is released
        return range(LIMIT + 1)
    return range({"reopen": 3, "note": 1, "ask": 1, "pool": 1, "settings": 1}.get(done.verb, 2))


@pytest.mark.timeout(120)  # 10 s of storm take about 30, 2.5 s about 12
@pytest.mark.parametrize(("backend", "processes"), [("sqlite", 1), ("postgres", 1), ("postgres", 2)])
async def test_the_books_balance_after_a_storm(
    town: House, wires: Callable[[list[Person]], list[Wire]], dice: random.Random, tell: Tell
) -> None:
    people = await crowd(town)
    pool = await town.pool("Billing", *people[:10], tags=["billing"])
    pile = await waiting(town, 40)
    storm = Storm(dice, pile, [person.id for person in people], pool["id"])
    before = await deadlocks(town)
    end = time.monotonic() + SECONDS
    work = asyncio.gather(*(storm.work(wire, end) for wire in wires(people)))
    while not work.done():
        assert await over_limit(town) == []
        await asyncio.wait([work], timeout=0.2)
    await work
    failed = [each for each in storm.done if each.answer.status_code >= 500]
    assert failed == []
    assert await deadlocks(town) == before
    assert await complaints(town, limit=LIMIT) == []
    assert await balance(town, storm.done) == []
    new = sum(
        each.answer.status_code == 201 and each.verb in ("reply", "take-over", "note", "customer")
        for each in storm.done
    )
    notes = sum(each.verb == "reassign" and each.ok for each in storm.done)
    stored = (await town.rows("SELECT count(*) AS n FROM messages WHERE workspace_id = :ws"))[0].n
    assert new <= stored <= new + notes
    did = Counter(each.verb for each in storm.done if each.ok)
    missing = {"claim", "release", "reassign", "force-release", "resolve", "reopen", "reply", "bulk/claim"} - set(did)
    assert not missing, "the storm did not reach every verb"
    tell(f"{SECONDS} s, {len(storm.done)} requests, {did.total()} done, 0 deadlocks: {dict(did.most_common())}")
