"""API keys: made, listed, revoked."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from dibs.accounts.tables import api_keys
from dibs.ledger import audit_rows
from tests.accounts.conftest import Fields, Rows
from tests.support.house import House, Person

READING = {"scopes": ["conversations:read"]}


async def test_a_key_is_shown_once_and_works(house: House) -> None:
    answer = await house.ada.post("/api-keys", READING | {"name": "Laptop"})
    assert answer.status_code == 201
    made = answer.json()
    assert re.fullmatch(r"ak_[0-9a-z]{6}_[0-9A-Za-z]{32}", made["key"])
    assert made["key"].startswith(made["hint"])
    assert (made["agent_id"], made["name"], made["scopes"]) == (house.ada.id, "Laptop", ["conversations:read"])
    listed = await house.ada.get("/api-keys")
    assert made["id"] in listed.text
    assert made["key"] not in listed.text
    house.ada.key = made["key"]
    assert (await house.ada.get("/me")).json()["scopes"] == ["conversations:read"]


async def test_the_key_is_stored_as_its_hash_only(house: House) -> None:
    key = (await house.ada.post("/api-keys", READING)).json()["key"]
    database = house.core.database
    assert key not in str(await database.run(select(api_keys))) + str(await database.run(select(audit_rows)))


async def test_scopes_come_in_one_order_and_once_each(house: House) -> None:
    body = {"scopes": ["contacts:read", "conversations:read", "contacts:read"]}
    assert (await house.ada.post("/api-keys", body)).json()["scopes"] == ["conversations:read", "contacts:read"]


async def test_a_key_never_makes_a_stronger_one(house: House) -> None:
    house.ada.key = (await house.ada.post("/api-keys", {"scopes": ["admin", "contacts:read"]})).json()["key"]
    answer = await house.ada.post("/api-keys", {"scopes": ["contacts:read", "conversations:write"]})
    assert (answer.status_code, answer.json()["needs"]) == (403, "conversations:write")
    assert (await house.ada.post("/api-keys", {"scopes": ["contacts:read"]})).status_code == 201


async def test_a_key_without_admin_makes_shows_and_revokes_none(house: House) -> None:
    made = (await house.ada.post("/api-keys", READING)).json()
    small = Person(house.ada.id, "Ada", "", "admin", made["key"], house.http, house.core)
    for person in (small, house.sam, house.vic):
        for answer in (
            await person.post("/api-keys", READING),
            await person.get("/api-keys"),
            await person.delete(f"/api-keys/{made['id']}"),
        ):
            assert (answer.status_code, answer.json()["needs"]) == (403, "admin")
    assert (await small.get("/me")).status_code == 200


async def test_somebody_signed_in_makes_lists_and_revokes_their_own(house: House) -> None:
    cookie = await signed_in(house.sam)
    answer = await house.http.post("/v1/api-keys", json=READING, headers=cookie)
    assert answer.status_code == 201
    made = answer.json()
    assert made["agent_id"] == house.sam.id
    listed = (await house.http.get("/v1/api-keys", headers=cookie)).json()["data"]
    assert {each["agent_id"] for each in listed} == {house.sam.id}
    assert (await house.http.delete(f"/v1/api-keys/{made['id']}", headers=cookie)).status_code == 200


async def test_somebody_signed_in_touches_nobody_elses(house: House) -> None:
    cookie = await signed_in(house.sam)
    made = (await house.ada.post("/api-keys", READING)).json()
    for answer in (
        await house.http.post("/v1/api-keys", json={"scopes": ["admin"]}, headers=cookie),
        await house.http.post("/v1/api-keys", json=READING | {"agent_id": house.kim.id}, headers=cookie),
        await house.http.get("/v1/api-keys?agent=all", headers=cookie),
        await house.http.get(f"/v1/api-keys?agent={house.kim.id}", headers=cookie),
        await house.http.delete(f"/v1/api-keys/{made['id']}", headers=cookie),
    ):
        assert answer.status_code == 403


async def signed_in(person: Person) -> dict[str, str]:
    """The session cookie of a person, as a header."""
    answer = await person.http.post("/v1/sessions", json={"email": person.email, "password": person.password})
    assert answer.status_code == 201, answer.text
    person.http.cookies.clear()
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


async def test_an_admins_key_loses_its_power_with_the_role(house: House) -> None:
    await house.olga.patch(f"/agents/{house.ada.id}", {"role": "agent"})
    assert (await house.ada.post("/invitations", {"email": "new@dibs.test"})).status_code == 403


async def test_an_admin_makes_a_key_for_an_agent(house: House) -> None:
    answer = await house.ada.post("/api-keys", READING | {"agent_id": house.sam.id})
    assert (answer.status_code, answer.json()["agent_id"]) == (201, house.sam.id)


async def test_nobody_makes_keys_that_act_as_somebody_above_them(house: House) -> None:
    for person, target in ((house.sam, house.kim), (house.ada, house.olga)):
        answer = await person.post("/api-keys", READING | {"agent_id": target.id})
        assert answer.status_code == 403


async def test_no_admin_scope_for_an_agents_key(house: House) -> None:
    answer = await house.olga.post("/api-keys", {"scopes": ["admin"], "agent_id": house.sam.id})
    assert answer.status_code == 403


async def test_no_key_for_somebody_deactivated(house: House, refused_fields: Fields) -> None:
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": False})
    answer = await house.ada.post("/api-keys", READING | {"agent_id": house.sam.id})
    assert refused_fields(answer) == {"agent_id"}


async def test_no_key_for_an_agent_of_another_workspace(house: House, neighbour: House) -> None:
    for agent_id in (neighbour.sam.id, "agt_1", "nobody"):
        assert (await house.olga.post("/api-keys", READING | {"agent_id": agent_id})).status_code == 404


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({}, "scopes"),
    ({"scopes": []}, "scopes"),
    ({"scopes": ["everything"]}, "scopes.0"),
    ({"scopes": "admin"}, "scopes"),
    ({"scopes": None}, "scopes"),
    (READING | {"name": ""}, "name"),
    (READING | {"name": "a\0"}, "name"),
    (READING | {"key": "ak_mine"}, "key"),
]


async def test_a_malformed_body_is_refused(house: House, refused_fields: Fields) -> None:
    for body, field in MALFORMED:
        assert refused_fields(await house.sam.post("/api-keys", body)) == {field}, body


async def test_a_revoked_key_is_dead_at_once(house: House, audited: Rows) -> None:
    made = (await house.ada.post("/api-keys", READING)).json()
    spare = Person(house.ada.id, "Ada", "", "admin", made["key"], house.http, house.core)
    assert (await spare.get("/me")).status_code == 200
    answer = await house.ada.delete(f"/api-keys/{made['id']}")
    assert answer.status_code == 200
    assert answer.json()["revoked_at"] is not None
    assert (await spare.get("/me")).status_code == 401
    assert [row.target for row in await audited("api_key.revoked")] == [made["id"]]
    assert (await house.ada.delete(f"/api-keys/{made['id']}")).status_code == 404
    assert made["id"] not in (await house.ada.get("/api-keys")).text


async def test_an_admin_revokes_anybodys_key_and_an_agent_none(house: House, neighbour: House) -> None:
    made = (await house.ada.post("/api-keys", READING)).json()
    assert (await house.kim.delete(f"/api-keys/{made['id']}")).status_code == 403
    assert (await neighbour.olga.delete(f"/api-keys/{made['id']}")).status_code == 404
    assert (await house.olga.delete(f"/api-keys/{made['id']}")).status_code == 200


async def test_a_refused_revocation_changes_nothing(house: House) -> None:
    made = (await house.ada.post("/api-keys", READING)).json()
    await house.kim.delete(f"/api-keys/{made['id']}")
    assert made["id"] in (await house.ada.get("/api-keys")).text


@pytest.mark.parametrize("key_id", ["key_1", "%00", "nonsense"])
async def test_a_malformed_id_is_not_found(house: House, key_id: str) -> None:
    assert (await house.ada.delete(f"/api-keys/{key_id}")).status_code == 404


async def test_the_list_shows_my_keys_and_an_admin_everybodys(house: House) -> None:
    def owners(listed: Any) -> set[str]:
        return {each["agent_id"] for each in listed.json()["data"]}

    assert owners(await house.ada.get("/api-keys")) == {house.ada.id}
    assert owners(await house.ada.get("/api-keys", agent=house.sam.id)) == {house.sam.id}
    assert len(owners(await house.ada.get("/api-keys", agent="all"))) == 5
    for agent in ("all", house.kim.id):
        assert (await house.sam.get("/api-keys", agent=agent)).status_code == 403
    assert (await house.ada.get("/api-keys", agent="agt_1")).status_code == 404


async def test_pages_of_keys_follow_each_other(house: House) -> None:
    made = [(await house.ada.post("/api-keys", READING)).json()["id"] for _ in range(3)]
    first = (await house.ada.get("/api-keys", limit=2)).json()
    rest = (await house.ada.get("/api-keys", limit=2, cursor=first["next_cursor"])).json()
    assert [each["id"] for each in first["data"] + rest["data"]][1:] == made
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    "header", ["Basic abc", "Bearer", "Bearer ak_", "Bearer nonsense", "Bearer ak_aaaaaa_" + "a" * 32]
)
async def test_credentials_that_are_none_are_401(house: House, header: str) -> None:
    answer = await house.http.get("/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
