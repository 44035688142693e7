"""Thirty agents claim one conversation at the same instant: one has it, the others are told who. 200 rounds."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pytest

from dibs.conversations import claims
from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.mutants import check_then_write
from tests.races.wire import Wire
from tests.support.house import House, Person

AGENTS = 30
ROUNDS = count(200)


class Response(Protocol):
    """An answer of the wire or of httpx."""

    @property
    def status_code(self) -> int: ...
    def json(self) -> Any: ...


def judge(people: Sequence[Person], answers: Sequence[Response]) -> list[str]:
    """What is wrong with the answers to one round."""
    won = [person for person, answer in zip(people, answers, strict=True) if answer.status_code == 200]
    if len(won) != 1:
        return [f"{len(won)} winners; answers {dict(Counter(answer.status_code for answer in answers))}"]
    winner = {"id": won[0].id, "name": won[0].name}
    wrong = []
    for person, answer in zip(people, answers, strict=True):
        told = answer.json()
        if answer.status_code == 200 and (told["assignee"], told["epoch"]) != (winner, 1):
            wrong.append(f"the winner {winner} got {told}")
        if answer.status_code != 200 and (answer.status_code, told["code"]) != (409, "already_claimed"):
            wrong.append(f"{person.name} got {answer.status_code} {told}")
        elif told["assignee"] != winner or told["claimed_at"] is None or told["epoch"] != 1:
            wrong.append(f"{person.name} was told {told}, but {winner} has it")
    return wrong


async def written(house: House, conversation_id: str) -> list[str]:
    """What is wrong with the rows of a conversation that was claimed once."""
    numbers = {}
    for table, more in (
        ("claims", ""),
        ("audit_rows", "AND action = 'conversation.claimed'"),
        ("events", "AND kind = 'conversation.claimed'"),
    ):
        sql = f"SELECT conversation_id FROM {table} WHERE workspace_id = :ws AND conversation_id = :id {more}"
        numbers[table] = len(await house.rows(sql, id=conversation_id))
    return [] if set(numbers.values()) == {1} else [f"rows of one claim: {numbers}"]


async def crowd(house: House) -> list[Person]:
    await house.settings(max_claims_per_agent=100_000)
    return [await house.person(f"Racer{number}") for number in range(AGENTS)]


@pytest.mark.timeout(900)  # 200 rounds take about a minute, 20 some 5 s
@pytest.mark.parametrize(("backend", "processes"), [("sqlite", 1), ("postgres", 1), ("postgres", 2)])
async def test_one_of_thirty_wins_and_the_others_are_told_who(
    town: House, wires: Callable[[list[Person]], list[Wire]], dice: random.Random, tell: Tell
) -> None:
    racers = wires(await crowd(town))
    await asyncio.gather(*(racer.connect() for racer in racers))
    winners = Counter[str]()
    for conversation_id in await waiting(town, ROUNDS):
        dice.shuffle(racers)
        answers = await asyncio.gather(*(racer.post(f"/conversations/{conversation_id}/claim") for racer in racers))
        people = [racer.person for racer in racers]
        assert judge(people, answers) == []
        assert await written(town, conversation_id) == []
        winners[next(p.name for p, a in zip(people, answers, strict=True) if a.status_code == 200)] += 1
    assert await complaints(town) == []
    tell(f"{ROUNDS} rounds of {AGENTS}, {ROUNDS} winners, {len(winners)} different ones")


@pytest.mark.parametrize("backend", ["postgres"])
async def test_a_claim_that_checks_and_then_writes_fails_the_same_check(
    house: House, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    monkeypatch.setattr(claims, "claim", check_then_write.claim)
    people = await crowd(house)
    caught: list[str] = []
    for number, conversation_id in enumerate(await waiting(house, 10), 1):
        answers = await asyncio.gather(*(p.post(f"/conversations/{conversation_id}/claim") for p in people))
        caught += [f"round {number}: {line}" for line in judge(people, answers)]
        caught += [f"round {number}: {line}" for line in await written(house, conversation_id)]
    assert caught, "the control was not caught: the check proves nothing"
    tell(f"caught check-then-write: {caught[0]}; {caught[1]}")
