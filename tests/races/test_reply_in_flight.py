"""A reply and the end of its author's claim, at the same instant: the reply came first, or it is refused."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from dibs import clock
from dibs.actor import Actor
from dibs.conversations import claims, messages, replies, staleness
from dibs.conversations.bulk import bulk_claim
from dibs.conversations.locks import READ
from dibs.conversations.replies import Reply
from dibs.errors import Refusal
from dibs.tx import Core, transaction
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.mutants import reply_without_fence
from tests.races.unsteady import pause, unsteady
from tests.support.house import House

INTERLEAVINGS = count(2_000)
BACKDATE = (
    "UPDATE claims SET started_at = :ago, warned_at = :ago + 1, due_at = :ago + 1 WHERE workspace_id = :ws",
    "UPDATE agents SET last_active_at = 0 WHERE workspace_id = :ws",
)
REFUSALS = {"already_claimed", "stale_epoch"}


async def held_for_long(house: House, number: int) -> list[str]:
    """That many conversations that Sam holds, warned of their end and due to be released."""
    await house.settings(
        max_claims_per_agent=100_000, stale_after_minutes=1, auto_release_after_minutes=1, auto_release_enabled=True
    )
    pile, sam = await waiting(house, number), await house.sam.actor()
    for first in range(0, number, 50):
        async with transaction(house.core, sam) as tx:
            await bulk_claim(tx, pile[first : first + 50])
    async with house.core.database.transaction() as opened:
        for sql in BACKDATE:
            given = {"ws": house.workspace_id, "ago": clock.now() - clock.HOUR}
            await opened.run(text(sql).bindparams(**{name: given[name] for name in given if f":{name}" in sql}))
    return pile


class Rivals:
    """Sam who answers, and the ways in which the conversation is taken from him meanwhile."""

    def __init__(self, house: House, core: Core, dice: random.Random, actors: dict[str, Actor]) -> None:
        self.house, self.core, self.dice, self.actors = house, core, dice, actors

    async def answer(self, one: str, epoch: int | None) -> str:
        """Sam's reply: `sent`, or the code of its refusal."""
        await pause(self.dice)
        try:
            async with transaction(self.core, self.actors["sam"]) as tx:
                await replies.reply(tx, one, Reply(text="On its way", epoch=epoch))
        except Refusal as refusal:
            return refusal.code
        return "sent"

    async def force_release(self, one: str) -> None:
        async with transaction(self.core, self.actors["ada"]) as tx:
            await claims.force_release(tx, one, reason="Sam is away")

    async def auto_release(self, one: str) -> None:
        await staleness.look(self.core, self.house.workspace_id, one)

    async def reassign(self, one: str) -> None:
        async with transaction(self.core, self.actors["ada"]) as tx:
            await claims.reassign(tx, one, self.house.kim.id)

    async def release_and_reclaim(self, one: str) -> None:
        await self.force_release(one)
        async with transaction(self.core, self.actors["kim"]) as tx:
            await claims.claim(tx, one)

    def ways(self) -> list[Callable[[str], Awaitable[None]]]:
        return [self.force_release, self.auto_release, self.reassign, self.release_and_reclaim]


async def rivals(house: House, dice: random.Random) -> Rivals:
    actors = {"sam": await house.sam.actor(), "kim": await house.kim.actor(), "ada": await house.ada.actor()}
    return Rivals(house, unsteady(house.core, dice), dice, actors)


async def dead_replies(house: House) -> list[str]:
    """Replies that were committed after the epoch they name had ended, or by somebody who did not hold it."""
    now: dict[str, tuple[int, str | None]] = {}
    stored = {row.id: row.epoch for row in await house.rows("SELECT id, epoch FROM messages WHERE workspace_id = :ws")}
    dead = []
    for row in await house.rows("SELECT kind, body FROM events WHERE workspace_id = :ws ORDER BY seq"):
        body = msgspec.json.decode(row.body)
        if "conversation" not in body:
            continue
        shape = body["conversation"]
        if row.kind != "message.created":
            now[shape["id"]] = (shape["epoch"], shape["assignee"] and shape["assignee"]["id"])
            continue
        epoch, owner = now.get(shape["id"], (0, None))
        author, named = body["message"]["author"]["id"], stored[body["message"]["id"]]
        if named != epoch or owner not in (None, author):
            dead.append(
                f"{body['message']['id']} names epoch {named}; the conversation was at {epoch}, held by {owner}"
            )
    return dead


async def run(house: House, dice: random.Random, pile: list[str]) -> Counter[str]:
    """One interleaving per conversation, four at a time; how they ended."""
    everybody, ends = await rivals(house, dice), Counter[str]()

    async def one(each: str) -> None:
        way, epoch = dice.choice(everybody.ways()), dice.choice([1, 1, None])
        verdict, _ = await asyncio.gather(everybody.answer(each, epoch), way(each))
        ends[f"{way.__name__} {verdict}"] += 1
        assert verdict == "sent" or verdict in REFUSALS, verdict
        if (await house.core.database.run(READ, {"ws": house.workspace_id, "id": each}))[0].epoch == 1:
            # The sweeper passes over what somebody else has locked.
            assert (way.__name__, verdict) == ("auto_release", "sent")
            ends["auto_release gave way"] += 1
            return
        # Once it is taken away, the old epoch is dead for good.
        assert await everybody.answer(each, 1) in REFUSALS

    for first in range(0, len(pile), 4):
        await asyncio.gather(*(one(each) for each in pile[first : first + 4]))
    return ends


@pytest.mark.timeout(900)  # 2,000 take about 2 minutes, 200 some 10 s
async def test_a_reply_is_first_or_refused(house: House, dice: random.Random, tell: Tell) -> None:
    pile = await held_for_long(house, INTERLEAVINGS)
    ends = await run(house, dice, pile)
    assert await dead_replies(house) == []
    assert await complaints(house) == []
    for way in ("force_release", "auto_release", "reassign", "release_and_reclaim"):
        assert ends[f"{way} sent"], "both orders must have happened"
        assert sum(ends[f"{way} {code}"] for code in REFUSALS), "both orders must have happened"
    tell(f"{INTERLEAVINGS} interleavings, 0 under a dead epoch: {dict(sorted(ends.items()))}")


@pytest.mark.parametrize("backend", ["postgres"])
async def test_a_reply_without_the_fence_is_caught(
    house: House, dice: random.Random, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    pile = await held_for_long(house, 100)
    everybody = await rivals(house, dice)
    monkeypatch.setattr(replies, "lock", reply_without_fence.lock)
    monkeypatch.setattr(messages, "change", reply_without_fence.change)

    async def one(each: str) -> Any:
        return await asyncio.gather(everybody.answer(each, 1), everybody.reassign(each), return_exceptions=True)

    for first in range(0, len(pile), 4):
        await asyncio.gather(*(one(each) for each in pile[first : first + 4]))
    dead = await dead_replies(house)
    assert dead, "the control was not caught: the check proves nothing"
    tell(f"caught a reply without the fence, {len(dead)} of 100: {dead[0]}")
