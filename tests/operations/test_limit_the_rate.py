"""Requests per key and minute: what every answer says of it, and what happens beyond."""

from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI

from dibs.accounts import rate_limits
from tests.support.house import House

NAMES = ("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")


@pytest.fixture(autouse=True)
def three_a_minute(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests a minute, and a clock that stands in the middle of one."""
    app.state.settings = app.state.settings.model_copy(update={"rate_limit_per_minute": 3})
    monkeypatch.setattr(rate_limits, "time", SimpleNamespace(monotonic=lambda: 90.0))
    rate_limits._spent.clear()


def told(answer: httpx.Response) -> list[str | None]:
    """The three headers."""
    return [answer.headers.get(name) for name in NAMES]


async def test_answers_and_refusals_say_what_is_left(house: House) -> None:
    answers = [
        await house.sam.get("/me"),
        await house.sam.get("/conversations/nonsense"),
        await house.sam.post("/conversations", {"nonsense": 1}),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 422]
    assert [told(answer) for answer in answers] == [["3", left, "31"] for left in ("2", "1", "0")]


async def test_beyond_the_limit_is_429_with_the_headers_too(house: House) -> None:
    for _ in range(3):
        await house.sam.get("/me")
    answer = await house.sam.get("/me")
    assert (answer.status_code, answer.json()["code"], answer.json()["retry_after"]) == (429, "rate_limited", 31)
    assert answer.headers["retry-after"] == "31"
    assert told(answer) == ["3", "0", "31"]


async def test_another_key_is_not_held_up(house: House) -> None:
    for _ in range(4):
        await house.sam.get("/me")
    assert (await house.kim.get("/me")).status_code == 200


async def test_a_limit_of_none_says_nothing(house: House, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"rate_limit_per_minute": 0})
    answers = [await house.sam.get("/me") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    assert told(answers[0]) == [None, None, None]
