"""The same Idempotency-Key twenty times at once: one effect; everybody gets the first answer or is asked to wait."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.races.conftest import Tell
from tests.races.counts import count
from tests.races.facts import complaints, waiting
from tests.races.wire import Answer, Wire
from tests.support.house import House, Person

TIMES = 20
ROUNDS = count(100, least=8)
Connect = Callable[[list[Person]], list[Wire]]
everywhere = pytest.mark.parametrize(("backend", "processes"), [("sqlite", 1), ("postgres", 1), ("postgres", 2)])


async def burst(wires: list[Wire], path: str, body: Any, key: str) -> list[Answer]:
    return await asyncio.gather(*(wire.post(path, body, idempotency_key=key) for wire in wires))


def judge(answers: list[Answer]) -> list[str]:
    """What is wrong: one first answer, byte for byte the same in every repeat, else `idempotency_in_flight`."""
    first = [answer for answer in answers if answer.status_code < 300]
    wrong = [f"{len({answer.content for answer in first})} different answers"] * (len({a.content for a in first}) != 1)
    fresh = [answer for answer in first if "idempotent-replay" not in answer.headers]
    wrong += [f"{len(fresh)} first answers"] * (len(fresh) != 1)
    for answer in answers:
        if answer.status_code >= 300:
            told = answer.json()
            if (answer.status_code, told["code"]) != (409, "idempotency_in_flight"):
                wrong.append(f"{answer.status_code} {told}")
            elif int(answer.headers["retry-after"]) < 1:
                wrong.append("no Retry-After")
    return wrong


async def effects(town: House, table: str, conversation_id: str, **columns: str) -> int:
    where = "".join(f" AND {name} = :{name}" for name in columns)
    sql = f"SELECT count(*) AS n FROM {table} WHERE workspace_id = :ws AND conversation_id = :id{where}"
    number: int = (await town.rows(sql, id=conversation_id, **columns))[0].n
    return number


@everywhere
async def test_twenty_replies_with_one_key_are_one_message(town: House, wires: Connect, tell: Tell) -> None:
    senders, codes = wires([town.sam] * TIMES), Counter[int]()
    for number, each in enumerate(await waiting(town, ROUNDS)):
        body = {"kind": "reply", "text": "On its way"}
        answers = await burst(senders, f"/conversations/{each}/messages", body, f"reply-{number}")
        assert judge(answers) == []
        assert await effects(town, "messages", each) == 1
        codes.update(answer.status_code for answer in answers)
        again = await senders[-1].post(f"/conversations/{each}/messages", body, idempotency_key=f"reply-{number}")
        assert again.content == next(a.content for a in answers if a.status_code == 201)
        assert again.headers["idempotent-replay"] == "true"
    assert await complaints(town) == []
    tell(f"{ROUNDS} rounds of {TIMES} replies: {dict(codes)}")


@everywhere
async def test_twenty_claims_and_releases_with_one_key_are_one_each(town: House, wires: Connect) -> None:
    senders = wires([town.kim] * TIMES)
    for number, each in enumerate(await waiting(town, ROUNDS)):
        for verb in ("claim", "release"):
            answers = await burst(senders, f"/conversations/{each}/{verb}", None, f"{verb}-{number}")
            assert judge(answers) == []
        assert await effects(town, "claims", each) == 1
        assert await effects(town, "audit_rows", each, action="conversation.released") == 1
    assert await complaints(town) == []


@everywhere
async def test_twenty_new_conversations_with_one_key_are_one(town: House, wires: Connect) -> None:
    senders = wires([town.ada] * TIMES)
    for number in range(ROUNDS):
        body = {"contact": {"external_id": f"customer-{number}", "name": "Cy"}, "message": {"text": f"Hello {number}"}}
        answers = await burst(senders, "/conversations", body, f"new-{number}")
        assert judge(answers) == []
    rows = await town.rows("SELECT id FROM conversations WHERE workspace_id = :ws")
    assert len(rows) == ROUNDS


@everywhere
async def test_a_key_whose_request_was_refused_may_be_used_again(town: House, wires: Connect) -> None:
    senders = wires([town.sam] * TIMES)
    (each,) = await waiting(town, 1)
    await town.kim.post(f"/conversations/{each}/claim")
    answers = await burst(senders, f"/conversations/{each}/claim", None, "hopeful")
    assert {answer.json()["code"] for answer in answers} <= {"already_claimed", "idempotency_in_flight"}
    await town.kim.post(f"/conversations/{each}/release")
    assert (await senders[0].post(f"/conversations/{each}/claim", None, idempotency_key="hopeful")).status_code == 200


@everywhere
async def test_the_same_key_with_another_body_at_once_has_one_effect(town: House, wires: Connect) -> None:
    senders = wires([town.sam] * TIMES)
    (each,) = await waiting(town, 1)
    answers = await asyncio.gather(
        *(
            wire.post(f"/conversations/{each}/messages", {"kind": "note", "text": f"{n % 2}"}, idempotency_key="mixed")
            for n, wire in enumerate(senders)
        )
    )
    codes = {answer.json().get("code", "done") for answer in answers}
    assert codes <= {"done", "idempotency_in_flight", "idempotency_mismatch"}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert await effects(town, "messages", each) == 1
