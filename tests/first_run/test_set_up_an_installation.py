"""The first run: whoever has the printed code makes the first workspace and owns it; nobody does so twice."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from dibs.accounts import provision, rate_limits
from dibs.accounts.tables import agents, api_keys, sessions, workspaces
from dibs.first_run import code
from dibs.ledger import audit_rows
from dibs.settings import Settings
from dibs.tx import Core
from tests.first_run.conftest import ADDRESS, SetUp


async def nothing_was_made(core: Core) -> bool:
    return not any([await core.database.run(select(table)) for table in (workspaces, agents, sessions, audit_rows)])


async def test_a_fresh_installation_needs_it(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/v1/first-run")).json() == {"needed": True}


async def test_the_founder_is_the_owner_and_signed_in(browser: httpx.AsyncClient, set_up: SetUp) -> None:
    answer = await set_up()
    assert answer.status_code == 201, answer.text
    me = answer.json()
    assert (me["workspace"]["name"], me["role"]) == ("Acme", "owner")
    assert (me["agent"]["name"], me["agent"]["email"]) == ("Olga Brandt", "olga@acme.example")
    assert (await browser.get("/v1/me")).json() == me
    assert (await browser.get("/v1/conversations")).json()["data"] == []
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


async def test_afterwards_nobody_needs_it(browser: httpx.AsyncClient, set_up: SetUp, settings: Settings) -> None:
    await set_up()
    assert (await browser.get("/v1/first-run")).json() == {"needed": False}
    assert not (settings.data_dir / code.FILE).exists()


async def test_the_owner_signs_in_with_the_chosen_password(browser: httpx.AsyncClient, set_up: SetUp) -> None:
    await set_up(email="Olga@ACME.example")
    browser.cookies.clear()
    body = {"email": "olga@acme.example", "password": "correct horse battery"}
    assert (await browser.post("/v1/sessions", json=body)).status_code == 201


async def test_the_audit_says_who_founded_it(core: Core, set_up: SetUp) -> None:
    me = (await set_up()).json()
    rows = await core.database.run(select(audit_rows).order_by(audit_rows.c.seq))
    assert [row.action for row in rows] == ["workspace.created", "agent.created", "session.created"]
    assert {row.actor["id"] for row in rows} == {me["agent"]["id"]}
    assert {row.ip for row in rows} == {ADDRESS}


async def test_it_makes_no_key(core: Core, set_up: SetUp) -> None:
    await set_up()
    assert await core.database.run(select(api_keys)) == []


@pytest.mark.parametrize("given", ["", "nonsense", "A" * 100, "é", "a\0b"])
async def test_without_the_printed_code_it_is_refused(core: Core, set_up: SetUp, given: str) -> None:
    answer = await set_up(code=given)
    # NUL is in no text that can be stored.
    assert (answer.status_code, answer.json()["code"]) in [(403, "forbidden"), (422, "invalid")]
    assert await nothing_was_made(core)


async def test_a_refused_code_says_where_the_right_one_is(set_up: SetUp) -> None:
    answer = await set_up(code="nonsense")
    assert (answer.status_code, answer.json()["needs"]) == (403, "code")
    assert "dibs serve printed" in answer.json()["detail"]


async def test_parts_of_the_code_are_not_enough(core: Core, set_up: SetUp, printed: str) -> None:
    for part in (printed[:-1], printed[1:], printed.lower() + "x", printed + "x", printed.replace("-", "")):
        assert (await set_up(code=part)).status_code == 403
    assert await nothing_was_made(core)


async def test_an_installation_that_printed_no_code_takes_none(
    core: Core, set_up: SetUp, printed: str, settings: Settings
) -> None:
    for remove_or_empty in (code.forget, lambda found: (found.data_dir / code.FILE).write_text("")):
        remove_or_empty(settings)
        assert (await set_up()).status_code == 403
        assert (await set_up(code="")).status_code == 403
    assert await nothing_was_made(core)


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"code": None}, "code"),
    ({"code": 7}, "code"),
    ({"code": "x" * 101}, "code"),
    ({"workspace": None}, "workspace"),
    ({"workspace": "  "}, "workspace"),
    ({"workspace": "x" * 101}, "workspace"),
    ({"workspace": "two\nlines"}, "workspace"),
    ({"name": ""}, "name"),
    ({"name": None}, "name"),
    ({"email": "olga"}, "email"),
    ({"email": "Olga <olga@acme.example>"}, "email"),
    ({"email": None}, "email"),
    ({"password": "short"}, "password"),
    ({"password": "x" * 201}, "password"),
    ({"password": None}, "password"),
    ({"sample_data": "yes"}, "sample_data"),
    ({"sample_data": 1}, "sample_data"),
    ({"role": "admin"}, "role"),
]


async def test_a_malformed_form_names_the_field_and_makes_nothing(core: Core, set_up: SetUp) -> None:
    for change, field in MALFORMED:
        answer = await set_up(**change)
        assert answer.status_code == 422, (change, answer.text)
        assert {each["field"] for each in answer.json()["errors"]} == {field}, change
        assert "correct horse" not in answer.text
    assert await nothing_was_made(core)


@pytest.mark.parametrize("given", ["right", "wrong"])
async def test_a_second_run_is_refused_whatever_the_code(
    core: Core, browser: httpx.AsyncClient, set_up: SetUp, printed: str, given: str
) -> None:
    await set_up()
    browser.cookies.clear()
    answer = await set_up(workspace="Evil", code=printed if given == "right" else "nonsense")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "set up already" in answer.json()["detail"]
    assert "set-cookie" not in answer.headers
    assert [row.name for row in await core.database.run(select(workspaces))] == ["Acme"]


async def test_a_workspace_from_the_command_line_ends_it_too(
    core: Core, browser: httpx.AsyncClient, set_up: SetUp
) -> None:
    await provision.create_workspace(core, "Acme", "boss@acme.example")
    assert (await browser.get("/v1/first-run")).json() == {"needed": False}
    assert (await set_up()).status_code == 404


async def test_guesses_are_limited_like_sign_ins(app: FastAPI, set_up: SetUp) -> None:
    app.state.settings = app.state.settings.model_copy(update={"sign_in_limit_per_minute": 3})
    rate_limits._spent.clear()
    codes = [(await set_up(code="nonsense")).status_code for _ in range(4)]
    assert codes == [403, 403, 403, 429]
    answer = await set_up()
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")


async def test_asking_whether_it_is_needed_spends_no_attempt(app: FastAPI, browser: httpx.AsyncClient) -> None:
    app.state.settings = app.state.settings.model_copy(update={"sign_in_limit_per_minute": 1})
    rate_limits._spent.clear()
    assert [(await browser.get("/v1/first-run")).status_code for _ in range(5)] == [200] * 5


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_another_site_cannot_do_it(core: Core, set_up: SetUp, headers: dict[str, str]) -> None:
    assert (await set_up(headers=headers)).status_code == 403
    assert await nothing_was_made(core)


def test_the_code_is_for_this_user_only_and_stays_over_restarts(settings: Settings) -> None:
    first = code.issued(settings)
    assert (settings.data_dir / code.FILE).stat().st_mode & 0o077 == 0
    assert code.issued(settings) == first
    code.forget(settings)
    assert code.issued(settings) != first


def test_what_a_crash_left_of_the_code_is_made_anew(settings: Settings) -> None:
    (settings.data_dir / code.FILE).write_text("")
    made = code.issued(settings)
    assert len(made) == 19
    assert (settings.data_dir / code.FILE).stat().st_mode & 0o077 == 0
    assert code.issued(settings) == made
