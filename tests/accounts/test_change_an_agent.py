"""An admin changes a member; everybody their own name and availability."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from dibs.accounts.tables import agents
from dibs.actor import Actor
from dibs.tx import Core
from tests.accounts.conftest import Browser, Fields, Rows, SignedIn
from tests.support.house import PASSWORD, House, Person


def path(person: Person) -> str:
    return f"/agents/{person.id}"


async def test_an_admin_changes_role_skills_and_languages(house: House) -> None:
    body = {"role": "viewer", "skills": ["VIP"], "languages": ["ES"], "availability": "off_shift", "name": "Sammy"}
    answer = await house.ada.patch(path(house.sam), body)
    assert answer.status_code == 200
    expected = body | {"skills": ["vip"], "languages": ["es"]}
    assert expected.items() <= answer.json().items()
    assert (await house.vic.get(path(house.sam))).json() == answer.json()


async def test_only_what_changed_is_audited(house: House, audited: Rows) -> None:
    await house.ada.patch(path(house.sam), {"name": "Sam", "skills": ["vip"]})
    (row,) = await audited("agent.updated")
    assert (row.before, row.after) == ({"skills": []}, {"skills": ["vip"]})


async def test_what_is_already_true_changes_and_tells_nothing(house: House, audited: Rows, emitted: Rows) -> None:
    before = len(await emitted("agent.updated"))
    answer = await house.ada.patch(path(house.sam), {"name": "Sam", "active": True, "role": "agent"})
    assert answer.status_code == 200
    assert await audited("agent.updated") == []
    assert len(await emitted("agent.updated")) == before


async def test_an_empty_change_is_accepted(house: House) -> None:
    assert (await house.ada.patch(path(house.sam), {})).status_code == 200


async def test_everybody_changes_their_own_name_and_availability(house: House) -> None:
    answer = await house.vic.patch(path(house.vic), {"name": "V", "availability": "away"})
    assert (answer.json()["name"], answer.json()["availability"]) == ("V", "away")


@pytest.mark.parametrize("change", [{"role": "admin"}, {"skills": ["vip"]}, {"languages": ["es"]}, {"active": False}])
async def test_the_rest_of_ones_own_row_takes_an_admin(house: House, change: dict[str, Any]) -> None:
    answer = await house.sam.patch(path(house.sam), change)
    assert (answer.status_code, answer.json()["needs"]) == (403, "admin")


async def test_others_take_an_admin(house: House) -> None:
    for person in (house.sam, house.vic):
        assert (await person.patch(path(house.kim), {"name": "Mud"})).status_code == 403


@pytest.mark.parametrize("role", ["admin", "owner"])
async def test_promotion_to_admin_or_owner_takes_an_owner(house: House, role: str) -> None:
    answer = await house.ada.patch(path(house.sam), {"role": role})
    assert (answer.status_code, answer.json()["needs"]) == (403, "owner")
    assert (await house.olga.patch(path(house.sam), {"role": role})).json()["role"] == role


@pytest.mark.parametrize("change", [{"role": "agent"}, {"active": False}])
async def test_an_admin_cannot_demote_or_deactivate_owners_and_admins(house: House, change: dict[str, Any]) -> None:
    amy = await house.person("Amy", "admin")
    for target in (house.olga, amy):
        answer = await house.ada.patch(path(target), change)
        assert (answer.status_code, answer.json()["needs"]) == (403, "owner")


async def test_an_admin_cannot_make_themselves_owner(house: House) -> None:
    assert (await house.ada.patch(path(house.ada), {"role": "owner"})).status_code == 403


async def test_an_admin_may_step_down(house: House) -> None:
    assert (await house.ada.patch(path(house.ada), {"role": "agent"})).json()["role"] == "agent"


@pytest.mark.parametrize("change", [{"role": "admin"}, {"role": "viewer"}, {"active": False}])
async def test_the_last_owner_stays(house: House, refused_fields: Fields, change: dict[str, Any]) -> None:
    assert refused_fields(await house.olga.patch(path(house.olga), change)) == {"role"}


async def test_a_deactivated_owner_does_not_count(house: House, refused_fields: Fields) -> None:
    await house.olga.patch(path(house.ada), {"role": "owner"})
    await house.olga.patch(path(house.ada), {"active": False})
    assert refused_fields(await house.olga.patch(path(house.olga), {"role": "admin"})) == {"role"}


async def test_two_owners_who_step_down_at_once_leave_one(house: House) -> None:
    await house.olga.patch(path(house.ada), {"role": "owner"})
    for _ in range(5):
        answers = await asyncio.gather(
            house.olga.patch(path(house.olga), {"role": "agent"}),
            house.ada.patch(path(house.ada), {"role": "agent"}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 422]
        stayed, left = (house.olga, house.ada) if answers[0].status_code == 422 else (house.ada, house.olga)
        assert (await stayed.patch(path(left), {"role": "owner"})).status_code == 200


async def test_a_deactivated_agents_key_and_sessions_die_at_once(
    house: House, browser: Browser, signed_in: SignedIn
) -> None:
    tab = await signed_in(house.sam)
    await house.ada.patch(path(house.sam), {"active": False})
    assert (await tab.get("/v1/me")).status_code == 401
    assert (await house.sam.get("/me")).status_code == 401
    body = {"email": house.sam.email, "password": PASSWORD}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 401


async def test_coming_back_takes_a_new_sign_in_and_new_keys(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    await house.ada.patch(path(house.sam), {"active": False})
    await house.ada.patch(path(house.sam), {"active": True})
    assert (await tab.get("/v1/me")).status_code == 401
    assert (await house.sam.get("/me")).status_code == 401
    assert (await (await signed_in(house.sam)).get("/v1/me")).status_code == 200


@pytest.mark.parametrize("change", [{"active": False}, {"role": "viewer"}])
async def test_what_they_hold_is_released_after_the_commit(house: House, change: dict[str, Any]) -> None:
    released = []

    async def release(core: Core, actor: Actor, agent_id: str) -> None:
        (row,) = await core.database.run(select(agents).where(agents.c.id == agent_id))
        released.append((actor.id, agent_id, row.active, row.role))

    house.core.on_member_removed.append(release)
    await house.ada.patch(path(house.sam), {"skills": ["vip"]})
    assert released == []
    await house.ada.patch(path(house.sam), change)
    now = {"active": True, "role": "agent"} | change
    assert released == [(house.ada.id, house.sam.id, now["active"], now["role"])]


async def test_a_refused_change_releases_nothing(house: House) -> None:
    released = []

    async def release(_core: Core, _actor: Actor, agent_id: str) -> None:
        released.append(agent_id)

    house.core.on_member_removed.append(release)
    await house.sam.patch(path(house.kim), {"active": False})
    await house.olga.patch(path(house.olga), {"active": False})
    assert released == []


async def test_another_workspaces_agent_is_not_found(house: House, neighbour: House) -> None:
    assert (await house.olga.patch(path(neighbour.sam), {"name": "Mine"})).status_code == 404


async def test_not_found_comes_before_forbidden(house: House, neighbour: House) -> None:
    assert (await house.sam.patch(path(neighbour.sam), {"role": "viewer"})).status_code == 404


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name"),
    ({"name": ""}, "name"),
    ({"role": "boss"}, "role"),
    ({"active": "yes"}, "active"),
    ({"active": 0}, "active"),
    ({"active": None}, "active"),
    ({"skills": None}, "skills"),
    ({"email": "new@dibs.test"}, "email"),
    ({"id": "agt_1"}, "id"),
    ({"availability": "gone"}, "availability"),
]


async def test_a_malformed_body_is_refused(house: House, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        assert refused_fields(await house.ada.patch(path(house.sam), change)) == {field}, change


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'"x"'])
async def test_a_body_that_is_no_object_is_refused(house: House, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await house.ada.call("PATCH", path(house.sam), content=body, headers=headers)
    assert answer.status_code == 422
