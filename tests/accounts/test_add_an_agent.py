"""An admin adds a member."""

import asyncio
from typing import Any

import pytest

from tests.accounts.conftest import Browser, Fields, Rows
from tests.support.house import House

NEW = {"email": "Nina@Dibs.test", "name": " Nina "}


async def test_an_admin_adds_an_agent_who_can_sign_in(house: House, browser: Browser) -> None:
    answer = await house.ada.post("/agents", NEW)
    assert answer.status_code == 201
    added = answer.json()
    assert (added["email"], added["name"], added["role"], added["active"]) == ("nina@dibs.test", "Nina", "agent", True)
    body = {"email": "NINA@dibs.test", "password": added["password"]}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 201


async def test_a_given_password_is_not_repeated(house: House) -> None:
    answer = await house.ada.post("/agents", NEW | {"password": "chosen by Ada"})
    assert answer.json()["password"] is None
    assert "chosen by Ada" not in answer.text


async def test_skills_and_languages_are_lower_case_and_once_each(house: House) -> None:
    body = NEW | {"skills": [" Billing", "billing", "VIP"], "languages": ["ES", "en", "es"]}
    added = (await house.ada.post("/agents", body)).json()
    assert added["skills"] == ["billing", "vip"]
    assert added["languages"] == ["es", "en"]


async def test_a_new_agent_starts_with_the_workspaces_auto_claim_default(house: House, browser: Browser) -> None:
    await house.settings(auto_claim_default=True)
    added = (await house.ada.post("/agents", NEW)).json()
    body = {"email": added["email"], "password": added["password"]}
    me = (await browser().post("/v1/sessions", json=body)).json()
    assert me["preferences"]["auto_claim_on_reply"] is True


async def test_it_is_audited_and_told(house: House, audited: Rows, emitted: Rows) -> None:
    added = (await house.ada.post("/agents", NEW)).json()
    row = (await audited("agent.created"))[-1]
    assert (row.target, row.actor["id"], row.after["role"]) == (added["id"], house.ada.id, "agent")
    event = (await emitted("agent.updated"))[-1]
    assert added["id"] in event.body
    assert added["password"] not in str(row) + event.body


async def test_somebody_who_was_removed_comes_back_as_the_same_agent(house: House) -> None:
    await house.ada.delete(f"/agents/{house.sam.id}")
    answer = await house.ada.post("/agents", {"email": house.sam.email, "name": "Samuel", "role": "viewer"})
    assert answer.status_code == 201
    assert (answer.json()["id"], answer.json()["name"], answer.json()["role"]) == (house.sam.id, "Samuel", "viewer")
    assert (await house.sam.get("/me")).status_code == 401  # the old key stays dead


async def test_a_repeated_idempotency_key_adds_once(house: House) -> None:
    first = await house.ada.post("/agents", NEW, Idempotency_Key="once")
    again = await house.ada.post("/agents", NEW, Idempotency_Key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replay"] == "true"


async def test_a_members_address_is_refused(house: House, refused_fields: Fields) -> None:
    body = {"email": house.sam.email.upper(), "name": "Sam again"}
    assert refused_fields(await house.ada.post("/agents", body)) == {"email"}


async def test_of_ten_requests_at_once_for_one_address_one_wins(house: House) -> None:
    answers = await asyncio.gather(*(house.ada.post("/agents", NEW) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 9


async def test_the_same_address_may_join_another_workspace(house: House, neighbour: House) -> None:
    body = {"email": house.sam.email, "name": "Sam"}
    assert (await neighbour.olga.post("/agents", body)).status_code == 201


async def test_who_is_no_admin_is_refused(house: House) -> None:
    for person in (house.sam, house.vic):
        answer = await person.post("/agents", NEW)
        assert (answer.status_code, answer.json()["needs"]) == (403, "admin")


@pytest.mark.parametrize("role", ["admin", "owner"])
async def test_an_admin_cannot_add_admins_and_owners(house: House, role: str) -> None:
    answer = await house.ada.post("/agents", NEW | {"role": role})
    assert (answer.status_code, answer.json()["needs"]) == (403, "owner")
    assert (await house.olga.post("/agents", NEW | {"role": role})).status_code == 201


async def test_a_key_without_the_scope_admin_is_refused(house: House) -> None:
    zoe = await house.person("Zoe", "owner", scopes=["conversations:write"])
    answer = await zoe.post("/agents", NEW)
    assert (answer.status_code, answer.json()["needs"]) == (403, "admin")


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"email": "nobody"}, "email"),
    ({"email": "a\0b@dibs.test"}, "email"),
    ({"email": "a" * 300 + "@dibs.test"}, "email"),
    ({"email": None}, "email"),
    ({"email": 7}, "email"),
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "x" * 101}, "name"),
    ({"name": "a\0b"}, "name"),
    ({"name": "a\nb"}, "name"),
    ({"role": "boss"}, "role"),
    ({"role": None}, "role"),
    ({"skills": "billing"}, "skills"),
    ({"skills": [""]}, "skills.0"),
    ({"skills": ["x" * 51]}, "skills.0"),
    ({"skills": ["a\0"]}, "skills.0"),
    ({"skills": [str(n) for n in range(51)]}, "skills"),
    ({"languages": ["spanish"]}, "languages.0"),
    ({"languages": [None]}, "languages.0"),
    ({"availability": "asleep"}, "availability"),
    ({"password": "short"}, "password"),
    ({"password": "x" * 201}, "password"),
    ({"active": True}, "active"),
]


async def test_a_malformed_body_is_refused(house: House, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        assert refused_fields(await house.ada.post("/agents", NEW | change)) == {field}, change


async def test_a_lone_surrogate_is_refused(house: House, refused_fields: Fields) -> None:
    content = b'{"email":"nina@dibs.test","name":"\\ud800"}'
    headers = {"Content-Type": "application/json"}
    assert refused_fields(await house.ada.call("POST", "/agents", content=content, headers=headers)) == {"name"}
