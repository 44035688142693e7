"""Nobody ever holds more than the limit: not by a hundred claims at once, nor by what others give them."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from dibs.conversations import bulk, claims
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.mutants import no_receiver_lock
from tests.races.wire import Wire
from tests.support.house import House, Person

LIMIT = 20
ROUNDS = count(10, least=2)
Connect = Callable[[list[Person]], list[Wire]]
everywhere = pytest.mark.parametrize(("backend", "processes"), [("sqlite", 1), ("postgres", 1), ("postgres", 2)])


async def held(house: House, person: Person) -> int:
    rows = await house.rows(
        "SELECT count(*) AS n FROM claims WHERE workspace_id = :ws AND agent_id = :agent AND ended_at IS NULL",
        agent=person.id,
    )
    number: int = rows[0].n
    return number


async def lines(connect: Connect, person: Person, number: int) -> list[Wire]:
    """That many connections of one person, open and ready."""
    made = connect([person] * number)
    await asyncio.gather(*(wire.connect() for wire in made))
    return made


def verdicts(answers: list[Any]) -> Counter[str]:
    return Counter("done" if answer.status_code == 200 else answer.json()["code"] for answer in answers)


@everywhere
async def test_a_hundred_claims_at_once_leave_twenty(town: House, wires: Connect, tell: Tell) -> None:
    for number in range(ROUNDS):
        grabber = await town.person(f"Grabber{number}")
        ready = await lines(wires, grabber, 100)
        answers = await asyncio.gather(
            *(
                wire.post(f"/conversations/{each}/claim")
                for wire, each in zip(ready, await waiting(town, 100), strict=True)
            )
        )
        assert verdicts(answers) == {"done": LIMIT, "claim_limit_reached": 80}
        refused = [answer.json() for answer in answers if answer.status_code != 200]
        assert {(each["limit"], each["held"], each["agent_id"]) for each in refused} == {(LIMIT, LIMIT, grabber.id)}
        assert await held(town, grabber) == LIMIT
    assert await complaints(town, limit=LIMIT) == []
    tell(f"{ROUNDS} times 100 claims, {LIMIT} each time")


@everywhere
async def test_a_hundred_reassigns_at_once_into_one_agent_leave_twenty(
    town: House, wires: Connect, dice: random.Random, tell: Tell
) -> None:
    ready = await lines(wires, town.ada, 100)
    for number in range(ROUNDS):
        target = await town.person(f"Target{number}")
        free, taken = await waiting(town, 80), await waiting(town, 20)
        holder = await town.person(f"Holder{number}")
        assert (await holder.post("/conversations/bulk/claim", {"conversation_ids": taken})).json()["claimed"] == 20
        wanted = dice.sample([*free, *taken], 100)
        body = {"agent_id": target.id}
        answers = await asyncio.gather(
            *(wire.post(f"/conversations/{each}/reassign", body) for wire, each in zip(ready, wanted, strict=True))
        )
        assert verdicts(answers) == {"done": LIMIT, "claim_limit_reached": 80}
        assert await held(town, target) == LIMIT
    assert await complaints(town, limit=LIMIT) == []
    tell(f"{ROUNDS} times 100 reassigns, {LIMIT} each time")


@everywhere
async def test_twenty_bulk_claims_of_fifty_at_once_leave_twenty(
    town: House, wires: Connect, dice: random.Random, tell: Tell
) -> None:
    for number in range(ROUNDS):
        grabber = await town.person(f"Grabber{number}")
        ready, pile = await lines(wires, grabber, 20), await waiting(town, 100)
        answers = await asyncio.gather(
            *(wire.post("/conversations/bulk/claim", {"conversation_ids": dice.sample(pile, 50)}) for wire in ready)
        )
        results = [answer.json() for answer in answers]
        assert sum(each["claimed"] for each in results) == LIMIT
        assert all(each["held"] <= each["limit"] == LIMIT for each in results)
        assert await held(town, grabber) == LIMIT
    assert await complaints(town, limit=LIMIT) == []
    tell(f"{ROUNDS} times 20 bulk claims of 50, {LIMIT} each time")


@pytest.mark.parametrize("backend", ["postgres"])
async def test_without_the_receivers_lock_the_limit_is_passed(
    house: House, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    for module in (claims, bulk):
        monkeypatch.setattr(module, "lock_receiver", no_receiver_lock.lock_receiver)
    caught = []
    for number in range(5):
        grabber = await house.person(f"Grabber{number}")
        pile = await waiting(house, 100)
        await asyncio.gather(*(grabber.post(f"/conversations/{each}/claim") for each in pile))
        if (has := await held(house, grabber)) > LIMIT:
            caught.append(has)
    assert caught, "the control was not caught: the check proves nothing"
    assert [line for line in await complaints(house, limit=LIMIT) if f"of {LIMIT}" in line]
    tell(f"caught claims without the receiver's lock: {caught} held at a limit of {LIMIT}")
