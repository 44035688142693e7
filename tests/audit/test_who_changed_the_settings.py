"""GET /v1/workspace/settings/changes: who changed each setting last, and when."""

from typing import Any

import pytest

from tests.ownership.checks import refused
from tests.support.house import House, Person


async def changes(person: Person) -> dict[str, dict[str, Any]]:
    answer = await person.get("/workspace/settings/changes")
    assert answer.status_code == 200, answer.text
    return {each["setting"]: each for each in answer.json()["data"]}


async def test_the_newest_change_of_each_setting(house: House) -> None:
    assert await changes(house.ada) == {}
    await house.ada.patch("/workspace/settings", {"max_claims_per_agent": 10, "time_zone": "Europe/Madrid"})
    await house.olga.patch("/workspace/settings", {"max_claims_per_agent": 12, "escalation": {"on_request": False}})
    found = await changes(house.sam)
    assert {name: each["actor"]["id"] for name, each in found.items()} == {
        "max_claims_per_agent": house.olga.id,
        "escalation": house.olga.id,
        "time_zone": house.ada.id,
    }
    rows = await house.rows("SELECT at FROM audit_rows WHERE workspace_id = :ws AND action = 'settings.updated'")
    assert len(rows) == 2
    assert found["time_zone"]["actor"] == {"type": "agent", "id": house.ada.id, "name": "Ada", "via": "api"}
    assert found["time_zone"]["at"] <= found["escalation"]["at"] == found["max_claims_per_agent"]["at"]
    # The newest first.
    assert list(found)[-1] == "time_zone"


async def test_what_changed_nothing_or_was_refused_is_no_change(house: House) -> None:
    await house.ada.patch("/workspace/settings", {"max_claims_per_agent": 20})
    await house.sam.patch("/workspace/settings", {"max_claims_per_agent": 5})
    await house.ada.patch("/workspace/settings", {"max_claims_per_agent": 0})
    assert await changes(house.ada) == {}


async def test_other_things_that_are_audited_are_not_settings(house: House) -> None:
    await house.pool("Billing", house.sam, tags=["billing"])
    await house.ada.patch("/agents/me/preferences", {"auto_claim_on_reply": True})
    assert await changes(house.ada) == {}


async def test_only_so_many_changes_are_looked_through(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibs.audit.settings_changes.MOST", 2)
    await house.settings(time_zone="Europe/Madrid")
    for limit in (5, 6):
        await house.settings(max_claims_per_agent=limit)
    assert set(await changes(house.ada)) == {"max_claims_per_agent"}


async def test_everybody_of_the_workspace_sees_them_and_nobody_else(house: House, neighbour: House) -> None:
    await house.settings(show_agent_name=True)
    bare = await house.person("Rita", "viewer", scopes=["contacts:read"])
    for person in (house.olga, house.ada, house.sam, house.vic, bare):
        assert set(await changes(person)) == {"show_agent_name"}
    assert await changes(neighbour.ada) == {}
    assert (await house.http.get("/v1/workspace/settings/changes")).status_code == 401
    for method in ("POST", "PATCH", "DELETE"):
        assert (await house.ada.call(method, "/workspace/settings/changes")).status_code == 405
    await refused(house, house.sam.get("/workspace/settings/changes/x"), "not_found")
