import asyncio

import pytest
from sqlalchemy import select

from dibs import clock
from dibs.accounts import provision
from dibs.actor import Actor
from dibs.analytics import refusals as module
from dibs.analytics.refusals import KEPT, Refusals, purge_refusals
from dibs.analytics.tables import claim_refusals
from dibs.conversations.refusals import AlreadyClaimed, NotClaimed
from dibs.db.compiled import Row
from dibs.errors import Unavailable
from dibs.tx import Core

CONVERSATION = "conv_" + "0" * 26


@pytest.fixture
async def sam(bare_core: Core) -> Actor:
    made = await provision.create_workspace(
        bare_core, "House", "olga@dibs.example", owner_name="Olga", password="correct horse battery"
    )
    return Actor(type="agent", workspace_id=made.workspace_id, id=made.owner.id, name="Sam", role="agent")


async def stored(core: Core) -> list[Row]:
    return await core.database.run(select(claim_refusals).order_by(claim_refusals.c.id))


async def test_a_refusal_is_stored_by_itself_a_moment_later(bare_core: Core, sam: Actor) -> None:
    kept = Refusals(bare_core)
    before = clock.now()
    kept.record(sam, CONVERSATION, "already_claimed", 1_500)
    assert await stored(bare_core) == []
    assert kept._task is not None
    await kept._task
    (row,) = await stored(bare_core)
    assert (row.workspace_id, row.agent_id, row.conversation_id) == (sam.workspace_id, sam.id, CONVERSATION)
    assert (row.code, row.lead_ms) == ("already_claimed", 1_500)
    assert before <= row.at <= clock.now()


async def test_a_hundred_do_not_wait(bare_core: Core, sam: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FLUSH_SECONDS", 60)
    kept = Refusals(bare_core)
    for _ in range(100):
        kept.record(sam, CONVERSATION, "claim_limit_reached", None)
    assert kept._task is not None
    await kept._task
    assert len(await stored(bare_core)) == 100


async def test_closing_stores_what_is_left(bare_core: Core, sam: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FLUSH_SECONDS", 60)
    kept = Refusals(bare_core)
    kept.record(sam, CONVERSATION, "unseen_messages", None)
    await asyncio.wait_for(kept.close(), 10)
    assert len(await stored(bare_core)) == 1


async def test_closing_with_nothing_to_store_ends_at_once(bare_core: Core) -> None:
    await asyncio.wait_for(Refusals(bare_core).close(), 10)


async def test_what_is_not_counted_and_who_is_no_agent_is_left_out(bare_core: Core, sam: Actor) -> None:
    kept = Refusals(bare_core)
    kept.record(sam, CONVERSATION, "conversation_closed", None)
    kept.record(Actor(type="bot", workspace_id=sam.workspace_id), CONVERSATION, "already_claimed", 1)
    kept.refused(sam, CONVERSATION, NotClaimed("Nobody holds it.", assignee=None))
    assert kept._task is None
    assert await stored(bare_core) == []


async def test_the_lead_is_read_from_the_refusal_and_never_negative(bare_core: Core, sam: Actor) -> None:
    kept = Refusals(bare_core)
    for ahead in (-2_000, 5_000):
        claimed_at = clock.iso(clock.now() + ahead)
        kept.refused(sam, CONVERSATION, AlreadyClaimed("Kim holds it.", claimed_at=claimed_at))
    await kept.flush()
    none, some = sorted(row.lead_ms for row in await stored(bare_core))
    assert none == 0
    assert 2_000 <= some < 60_000


async def test_several_workspaces_are_stored_apart(bare_core: Core, sam: Actor) -> None:
    made = await provision.create_workspace(
        bare_core, "Neighbour", "nora@dibs.example", owner_name="Nora", password="correct horse battery"
    )
    nora = Actor(type="agent", workspace_id=made.workspace_id, id=made.owner.id, role="agent")
    kept = Refusals(bare_core)
    for actor in (sam, nora, sam):
        kept.record(actor, CONVERSATION, "pool_restricted", None)
    await kept.flush()
    assert sorted(row.workspace_id for row in await stored(bare_core)) == sorted(
        [sam.workspace_id, sam.workspace_id, made.workspace_id]
    )


async def test_a_database_that_is_away_loses_nothing(
    bare_core: Core, sam: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Refusals(bare_core)

    def away(*_: object) -> None:
        raise Unavailable("The database cannot be reached.")

    kept.record(sam, CONVERSATION, "already_claimed", 1)
    with monkeypatch.context() as patched:
        patched.setattr(module, "transaction", away)
        with pytest.raises(Unavailable):
            await kept.flush()
    await kept.close()
    assert len(await stored(bare_core)) == 1


async def test_refusals_go_after_400_days(bare_core: Core, sam: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Refusals(bare_core)
    for _ in range(3):
        kept.record(sam, CONVERSATION, "already_claimed", 1)
    await kept.flush()
    monkeypatch.setattr(module, "PURGE_BATCH", 2)
    assert await purge_refusals(bare_core, clock.now() + KEPT - clock.HOUR) == 0
    assert await purge_refusals(bare_core, clock.now() + KEPT + clock.HOUR) == 3
    assert await stored(bare_core) == []
