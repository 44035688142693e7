"""Making a workspace, its agents and keys, as the command line does."""

import re

import pytest
from sqlalchemy import select

from dibs.accounts import provision
from dibs.accounts.tables import agents, api_keys
from dibs.actor import SCOPES
from dibs.errors import Invalid, NotFound
from tests.accounts.conftest import Browser, Rows
from tests.support.house import House, Person


async def test_the_owner_gets_a_key_with_every_scope(house: House) -> None:
    created = await provision.create_workspace(house.core, "Beta", "Boss@Beta.example")
    assert re.fullmatch(r"ak_[0-9a-z]{6}_[0-9A-Za-z]{32}", created.key)
    boss = Person(created.owner.id, "boss", "", "owner", created.key, house.http, house.core)
    me = (await boss.get("/me")).json()
    assert me["agent"]["email"] == "boss@beta.example"
    assert me["agent"]["name"] == "boss"
    assert me["role"] == "owner"
    assert me["workspace"] == {"id": created.workspace_id, "name": "Beta"}
    assert me["scopes"] == list(SCOPES)


async def test_the_made_up_password_signs_in(house: House, browser: Browser) -> None:
    created = await provision.create_workspace(house.core, "Beta", "boss@beta.example")
    body = {"email": "boss@beta.example", "password": created.password}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 201


async def test_neither_key_nor_password_is_stored(house: House) -> None:
    created = await provision.create_workspace(house.core, "Beta", "boss@beta.example")
    stored = [*await house.core.database.run(select(api_keys)), *await house.core.database.run(select(agents))]
    assert created.key not in str(stored)
    assert created.password not in str(stored)


async def test_keys_of_a_workspace_share_its_six_characters(house: House, neighbour: House) -> None:
    assert house.sam.key[:10] == house.ada.key[:10]
    assert house.sam.key[:10] != neighbour.sam.key[:10]


async def test_the_audit_tells_of_the_creation(house: House, audited: Rows) -> None:
    assert [row.target for row in await audited("workspace.created")] == [house.workspace_id]
    assert (await audited("api_key.created"))[0].actor["type"] == "system"


@pytest.mark.parametrize(
    "email", ["", "boss", "boss@", "a b@c.example", "Boss <boss@beta.example>", "bo\0ss@b.example"]
)
async def test_what_is_no_address_is_refused(house: House, email: str) -> None:
    with pytest.raises(Invalid, match="email"):
        await provision.create_workspace(house.core, "Beta", email)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\0b", "two\nlines"])
async def test_what_is_no_name_is_refused(house: House, name: str) -> None:
    with pytest.raises(Invalid, match="name"):
        await provision.create_workspace(house.core, name, "boss@beta.example")


async def test_a_short_password_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="password"):
        await provision.create_workspace(house.core, "Beta", "boss@beta.example", password="short")


async def test_a_workspace_is_found_by_name_and_by_id(house: House) -> None:
    created = await provision.create_workspace(house.core, "Beta", "boss@beta.example")
    assert (await provision.find_workspace(house.core, "Beta")).id == created.workspace_id
    assert (await provision.find_workspace(house.core, created.workspace_id)).name == "Beta"


async def test_the_only_workspace_needs_no_name(house: House) -> None:
    assert (await provision.find_workspace(house.core, None)).id == house.workspace_id


async def test_one_of_several_workspaces_must_be_named(house: House, neighbour: House) -> None:
    with pytest.raises(Invalid, match="several"):
        await provision.find_workspace(house.core, None)


async def test_an_unknown_workspace_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await provision.find_workspace(house.core, "Nowhere")


async def test_an_agent_is_added_with_a_made_up_password(house: House, browser: Browser) -> None:
    row, password = await provision.add_agent(
        house.core, house.workspace_id, "new@beta.example", name="New", skills=["VIP"], languages=["ES"]
    )
    assert (row.name, row.role, row.active, row.skills, row.languages) == ("New", "agent", True, ["vip"], ["es"])
    body = {"email": "new@beta.example", "password": password}
    assert (await browser().post("/v1/sessions", json=body)).status_code == 201


async def test_an_unknown_role_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="role"):
        await provision.add_agent(house.core, house.workspace_id, "new@beta.example", role="boss")  # type: ignore[arg-type]


async def test_a_members_address_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="email"):
        await provision.add_agent(house.core, house.workspace_id, house.sam.email.upper())


async def test_a_key_for_an_unknown_address_is_refused(house: House) -> None:
    with pytest.raises(NotFound):
        await provision.create_key(house.core, house.workspace_id, "nobody@beta.example")


async def test_a_key_with_an_unknown_scope_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="scope"):
        await provision.create_key(house.core, house.workspace_id, house.sam.email, ["everything"])  # type: ignore[list-item]


async def test_a_key_has_the_scopes_of_the_role_by_default(house: House) -> None:
    _, house.vic.key = await provision.create_key(house.core, house.workspace_id, house.vic.email)
    me = (await house.vic.get("/me")).json()
    assert me["scopes"] == ["conversations:read", "contacts:read", "analytics:read"]


async def test_a_reset_link_from_the_command_line_sets_a_password(house: House, browser: Browser) -> None:
    _, token = await provision.reset_password(house.core, house.workspace_id, house.olga.email)
    answer = await browser().post(f"/v1/password-resets/{token}", json={"password": "a new password"})
    assert answer.json() == {"email": house.olga.email}
