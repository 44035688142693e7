"""Short concurrent histories of one conversation, recorded and explained; three seeded bugs that cannot be."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count as ticks
from typing import Any

import pytest

from dibs.actor import Actor
from dibs.conversations import claims
from dibs.conversations.locks import READ
from dibs.errors import Refusal
from dibs.tx import Core, Tx, transaction
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.histories import Operation, Result, is_linearizable
from tests.races.mutants import check_then_set, last_write_wins, stale_read
from tests.races.unsteady import unsteady
from tests.support.house import House

HISTORIES = count(1_000)
VERBS = ("claim", "claim", "claim", "release", "release", "read", "read", "reassign", "force_release")
Claim = Callable[[Tx, str], Awaitable[Any]]
Look = Callable[[str, Any], Any]


class Clients:
    """Two agents and two admins, each with a name, who do random things to one conversation and write down what."""

    def __init__(self, core: Core, dice: random.Random, actors: dict[str, Actor], *, claim: Claim, look: Look) -> None:
        self.core, self.dice, self.actors, self.claim, self.look = core, dice, actors, claim, look
        self.names = {actor.id: name for name, actor in actors.items()}

    async def history(self, one: str) -> list[Operation]:
        """What two to four clients did at the same time, two to four things each."""
        written: list[Operation] = []
        clock = ticks(1)
        who = self.dice.sample(sorted(self.actors), self.dice.randint(2, 4))
        plans = [(name, [self.dice.choice(VERBS) for _ in range(self.dice.randint(2, 4))]) for name in who]

        async def act(name: str, verbs: list[str]) -> None:
            for verb in verbs:
                if verb in ("reassign", "force_release") and name not in ("ada", "ann"):
                    verb = "claim"  # noqa: PLW2901 - agents have fewer verbs
                target = self.dice.choice(sorted(self.actors)) if verb == "reassign" else None
                began = next(clock)
                result = await self.do(name, verb, target, one)
                written.append(Operation(name, verb, target, began, next(clock), result))

        await asyncio.gather(*(act(name, verbs) for name, verbs in plans))
        return written

    async def do(self, name: str, verb: str, target: str | None, one: str) -> Result:
        """Does one thing and says what came of it in the model's words."""
        actor = self.actors[name]
        if verb == "read":
            (row,) = await self.core.database.run(READ, {"ws": actor.workspace_id, "id": one})
            row = self.look(one, row)
            return "ok", self.names.get(row.assignee_id), row.epoch
        try:
            async with transaction(self.core, actor) as tx:
                row = await self._verb(tx, verb, target, one)
        except Refusal as refusal:
            holder = refusal.members["assignee"]
            return refusal.code, holder and self.names[holder["id"]], refusal.members.get("epoch")
        return "ok", self.names.get(row.assignee_id), row.epoch

    async def _verb(self, tx: Tx, verb: str, target: str | None, one: str) -> Any:
        if verb == "claim":
            return await self.claim(tx, one)
        if verb == "release":
            return await claims.release(tx, one)
        if verb == "force_release":
            return await claims.force_release(tx, one, reason="Testing")
        assert target is not None
        return await claims.reassign(tx, one, str(self.actors[target].id))


def as_it_is(_: str, fresh: Any) -> Any:
    return fresh


async def clients(house: House, dice: random.Random, *, claim: Claim = claims.claim, look: Look = as_it_is) -> Clients:
    await house.settings(max_claims_per_agent=100_000)
    ann = await house.person("Ann", "admin")
    cast = {"sam": house.sam, "kim": house.kim, "ada": house.ada, "ann": ann}
    actors = {name: await person.actor() for name, person in cast.items()}
    return Clients(unsteady(house.core, dice), dice, actors, claim=claim, look=look)


SEEDED: dict[str, Any] = {
    "check_then_set": {"claim": check_then_set.claim},
    "last_write_wins": {"claim": last_write_wins.claim},
    "stale_read": {"look": stale_read.read},
}


def op(client: str, verb: str, began: int, ended: int, result: Result) -> Operation:
    return Operation(client, verb, None, began, ended, result)


def test_the_checker_tells_good_histories_from_bad_ones() -> None:
    won, lost = ("ok", "sam", 1), ("already_claimed", "sam", 1)
    assert is_linearizable([op("sam", "claim", 1, 4, won), op("kim", "claim", 2, 3, lost)])
    assert is_linearizable([op("kim", "read", 1, 4, ("ok", None, 0)), op("sam", "claim", 2, 3, won)])
    # Two winners; a loser before the winner began; a read of what had ended.
    assert not is_linearizable([op("sam", "claim", 1, 4, won), op("kim", "claim", 2, 3, ("ok", "kim", 1))])
    assert not is_linearizable([op("kim", "claim", 1, 2, lost), op("sam", "claim", 3, 4, won)])
    assert not is_linearizable([op("sam", "claim", 1, 2, won), op("kim", "read", 3, 4, ("ok", None, 0))])


@pytest.mark.timeout(900)  # 1,000 take about 2 minutes, 100 some 8 s
async def test_every_history_is_linearizable(house: House, dice: random.Random, tell: Tell) -> None:
    people, operations, verdicts, overlapping = await clients(house, dice), 0, Counter[str](), 0
    for one in await waiting(house, HISTORIES):
        history = await people.history(one)
        assert is_linearizable(history), "\n".join(map(str, history))
        operations += len(history)
        verdicts.update(f"{each.verb} {each.result[0]}" for each in history)
        overlapping += any(a.began < b.ended and b.began < a.ended for a in history for b in history if a is not b)
    assert overlapping > 0.8 * HISTORIES, "histories one after the other prove nothing"
    assert await complaints(house) == []
    tell(f"{HISTORIES} histories, {operations} operations, 0 violations: {dict(sorted(verdicts.items()))}")


@pytest.mark.parametrize(
    ("backend", "bug"),
    [
        ("postgres", "check_then_set"),
        ("postgres", "last_write_wins"),
        ("sqlite", "last_write_wins"),
        ("postgres", "stale_read"),
        ("sqlite", "stale_read"),
    ],
)
async def test_a_seeded_bug_is_caught(house: House, dice: random.Random, tell: Tell, bug: str) -> None:
    people = await clients(house, dice, **SEEDED[bug])
    for number, one in enumerate(await waiting(house, 200), 1):
        history = await people.history(one)
        if not is_linearizable(history):
            tell(f"caught by history {number}:\n    " + "\n    ".join(map(str, sorted(history, key=lambda o: o.began))))
            return
    pytest.fail("the seeded bug was not caught: the checker proves nothing")
