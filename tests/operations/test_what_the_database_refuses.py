"""Rules that no statement may break, not even one of ours: the database refuses."""

import re
from typing import Any

import pytest
from sqlalchemy import TextClause, text

from dibs.seeding.scratch import remove
from tests.support.house import House


def _inlined(sql: str, **values: Any) -> TextClause:
    """Raw SQL with its values written into it: these statements are not the product's."""

    def literal(found: "re.Match[str]") -> str:
        value = values[found[1]]
        return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)

    return text(re.sub(r":(\w+)", literal, sql))


async def run(house: House, sql: str, **values: Any) -> None:
    async with house.core.database.transaction() as opened:
        await opened.run(_inlined(sql, ws=house.workspace_id, **values))


async def spell(house: House, conversation_id: str, epoch: int, started_at: int, ended_at: int | None) -> None:
    ended_as = None if ended_at is None else "released"
    await run(
        house,
        "INSERT INTO claims (workspace_id, id, conversation_id, agent_id, epoch, via, started_at, ended_at, ended_as)"
        " VALUES (:ws, :id, :conversation, :agent, :epoch, 'ui', :started_at, :ended_at, :ended_as)",
        id=f"clm_{epoch:026}",
        conversation=conversation_id,
        agent=house.sam.id,
        epoch=epoch,
        started_at=started_at,
        ended_at=ended_at,
        ended_as=ended_as,
    )


async def test_spells_of_one_conversation_may_touch(house: House) -> None:
    conversation = await house.conversation()
    await spell(house, conversation["id"], 11, 1_000, 2_000)
    await spell(house, conversation["id"], 12, 2_000, 3_000)
    await spell(house, conversation["id"], 10, 500, 1_000)


@pytest.mark.parametrize(
    ("started_at", "ended_at"),
    [(1_500, 1_600), (500, 1_001), (1_999, 2_500), (500, 2_500), (1_500, None), (500, None)],
)
async def test_a_spell_that_overlaps_another_cannot_be_inserted(
    house: House, started_at: int, ended_at: int | None
) -> None:
    conversation = await house.conversation()
    await spell(house, conversation["id"], 11, 1_000, 2_000)
    with pytest.raises(Exception, match="claims_never_overlap"):
        await spell(house, conversation["id"], 12, started_at, ended_at)


async def test_a_spell_cannot_be_moved_over_another(house: House) -> None:
    conversation = await house.conversation()
    await spell(house, conversation["id"], 11, 1_000, 2_000)
    await spell(house, conversation["id"], 12, 2_000, 3_000)
    with pytest.raises(Exception, match="claims_never_overlap"):
        await run(house, "UPDATE claims SET started_at = 1999 WHERE workspace_id = :ws AND epoch = 12")
    with pytest.raises(Exception, match="claims_never_overlap"):
        await run(house, "UPDATE claims SET ended_at = NULL, ended_as = NULL WHERE workspace_id = :ws AND epoch = 11")


async def test_spells_of_different_conversations_may_overlap(house: House) -> None:
    first, second = await house.conversation(), await house.conversation()
    await spell(house, first["id"], 11, 1_000, 2_000)
    await spell(house, second["id"], 12, 1_000, 2_000)


async def test_an_audit_row_cannot_be_changed(house: House) -> None:
    with pytest.raises(Exception, match="audit_rows_never_change"):
        await run(house, "UPDATE audit_rows SET reason = 'nothing to see' WHERE workspace_id = :ws")


async def test_an_audit_row_cannot_be_deleted_before_it_is_purged(house: House) -> None:
    with pytest.raises(Exception, match="audit_rows_are_kept"):
        await run(house, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq = 1")


async def test_only_the_purged_beginning_of_the_audit_can_be_deleted(house: House) -> None:
    await run(house, "UPDATE counters SET audit_purged_seq = 2 WHERE workspace_id = :ws")
    await run(house, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq <= 2")
    with pytest.raises(Exception, match="audit_rows_are_kept"):
        await run(house, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq = 3")


async def test_a_scratch_workspace_is_removed_without_a_trace(house: House, neighbour: House) -> None:
    claimed = await house.claimed_by(house.sam)
    await house.write(claimed["id"])
    await remove(house.core.database, house.workspace_id)
    for table in ("audit_rows", "events", "claims", "messages", "conversations", "agents", "api_keys", "counters"):
        assert await house.rows(f"SELECT 1 AS one FROM {table} WHERE workspace_id = :ws") == [], table
    assert await house.rows("SELECT 1 AS one FROM workspaces WHERE id = :ws") == []
    assert (await neighbour.sam.get("/me")).status_code == 200
