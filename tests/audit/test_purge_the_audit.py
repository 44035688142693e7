import asyncio

import pytest

from dibs import clock
from dibs.audit import retention
from dibs.audit.retention import purge
from dibs.audit.verification import check, verify
from dibs.tx import Core
from tests.audit.chains import age, rows, tamper, workspace, write

OLD = 6


@pytest.fixture
async def ws(bare_core: Core) -> str:
    """A workspace with a dozen audit rows, six of them 400 days old."""
    made = await workspace(bare_core)
    await write(bare_core, made, 12)
    await age(bare_core, made, days=400, through=OLD)
    return made


async def actions(core: Core, workspace_id: str) -> list[str]:
    return [row.action for row in await rows(core, workspace_id)]


async def test_rows_older_than_the_retention_go_and_the_rest_verifies(bare_core: Core, ws: str) -> None:
    before = len(await rows(bare_core, ws))
    assert await purge(bare_core, clock.now()) == OLD
    left = await rows(bare_core, ws)
    assert left[0].seq == OLD + 1
    assert await check(bare_core.database, ws) == (before - OLD + 1, None)


async def test_the_purge_is_audited(bare_core: Core, ws: str) -> None:
    await purge(bare_core, clock.now())
    assert (await actions(bare_core, ws))[-1] == "audit.purged"


async def test_a_second_purge_finds_nothing_and_writes_nothing(bare_core: Core, ws: str) -> None:
    await purge(bare_core, clock.now())
    left = await rows(bare_core, ws)
    assert await purge(bare_core, clock.now()) == 0
    assert await rows(bare_core, ws) == left


async def test_many_batches_verify(bare_core: Core, ws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 4)
    assert await purge(bare_core, clock.now()) == OLD
    assert (await actions(bare_core, ws)).count("audit.purged") == 2
    assert await verify(bare_core.database, ws) is None


async def test_everything_old_goes_and_new_rows_follow_on(bare_core: Core, ws: str) -> None:
    before = len(await rows(bare_core, ws))
    assert await purge(bare_core, clock.now() + 500 * clock.DAY) == before
    await write(bare_core, ws, 3)
    assert await check(bare_core.database, ws) == (4, None)


async def test_a_workspace_keeps_its_rows_as_long_as_it_says(bare_core: Core, ws: str) -> None:
    longer = "UPDATE workspaces SET settings = :settings WHERE id = :ws"
    await tamper(bare_core, longer, settings='{"audit_retention_days":500}', ws=ws)
    assert await purge(bare_core, clock.now()) == 0


async def test_an_old_row_behind_a_newer_one_stays(bare_core: Core, ws: str) -> None:
    other = await workspace(bare_core, "Neighbour")
    await write(bare_core, other, 3)
    assert await purge(bare_core, clock.now()) == OLD
    assert await verify(bare_core.database, other) is None
    assert "audit.purged" not in await actions(bare_core, other)


async def test_a_row_deleted_after_the_purge_is_found(bare_core: Core, ws: str) -> None:
    await purge(bare_core, clock.now())
    first = (await rows(bare_core, ws))[0]
    await tamper(bare_core, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq = :seq", ws=ws, seq=first.seq)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == first.seq


async def test_a_purged_row_that_comes_back_is_found(bare_core: Core, ws: str) -> None:
    await purge(bare_core, clock.now())
    copy = (
        "INSERT INTO audit_rows SELECT workspace_id, 3 AS seq, 'aud_1', at, actor, actor_id, action, target,"
        " conversation_id, before, after, reason, ip, request_id, hash FROM audit_rows"
        " WHERE workspace_id = :ws AND seq = 8"
    )
    await tamper(bare_core, copy, ws=ws)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == 3


async def test_rows_that_were_tampered_with_are_not_purged(bare_core: Core, ws: str) -> None:
    await tamper(bare_core, "UPDATE audit_rows SET reason = 'x' WHERE workspace_id = :ws AND seq = 3", ws=ws)
    assert await purge(bare_core, clock.now()) == 0
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == 3


async def test_two_purges_at_once_delete_every_row_once(bare_core: Core, ws: str) -> None:
    gone = await asyncio.gather(*(purge(bare_core, clock.now()) for _ in range(4)))
    assert sum(gone) == OLD
    assert await verify(bare_core.database, ws) is None


async def test_changes_during_a_purge_verify(bare_core: Core, ws: str) -> None:
    await asyncio.gather(purge(bare_core, clock.now()), *(write(bare_core, ws, 5) for _ in range(4)))
    assert await verify(bare_core.database, ws) is None
