"""Signing in and out in a browser."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from dibs.accounts import provision, rate_limits
from dibs.accounts.tables import sessions
from dibs.clock import DAY
from tests.accounts.conftest import ADDRESS, Browser, Fields, Rows, SignedIn
from tests.support.house import PASSWORD, House, Person


def body(person: Person) -> dict[str, Any]:
    return {"email": person.email, "password": PASSWORD}


async def test_the_answer_says_who_i_am(house: House, browser: Browser) -> None:
    answer = await browser().post("/v1/sessions", json=body(house.sam))
    assert answer.status_code == 201
    me = answer.json()
    assert me["agent"]["id"] == house.sam.id
    assert me["workspace"]["id"] == house.workspace_id
    assert me["role"] == "agent"


async def test_the_cookie_identifies_from_then_on(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    assert (await tab.get("/v1/me")).json()["agent"]["id"] == house.sam.id


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(house: House, browser: Browser) -> None:
    answer = await browser().post("/v1/sessions", json=body(house.sam))
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("dibs_session=")
    assert {"httponly", "samesite=lax", "path=/", f"max-age={30 * 86_400}"} <= set(cookie.split("; "))
    assert "secure" not in cookie


async def test_over_tls_the_cookie_stays_on_tls(house: House, browser: Browser) -> None:
    answer = await browser(base_url="https://dibs.test").post("/v1/sessions", json=body(house.sam))
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_the_operator_can_keep_cookies_on_tls(house: House, browser: Browser, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"cookie_secure": True})
    answer = await browser().post("/v1/sessions", json=body(house.sam))
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_only_a_trusted_proxy_is_believed_about_tls(house: House, browser: Browser, app: FastAPI) -> None:
    headers = {"X-Forwarded-Proto": "https"}
    answer = await browser().post("/v1/sessions", json=body(house.sam), headers=headers)
    assert "secure" not in answer.headers["set-cookie"].lower()
    app.state.settings = app.state.settings.model_copy(update={"trust_proxy": True})
    answer = await browser().post("/v1/sessions", json=body(house.sam), headers=headers)
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_the_cookie_is_stored_as_its_hash_only(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    rows = await house.core.database.run(select(sessions))
    assert rows[0].ip == ADDRESS
    assert tab.cookies["dibs_session"] not in str(rows)


async def test_it_is_audited(house: House, signed_in: SignedIn, audited: Rows) -> None:
    await signed_in(house.sam)
    (row,) = await audited("session.created")
    assert (row.actor["id"], row.ip) == (house.sam.id, ADDRESS)


async def test_case_and_spaces_of_the_address_do_not_matter(house: House, browser: Browser) -> None:
    asked = body(house.sam) | {"email": f" {house.sam.email.upper()} "}
    assert (await browser().post("/v1/sessions", json=asked)).status_code == 201


@pytest.mark.parametrize("change", [{"password": "wrong password"}, {"password": ""}, {"email": "nobody@dibs.test"}])
async def test_what_does_not_match_is_401_and_tells_nothing(
    house: House, browser: Browser, change: dict[str, str]
) -> None:
    answer = await browser().post("/v1/sessions", json=body(house.sam) | change)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.json()["detail"].startswith("That address and password do not belong together")
    assert "set-cookie" not in answer.headers


async def test_a_member_of_several_workspaces_is_asked_which(
    house: House, neighbour: House, browser: Browser, refused_fields: Fields
) -> None:
    await provision.add_agent(house.core, neighbour.workspace_id, house.sam.email, password=PASSWORD)
    answer = await browser().post("/v1/sessions", json=body(house.sam))
    assert refused_fields(answer) == {"workspace"}
    assert {each["id"] for each in answer.json()["workspaces"]} == {house.workspace_id, neighbour.workspace_id}
    chosen = body(house.sam) | {"workspace": neighbour.workspace_id}
    answer = await browser().post("/v1/sessions", json=chosen)
    assert answer.json()["workspace"]["id"] == neighbour.workspace_id


async def test_a_wrong_password_does_not_tell_the_workspaces(house: House, neighbour: House, browser: Browser) -> None:
    await provision.add_agent(house.core, neighbour.workspace_id, house.sam.email, password=PASSWORD)
    answer = await browser().post("/v1/sessions", json=body(house.sam) | {"password": "wrong password"})
    assert answer.status_code == 401
    assert neighbour.workspace_id not in answer.text


async def test_different_passwords_tell_the_workspaces_apart(house: House, neighbour: House, browser: Browser) -> None:
    await provision.add_agent(house.core, neighbour.workspace_id, house.sam.email, password="another one")
    answer = await browser().post("/v1/sessions", json=body(house.sam) | {"password": "another one"})
    assert answer.json()["workspace"]["id"] == neighbour.workspace_id


async def test_a_foreign_workspace_is_401(house: House, neighbour: House, browser: Browser) -> None:
    asked = body(house.sam) | {"workspace": neighbour.workspace_id}
    assert (await browser().post("/v1/sessions", json=asked)).status_code == 401


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"email": None}, "email"),
    ({"email": "a\0b"}, "email"),
    ({"password": 7}, "password"),
    ({"password": "x" * 201}, "password"),
    ({"workspace": "a\0"}, "workspace"),
    ({"remember": True}, "remember"),
]


async def test_a_malformed_body_is_refused(house: House, browser: Browser, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        assert refused_fields(await browser().post("/v1/sessions", json=body(house.sam) | change)) == {field}, change


async def test_attempts_are_limited_per_address(house: House, browser: Browser, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"sign_in_limit_per_minute": 3})
    rate_limits._spent.clear()
    wrong = body(house.sam) | {"password": "wrong password"}
    codes = [(await browser().post("/v1/sessions", json=wrong)).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    answer = await browser().post("/v1/sessions", json=body(house.sam))
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) == answer.json()["retry_after"]


# "http://[" is no address at all.
ORIGINS = ("https://evil.example", "null", "http://[")
FOREIGN = [*({"Origin": origin} for origin in ORIGINS), {"Sec-Fetch-Site": "cross-site"}]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_site_cannot_sign_a_visitor_in(house: House, browser: Browser, headers: dict[str, str]) -> None:
    answer = await browser().post("/v1/sessions", json=body(house.sam), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_site_cannot_write_with_the_cookie(
    house: House, signed_in: SignedIn, headers: dict[str, str]
) -> None:
    tab = await signed_in(house.sam)
    answer = await tab.patch(f"/v1/agents/{house.sam.id}", json={"name": "Evil"}, headers=headers)
    assert answer.status_code == 403
    assert (await tab.get("/v1/me")).json()["agent"]["name"] == "Sam"


async def test_a_session_ends_after_thirty_days(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    async with house.core.database.transaction() as tx:
        await tx.run(update(sessions).values(expires_at=sessions.c.expires_at - 30 * DAY))
    assert (await tab.get("/v1/me")).status_code == 401


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 3000])
async def test_a_made_up_cookie_is_401(house: House, browser: Browser, cookie: str) -> None:
    assert (await browser(cookies={"dibs_session": cookie}).get("/v1/me")).status_code == 401


async def test_signing_out_ends_the_session_and_takes_the_cookie(house: House, signed_in: SignedIn) -> None:
    tab, other = await signed_in(house.sam), await signed_in(house.sam)
    token = tab.cookies["dibs_session"]
    answer = await tab.delete("/v1/sessions")
    assert (answer.status_code, answer.json()["current"]) == (200, True)
    assert "dibs_session" not in tab.cookies
    tab.cookies.set("dibs_session", token)
    assert (await tab.get("/v1/me")).status_code == 401
    assert (await other.get("/v1/me")).status_code == 200


async def test_a_key_has_no_session_to_end(house: House) -> None:
    assert (await house.sam.delete("/sessions")).status_code == 404


async def test_the_list_shows_my_sessions_only(house: House, signed_in: SignedIn) -> None:
    await signed_in(house.ada)
    first, second = await signed_in(house.sam), await signed_in(house.sam)
    listed = (await second.get("/v1/sessions")).json()["data"]
    assert [each["current"] for each in listed] == [False, True]
    assert listed[0]["ip"] == ADDRESS
    assert (await second.delete(f"/v1/sessions/{listed[0]['id']}")).status_code == 200
    assert (await first.get("/v1/me")).status_code == 401


async def test_nobody_ends_somebody_elses_session(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    (mine,) = (await tab.get("/v1/sessions")).json()["data"]
    assert (await house.olga.delete(f"/sessions/{mine['id']}")).status_code == 404
    assert (await tab.get("/v1/me")).status_code == 200
