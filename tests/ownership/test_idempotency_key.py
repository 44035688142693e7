"""Idempotency-Key: the first answer again, byte for byte, and its effect only once."""

import asyncio
from typing import Any

import httpx
import pytest

from dibs.conversations import claims
from dibs.conversations.sweeper import tidy
from dibs.settings import Settings
from tests.ownership.checks import Time, at, everything, messages, refused, unchanged
from tests.support.house import House, Person

NOTE: dict[str, Any] = {"kind": "note", "text": "Only once"}


async def send(person: Person, path: str, body: Any = None, key: str = "k-1") -> httpx.Response:
    return await person.post(path, body, idempotency_key=key)


async def test_the_first_answer_again_byte_for_byte(house: House) -> None:
    conversation = await house.conversation()
    path = at(conversation, "messages")
    first = await send(house.sam, path, NOTE)
    assert first.status_code == 201
    assert "idempotent-replay" not in first.headers
    await house.sam.post(at(conversation, "resolve"))
    before = await everything(house)
    again = await send(house.sam, path, NOTE)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replay"] == "true"
    assert await everything(house) == before
    assert (await messages(house, conversation["id"])).count(("note", "Only once")) == 1


async def test_a_claim_is_answered_again_after_it_was_lost(house: House) -> None:
    conversation = await house.conversation()
    first = await send(house.sam, at(conversation, "claim"))
    await house.ada.post(at(conversation, "reassign"), {"agent_id": house.kim.id})
    again = await send(house.sam, at(conversation, "claim"))
    assert (again.status_code, again.content) == (200, first.content)
    assert (await house.read(conversation["id"]))["assignee"]["id"] == house.kim.id


async def test_nothing_to_do_is_an_answer_too(house: House) -> None:
    path = "/conversations/claim-next"
    assert (await send(house.sam, path)).status_code == 204
    await house.conversation()
    again = await send(house.sam, path)
    assert (again.status_code, again.content, again.headers["idempotent-replay"]) == (204, b"", "true")
    assert (await send(house.sam, path, key="k-2")).status_code == 200


async def test_another_body_is_refused(house: House) -> None:
    conversation = await house.conversation()
    path = at(conversation, "messages")
    await send(house.sam, path, NOTE)
    await refused(house, send(house.sam, path, NOTE | {"text": "Other"}), "idempotency_mismatch")


async def test_a_key_belongs_to_its_actor_route_and_workspace(house: House, neighbour: House) -> None:
    first, second = await house.conversation(), await house.conversation()
    foreign = await neighbour.conversation()
    for person, conversation in ((house.sam, first), (house.kim, first), (house.sam, second), (neighbour.sam, foreign)):
        answer = await send(person, at(conversation, "messages"), NOTE)
        assert (answer.status_code, "idempotent-replay" in answer.headers) == (201, False)


async def test_a_refusal_is_judged_again(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await refused(house, send(house.kim, at(held, "claim")), "already_claimed")
    await house.sam.post(at(held, "release"))
    assert (await send(house.kim, at(held, "claim"))).status_code == 200


async def test_a_failure_of_the_server_stores_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = await house.conversation()
    with monkeypatch.context() as broken:

        async def fail(*_: Any, **__: Any) -> None:
            raise RuntimeError("out of luck")

        broken.setattr(claims, "claim", fail)
        await unchanged(house, send(house.sam, at(conversation, "claim")), status=500)
    assert (await send(house.sam, at(conversation, "claim"))).status_code == 200


async def test_while_the_first_one_runs_the_second_is_told_to_come_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await house.conversation()
    # Their work is noted, so that the second request meets no lock on its way.
    await house.sam.post("/agents/me/heartbeat")
    inside, go_on, claim = asyncio.Event(), asyncio.Event(), claims.claim

    async def slow(*args: Any, **kwargs: Any) -> Any:
        inside.set()
        await go_on.wait()
        return await claim(*args, **kwargs)

    monkeypatch.setattr(claims, "claim", slow)
    first = asyncio.ensure_future(send(house.sam, at(conversation, "claim")))
    await inside.wait()
    second = await send(house.sam, at(conversation, "claim"))
    go_on.set()
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_flight")
    assert int(second.headers["retry-after"]) >= 1
    assert (await first).status_code == 200
    assert (await send(house.sam, at(conversation, "claim"))).content == (await first).content


async def test_ten_at_once_have_one_effect(house: House) -> None:
    conversation = await house.conversation()
    answers = await asyncio.gather(*(send(house.sam, at(conversation, "messages"), NOTE) for _ in range(10)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert [kind for kind, _ in await messages(house, conversation["id"])] == ["customer", "note"]


async def test_it_is_kept_for_a_day(house: House, settings: Settings, time: Time) -> None:
    conversation = await house.conversation()
    path = at(conversation, "messages")
    first = await send(house.sam, path, NOTE)
    time.passes(days=0.9)
    await tidy(house.core, settings)
    assert (await send(house.sam, path, NOTE)).content == first.content
    time.passes(days=0.2)
    await tidy(house.core, settings)
    assert (await send(house.sam, path, NOTE)).json()["message"]["id"] != first.json()["message"]["id"]


async def test_keys_are_1_to_255_characters(house: House) -> None:
    conversation = await house.conversation()
    for key in ("", "x" * 256):
        await refused(house, send(house.sam, at(conversation, "claim"), key=key), "invalid")
    assert (await send(house.sam, at(conversation, "claim"), key="x" * 255)).status_code == 200
