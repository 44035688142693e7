import csv
import io
import json
from typing import Any

import pytest

from dibs.audit.export import BATCH, cell, chosen
from tests.audit.chains import write
from tests.support.house import House, Person

MEMBERS = (
    *(
        "id",
        "at",
        "actor",
        "action",
        "target",
        "conversation_id",
        "before",
        "after",
        "reason",
        "ip",
        "request_id",
        "hash",
    ),
)


async def page(person: Person, **params: Any) -> dict[str, Any]:
    answer = await person.get("/audit", **params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_an_admin_reads_who_did_what_newest_first(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    body = await page(house.ada, conversation=conversation["id"], action="conversation.claimed")
    (row,) = body["data"]
    assert tuple(row) == MEMBERS
    assert row["actor"] == {"type": "agent", "id": house.sam.id, "name": "Sam", "via": "api"}
    assert row["target"] == row["conversation_id"] == conversation["id"]
    assert row["after"]["assignee"] == {"id": house.sam.id, "name": "Sam"}
    assert row["request_id"]
    rows = (await page(house.ada))["data"]
    assert [each["at"] for each in rows] == sorted((each["at"] for each in rows), reverse=True)


async def test_pages_hold_every_row_once_while_new_ones_arrive(house: House) -> None:
    await write(house.core, house.workspace_id, 25)
    seen: list[str] = []
    before = {each["id"] for each in (await page(house.ada, limit=100))["data"]}
    cursor = None
    while True:
        body = await page(house.ada, limit=7, **({"cursor": cursor} if cursor else {}))
        seen += [each["id"] for each in body["data"]]
        await write(house.core, house.workspace_id, 1)
        if (cursor := body["next_cursor"]) is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == before


async def test_filters_narrow_by_actor_action_and_conversation(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await house.claimed_by(house.kim)
    found = (await page(house.ada, actor=house.sam.id, action="conversation.claimed"))["data"]
    assert {each["actor"]["id"] for each in found} == {house.sam.id}
    found = (await page(house.ada, conversation=conversation["id"]))["data"]
    assert {each["conversation_id"] for each in found} == {conversation["id"]}
    found = (await page(house.ada, action="conversation.*", limit=100))["data"]
    assert {each["action"].split(".")[0] for each in found} == {"conversation"}


async def test_since_is_inclusive_and_until_exclusive(house: House) -> None:
    await write(house.core, house.workspace_id, 3)
    newest = (await page(house.ada, limit=1))["data"][0]
    assert newest in (await page(house.ada, since=newest["at"]))["data"]
    assert newest not in (await page(house.ada, until=newest["at"], limit=100))["data"]


@pytest.mark.parametrize(
    "params",
    [
        {"conversation": "conv_" + "0" * 26},
        {"conversation": "nonsense"},
        {"actor": "agt_" + "0" * 26},
        {"actor": "' OR 1=1 --"},
        {"action": "no.such"},
        {"since": "2999-01-01T00:00:00Z"},
    ],
)
async def test_what_nobody_did_is_an_empty_list(house: House, params: dict[str, str]) -> None:
    assert await page(house.ada, **params) == {"data": [], "next_cursor": None}


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 101},
        {"limit": "many"},
        {"cursor": "nonsense"},
        {"cursor": "WzFd0"},
        {"cursor": "WyJhIl0"},
        {"cursor": "Wy0xXQ"},
        {"cursor": "ñ"},
        {"cursor": "x" * 500},
        {"since": "yesterday"},
        {"since": "2026-01-01"},
        {"since": "2026-01-01T00:00:00"},
        {"until": "0001-01-01T00:00:00+14:00"},
        {"until": "9999-12-31T23:59:59-14:00"},
        {"action": "a'b"},
        {"action": "a\0"},
        {"conversation": "conv_\0" + "0" * 25},
        {"acton": "conversation.claimed"},
    ],
)
async def test_a_malformed_filter_is_refused(house: House, params: dict[str, Any]) -> None:
    answer = await house.ada.get("/audit", **params)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


async def test_agents_viewers_and_narrow_keys_cannot_read_it(house: House) -> None:
    narrow = await house.person("Max", "admin", scopes=["conversations:read", "analytics:read"])
    for person in (house.sam, house.vic, narrow):
        for accept in ("application/json", "text/csv"):
            answer = await person.call("GET", "/audit", headers={"Accept": accept})
            assert answer.status_code == 403, answer.text
    assert (await house.http.get("/v1/audit")).status_code == 401


async def test_another_workspace_is_not_in_it(house: House, neighbour: House) -> None:
    conversation = await neighbour.claimed_by(neighbour.sam)
    assert (await page(house.ada, conversation=conversation["id"]))["data"] == []
    assert (await page(house.ada, actor=neighbour.sam.id))["data"] == []


async def test_lines_of_json_hold_everything_that_matches(house: House) -> None:
    await write(house.core, house.workspace_id, 2 * BATCH + 3, per_transaction=500)
    answer = await house.ada.call(
        "GET", "/audit", params={"action": "tag.created", "limit": 5}, headers={"Accept": "application/x-ndjson"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert len(rows) == len({row["id"] for row in rows}) == 2 * BATCH + 3
    assert tuple(rows[0]) == MEMBERS
    assert rows[0] == (await page(house.ada, action="tag.created", limit=1))["data"][0]


async def test_csv_holds_everything_and_no_formula(house: House) -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
    for text in dangerous:
        await write(house.core, house.workspace_id, 1, reason=text)
    await write(house.core, house.workspace_id, BATCH, per_transaction=500, reason='a "quoted", text\nin lines')
    answer = await house.ada.call("GET", "/audit?action=tag.created", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == BATCH + len(dangerous)
    assert {row["reason"] for row in rows} == {'a "quoted", text\nin lines', *("'" + text for text in dangerous)}
    assert rows[0]["actor_name"] == "Sam"
    assert json.loads(rows[0]["after"])["ratio"] == 0.5
    assert not [value for row in rows for value in row.values() if value[:1] in "=+-@" and value]


def test_numbers_and_nothing_are_plain_cells() -> None:
    assert [cell(value) for value in (None, 0, 1.5, "", "a=b", "'")] == ["", "0", "1.5", "", "a=b", "'"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV; charset=utf-8", "text/csv"),
        ("text/csv;q=0.1, application/x-ndjson", "application/x-ndjson"),
        ("application/json, text/csv;q=0.9", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/csv;q=high", "application/json"),
        (";;,,", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_the_accept_header_chooses(accept: str | None, expected: str) -> None:
    assert chosen(accept) == expected
