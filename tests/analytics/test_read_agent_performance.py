import csv
import io
from typing import Any

import pytest
from fastapi import FastAPI

from dibs.analytics.measures import distribution
from tests.support.house import House, Person

OUTCOMES = ["released", "resolved", "reassigned", "taken_over", "forced", "stale", "member_removed", "handed_back"]


async def figures(person: Person, **params: Any) -> dict[str, Any]:
    answer = await person.get("/analytics/agents", **params)
    assert answer.status_code == 200, answer.text
    return {row["agent"]["name"]: row for row in answer.json()["agents"]}


async def did(person: Person, conversation: dict[str, Any], action: str, body: Any = None) -> None:
    answer = await person.post(f"/conversations/{conversation['id']}/{action}", body)
    assert answer.status_code in (200, 201), answer.text


async def test_a_day_of_work_is_counted(house: House) -> None:
    released, resolved, handed = [await house.claimed_by(house.sam) for _ in range(3)]
    await did(house.sam, resolved, "messages", {"kind": "reply", "text": "Here you are", "then": "resolve"})
    await did(house.sam, released, "release", {"reason": "shift_end"})
    await did(house.sam, handed, "reassign", {"agent_id": house.kim.id})
    rows = await figures(house.ada)
    sam, kim = rows["Sam"], rows["Kim"]
    assert sam["claimed"] == {"spells": 3, "conversations": 3, "by_way": {"api": 3}}
    assert kim["claimed"] == {"spells": 1, "conversations": 1, "by_way": {"reassign": 1}}
    assert list(sam["outcomes"]) == OUTCOMES
    assert {name: n for name, n in sam["outcomes"].items() if n} == {"released": 1, "resolved": 1, "reassigned": 1}
    assert sam["released_by_reason"] == {"shift_end": 1}
    assert (sam["time_to_claim"]["n"], kim["time_to_claim"]["n"]) == (3, 0)
    assert kim["time_to_claim"]["p50"] is None
    assert (sam["response_after_claim"]["n"], sam["hold"]["n"], kim["hold"]["n"]) == (1, 3, 0)
    assert sam["duplicate_replies"] == 0


async def test_an_undone_claim_is_left_out(house: House) -> None:
    await did(house.sam, await house.claimed_by(house.sam), "release", {"undo": True})
    sam = (await figures(house.ada))["Sam"]
    assert sam["claimed"]["spells"] == 0
    assert sam["hold"]["n"] == 0
    assert sam["contention"]["attempts"] == 1


async def test_claiming_what_is_mine_again_counts_once(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await did(house.sam, conversation, "claim")
    assert (await figures(house.ada))["Sam"]["claimed"]["spells"] == 1


async def test_a_claim_that_came_too_late_is_counted(house: House, app: FastAPI) -> None:
    conversation = await house.claimed_by(house.sam)
    assert (await house.kim.post(f"/conversations/{conversation['id']}/claim")).status_code == 409
    await house.claimed_by(house.kim)
    await app.state.refusals.flush()
    contention = (await figures(house.ada))["Kim"]["contention"]
    assert contention.pop("median_lead_seconds") >= 0
    assert contention == {"attempts": 2, "already_claimed": 1, "per_1000_attempts": 500.0, "held_sends": 0}


async def test_an_agent_sees_only_their_own_row(house: House) -> None:
    await house.claimed_by(house.sam)
    assert set(await figures(house.kim)) == {"Kim"}
    assert set(await figures(house.vic)) == {"Vic"}
    assert set(await figures(house.olga)) == {"Olga", "Ada", "Sam", "Kim", "Vic"}


async def test_the_durations_of_all_agents_are_one_set(house: House) -> None:
    first, second = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    await did(house.sam, first, "reassign", {"agent_id": house.kim.id})
    await did(house.sam, second, "resolve")
    everyone = (await house.ada.get("/analytics/agents")).json()
    together = everyone["together"]
    assert together["conversations"] == 2
    assert (together["time_to_claim"]["n"], together["hold"]["n"]) == (2, 2)
    assert together["response_after_claim"] == {"p50": None, "p90": None, "mean": None, "n": 0}


async def test_an_agent_sees_only_themselves_together(house: House) -> None:
    await did(house.sam, await house.claimed_by(house.sam), "resolve")
    await did(house.kim, await house.claimed_by(house.kim), "resolve")
    answer = (await house.kim.get("/analytics/agents")).json()
    assert answer["together"]["hold"] == answer["agents"][0]["hold"]
    assert answer["together"]["hold"]["n"] == 1


async def test_who_left_keeps_their_history(house: House) -> None:
    await house.claimed_by(house.sam)
    for name in ("sam", "kim"):
        answer = await house.olga.delete(f"/agents/{getattr(house, name).id}")
        assert answer.status_code == 200, answer.text
    rows = await figures(house.ada)
    assert rows["Sam"]["agent"]["id"] == house.sam.id
    assert rows["Sam"]["outcomes"]["member_removed"] == 1
    assert "Kim" not in rows


async def test_another_workspace_is_not_counted(house: House, neighbour: House) -> None:
    await neighbour.claimed_by(neighbour.sam)
    rows = (await house.ada.get("/analytics/agents")).json()["agents"]
    assert not {row["agent"]["id"] for row in rows} & {neighbour.sam.id, neighbour.ada.id}
    assert sum(row["claimed"]["spells"] for row in rows) == 0


async def test_the_answer_says_which_window_in_which_zone(house: House) -> None:
    await house.settings(time_zone="Europe/Madrid")
    body = (await house.ada.get("/analytics/agents", **{"from": "2026-03-29", "to": "2026-03-29"})).json()
    assert (body["from"], body["to"]) == ("2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z")
    assert (body["time_zone"], body["time"]) == ("Europe/Madrid", "elapsed")


async def test_business_time_counts_only_the_hours_in_force(house: House) -> None:
    closed = {"openings": [{"day": "mon", "start": "00:00", "end": "00:01"}], "holidays": []}
    conversation = await house.claimed_by(house.sam)
    await did(house.sam, conversation, "release")
    always = (await figures(house.ada, time="business"))["Sam"]["time_to_claim"]
    assert always == (await figures(house.ada))["Sam"]["time_to_claim"]
    # What is past keeps the hours that were in force then.
    await house.settings(business_hours=closed)
    assert (await figures(house.ada, time="business"))["Sam"]["time_to_claim"] == always


async def test_csv_has_a_row_for_each_agent(house: House) -> None:
    await house.claimed_by(house.sam)
    answer = await house.ada.post("/agents", {"name": "=cmd()", "email": "cmd@dibs.example", "role": "agent"})
    assert answer.status_code == 201, answer.text
    answer = await house.ada.call("GET", "/analytics/agents", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = {row["agent_name"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert rows["Sam"]["claimed_spells"] == rows["Sam"]["claimed_api"] == "1"
    assert rows["Kim"]["hold_p50"] == ""
    assert "'=cmd()" in rows


@pytest.mark.parametrize(
    "params",
    [
        {"window": "8d"},
        {"window": ""},
        {"window": "7d", "from": "2026-01-01"},
        {"to": "2026-01-01"},
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"from": "last week"},
        {"from": "2026-01-01T00:00:00"},
        {"time": "office"},
        {"start": "2026-01-01"},
        {"agents": "all"},
        {"from": "1" * 500},
    ],
)
async def test_a_malformed_question_is_refused(house: House, params: dict[str, str]) -> None:
    answer = await house.ada.get("/analytics/agents", **params)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


async def test_a_key_without_the_scope_is_refused(house: House) -> None:
    narrow = await house.person("Max", "admin", scopes=["conversations:read", "admin"])
    for path in ("/analytics/agents", f"/analytics/agents/{house.sam.id}/spells", "/analytics/waiting"):
        answer = await narrow.get(path)
        assert answer.status_code == 403, answer.text
        assert answer.json()["needs"] == "analytics:read"
        assert (await house.http.get(f"/v1{path}")).status_code == 401


async def test_every_number_opens_the_spells_behind_it(house: House) -> None:
    first, second = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    await did(house.sam, first, "release")
    await did(house.sam, second, "resolve")
    path = f"/analytics/agents/{house.sam.id}/spells"
    body = (await house.ada.get(path, metric="outcomes", outcome="released")).json()
    assert [each["conversation_id"] for each in body["data"]] == [first["id"]]
    assert body["data"][0]["agent"] == {"id": house.sam.id, "name": "Sam"}
    assert {"contact": first["contact"]["name"], "channel": first["channel"]}.items() <= body["data"][0].items()
    body = (await house.sam.get(path, metric="hold", limit=1)).json()
    again = (await house.sam.get(path, metric="hold", limit=1, cursor=body["next_cursor"])).json()
    assert {body["data"][0]["conversation_id"], again["data"][0]["conversation_id"]} == {first["id"], second["id"]}
    assert again["next_cursor"] is None
    hold = (await figures(house.ada))["Sam"]["hold"]
    values = [round(each["data"][0]["values"][0] * 1_000) for each in (body, again)]
    assert distribution(values) == hold


async def test_a_claim_that_came_too_late_is_listed(house: House, app: FastAPI) -> None:
    conversations = [await house.claimed_by(house.sam) for _ in range(2)]
    for each in conversations:
        assert (await house.kim.post(f"/conversations/{each['id']}/claim")).status_code == 409
    await app.state.refusals.flush()
    path = f"/analytics/agents/{house.kim.id}/collisions"
    first = (await house.kim.get(path, limit=1)).json()
    second = (await house.ada.get(path, limit=1, cursor=first["next_cursor"])).json()
    assert second["next_cursor"] is None
    found = [*first["data"], *second["data"]]
    assert {each["conversation_id"] for each in found} == {each["id"] for each in conversations}
    assert {each["contact"] for each in found} == {each["contact"]["name"] for each in conversations}
    assert all(each["channel"] == "api" and each["lead_seconds"] >= 0 for each in found)
    assert {each["agent"]["name"] for each in found} == {"Kim"}
    for metric in ("held_sends", "duplicate_replies", "bot_leakage"):
        assert (await house.kim.get(path, metric=metric)).json() == {"data": [], "next_cursor": None}
    answer = await house.kim.get(path, metric="held_sends", cursor=first["next_cursor"])
    assert answer.status_code == 422, "a cursor belongs to its list"


@pytest.mark.parametrize("what", ["spells", "collisions"])
async def test_what_is_behind_another_agents_figures_is_for_admins(house: House, neighbour: House, what: str) -> None:
    answer = await house.kim.get(f"/analytics/agents/{house.sam.id}/{what}")
    assert (answer.status_code, answer.json()["needs"]) == (403, "admin")
    for wrong in (neighbour.sam.id, "agt_" + "0" * 26, "x", house.workspace_id):
        assert (await house.ada.get(f"/analytics/agents/{wrong}/{what}")).status_code == 404


@pytest.mark.parametrize(
    "params",
    [{"metric": "luck"}, {"outcome": "undone"}, {"cursor": "x"}, {"cursor": "WzEsIngiXQ"}, {"limit": 0}, {"page": 1}],
)
async def test_a_malformed_list_is_refused(house: House, params: dict[str, Any]) -> None:
    for what in ("spells", "collisions"):
        answer = await house.ada.get(f"/analytics/agents/{house.sam.id}/{what}", **params)
        assert answer.status_code == 422, answer.text


async def test_open_waits_are_shown_apart(house: House) -> None:
    await house.conversation()
    await house.claimed_by(house.sam)
    await house.claimed_by(house.kim)
    body = (await house.sam.get("/analytics/waiting")).json()
    assert {each["view"]: each["waiting"] for each in body["data"]} == {"unclaimed": 1, "mine": 1, "others": 1}
    assert all(each["oldest"] and each["oldest_seconds"] >= 0 and not each["capped"] for each in body["data"])


async def test_nobody_waiting_is_null(house: House) -> None:
    body = (await house.sam.get("/analytics/waiting")).json()
    assert {each["oldest"] for each in body["data"]} == {None}
