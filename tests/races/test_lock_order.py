"""Conversations by id, then one agent: whatever locks in another order meets somebody who holds what it waits for."""

import asyncio
import random

import pytest
from sqlalchemy import text

from dibs.accounts.settings import SettingsChanges
from dibs.accounts.workspaces import change_settings
from dibs.conversations import claims
from dibs.conversations.bulk import bulk_release
from dibs.tx import transaction
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.unsteady import unsteady
from tests.support.house import House

ROUNDS = count(40, least=8)


@pytest.mark.parametrize("backend", ["postgres"])
async def test_new_times_for_stale_claims_do_not_deadlock_with_releases(
    house: House, dice: random.Random, tell: Tell
) -> None:
    await house.settings(max_claims_per_agent=100)
    sam, ada, slow = await house.sam.actor(), await house.ada.actor(), unsteady(house.core, dice)

    async def change(minutes: int) -> None:
        await asyncio.sleep(dice.random() * 0.1)
        async with transaction(house.core, ada) as tx:
            # As PostgreSQL may decide by itself: rows as they lie, not as an index has them.
            for plan in ("indexscan", "indexonlyscan", "bitmapscan"):
                await tx.run(text(f"SET LOCAL enable_{plan} = off"))
            await change_settings(tx, SettingsChanges(stale_after_minutes=minutes))

    async def let_go(pile: list[str]) -> None:
        async with transaction(slow, sam) as tx:
            assert (await bulk_release(tx, pile))["done"] == len(pile)

    for number in range(ROUNDS):
        pile = await waiting(house, 20)
        # Against the order of the ids, which is that of the releases.
        for one in reversed(pile):
            async with transaction(house.core, sam) as tx:
                await claims.claim(tx, one)
        await asyncio.gather(let_go(pile), change(40 + number % 2))
    assert await complaints(house, limit=100) == []
    tell(f"{ROUNDS} rounds, no deadlock")
