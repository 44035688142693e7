"""An admin changes the workspace's settings."""

import asyncio
from typing import Any

from dibs.accounts.settings import WorkspaceSettings
from dibs.pools.rules import rules
from dibs.tx import Tx
from tests.accounts.conftest import Fields, Rows
from tests.support.house import House

PATH = "/workspace/settings"


async def test_a_new_workspace_has_the_defaults(house: House) -> None:
    shown = (await house.vic.get(PATH)).json()
    assert shown == WorkspaceSettings().model_dump()
    assert (shown["max_claims_per_agent"], shown["stale_after_minutes"], shown["show_agent_name"]) == (20, 30, False)


async def test_a_change_keeps_what_it_does_not_name(house: House) -> None:
    await house.ada.patch(PATH, {"max_claims_per_agent": 5})
    answer = await house.ada.patch(PATH, {"pause_bot_on_claim": False})
    assert answer.status_code == 200
    assert answer.json() == WorkspaceSettings(max_claims_per_agent=5, pause_bot_on_claim=False).model_dump()
    assert (await house.sam.get(PATH)).json() == answer.json()


async def test_inside_escalation_too_the_rest_stays(house: House) -> None:
    await house.ada.patch(PATH, {"escalation": {"phrases": ["a human"], "on_request": False}})
    answer = await house.ada.patch(PATH, {"escalation": {"message": "One moment."}})
    escalation = answer.json()["escalation"]
    assert (escalation["phrases"], escalation["on_request"]) == (["a human"], False)
    assert escalation["message"] == "One moment."


async def test_it_holds_at_the_next_look_at_the_rules(house: House) -> None:
    assert (await rules(house.core.database.run, house.workspace_id)).settings.max_claims_per_agent == 20
    await house.ada.patch(PATH, {"max_claims_per_agent": 3})
    assert (await rules(house.core.database.run, house.workspace_id)).settings.max_claims_per_agent == 3


async def test_only_what_changed_is_audited_and_all_is_told(house: House, audited: Rows, emitted: Rows) -> None:
    await house.ada.patch(PATH, {"max_claims_per_agent": 3, "time_zone": "UTC"})
    (row,) = await audited("settings.updated")
    assert (row.target, row.actor["id"]) == (house.workspace_id, house.ada.id)
    assert (row.before, row.after) == ({"max_claims_per_agent": 20}, {"max_claims_per_agent": 3})
    (event,) = await emitted("settings.updated")
    assert '"max_claims_per_agent":3' in event.body


async def test_what_is_already_true_changes_and_tells_nothing(house: House, audited: Rows, emitted: Rows) -> None:
    for body in ({}, {"max_claims_per_agent": 20}):
        assert (await house.ada.patch(PATH, body)).status_code == 200
    assert await audited("settings.updated") == []
    assert await emitted("settings.updated") == []


async def test_changes_at_once_are_all_kept(house: House) -> None:
    changes: list[dict[str, Any]] = [
        {"max_claims_per_agent": 7},
        {"stale_after_minutes": 20},
        {"auto_resolve_after_days": 9},
        {"show_agent_name": True},
    ]
    await asyncio.gather(*(house.ada.patch(PATH, change) for change in changes))
    shown = (await house.ada.get(PATH)).json()
    for change in changes:
        assert change.items() <= shown.items()


async def test_listeners_run_in_the_transaction(house: House) -> None:
    seen = []

    async def look(tx: Tx, before: WorkspaceSettings, after: WorkspaceSettings) -> None:
        seen.append((tx.workspace_id, before.stale_after_minutes, after.stale_after_minutes))
        if after.stale_after_minutes == 13:
            raise RuntimeError

    house.core.on_settings_changed.append(look)
    await house.ada.patch(PATH, {"stale_after_minutes": 10})
    assert seen == [(house.workspace_id, 30, 10)]
    assert (await house.ada.patch(PATH, {"stale_after_minutes": 13})).status_code == 500
    assert (await house.ada.get(PATH)).json()["stale_after_minutes"] == 10


async def test_agents_and_viewers_may_only_look(house: House) -> None:
    for person in (house.sam, house.vic):
        answer = await person.patch(PATH, {"max_claims_per_agent": 100})
        assert (answer.status_code, answer.json()["needs"]) == (403, "admin")
        assert (await person.get(PATH)).status_code == 200


async def test_a_key_without_the_scope_admin_is_refused(house: House) -> None:
    zoe = await house.person("Zoe", "owner", scopes=["conversations:read"])
    assert (await zoe.patch(PATH, {"max_claims_per_agent": 5})).status_code == 403


async def test_workspaces_have_settings_of_their_own(house: House, neighbour: House) -> None:
    await house.ada.patch(PATH, {"max_claims_per_agent": 5})
    assert (await neighbour.ada.get(PATH)).json()["max_claims_per_agent"] == 20


async def test_auto_release_never_comes_before_the_flag(house: House, refused_fields: Fields) -> None:
    answer = await house.ada.patch(PATH, {"stale_after_minutes": 60, "auto_release_after_minutes": 59})
    assert refused_fields(answer) == {"auto_release_after_minutes"}
    await house.ada.patch(PATH, {"auto_release_after_minutes": 40})
    assert refused_fields(await house.ada.patch(PATH, {"stale_after_minutes": 41})) == {"auto_release_after_minutes"}
    await house.ada.patch(PATH, {"stale_after_minutes": 200, "auto_release_after_minutes": 300})
    assert (await house.ada.patch(PATH, {"stale_after_minutes": 250})).status_code == 200


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"max_claims_per_agent": 0}, "max_claims_per_agent"),
    ({"max_claims_per_agent": 100_001}, "max_claims_per_agent"),
    ({"max_claims_per_agent": 2**70}, "max_claims_per_agent"),
    ({"max_claims_per_agent": "5"}, "max_claims_per_agent"),
    ({"max_claims_per_agent": 5.5}, "max_claims_per_agent"),
    ({"max_claims_per_agent": True}, "max_claims_per_agent"),
    ({"max_claims_per_agent": None}, "max_claims_per_agent"),
    ({"stale_after_minutes": 0}, "stale_after_minutes"),
    ({"takeover_timeout_minutes": -1}, "takeover_timeout_minutes"),
    ({"audit_retention_days": 0}, "audit_retention_days"),
    ({"pause_bot_on_claim": 1}, "pause_bot_on_claim"),
    ({"pause_bot_on_claim": "false"}, "pause_bot_on_claim"),
    ({"pause_bot_on_claim": None}, "pause_bot_on_claim"),
    ({"languages": []}, "languages"),
    ({"languages": ["EN"]}, "languages.0"),
    ({"languages": "en"}, "languages"),
    ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ({"time_zone": "../etc/passwd"}, "time_zone"),
    ({"business_hours": None}, "business_hours"),
    (
        {"business_hours": {"openings": [{"day": "mon", "start": "9:00", "end": "17:00"}]}},
        "business_hours.openings.0.start",
    ),
    (
        {"business_hours": {"openings": [{"day": "mon", "start": "17:00", "end": "09:00"}]}},
        "business_hours.openings.0",
    ),
    ({"business_hours": {"holidays": ["2026-02-30"]}}, "business_hours.holidays.0"),
    ({"escalation": {"phrases": ["a\0"]}}, "escalation.phrases.0"),
    ({"escalation": {"volume": 11}}, "escalation.volume"),
    ({"max_claims": 5}, "max_claims"),
]


async def test_what_is_unknown_null_or_wrong_is_refused(house: House, refused_fields: Fields) -> None:
    for change, field in MALFORMED:
        assert refused_fields(await house.ada.patch(PATH, change)) == {field}, change
        assert (await house.ada.get(PATH)).json() == WorkspaceSettings().model_dump()
