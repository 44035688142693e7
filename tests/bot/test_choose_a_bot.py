"""An admin chooses the workspace's bot; the key of a chat endpoint is kept where nobody reads it."""

from typing import Any

import pytest

from dibs.accounts.settings import Bot as BotSettings
from dibs.bot import keys
from tests.support.house import House

SETTINGS = "/workspace/settings"


async def test_a_new_workspace_has_the_built_in_one(house: House) -> None:
    assert (await house.vic.get(SETTINGS)).json()["bot"] == BotSettings().model_dump()
    assert (await house.vic.get("/bot")).json() == {
        "kind": "builtin",
        "name": "Assistant",
        "key_set": False,
        "published_articles": False,
        "answers_today": 0,
        "max_answers_per_day": 1_000,
    }


async def test_some_of_it_is_changed_and_the_rest_stays(house: House) -> None:
    await house.settings(bot={"kind": "openai", "base_url": "https://api.example.com/v1/", "model": "m-1"})
    await house.settings(bot={"name": "Robby"})
    bot = (await house.ada.get(SETTINGS)).json()["bot"]
    assert (bot["kind"], bot["base_url"], bot["model"], bot["name"]) == (
        *("openai", "https://api.example.com/v1"),
        *("m-1", "Robby"),
    )
    assert (await house.vic.get("/bot")).json()["name"] == "Robby"


BAD: list[dict[str, Any]] = [
    {"kind": "skynet"},
    {"kind": None},
    {"name": ""},
    {"name": "a\nb"},
    {"base_url": "ftp://x.example"},
    {"base_url": "https://user:word@x.example"},
    {"base_url": "x.example"},
    {"kind": "openai"},
    {"kind": "openai", "base_url": "https://x.example"},
    {"max_tokens": 15},
    {"max_tokens": "99"},
    {"max_answers_per_day": -1},
    {"low_confidence": 1.5},
    {"instructions": "x" * 4_001},
    {"api_key": "sk-1"},
]


async def test_what_is_no_bot_is_refused(house: House) -> None:
    before = (await house.ada.get(SETTINGS)).json()
    for bad in BAD:
        answer = await house.ada.patch(SETTINGS, {"bot": bad})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), bad
        assert answer.json()["errors"][0]["field"].startswith("bot"), answer.text
    assert (await house.ada.get(SETTINGS)).json() == before


async def test_the_key_is_set_replaced_and_forgotten(house: House) -> None:
    for key in ("sk-first", "sk-second"):
        answer = await house.ada.put("/bot/key", {"key": key})
        assert answer.json()["key_set"] is True
        assert "sk-" not in answer.text
        assert await keys.read(house.core, house.workspace_id) == key
    assert (await house.ada.delete("/bot/key")).json()["key_set"] is False
    assert (await house.ada.delete("/bot/key")).status_code == 200
    rows = await house.rows("SELECT action, after, before FROM audit_rows WHERE action LIKE 'bot_key.%' ORDER BY seq")
    assert [row.action for row in rows] == ["bot_key.updated", "bot_key.updated", "bot_key.removed"]
    assert "sk-" not in str(rows)


async def test_it_is_sealed_for_its_workspace(house: House, neighbour: House) -> None:
    await house.ada.put("/bot/key", {"key": "sk-first"})
    (row,) = await house.rows("SELECT sealed FROM bot_keys")
    assert "sk-" not in row.sealed
    assert house.core.keyring.unseal(row.sealed, f"bot {neighbour.workspace_id}") is None
    assert (await neighbour.ada.get("/bot")).json()["key_set"] is False


@pytest.mark.parametrize("who", ["sam", "vic"])
async def test_only_admins_choose_and_set_keys(house: House, who: str) -> None:
    person = getattr(house, who)
    for answer in (
        await person.patch(SETTINGS, {"bot": {"kind": "off"}}),
        await person.put("/bot/key", {"key": "sk-1"}),
        await person.delete("/bot/key"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "body", [{}, {"key": ""}, {"key": "a\nb"}, {"key": "x" * 501}, {"key": 1}, {"key": "a", "b": 1}]
)
async def test_what_is_no_key_is_refused(house: House, body: dict[str, Any]) -> None:
    assert (await house.ada.put("/bot/key", body)).status_code == 422
