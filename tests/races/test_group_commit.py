"""The SQLite writer: many transactions share one COMMIT, and each is told the truth about itself."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, func, insert, select

from dibs.db.sqlite import SqliteDatabase, connect
from dibs.errors import Unavailable
from tests.races.conftest import Tell
from tests.races.counts import count

marks = Table("marks", MetaData(), Column("n", Integer, primary_key=True), Column("of", Integer, nullable=False))
PUT = insert(marks).values(n=bindparam("n"), of=bindparam("of"))
COUNT = select(func.count().label("n"))
ALL = select(marks.c.of, func.count().label("n")).group_by(marks.c.of)


class Oops(Exception):
    """A bug in a verb."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """An open database with one table."""
    with closing(connect(tmp_path / "marks.db")) as connection:
        connection.execute("CREATE TABLE marks (n INTEGER PRIMARY KEY, of INTEGER NOT NULL)")
    database = SqliteDatabase(tmp_path / "marks.db")
    await database.open()
    yield database
    await database.close()


async def put(store: SqliteDatabase, of: int, *, then: BaseException | None = None, pauses: int = 0) -> None:
    """One transaction of two rows, that many turns of the loop apart."""
    async with store.transaction() as tx:
        await tx.run(PUT, {"n": 2 * of, "of": of})
        for _ in range(pauses):
            await asyncio.sleep(0)
        await tx.run(PUT, {"n": 2 * of + 1, "of": of})
        if then is not None:
            raise then


async def stored(store: SqliteDatabase) -> Counter[int]:
    """What another connection sees."""
    with closing(connect(store.path)) as connection:
        return Counter(dict(connection.execute("SELECT of, count(*) FROM marks GROUP BY of").fetchall()))


async def test_cancelled_and_failing_transactions_leave_nothing_and_successes_stay(
    store: SqliteDatabase, dice: random.Random, tell: Tell
) -> None:
    number = count(4_000, least=400)
    kinds = dice.choices(["cancel", "raise", "succeed"], [1 / 3, 1 / 5, 7 / 15], k=number)
    outcomes: dict[int, str] = {}

    async def one(of: int, kind: str) -> None:
        try:
            await put(store, of, then=Oops() if kind == "raise" else None, pauses=dice.randrange(4))
            outcomes[of] = "success"
        except Oops:
            outcomes[of] = "raised"
        except asyncio.CancelledError:
            outcomes[of] = "cancelled"

    async def cut(task: asyncio.Task[None]) -> None:
        for _ in range(dice.randrange(60)):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    for first in range(0, number, 40):
        batch = [
            (of, kinds[of], asyncio.create_task(one(of, kinds[of]))) for of in range(first, min(first + 40, number))
        ]
        await asyncio.wait_for(asyncio.gather(*(cut(t) if kind == "cancel" else t for _, kind, t in batch)), 30)
    found = await stored(store)
    assert set(found.values()) == {2}, "a transaction was torn"
    late = [of for of in found if outcomes.get(of) == "cancelled"]
    assert {of for of, outcome in outcomes.items() if outcome == "success"} == set(found) - set(late)
    assert not store._lock.locked() and not store._batch
    told = Counter(outcomes.values())
    assert min(told[kind] for kind in ("success", "raised", "cancelled")) > number // 20, told
    tell(f"{number} transactions: {dict(told)}, {len(late)} of the cancelled were stored whole")


@pytest.mark.parametrize("swallowed", [True, False])
async def test_a_batch_that_sqlite_rolls_back_tells_everybody_in_it_no(
    store: SqliteDatabase, *, swallowed: bool
) -> None:
    async def poison() -> None:
        async with store.transaction() as tx:
            # As after a full disk: SQLite has thrown away everything since BEGIN.
            tx._writer.execute("ROLLBACK")
            if not swallowed:
                raise sqlite3.OperationalError("disk full")

    work = [put(store, of) for of in range(4)] + [poison()] + [put(store, of) for of in range(4, 8)]
    results = await asyncio.gather(*work, return_exceptions=True)
    assert all(isinstance(result, Unavailable) for result in results[:4]), results
    assert isinstance(results[4], Exception)
    assert results[5:] == [None] * 4
    assert set(await stored(store)) == {4, 5, 6, 7}
    await put(store, 9)
    assert (await stored(store))[9] == 2


async def test_a_commit_that_fails_tells_everybody_in_it_no(store: SqliteDatabase) -> None:
    writer = store._writer
    assert writer is not None
    writer.execute("CREATE TABLE owes (n INTEGER REFERENCES marks (n) DEFERRABLE INITIALLY DEFERRED)")

    async def owing() -> None:
        async with store.transaction() as tx:
            tx._writer.execute("INSERT INTO owes VALUES (999)")

    results = await asyncio.gather(put(store, 0), owing(), put(store, 1), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable] * 3
    assert not await stored(store)
    await put(store, 2)
    assert set(await stored(store)) == {2}


async def test_a_refusal_never_overtakes_the_commit_it_rests_on(store: SqliteDatabase) -> None:
    order: list[str] = []

    async def refused(of: int) -> None:
        with pytest.raises(Oops) as why:
            async with store.transaction() as tx:
                raise Oops((await tx.run(COUNT.where(marks.c.of == of)))[0].n)
        (seen,) = why.value.args
        # The neighbour's rows were seen, so they are on disk by now, for everybody.
        assert seen == 0 or (await stored(store))[of] == 2
        order.append(f"refused {seen}")

    for of in range(50):
        await asyncio.gather(put(store, of), *(refused(of) for _ in range(3)))
    assert order == ["refused 2"] * 150


async def test_no_reader_sees_what_is_not_committed(store: SqliteDatabase) -> None:
    async with store.transaction() as tx:
        await tx.run(PUT, {"n": 1, "of": 1})
        assert (await tx.run(COUNT.select_from(marks)))[0].n == 1
        assert (await store.run(COUNT.select_from(marks)))[0].n == 0
        assert (await store.scan(COUNT.select_from(marks)))[0].n == 0
    assert (await store.run(COUNT.select_from(marks)))[0].n == 1


async def test_closing_commits_what_is_under_way(tmp_path: Path, store: SqliteDatabase) -> None:
    work = [asyncio.create_task(put(store, of, pauses=2)) for of in range(20)]
    await asyncio.sleep(0)
    await store.close()
    results = await asyncio.gather(*work, return_exceptions=True)
    done = {of for of, result in enumerate(results) if result is None}
    assert done == set(await stored(store))
    assert all(result is None or isinstance(result, Unavailable) for result in results)


PROCESS = """
import asyncio, sys
from pathlib import Path
from dibs.db.sqlite import SqliteDatabase
from tests.races.test_group_commit import put

async def main(path, first, many):
    store = SqliteDatabase(Path(path))
    await store.open()
    for start in range(first, first + many, 10):
        await asyncio.gather(*(put(store, of) for of in range(start, start + 10)))
    await store.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


async def test_two_processes_on_one_file_stay_correct(store: SqliteDatabase, python: list[str], tell: Tell) -> None:
    many = count(1_000, least=200)
    runs = [
        await asyncio.create_subprocess_exec(*python, "-c", PROCESS, str(store.path), str(first), str(many))
        for first in (0, many)
    ]
    own = 2 * many
    while any(run.returncode is None for run in runs):
        await put(store, own)
        own += 1
        await asyncio.sleep(0.01)
    assert [run.returncode for run in runs] == [0, 0]
    found = await stored(store)
    assert found == Counter(dict.fromkeys(range(own), 2))
    with closing(connect(store.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tell(f"{own} transactions from three processes, all stored")
