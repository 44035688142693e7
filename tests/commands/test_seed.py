"""dibs seed: a workspace full of conversations that the product itself could have made."""

import asyncio
import sqlite3
from typing import Any

import httpx
import pytest

from dibs import clock
from dibs.app import create
from dibs.db.open import database
from dibs.migrations import search_ddl
from dibs.seeding.texts import words
from dibs.seeding.words import marked
from dibs.settings import Settings
from tests.commands.conftest import Dibs, told

SCOPES = {
    "conversations:read",
    "conversations:write",
    "contacts:read",
    "contacts:write",
    "analytics:read",
    "webhooks:write",
    "bot",
    "admin",
}


def rows(settings: Settings, *queries: str) -> list[Any]:
    """What each of the queries returns."""

    async def read() -> list[Any]:
        opened = database(settings)
        await opened.open()
        try:
            if settings.is_sqlite:
                with sqlite3.connect(settings.url.removeprefix("sqlite:///")) as connection:
                    return [connection.execute(query).fetchall() for query in queries]
            async with opened.connection() as connection:  # type: ignore[union-attr]
                return [[tuple(row) for row in await connection.fetch(query)] for query in queries]
        finally:
            await opened.close()

    found = asyncio.run(read())
    return found if len(queries) > 1 else found[0]


async def ask(settings: Settings, key: str, *paths: str) -> list[Any]:
    """GET each path with the key."""
    app = create(settings)
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://d", headers=headers) as client,
    ):
        answers = [await client.get(f"/v1{path}") for path in paths]
        assert all(answer.status_code == 200 for answer in answers), [answer.text for answer in answers]
        return [answer.json() for answer in answers]


def test_it_prints_the_workspace_its_agents_and_how_many_conversations(dibs: Dibs, settings: Settings) -> None:
    made = told(dibs("seed", "--agents", 4, "--conversations", 30, "--json"))
    assert made.keys() == {"workspace_id", "agents", "conversations"}
    assert made["conversations"] == 30
    assert [agent["role"] for agent in made["agents"]] == ["owner", "admin", "agent", "agent"]
    for agent in made["agents"]:
        assert agent.keys() == {"id", "name", "email", "password", "key", "role"}
    (owner,) = asyncio.run(ask(settings, made["agents"][0]["key"], "/me"))
    assert set(owner["scopes"]) == SCOPES
    (agent,) = asyncio.run(ask(settings, made["agents"][2]["key"], "/me"))
    assert set(agent["scopes"]) == SCOPES - {"webhooks:write", "admin"}


def test_the_passwords_work(dibs: Dibs, settings: Settings) -> None:
    made = told(dibs("seed", "--agents", 2, "--conversations", 1, "--json"))

    async def sign_in(agent: dict[str, str]) -> int:
        app = create(settings)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://d") as client,
        ):
            body = {"email": agent["email"], "password": agent["password"]}
            return (await client.post("/v1/sessions", json=body)).status_code

    for agent in made["agents"]:
        assert asyncio.run(sign_in(agent)) in (200, 201)


def test_the_conversations_are_open_unclaimed_varied_and_recent(dibs: Dibs, settings: Settings) -> None:
    made = told(dibs("seed", "--agents", 3, "--conversations", 400, "--json"))
    before = clock.now()
    page, tagged, found = asyncio.run(
        ask(
            settings,
            made["agents"][2]["key"],
            "/conversations?view=unclaimed&limit=100",
            "/conversations?view=unclaimed&limit=100&tag=billing",
            "/search?q=pedido",
        )
    )
    assert len(page["data"]) == 100
    for conversation in page["data"]:
        assert conversation["status"] == "open"
        assert conversation["assignee"] is None
        assert conversation["bot_paused"] is False
        assert conversation["message_count"] == 1
        assert conversation["preview"]
    waiting = [conversation["waiting_since"] for conversation in page["data"]]
    assert waiting == sorted(waiting)
    assert waiting[0] > clock.iso(before - clock.HOUR)
    assert 75 <= len(tagged["data"]) <= 85
    assert found["data"]
    kinds = rows(
        settings,
        "SELECT DISTINCT channel FROM conversations",
        "SELECT DISTINCT language FROM conversations",
        "SELECT DISTINCT priority FROM conversations",
        "SELECT DISTINCT tag FROM conversation_tags",
    )
    assert {channel for (channel,) in kinds[0]} == {"widget", "whatsapp", "email", "api"}
    assert len(kinds[1]) >= 4
    assert len(kinds[2]) == 4
    assert {"billing", "legal"} <= {tag for (tag,) in kinds[3]}


def test_the_rows_agree_with_each_other(dibs: Dibs, settings: Settings) -> None:
    told(dibs("seed", "--agents", 5, "--conversations", 100, "--history", 10, "--json"))
    wrong = rows(
        settings,
        "SELECT t.tag FROM conversation_tags t JOIN conversations c ON c.workspace_id = t.workspace_id"
        " AND c.id = t.conversation_id WHERE t.queue_key IS DISTINCT FROM c.queue_key",
        "SELECT c.id FROM conversations c WHERE c.message_count <> (SELECT count(*) FROM messages m"
        " WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id)",
        "SELECT a.id FROM claims a JOIN claims b ON a.conversation_id = b.conversation_id AND a.id < b.id"
        " WHERE a.started_at < b.ended_at AND b.started_at < a.ended_at",
        "SELECT id FROM claims WHERE ended_at IS NULL",
        "SELECT m.id FROM messages m WHERE NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation_id)",
        "SELECT c.id FROM conversations c WHERE NOT EXISTS (SELECT 1 FROM contacts t WHERE t.id = c.contact_id)",
        "SELECT c.id FROM conversations c WHERE c.status = 'resolved' AND c.epoch <>"
        " (SELECT max(s.epoch) + 1 FROM claims s WHERE s.conversation_id = c.id)",
    )
    assert wrong == [[]] * len(wrong)


def test_the_history_is_what_analytics_and_the_audit_expect(dibs: Dibs, settings: Settings) -> None:
    made = told(dibs("seed", "--agents", 6, "--conversations", 10, "--history", 14, "--json"))
    verdict = told(dibs("audit", "verify", "--json"))
    assert verdict["ok"] is True
    assert verdict["workspaces"][0]["rows"] > 500
    admin = made["agents"][1]["key"]
    analytics, resolved, listed = asyncio.run(
        ask(
            settings,
            admin,
            "/analytics/agents?window=30d",
            "/conversations?view=resolved&limit=1",
            "/conversations?view=unclaimed&limit=100",
        )
    )
    worked = [each for each in analytics["agents"] if each["claimed"]["spells"]]
    assert len(worked) == 4
    assert all(each["time_to_claim"]["p50"] > 0 for each in worked)
    assert sum(each["outcomes"]["reassigned"] for each in worked) > 0
    assert len(listed["data"]) == 10
    (history,) = asyncio.run(ask(settings, admin, f"/conversations/{resolved['data'][0]['id']}/history"))
    kinds = [entry["kind"] for entry in history["data"]]
    assert kinds[0] == "claimed"
    assert kinds[-1] == "resolved"


def test_seeding_twice_makes_two_workspaces(dibs: Dibs, settings: Settings) -> None:
    first = told(dibs("seed", "--agents", 2, "--conversations", 3, "--json"))
    second = told(dibs("seed", "--agents", 2, "--conversations", 3, "--json"))
    assert first["workspace_id"] != second["workspace_id"]
    (page,) = asyncio.run(ask(settings, first["agents"][0]["key"], "/conversations?view=all"))
    assert len(page["data"]) == 3


@pytest.mark.parametrize("arguments", [("--agents", 0), ("--agents", "x"), ("--conversations", -1), ("--history", -1)])
def test_numbers_that_cannot_be_are_refused(dibs: Dibs, arguments: tuple[str, object]) -> None:
    given = {"--agents": 1, "--conversations": 1} | {str(arguments[0]): arguments[1]}
    assert dibs("seed", *(part for pair in given.items() for part in pair)).exit_code == 2


def texts() -> list[str]:
    """Every text that a seed may write, and some that nobody would."""
    found: list[str] = ["", "...", "  a,,b...c  d   e     f-g", "¿Qué?? «x»", "tab\tline\nno-break\u00a0…end"]
    left: list[Any] = [words()]
    while left:
        each = left.pop()
        if isinstance(each, str):
            found.append(each)
        else:
            left.extend(each.values() if isinstance(each, dict) else each)
    return found


def test_the_words_it_puts_into_the_index_are_those_of_the_triggers() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (workspace_id TEXT, text TEXT)")
        for each in texts():
            connection.execute("DELETE FROM t")
            connection.execute("INSERT INTO t VALUES ('ws_01ABCDEFGH', ?)", (each,))
            sql = f"SELECT {search_ddl._marked_on_sqlite('t', 't.text')} FROM t"
            assert connection.execute(sql).fetchone()[0] == marked("ws_01ABCDEFGH", each)
    connection.close()


def test_the_search_triggers_are_back_afterwards(dibs: Dibs, settings: Settings) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL has none")
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = rows(settings, query)
    told(dibs("seed", "--agents", 1, "--conversations", 5, "--json"))
    assert rows(settings, query) == before
