"""dibs doctor."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Annotated

import typer
from sqlalchemy import func, literal_column, select

from dibs import clock
from dibs.commands.console import AsJson, DatabaseUrl, run, settings, show
from dibs.db.open import database
from dibs.errors import Refusal
from dibs.migrations.versioning import HEAD, found_version
from dibs.seeding.race import Report, race
from dibs.settings import Settings
from dibs.tx import Core

LEAST_FREE_BYTES = 512 * 1024 * 1024
MOST_SKEW = 5 * clock.SECOND
# A clock before this was never set.
EARLIEST = 1_767_225_600_000

Agents = Annotated[int, typer.Option("--agents", min=2, max=100, help="Agents who race.")]
Rounds = Annotated[int, typer.Option("--rounds", min=1, max=10_000, help="Conversations they race for.")]
# What was looked at, what was found, and whether that is good.
Finding = tuple[str, str, bool]


def doctor(
    *, agents: Agents = 10, rounds: Rounds = 50, as_json: AsJson = False, database_url: DatabaseUrl = None
) -> None:
    """Check this installation, and let it race itself; exits 1 when something is wrong."""
    found = settings(database_url=database_url)
    findings = list(_surroundings(found))

    async def work() -> Report | None:
        core = Core(database(found))
        try:
            await core.database.open()
            findings.append(("database", "reachable", True))
            version = await found_version(core.database)
            findings.append(("migrations", f"at {version}, needs {HEAD}", version == HEAD))
            findings.append(await _clocks(core))
            return await race(core, agents=agents, rounds=rounds) if version == HEAD else None
        except Refusal as refusal:
            findings.append(("database", refusal.detail, False))
            return None
        finally:
            await core.database.close()

    report = run(work())
    findings.append(("channels", "none connected; the API channel needs nothing", True))
    if report is not None:
        findings.append(("race", _told(report), report.lost_updates == 0))
    ok = all(good for _, _, good in findings)
    document = {
        "ok": ok,
        "checks": [{"name": name, "found": text, "ok": good} for name, text, good in findings],
        "race": report,
    }
    show(document, [f"{'ok ' if good else 'BAD'}  {name:13} {text}" for name, text, good in findings], as_json=as_json)
    if not ok:
        raise typer.Exit(1)


def _surroundings(found: Settings) -> Iterator[Finding]:
    kind = "SQLite" if found.is_sqlite else "PostgreSQL"
    yield "configuration", f"{kind}, {found.workers} worker(s)", not (found.is_sqlite and found.workers > 1)
    try:
        found.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=found.data_dir) as probe:
            probe.write(b"dibs")
            os.fsync(probe.fileno())
        free = shutil.disk_usage(found.data_dir).free
        yield "data directory", f"{found.data_dir} writable, {free / 1e9:.1f} GB free", free > LEAST_FREE_BYTES
    except OSError as error:
        yield "data directory", f"{found.data_dir} cannot be written: {error.strerror}", False


async def _clocks(core: Core) -> Finding:
    now = clock.now()
    if now < EARLIEST:
        return "clock", f"says {clock.iso(now)}, which is past", False
    if core.database.dialect.name != "postgresql":
        return "clock", clock.iso(now), True
    rows = await core.database.run(
        select((func.extract("epoch", func.clock_timestamp()) * literal_column("1000")).label("at"))
    )
    skew = abs(int(rows[0].at) - clock.now())
    return "clock", f"{clock.iso(now)}, {skew} ms from the database's", skew < MOST_SKEW


def _told(report: Report) -> str:
    return (
        f"{report.agents} agents, {report.rounds} conversations: claim p50 {report.claim_p50:.1f} ms,"
        f" p99 {report.claim_p99:.1f} ms, events p95 {report.events_p95:.0f} ms, lost updates {report.lost_updates}"
    )
