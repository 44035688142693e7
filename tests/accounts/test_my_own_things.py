"""Who I am, my preferences, my heartbeat."""

from typing import Any

import pytest
from sqlalchemy import select

from dibs import clock
from dibs.accounts.tables import agents
from tests.accounts.conftest import Fields, Rows, SignedIn
from tests.support.house import House, Person

PATH = "/agents/me/preferences"
DEFAULTS = {"auto_claim_on_reply": False, "notifications": {}, "keyboard": {}, "locale": "en", "theme": "system"}


async def last_active(house: House, person: Person) -> int:
    (row,) = await house.core.database.run(select(agents.c.last_active_at).where(agents.c.id == person.id))
    at: int = row.last_active_at
    return at


async def test_me_tells_agent_workspace_role_scopes_and_preferences(house: House) -> None:
    me = (await house.vic.get("/me")).json()
    assert me["agent"] == (await house.vic.get(f"/agents/{house.vic.id}")).json()
    assert me["workspace"]["id"] == house.workspace_id
    assert me["role"] == "viewer"
    assert me["preferences"] == DEFAULTS


async def test_without_credentials_me_is_401(house: House) -> None:
    answer = await house.http.get("/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_viewer_sets_their_own_preferences(house: House) -> None:
    answer = await house.vic.patch(PATH, {"theme": "dark", "locale": "es"})
    assert (answer.status_code, answer.json()) == (200, DEFAULTS | {"theme": "dark", "locale": "es"})
    assert (await house.vic.get(PATH)).json() == answer.json()
    assert (await house.sam.get(PATH)).json() == DEFAULTS


async def test_a_key_with_any_scope_may(house: House) -> None:
    zoe = await house.person("Zoe", scopes=["analytics:read"])
    assert (await zoe.patch(PATH, {"auto_claim_on_reply": True})).json()["auto_claim_on_reply"] is True


async def test_notifications_are_switched_one_by_one(house: House) -> None:
    await house.sam.patch(PATH, {"notifications": {"mention": False, "customer_reply": True}})
    answer = await house.sam.patch(PATH, {"notifications": {"mention": True}})
    assert answer.json()["notifications"] == {"mention": True, "customer_reply": True}


async def test_keys_are_replaced_as_a_whole(house: House) -> None:
    await house.sam.patch(PATH, {"keyboard": {"claim": "c", "single_keys": False}})
    answer = await house.sam.patch(PATH, {"keyboard": {"release": "Shift+R"}})
    assert answer.json()["keyboard"] == {"release": "Shift+R"}


async def test_only_what_changed_is_audited_and_only_i_am_told(house: House, audited: Rows, emitted: Rows) -> None:
    await house.sam.patch(PATH, {"theme": "dark", "locale": "en"})
    (row,) = await audited("preferences.updated")
    assert (row.target, row.before, row.after) == (house.sam.id, {"theme": "system"}, {"theme": "dark"})
    assert (await emitted("agent.updated"))[-1].agent_id == house.sam.id


async def test_what_is_already_true_tells_nothing(house: House, audited: Rows) -> None:
    for body in ({}, {"theme": "system"}):
        assert (await house.sam.patch(PATH, body)).status_code == 200
    assert await audited("preferences.updated") == []


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"auto_claim_on_reply": 1}, "auto_claim_on_reply"),
    ({"auto_claim_on_reply": None}, "auto_claim_on_reply"),
    ({"theme": "pink"}, "theme"),
    ({"locale": "fr"}, "locale"),
    ({"locale": None}, "locale"),
    ({"notifications": None}, "notifications"),
    ({"notifications": {"mention": "yes"}}, "notifications.mention"),
    (
        {
            "notifications": {f"kind_{'x' * n}": True for n in range(50)}
            | {f"{'y' * n}_kind": True for n in range(1, 12)}
        },
        "notifications",
    ),
    ({"keyboard": {"claim": "a\0"}}, "keyboard.claim"),
    ({"sound": True}, "sound"),
]


async def test_what_is_unknown_null_or_wrong_is_refused(house: House, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        assert refused_fields(await house.sam.patch(PATH, change)) == {field}, change
        assert (await house.sam.get(PATH)).json() == DEFAULTS


async def test_a_heartbeat_counts_as_work(house: House) -> None:
    assert await last_active(house, house.sam) == 0
    answer = await house.sam.post("/agents/me/heartbeat")
    assert (answer.status_code, answer.json()["id"]) == (200, house.sam.id)
    assert await last_active(house, house.sam) > 0


async def test_a_heartbeat_of_a_page_in_the_background_does_not(house: House) -> None:
    assert (await house.sam.post("/agents/me/heartbeat", {"active": False})).status_code == 200
    assert await last_active(house, house.sam) == 0


async def test_every_heartbeat_is_written_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.sam.post("/agents/me/heartbeat")
    first = await last_active(house, house.sam)
    monkeypatch.setattr(clock, "now", lambda: first + 1)
    await house.sam.post("/agents/me/heartbeat", {})
    assert await last_active(house, house.sam) == first + 1


async def test_a_heartbeat_sets_the_availability(house: House, audited: Rows) -> None:
    answer = await house.sam.post("/agents/me/heartbeat", {"active": False, "availability": "away"})
    assert answer.json()["availability"] == "away"
    await house.sam.post("/agents/me/heartbeat", {"availability": "away"})
    assert len(await audited("agent.updated")) == 1


async def test_any_other_write_counts_as_work_and_reading_does_not(house: House, signed_in: SignedIn) -> None:
    tab = await signed_in(house.sam)
    await tab.get("/v1/agents")
    assert await last_active(house, house.sam) == 0
    await tab.patch("/v1/agents/me/preferences", json={})
    assert await last_active(house, house.sam) > 0


MALFORMED_HEARTBEATS: list[tuple[dict[str, Any], str]] = [
    ({"active": 1}, "active"),
    ({"availability": "asleep"}, "availability"),
    ({"until": "noon"}, "until"),
]


async def test_a_malformed_heartbeat_is_refused(house: House, refused_fields: Fields) -> None:
    for body, field in MALFORMED_HEARTBEATS:
        assert refused_fields(await house.sam.post("/agents/me/heartbeat", body)) == {field}, body
        assert await last_active(house, house.sam) == 0
