"""Changing one's own password, and setting a new one with a link."""

from typing import Any

import pytest
import structlog
from sqlalchemy import update

from dibs.accounts.tables import password_resets
from dibs.clock import DAY
from tests.accounts.conftest import Browser, Fields, Rows, SignedIn
from tests.support.house import PASSWORD, House, Person

NEW = "a better password"


async def can_sign_in(browser: Browser, person: Person, password: str) -> bool:
    answer = await browser().post("/v1/sessions", json={"email": person.email, "password": password})
    return answer.status_code == 201


async def token_for(house: House, person: Person) -> str:
    answer = await house.olga.post(f"/agents/{person.id}/password-reset")
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


async def test_the_new_password_signs_in_and_the_old_does_not(
    house: House, browser: Browser, signed_in: SignedIn
) -> None:
    tab = await signed_in(house.sam)
    answer = await tab.post("/v1/agents/me/password", json={"current": PASSWORD, "new": NEW})
    assert (answer.status_code, answer.json()["id"]) == (200, house.sam.id)
    assert await can_sign_in(browser, house.sam, NEW)
    assert not await can_sign_in(browser, house.sam, PASSWORD)


async def test_other_sessions_end_and_this_one_stays(house: House, signed_in: SignedIn) -> None:
    tab, other, somebody = await signed_in(house.sam), await signed_in(house.sam), await signed_in(house.kim)
    await tab.post("/v1/agents/me/password", json={"current": PASSWORD, "new": NEW})
    codes = [(await each.get("/v1/me")).status_code for each in (tab, other, somebody)]
    assert codes == [200, 401, 200]


async def test_it_is_audited_without_the_password(house: House, audited: Rows) -> None:
    await house.sam.post("/agents/me/password", {"current": PASSWORD, "new": NEW})
    (row,) = await audited("password.changed")
    assert row.target == house.sam.id
    assert NEW not in str(row)


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"current": "wrong password"}, "current"),
    ({"current": ""}, "current"),
    ({"new": "short"}, "new"),
    ({"new": "x" * 201}, "new"),
    ({"new": None}, "new"),
    ({"agent_id": "agt_1"}, "agent_id"),
]


async def test_a_wrong_or_malformed_change_is_refused(house: House, browser: Browser, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        body = {"current": PASSWORD, "new": NEW} | change
        assert refused_fields(await house.sam.post("/agents/me/password", body)) == {field}, change
        assert await can_sign_in(browser, house.sam, PASSWORD)


async def test_a_link_sets_a_password_once(house: House, browser: Browser, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    token = await token_for(house, house.sam)
    answer = await browser().post(f"/v1/password-resets/{token}", json={"password": NEW})
    assert (answer.status_code, answer.json()) == (200, {"email": house.sam.email})
    assert await can_sign_in(browser, house.sam, NEW)
    assert (await tab.get("/v1/me")).status_code == 401
    again = await browser().post(f"/v1/password-resets/{token}", json={"password": "once more please"})
    assert again.status_code == 404


async def test_using_one_link_spends_the_others(house: House, browser: Browser) -> None:
    first, second = await token_for(house, house.sam), await token_for(house, house.sam)
    await browser().post(f"/v1/password-resets/{first}", json={"password": NEW})
    assert (await browser().post(f"/v1/password-resets/{second}", json={"password": NEW})).status_code == 404


async def test_a_link_expires_after_a_day(house: House, browser: Browser) -> None:
    token = await token_for(house, house.sam)
    async with house.core.database.transaction() as tx:
        await tx.run(update(password_resets).values(expires_at=password_resets.c.expires_at - DAY))
    assert (await browser().post(f"/v1/password-resets/{token}", json={"password": NEW})).status_code == 404


async def test_a_deactivated_agents_link_is_dead(house: House, browser: Browser) -> None:
    token = await token_for(house, house.sam)
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": False})
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": True})
    assert (await browser().post(f"/v1/password-resets/{token}", json={"password": NEW})).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "%00", "x" * 5000])
async def test_a_made_up_token_is_not_found(house: House, browser: Browser, token: str) -> None:
    assert (await browser().post(f"/v1/password-resets/{token}", json={"password": NEW})).status_code == 404


async def test_a_short_password_is_refused_and_the_link_stays(
    house: House, browser: Browser, refused_fields: Fields
) -> None:
    token = await token_for(house, house.sam)
    answer = await browser().post(f"/v1/password-resets/{token}", json={"password": "short"})
    assert refused_fields(answer) == {"password"}
    assert (await browser().post(f"/v1/password-resets/{token}", json={"password": NEW})).status_code == 200


async def test_a_link_takes_who_may_manage_the_agent(house: House, neighbour: House) -> None:
    assert (await house.ada.post(f"/agents/{house.sam.id}/password-reset")).status_code == 201
    for person, target in ((house.sam, house.kim), (house.sam, house.sam), (house.ada, house.olga)):
        assert (await person.post(f"/agents/{target.id}/password-reset")).status_code == 403
    assert (await house.olga.post(f"/agents/{neighbour.sam.id}/password-reset")).status_code == 404


async def test_a_link_for_somebody_deactivated_is_refused(house: House, refused_fields: Fields) -> None:
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": False})
    assert refused_fields(await house.ada.post(f"/agents/{house.sam.id}/password-reset")) == {"agent_id"}


async def test_asking_for_a_link_answers_alike_for_every_address(house: House, browser: Browser) -> None:
    known = await browser().post("/v1/password-resets", json={"email": house.sam.email})
    unknown = await browser().post("/v1/password-resets", json={"email": "nobody@dibs.test"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 202


async def test_asking_for_a_link_is_logged_without_a_token(house: House, browser: Browser) -> None:
    with structlog.testing.capture_logs() as logged:
        await browser().post("/v1/password-resets", json={"email": house.sam.email})
    (entry,) = [each for each in logged if each["event"] == "password_reset.requested"]
    assert entry["agents"] == [{"workspace_id": house.workspace_id, "id": house.sam.id}]
    assert "token" not in entry


@pytest.mark.parametrize("email", ["nobody", "", None, "a\0b@dibs.test"])
async def test_asking_for_a_link_needs_an_address(
    house: House, browser: Browser, refused_fields: Fields, email: str | None
) -> None:
    assert refused_fields(await browser().post("/v1/password-resets", json={"email": email})) == {"email"}
