"""An admin invites, somebody joins."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from dibs.accounts.tables import invitations
from dibs.clock import DAY
from tests.accounts.conftest import Browser, Fields, Rows
from tests.support.house import House

GUEST = {"email": "Gus@dibs.test", "name": "Gus"}
PASSWORD = "a fine password"


async def token_of(house: House, **changes: Any) -> str:
    answer = await house.olga.post("/invitations", GUEST | changes)
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


def acceptance(token: str, **changes: Any) -> dict[str, Any]:
    return {"token": token, "password": PASSWORD} | changes


async def test_an_admin_gets_a_link_once(house: House) -> None:
    answer = await house.ada.post("/invitations", GUEST | {"role": "viewer"})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["email"], made["role"], made["accepted_at"]) == ("gus@dibs.test", "viewer", None)
    assert made["link"] == f"http://dibs.test/join#{made['token']}"
    listed = await house.ada.get("/invitations")
    assert [each["id"] for each in listed.json()["data"]] == [made["id"]]
    assert made["token"] not in listed.text


async def test_the_holder_sees_what_is_offered(house: House, browser: Browser) -> None:
    token = await token_of(house)
    offer = (await browser().get(f"/v1/invitations/by-token/{token}")).json()
    assert offer.pop("expires_at")
    assert offer.pop("workspace").startswith("House")
    assert offer == {"email": "gus@dibs.test", "name": "Gus", "role": "agent"}


async def test_accepting_joins_and_signs_in(house: House, browser: Browser) -> None:
    tab = browser()
    answer = await tab.post("/v1/invitations/accept", json=acceptance(await token_of(house), name="Gustav"))
    assert answer.status_code == 201
    assert (answer.json()["agent"]["name"], answer.json()["role"]) == ("Gustav", "agent")
    assert (await tab.get("/v1/me")).json()["workspace"]["id"] == house.workspace_id
    body = {"email": "gus@dibs.test", "password": PASSWORD}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 201
    assert (await house.ada.get("/invitations")).json()["data"] == []


async def test_the_name_of_the_invitation_is_the_default(house: House, browser: Browser) -> None:
    answer = await browser().post("/v1/invitations/accept", json=acceptance(await token_of(house)))
    assert answer.json()["agent"]["name"] == "Gus"


async def test_it_is_audited_as_the_new_member(house: House, browser: Browser, audited: Rows) -> None:
    answer = await browser().post("/v1/invitations/accept", json=acceptance(await token_of(house)))
    agent_id = answer.json()["agent"]["id"]
    (row,) = await audited("invitation.accepted")
    assert row.actor["id"] == agent_id
    assert (await audited("agent.created"))[-1].target == agent_id


async def test_a_former_member_comes_back_as_the_same_agent(house: House, browser: Browser) -> None:
    await house.ada.delete(f"/agents/{house.sam.id}")
    token = await token_of(house, email=house.sam.email)
    answer = await browser().post("/v1/invitations/accept", json=acceptance(token))
    assert answer.json()["agent"]["id"] == house.sam.id


async def test_an_invitation_works_once(house: House, browser: Browser) -> None:
    token = await token_of(house)
    answers = await asyncio.gather(
        *(browser().post("/v1/invitations/accept", json=acceptance(token)) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [404] * 4
    assert (await browser().get(f"/v1/invitations/by-token/{token}")).status_code == 404


async def test_a_revoked_invitation_is_dead(house: House, browser: Browser) -> None:
    made = (await house.ada.post("/invitations", GUEST)).json()
    assert (await house.ada.delete(f"/invitations/{made['id']}")).json()["revoked_at"] is not None
    assert (await house.ada.delete(f"/invitations/{made['id']}")).status_code == 404
    answer = await browser().post("/v1/invitations/accept", json=acceptance(made["token"]))
    assert answer.status_code == 404


async def test_an_invitation_expires_after_a_week(house: House, browser: Browser) -> None:
    token = await token_of(house)
    async with house.core.database.transaction() as tx:
        await tx.run(update(invitations).values(expires_at=invitations.c.expires_at - 7 * DAY))
    answer = await browser().post("/v1/invitations/accept", json=acceptance(token))
    assert answer.status_code == 404


async def test_who_became_a_member_meanwhile_is_refused(house: House, browser: Browser, refused_fields: Fields) -> None:
    token = await token_of(house)
    await house.ada.post("/agents", GUEST)
    answer = await browser().post("/v1/invitations/accept", json=acceptance(token))
    assert refused_fields(answer) == {"email"}


async def test_a_member_is_not_invited_again(house: House, refused_fields: Fields) -> None:
    answer = await house.ada.post("/invitations", {"email": house.sam.email})
    assert refused_fields(answer) == {"email"}


async def test_only_admins_invite_list_and_revoke(house: House) -> None:
    made = (await house.ada.post("/invitations", GUEST)).json()
    for person in (house.sam, house.vic):
        assert (await person.post("/invitations", GUEST)).status_code == 403
        assert (await person.get("/invitations")).status_code == 403
        assert (await person.delete(f"/invitations/{made['id']}")).status_code == 403


@pytest.mark.parametrize("role", ["admin", "owner"])
async def test_only_owners_invite_admins_and_owners(house: House, role: str) -> None:
    assert (await house.ada.post("/invitations", GUEST | {"role": role})).status_code == 403
    assert (await house.olga.post("/invitations", GUEST | {"role": role})).status_code == 201


async def test_another_workspaces_invitation_is_not_found(house: House, neighbour: House) -> None:
    made = (await neighbour.ada.post("/invitations", GUEST)).json()
    assert (await house.olga.delete(f"/invitations/{made['id']}")).status_code == 404


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"token": ""}, "token"),
    ({"token": "x" * 201}, "token"),
    ({"name": ""}, "name"),
    ({"name": "a\0"}, "name"),
    ({"password": "short"}, "password"),
    ({"role": "owner"}, "role"),
]


async def test_a_malformed_acceptance_is_refused(house: House, browser: Browser, refused_fields: Fields) -> None:
    token = await token_of(house)
    for change, field in MALFORMED:
        answer = await browser().post("/v1/invitations/accept", json=acceptance(token) | change)
        assert refused_fields(answer) == {field}, change


MALFORMED_GUESTS: list[tuple[dict[str, Any], str]] = [
    ({"email": "gus"}, "email"),
    ({"role": "boss"}, "role"),
    ({"skills": []}, "skills"),
]


async def test_a_malformed_invitation_is_refused(house: House, refused_fields: Fields) -> None:
    for change, field in MALFORMED_GUESTS:
        assert refused_fields(await house.ada.post("/invitations", GUEST | change)) == {field}, change


@pytest.mark.parametrize("token", ["nonsense", "%00"])
async def test_a_made_up_token_is_not_found(house: House, browser: Browser, token: str) -> None:
    assert (await browser().get(f"/v1/invitations/by-token/{token}")).status_code == 404
