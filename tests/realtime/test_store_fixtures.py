"""What a live client must make of a day's events: the file by which the web app's store is tested says the truth.

DIBS_WRITE_FIXTURES=1 writes it anew, from what the server on SQLite says.
"""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dibs.events import KINDS, newest_cursor, read_after
from dibs.realtime.visibility import seen_by, told
from dibs.settings import Settings
from dibs.tx import Core
from tests.support.catalogue import judge
from tests.support.day import Day, begin, same_ids_and_times
from tests.support.day_steps import THEMES
from tests.support.house import House

FILE = Path(__file__).resolve().parents[2] / "web/src/realtime/fixtures/day.json"
# Told to bots alone.
NOT_SEEN = {"conversation.turn"}
# What a client keeps, and the member by which events show it.
MEMBERS = {"conversations": "conversation", "takeovers": "takeover_request", "notifications": "notification"}
WORKSPACE = "ws_00000000000000000000000001"
Shown = dict[str, dict[str, Any]]
Step = dict[str, Any]


@pytest.fixture
async def steps(core: Core, http: httpx.AsyncClient, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The day as Sam's client sees it: before, events and after of each step."""
    day = await begin(core, http, same_ids_and_times(monkeypatch), settings)
    recorded = [step async for step in record(day)]
    text = json.dumps(recorded, ensure_ascii=False).replace(day.house.workspace_id, WORKSPACE)
    kept: list[Step] = json.loads(text)
    return kept


async def record(day: Day) -> AsyncIterator[Step]:
    """Plays the day, looking before and after each step."""
    house, me = day.house, day.house.sam.id
    cursor, before, name = await newest_cursor(house.core.database, house.workspace_id), await look(house), ""
    for theme in THEMES:
        async for following in theme(day):
            if name:
                step, cursor, before = await recorded(day, name, cursor, before, me)
                yield step
            name = following
            day.hands.move(seconds=5)
    yield (await recorded(day, name, cursor, before, me))[0]


async def recorded(day: Day, name: str, cursor: int, before: Shown, me: str) -> tuple[Step, int, Shown]:
    """One step; of before and after only what it concerns: what an event names, and whatever differs."""
    house, after = day.house, await look(day.house)
    rows = await read_after(house.core.database, house.workspace_id, cursor)
    events = [json.loads(part) for part in seen_by(frozenset({None, me}), [told(row) for row in rows])]
    for event in events:
        judge(event)
    named = concerned(events) | {key for kind in after for key in differing(before[kind], after[kind])}
    step = {"name": name, "before": some(before, named), "events": events, "after": some(after, named)}
    return step, rows[-1].seq if rows else cursor, after


def concerned(events: list[dict[str, Any]]) -> set[str]:
    return {event[member]["id"] for event in events for member in MEMBERS.values() if member in event}


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def some(shown: Shown, named: set[str]) -> dict[str, Any]:
    picked = {kind: {key: each[key] for key in sorted(each) if key in named} for kind, each in shown.items()}
    return {kind: each if kind == "messages" else list(each.values()) for kind, each in picked.items()}


async def look(house: House) -> Shown:
    """Everything that a client reads, by id; messages by conversation."""
    conversations = await everything(house, "/conversations?view=any&limit=100")
    return {
        "conversations": {each["id"]: each for each in conversations},
        "messages": {
            each["id"]: await everything(house, f"/conversations/{each['id']}/messages?limit=100")
            for each in conversations
        },
        "takeovers": {each["id"]: each for each in await everything(house, "/takeover-requests?limit=100")},
        "notifications": {each["id"]: each for each in await everything(house, "/notifications?limit=100")},
    }


async def everything(house: House, path: str) -> list[dict[str, Any]]:
    answer = (await house.sam.call("GET", path)).json()
    assert answer["next_cursor"] is None, f"{path}: the day has grown beyond a page"
    found: list[dict[str, Any]] = answer["data"]
    return found


async def test_the_file_is_what_the_server_says(steps: list[Step], backend: str) -> None:
    if os.environ.get("DIBS_WRITE_FIXTURES") and backend == "sqlite":
        FILE.parent.mkdir(parents=True, exist_ok=True)
        lines = ",\n".join(json.dumps(step, ensure_ascii=False, separators=(",", ":")) for step in steps)
        FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert [step["name"] for step in steps] == [step["name"] for step in kept]
    for step, expected in zip(steps, kept, strict=True):
        assert step == expected, f"{step['name']}: run this test with DIBS_WRITE_FIXTURES=1 and look at what changed"


def test_the_day_has_an_event_of_every_kind(steps: list[Step]) -> None:
    events = [event for step in steps for event in step["events"]]
    assert {event["kind"] for event in events} == set(KINDS) - NOT_SEEN
    assert all(step["events"] for step in steps)
    cursors = [event["cursor"] for event in events]
    assert cursors == sorted(set(cursors))


def told_of(step: Step, kind: str, member: str) -> dict[str, Any]:
    """What the events say of things of a kind; of a customer with another name one event speaks for all of theirs."""
    said: dict[str, Any] = {}
    for event in step["events"]:
        if member in event:
            said[event[member]["id"]] = event[member]
        if kind == "conversations" and "contact" in event:
            known = {each["id"]: each for each in step["before"][kind]} | said
            name = {"id": event["contact"]["id"], "name": event["contact"]["name"]}
            said |= {
                key: each | {"contact": name} for key, each in known.items() if each["contact"]["id"] == name["id"]
            }
    return said


def test_what_events_say_is_what_is_there_afterwards(steps: list[Step]) -> None:
    """The last event about a thing shows it as it is then, and nothing changes without one."""
    for step in steps:
        for kind, member in MEMBERS.items():
            assert told_of(step, kind, member) == {each["id"]: each for each in step["after"][kind]}, step["name"]
        thread = {key: {each["id"]: each for each in listed} for key, listed in step["before"]["messages"].items()}
        for event in step["events"]:
            if "message" in event:
                thread.setdefault(event["conversation"]["id"], {})[event["message"]["id"]] = event["message"]
        assert {key: list(each.values()) for key, each in thread.items()} == step["after"]["messages"], step["name"]
