"""Claims per second over HTTP, with keys, against what the bare database manages with the same statements."""

import asyncio
import sqlite3
from collections.abc import Mapping

import asyncpg

from bench import people
from bench.denominators import pgbench, raw_loop
from bench.installation import Installation, Store, stores
from bench.load import Job, Tally, generate
from bench.statements import Sent, recorded
from bench.table import Line, at_least, median, ms
from dibs.db.open import database
from dibs.tx import Core

CONNECTIONS = 16
WARM_UP = 2.0
# More than any database here can claim in a second.
MOST_PER_SECOND = 5_000
BARS: Mapping[str, tuple[float, float]] = {"SQLite": (0.60, 1.0), "PostgreSQL": (0.35, 0.60)}
_TOTALS = """
    SELECT (SELECT count(*) FROM conversations WHERE assignee_id IS NOT NULL),
           (SELECT count(*) FROM claims WHERE ended_at IS NULL),
           (SELECT count(*) FROM audit_rows WHERE action = 'conversation.claimed'),
           (SELECT count(*) FROM events WHERE kind = 'conversation.claimed'),
           (SELECT sum(event_seq) FROM counters)
"""


async def main(argv: list[str]) -> list[Line]:
    """Measures both databases; `--quick` once and briefly, else the median of three pairs."""
    with stores() as both:
        return [line for store in both for line in await measure(store, quick="--quick" in argv)]


async def measure(store: Store, *, quick: bool) -> list[Line]:
    """The lines of one database. Each pair has a fresh copy for the product and one for the bare database."""
    seconds, pairs = (4, 1) if quick else (10, 3)
    count = int((seconds + WARM_UP) * MOST_PER_SECOND)
    filled = store.new()
    filled.dibs("migrate")
    core = Core(database(filled.settings))
    await core.database.open()
    await people.fill(core, count)
    sent = await recorded(core, 0)
    await core.database.close()
    rates, bases, ratios, tallies = [], [], [], []
    for _ in range(pairs):
        tally = await product(store.new(like=filled), seconds, count)
        base = await bare(store.new(like=filled), sent, seconds, count)
        tallies.append(tally)
        rates.append(tally.rate)
        bases.append(base)
        ratios.append(tally.rate / base)
    store.remove(filled)
    return _lines(store, rates, bases, ratios, tallies)


def _lines(
    store: Store, rates: list[float], bases: list[float], ratios: list[float], tallies: list[Tally]
) -> list[Line]:
    (bar, aim), ratio = BARS[store.name], median(ratios)
    beside = "pgbench" if store.postgres else "sqlite3"
    spread = f" ({min(ratios):.2f} to {max(ratios):.2f})" if len(ratios) > 1 else ""
    p50, p99 = median([each.p50 for each in tallies]), median([each.p99 for each in tallies])
    return [
        Line(
            f"claims over HTTP, {CONNECTIONS} connections, {store.name}",
            f"{median(rates):.0f}/s",
            f"{beside} {median(bases):.0f}/s",
            f"{ratio:.2f}{spread}",
            f">= {bar:.2f}",
            f"{aim:.2f}",
            at_least(ratio, bar, aim),
        ),
        Line(f"  time to an answer, p50 · p99, {store.name}", f"{ms(p50)} · {ms(p99)}"),
    ]


async def product(installation: Installation, seconds: float, count: int) -> Tally:
    """Claims by HTTP, then checks that every one of them is there, with its spell, audit row and event."""
    requests = [
        ("POST", f"/v1/conversations/{people.id_of('conv', n)}/claim", people.key_of(people.agent_of(n)))
        for n in range(count)
    ]
    with installation.serve() as server:
        tally = await generate(Job(server.port, CONNECTIONS, WARM_UP, seconds, requests))
    if set(tally.statuses) != {"200"}:
        raise RuntimeError(f"claims were refused: {tally.statuses}")
    totals = await _totals(installation)
    if set(totals) != {tally.statuses["200"]}:
        raise RuntimeError(f"{tally.statuses} but conversations, spells, audit rows, events, counters: {totals}")
    installation.store.remove(installation)
    return tally


async def bare(installation: Installation, sent: list[Sent], seconds: int, count: int) -> float:
    """Claims per second by the same statements alone."""
    if installation.store.postgres is not None:
        rate = await asyncio.to_thread(pgbench, installation, sent, clients=CONNECTIONS, seconds=seconds)
    else:
        path = installation.folder / "dibs.db"
        rate = await asyncio.to_thread(raw_loop, path, sent, seconds=seconds, count=count)
    totals = await _totals(installation)
    if len(set(totals)) != 1:
        raise RuntimeError(f"the bare claims do not add up: {totals}")
    installation.store.remove(installation)
    return rate


async def _totals(installation: Installation) -> list[int]:
    if installation.store.postgres is None:
        connection = sqlite3.connect(installation.folder / "dibs.db")
        try:
            return list(connection.execute(_TOTALS).fetchone())
        finally:
            connection.close()
    pg = await asyncpg.connect(installation.url)
    try:
        return [int(value) for value in (await pg.fetch(_TOTALS))[0]]
    finally:
        await pg.close()
