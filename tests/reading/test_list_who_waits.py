"""GET /v1/conversations?waiting=: customers who have waited that many minutes for an answer, or longer."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from dibs import clock
from dibs.conversations.lists import RARE
from dibs.conversations.queries import Combination, page
from dibs.conversations.tables import conversation_tags, conversations
from dibs.db.sqlite import SqliteDatabase, connect
from tests.ownership.checks import at, escalate, write
from tests.reading.test_list_conversations import listed, pages
from tests.support.house import House

_c, _t = conversations.c, conversation_tags.c


async def waits(house: House, conversation: dict[str, Any], minutes: float) -> str:
    """The customer wrote that long ago."""
    since = clock.now() - round(minutes * clock.MINUTE)
    row = (_c.workspace_id == house.workspace_id, _c.id == conversation["id"])
    await write(house, update(conversations).where(*row).values(waiting_since=since))
    key = conversations.select().where(*row).with_only_columns(_c.queue_key).scalar_subquery()
    await write(house, update(conversation_tags).where(_t.conversation_id == conversation["id"]).values(queue_key=key))
    return str(conversation["id"])


async def test_who_waits_that_long_or_longer_is_listed(house: House) -> None:
    long = await waits(house, await house.conversation(), 90)
    exactly = await waits(house, await house.conversation(), 30)
    short = await waits(house, await house.conversation(), 29)
    answered = await house.claimed_by(house.sam)
    await house.sam.post(at(answered, "messages"), {"kind": "reply", "text": "Done"})
    assert set(await listed(house.sam, waiting=30)) == {long, exactly}
    assert await listed(house.sam, waiting=31) == [long]
    assert await listed(house.sam, waiting=91) == []
    assert set(await listed(house.sam, waiting=0)) == {long, exactly, short}
    assert answered["id"] in await listed(house.sam)


@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting", "priority", "sla"])
@pytest.mark.parametrize("view", ["unclaimed", "all", "any"])
async def test_in_every_order_page_by_page(house: House, view: str, sort: str) -> None:
    made = [await waits(house, await house.conversation(tags=["all"]), 60 - number) for number in range(5)]
    await house.conversation(tags=["all"])
    whole = await listed(house.sam, view=view, sort=sort, waiting=30)
    assert set(whole) == set(made)
    if sort in {"waiting", "sla", "oldest"}:
        assert whole == made
    assert await pages(house.sam, view=view, sort=sort, waiting=30, limit=2) == whole
    assert await pages(house.sam, view=view, sort=sort, waiting=30, limit=2, tag="all", channel="api") == whole


async def test_in_every_view_and_with_other_filters(house: House) -> None:
    free, mine, theirs = (
        await house.conversation(),
        await house.claimed_by(house.sam),
        await house.claimed_by(house.kim),
    )
    for each in (free, mine, theirs):
        await waits(house, each, 45)
    young = await house.claimed_by(house.sam)
    await house.ada.put(f"/conversations/{theirs['id']}/observers/{house.sam.id}")
    for view, expected in (("unclaimed", free), ("mine", mine), ("others", theirs), ("observing", theirs)):
        assert await listed(house.sam, view=view, waiting=40) == [expected["id"]]
        assert await listed(house.sam, view=view, waiting=50) == []
    assert await listed(house.sam, contact=mine["contact"]["id"], waiting=40) == [mine["id"]]
    assert await listed(house.sam, assignee="me", waiting=40) == [mine["id"]]
    assert set(await listed(house.sam, q="order", waiting=40)) == {free["id"], mine["id"], theirs["id"]}
    assert young["id"] in await listed(house.sam, view="mine")


async def test_the_escalated_stand_first_and_wait_as_all_do(house: House) -> None:
    plain, escalated, fresh = [await house.conversation() for _ in range(3)]
    for each in (escalated, fresh):
        await escalate(house, each)
    await waits(house, plain, 60)
    await waits(house, escalated, 40)
    assert await listed(house.sam, view="unclaimed", waiting=30) == [escalated["id"], plain["id"]]
    assert await listed(house.sam, view="unclaimed", waiting=50) == [plain["id"]]


async def test_more_than_can_be_looked_up_first_are_walked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [await waits(house, await house.conversation(), 60) for _ in range(4)]
    monkeypatch.setattr("dibs.conversations.lists.RARE", 2)
    for view in ("all", "any"):
        assert await pages(house.sam, view=view, waiting=30, limit=3) == made[::-1]
    assert RARE >= 1_000


async def test_a_saved_view_keeps_it(house: House) -> None:
    filters = {"view": "unclaimed", "waiting": 30}
    saved = await house.sam.post("/saved-views", {"name": "Long waits", "filters": filters})
    assert (saved.status_code, saved.json()["filters"]) == (201, filters)
    for wrong in (-1, 1.5, "soon", True, 525_601, [30]):
        answer = await house.sam.post("/saved-views", {"name": "x", "filters": {"waiting": wrong}})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "filters.waiting"), wrong


@pytest.mark.parametrize("waiting", ["-1", "1.5", "soon", "", "525601", "9" * 30])
async def test_minutes_that_cannot_be_are_refused(house: House, waiting: str) -> None:
    answer = await house.sam.get("/conversations", waiting=waiting)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "waiting")


async def test_a_cursor_of_other_minutes_is_refused(house: House) -> None:
    for _ in range(2):
        await waits(house, await house.conversation(), 60)
    cursor = (await house.sam.get("/conversations", waiting=30, limit=1)).json()["next_cursor"]
    assert (await house.sam.get("/conversations", waiting=31, cursor=cursor)).status_code == 422
    assert (await house.sam.get("/conversations", cursor=cursor)).status_code == 422
    rita = await house.person("Rita", scopes=["contacts:read"])
    assert (await rita.get("/conversations", waiting=30)).status_code == 403


WALKS = (
    ("unclaimed", "queue", {"waiting"}, "conversations_unclaimed (workspace_id=? AND queue_key"),
    ("unclaimed", "queue", {"waiting", "channel"}, "conversations_unclaimed_channel (workspace_id=? AND channel=? AND"),
    ("all", "waiting", {"waiting"}, "conversations_waiting (workspace_id=? AND waiting_key<?"),
)


@pytest.mark.parametrize(("view", "order", "filters", "walk"), WALKS)
def test_the_walk_ends_where_nobody_waits_that_long(
    sqlite_template: Path, view: str, order: str, filters: set[str], walk: str
) -> None:
    """On SQLite, whose plans do not depend on what the tables hold."""
    statement = page(Combination(view, order, frozenset(filters)))
    sql = SqliteDatabase(sqlite_template).statements.get(statement, {}).sql
    with closing(connect(sqlite_template)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))]
    assert any(walk in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
