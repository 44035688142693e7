"""A claim whose transaction began before the one before it ended, or whose machine's clock is behind."""

import pytest

from dibs import clock
from dibs.conversations import claims, lifecycle
from dibs.tx import transaction
from tests.races.facts import complaints, waiting
from tests.support.house import House


@pytest.mark.parametrize("end", ["undo", "resolve and reopen", "release", "force-release"])
async def test_a_claim_by_a_slow_clock_begins_where_the_last_one_ended(
    house: House, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    sam, kim, ada = [await person.actor() for person in (house.sam, house.kim, house.ada)]
    (one,) = await waiting(house, 1)
    start = clock.now()
    async with transaction(house.core, sam) as tx:
        await claims.claim(tx, one)
    monkeypatch.setattr(clock, "now", lambda: start + 5_000)
    async with transaction(house.core, ada if end == "force-release" else sam) as tx:
        if end == "undo":
            await claims.undo(tx, one)
        elif end == "resolve and reopen":
            await lifecycle.resolve(tx, one)
        elif end == "release":
            await claims.release(tx, one)
        else:
            await claims.force_release(tx, one, reason="Testing")
    monkeypatch.setattr(clock, "now", lambda: start + 2_000)
    if end == "resolve and reopen":
        async with transaction(house.core, kim) as tx:
            await lifecycle.reopen(tx, one)
    async with transaction(house.core, kim) as tx:
        row = await claims.claim(tx, one)
    assert row.claimed_at == start + 5_000
    spells = await house.rows("SELECT started_at, ended_at FROM claims WHERE workspace_id = :ws ORDER BY epoch")
    assert [(each.started_at, each.ended_at) for each in spells][1:] == [(start + 5_000, None)]
    async with transaction(house.core, ada) as tx:
        await claims.reassign(tx, one, house.sam.id)
    async with transaction(house.core, sam) as tx:
        await claims.release(tx, one)
    assert await complaints(house) == []
