"""An admin removes a member; what they did stays."""

import pytest
from sqlalchemy import select

from dibs.accounts.tables import agents
from dibs.actor import Actor
from dibs.tx import Core
from tests.accounts.conftest import Browser, Fields, Rows, SignedIn
from tests.support.house import PASSWORD, House, Person


def path(person: Person) -> str:
    return f"/agents/{person.id}"


async def test_a_removed_agent_is_inactive_and_gone_from_the_team(house: House) -> None:
    answer = await house.ada.delete(path(house.sam))
    assert (answer.status_code, answer.json()["id"], answer.json()["active"]) == (200, house.sam.id, False)
    assert (await house.ada.get(path(house.sam))).status_code == 404
    (row,) = await house.core.database.run(select(agents).where(agents.c.id == house.sam.id))
    assert (row.name, row.active) == ("Sam", False)
    assert row.removed_at is not None


async def test_their_key_session_and_password_are_dead(house: House, browser: Browser, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    await house.ada.delete(path(house.sam))
    assert (await tab.get("/v1/me")).status_code == 401
    assert (await house.sam.get("/me")).status_code == 401
    body = {"email": house.sam.email, "password": PASSWORD}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 401


async def test_what_they_hold_is_released_once(house: House) -> None:
    released = []

    async def release(_core: Core, actor: Actor, agent_id: str) -> None:
        released.append((actor.id, agent_id))

    house.core.on_member_removed.append(release)
    await house.ada.delete(path(house.sam))
    assert (await house.ada.delete(path(house.sam))).status_code == 404
    assert released == [(house.ada.id, house.sam.id)]


async def test_it_is_audited_and_told(house: House, audited: Rows, emitted: Rows) -> None:
    await house.ada.delete(path(house.sam))
    (row,) = await audited("agent.removed")
    assert (row.target, row.before, row.after) == (house.sam.id, {"active": True}, {"active": False})
    assert '"active":false' in (await emitted("agent.updated"))[-1].body


async def test_the_last_owner_cannot_leave(house: House, refused_fields: Fields) -> None:
    assert refused_fields(await house.olga.delete(path(house.olga))) == {"role"}


async def test_an_owner_can_leave_when_another_stays(house: House) -> None:
    await house.olga.patch(path(house.ada), {"role": "owner"})
    assert (await house.olga.delete(path(house.olga))).status_code == 200


async def test_an_admin_removes_neither_owners_nor_other_admins(house: House) -> None:
    amy = await house.person("Amy", "admin")
    for target in (house.olga, amy):
        answer = await house.ada.delete(path(target))
        assert (answer.status_code, answer.json()["needs"]) == (403, "owner")


async def test_agents_and_viewers_remove_nobody(house: House) -> None:
    for person in (house.sam, house.vic):
        assert (await person.delete(path(house.kim))).status_code == 403
        assert (await person.delete(path(person))).status_code == 403


async def test_another_workspaces_agent_is_not_found(house: House, neighbour: House) -> None:
    assert (await house.olga.delete(path(neighbour.sam))).status_code == 404


@pytest.mark.parametrize("agent_id", ["agt_1", "%00", "me"])
async def test_a_malformed_id_is_not_found(house: House, agent_id: str) -> None:
    assert (await house.olga.delete(f"/agents/{agent_id}")).status_code == 404
