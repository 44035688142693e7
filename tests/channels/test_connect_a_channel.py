"""An admin connects, changes, pauses and disconnects a channel; nobody sees its secrets."""

from typing import Any

import pytest

from dibs.keyring import Keyring
from tests.support.channels import Pigeons
from tests.support.house import House, Person


@pytest.fixture
async def connected(house: House, pigeons: Pigeons) -> dict[str, Any]:
    answer = await house.ada.post("/channels", {"kind": "whatsapp", "name": "Loft", "settings": pigeons.settings()})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_what_was_typed_in_is_there_but_for_the_secret(house: House, connected: dict[str, Any]) -> None:
    assert connected["settings"] == {"loft": "north"}
    assert connected["active"] and connected["problem"] is None
    assert (await house.sam.get("/channels")).json()["data"] == [connected]
    assert (await house.vic.get(f"/channels/{connected['id']}")).json() == connected


async def test_the_secret_is_nowhere_in_the_database(house: House, connected: dict[str, Any]) -> None:
    (row,) = await house.rows("SELECT * FROM channels WHERE workspace_id = :ws")
    assert "coo" not in str(vars(row).values())
    audits = await house.rows("SELECT * FROM audit_rows WHERE workspace_id = :ws AND action LIKE 'channel.%'")
    assert [row.action for row in audits] == ["channel.connected"]
    assert "coo" not in str([vars(row) for row in audits])


async def test_what_the_provider_refuses_is_not_connected(house: House, pigeons: Pigeons) -> None:
    wrong = pigeons.settings(password="caw")
    answer = await house.ada.post("/channels", {"kind": "whatsapp", "name": "Loft", "settings": wrong})
    assert (answer.status_code, answer.json()["code"]) == (422, "channel_refused")
    assert (await house.ada.get("/channels")).json()["data"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "settings.loft"),
        ({"loft": "n"}, "settings.password"),
        ({"loft": "n", "password": "coo", "x": 1}, "settings.x"),
    ],
)
async def test_settings_that_are_not_whole_are_refused_by_name(
    house: House, pigeons: Pigeons, given: dict[str, Any], field: str
) -> None:
    answer = await house.ada.post("/channels", {"kind": "whatsapp", "name": "Loft", "settings": given})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_an_address_belongs_to_one_channel_of_the_installation(
    house: House, neighbour: House, pigeons: Pigeons, connected: dict[str, Any]
) -> None:
    body = {"kind": "whatsapp", "name": "Mine", "settings": pigeons.settings()}
    for person in (house.ada, neighbour.ada):
        answer = await person.post("/channels", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    await house.ada.delete(f"/channels/{connected['id']}")
    assert (await neighbour.ada.post("/channels", body)).status_code == 201


@pytest.mark.parametrize("who", ["sam", "vic"])
async def test_only_admins_connect_change_and_disconnect(
    house: House, pigeons: Pigeons, connected: dict[str, Any], who: str
) -> None:
    person: Person = getattr(house, who)
    body = {"kind": "whatsapp", "name": "L", "settings": pigeons.settings("south")}
    assert (await person.post("/channels", body)).status_code == 403
    assert (await person.patch(f"/channels/{connected['id']}", {"name": "L"})).status_code == 403
    assert (await person.delete(f"/channels/{connected['id']}")).status_code == 403


async def test_another_workspaces_channel_is_not_there(neighbour: House, connected: dict[str, Any]) -> None:
    path = f"/channels/{connected['id']}"
    for answer in (
        await neighbour.ada.get(path),
        await neighbour.ada.patch(path, {"name": "L"}),
        await neighbour.ada.delete(path),
    ):
        assert answer.status_code == 404


async def test_a_secret_that_is_left_out_stays(house: House, pigeons: Pigeons, connected: dict[str, Any]) -> None:
    answer = await house.ada.patch(f"/channels/{connected['id']}", {"settings": {"loft": "south"}})
    assert answer.status_code == 200
    assert answer.json()["address"] == "south"
    again = await house.ada.patch(f"/channels/{connected['id']}", {"settings": {"password": "caw"}})
    assert again.json()["code"] == "channel_refused"


async def test_a_paused_channel_hands_nothing_over(house: House, connected: dict[str, Any]) -> None:
    answer = await house.ada.patch(f"/channels/{connected['id']}", {"active": False, "name": "Old loft"})
    assert (answer.json()["active"], answer.json()["name"]) == (False, "Old loft")


async def test_null_is_no_name(house: House, connected: dict[str, Any]) -> None:
    assert (await house.ada.patch(f"/channels/{connected['id']}", {"name": None})).status_code == 422


async def test_a_disconnected_channel_is_gone_and_its_secrets_forgotten(
    house: House, connected: dict[str, Any]
) -> None:
    assert (await house.ada.delete(f"/channels/{connected['id']}")).status_code == 200
    assert (await house.ada.get(f"/channels/{connected['id']}")).status_code == 404
    (row,) = await house.rows("SELECT secrets, active FROM channels WHERE workspace_id = :ws")
    assert row.secrets == "" and not row.active


async def test_secrets_of_another_key_are_asked_for_again(
    house: House, pigeons: Pigeons, connected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.core, "keyring", Keyring(b"another installation's secret key"))
    path = f"/channels/{connected['id']}"
    assert (await house.ada.get(path)).status_code == 200
    missing = await house.ada.patch(path, {"settings": {"loft": "south"}})
    assert missing.json()["errors"][0]["field"] == "settings.password"
    assert (await house.ada.patch(path, {"settings": pigeons.settings("south")})).status_code == 200
