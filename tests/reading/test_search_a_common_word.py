"""GET /v1/search on PostgreSQL for words that many messages have: what is read does not grow with their number."""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from dibs import clock
from dibs.contacts import terms
from dibs.conversations import search
from dibs.db.postgres import PostgresDatabase
from tests.support.house import House

pytestmark = pytest.mark.parametrize("backend", ["postgres"])
MANY = 6_000
_ADD = """
    INSERT INTO messages (workspace_id, id, conversation_id, seq, kind, text, author_type, author_name, via, channel,
                          contact_id, epoch, attachments, delivery, created_at)
    SELECT $1, 'msg_' || lpad(n::text, 26, '0'), $2, 10 + n, 'customer', $4 || n, 'contact', 'Cy', 'api', 'api',
           $3, 0, '[]', 'delivered', n
      FROM generate_series($5::int, $6::int) AS n
"""


async def say(house: House, text: str, first: int, last: int) -> None:
    """Messages number `first` to `last` with this text and their number; a higher number is newer."""
    rows = await house.rows("SELECT id, contact_id FROM conversations WHERE workspace_id = :ws ORDER BY id")
    assert isinstance(house.core.database, PostgresDatabase)
    pg = await asyncpg.connect(house.core.database.url)
    await pg.execute(_ADD, house.workspace_id, rows[0].id, rows[0].contact_id, text, first, last)
    await pg.execute("ANALYZE messages")
    await pg.close()


async def plan(house: House, words: str) -> list[dict[str, Any]]:
    """The steps of a search that touch messages, as they were executed."""
    assert isinstance(house.core.database, PostgresDatabase)
    query = terms.query(words, house.workspace_id, house.core.database.dialect)
    params = {"ws": house.workspace_id, "q": query, "top": clock.now(), "most": 51, "rank": -(2**62)}
    compiled = house.core.database._statements.get(search._RANKED["postgresql"], params)
    pg = await asyncpg.connect(house.core.database.url)
    # A table as small as this is read whole sooner than by its index.
    await pg.execute("SET enable_seqscan = off")
    arguments = compiled.bind(params | {"newness": -(2**62), "id": ""})
    (row,) = await pg.fetch(f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled.sql}", *arguments)
    await pg.close()
    return [step for step in steps(json.loads(row[0])[0]["Plan"]) if step["Actual Loops"]]


def steps(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("Relation Name") == "messages" or node.get("Index Name") == "messages_search":
        yield node
    for below in node.get("Plans", ()):
        yield from steps(below)


def read(executed: list[dict[str, Any]]) -> int:
    """How many rows of messages were looked at, thrown away ones too."""
    seen = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows: float = sum(step["Actual Loops"] * sum(step.get(name, 0) for name in seen) for step in executed)
    return round(rows)


def asked_the_index(executed: list[dict[str, Any]]) -> bool:
    return any(step.get("Index Name") == "messages_search" for step in executed)


async def found(house: House, q: str) -> list[str]:
    """The ids of all matches, over all pages."""
    ids: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await house.sam.get("/search", q=q, limit=100, **cursor)).json()
        ids += [row["message_id"] for row in page["data"]]
        if page["next_cursor"] is None:
            return ids
        cursor = {"cursor": page["next_cursor"]}


def numbered(first: int, last: int) -> set[str]:
    return {f"msg_{number:026d}" for number in range(first, last + 1)}


async def test_of_a_word_that_every_message_has_only_the_newest_are_read(house: House) -> None:
    await house.conversation("Hello")
    await say(house, "my order ", 1, MANY)
    executed = await plan(house, "order")
    assert not asked_the_index(executed)
    # What is looked at, then what is fetched by its id; the executor looks one row further than a limit.
    assert read(executed) <= search.SAMPLE + 2 * search.RANKED + 10
    assert set(await found(house, "order")) == numbered(MANY - search.RANKED + 1, MANY)


async def test_of_a_rare_word_the_index_finds_all(house: House) -> None:
    await house.conversation("Hello")
    await say(house, "my order ", 1, MANY)
    await say(house, "my parcel ", MANY + 1, MANY + 3)
    executed = await plan(house, "parcel")
    assert asked_the_index(executed)
    assert read(executed) <= search.SAMPLE + 10
    assert set(await found(house, "parcel")) == numbered(MANY + 1, MANY + 3)


async def test_a_word_that_is_common_lately_only_is_found_among_the_old_ones_too(house: House) -> None:
    await house.conversation("Hello")
    await say(house, "my parcel ", 1, 30)
    await say(house, "my order ", 31, 2_000)
    await say(house, "my parcel ", 2_001, 2_000 + search.COMMON)
    assert set(await found(house, "parcel")) == numbered(1, 30) | numbered(2_001, 2_000 + search.COMMON)


async def test_a_word_that_nobody_says_is_not_found_after_a_sample(house: House) -> None:
    await house.conversation("Hello")
    await say(house, "my order ", 1, MANY)
    assert read(await plan(house, "parcel")) <= search.SAMPLE
    assert await found(house, "parcel") == []


async def test_lists_narrowed_by_a_common_word_take_the_newest(house: House) -> None:
    made = await house.conversation("Hello")
    await say(house, "my order ", 1, MANY)
    rows = (await house.sam.get("/conversations", view="any", q="order")).json()["data"]
    assert [row["id"] for row in rows] == [made["id"]]
