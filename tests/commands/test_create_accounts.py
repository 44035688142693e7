"""dibs workspace create, agent add, api-key create: what they print works at once."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from dibs.app import create
from dibs.settings import Settings
from tests.commands.conftest import Dibs, refused, told


def me(settings: Settings, key: str) -> httpx.Response:
    """GET /v1/me with a key, by an application started for it."""

    async def ask() -> httpx.Response:
        app: FastAPI = create(settings)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://dibs.test") as client,
        ):
            return await client.get("/v1/me", headers={"Authorization": f"Bearer {key}"})

    return asyncio.run(ask())


def test_a_new_workspace_prints_what_its_owner_signs_in_with(dibs: Dibs, settings: Settings) -> None:
    made = told(dibs("workspace", "create", "Acme", "--owner-email", "Olga@dibs.example", "--json"))
    assert made.keys() == {"workspace_id", "owner", "key"}
    assert made["owner"].keys() == {"id", "email", "password"}
    assert made["owner"]["email"] == "olga@dibs.example"
    answer = me(settings, made["key"])
    assert answer.status_code == 200
    assert answer.json()["agent"]["id"] == made["owner"]["id"]
    assert answer.json()["role"] == "owner"


def test_people_are_told_in_lines(dibs: Dibs) -> None:
    said = dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example").stdout
    assert "password" in said
    assert "ak_" in said


def test_an_agent_is_added_to_the_only_workspace(dibs: Dibs) -> None:
    made = told(dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example", "--json"))
    added = told(dibs("agent", "add", "sam@dibs.example", "--name", "Sam", "--role", "admin", "--json"))
    assert added["workspace_id"] == made["workspace_id"]
    assert (added["agent"]["name"], added["agent"]["role"]) == ("Sam", "admin")
    assert added["agent"]["password"]


def test_a_key_has_the_scopes_that_were_asked_for(dibs: Dibs, settings: Settings) -> None:
    told(dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example", "--json"))
    for more in (("bot",), ("--scope", "bot")):
        made = told(dibs("api-key", "create", "olga@dibs.example", "--scope", "conversations:read", *more, "--json"))
        assert made["scopes"] == ["conversations:read", "bot"]
        assert me(settings, made["key"]).json()["scopes"] == ["conversations:read", "bot"]


def test_with_several_workspaces_one_has_to_be_named(dibs: Dibs) -> None:
    first = told(dibs("workspace", "create", "One", "--owner-email", "olga@dibs.example", "--json"))
    told(dibs("workspace", "create", "Two", "--owner-email", "otto@dibs.example", "--json"))
    assert "--workspace" in refused(dibs("agent", "add", "sam@dibs.example"))
    for name in (first["workspace_id"], "Two"):
        told(dibs("agent", "add", "sam@dibs.example", "--workspace", name, "--json"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("workspace", "create", "Acme", "--owner-email", "nobody"),
        ("workspace", "create", " ", "--owner-email", "olga@dibs.example"),
        ("agent", "add", "sam@dibs.example"),
        ("api-key", "create", "sam@dibs.example"),
        ("audit", "verify", "--workspace", "nowhere"),
    ],
)
def test_what_cannot_be_is_one_line(dibs: Dibs, arguments: tuple[str, ...]) -> None:
    assert refused(dibs(*arguments)).startswith("dibs: ")


def test_a_member_cannot_be_added_twice_nor_with_an_unknown_role_or_scope(dibs: Dibs) -> None:
    told(dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example", "--json"))
    assert "already a member" in refused(dibs("agent", "add", "olga@dibs.example"))
    assert "viewer, agent, admin, owner" in refused(dibs("agent", "add", "sam@dibs.example", "--role", "boss"))
    for scopes in (("--scope", "all"), ("--scope", "bot", "all")):
        assert "conversations:read" in refused(dibs("api-key", "create", "olga@dibs.example", *scopes))
