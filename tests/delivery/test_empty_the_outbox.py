"""The outbox, entry by entry: order, leases, patience, and a dead target that delays nobody else."""

import asyncio

import pytest

from dibs import clock
from dibs.delivery import outbox, worker
from dibs.tasks import spawn
from dibs.tx import Core
from tests.ownership.checks import Time
from tests.support.outbox import Post, post_of


@pytest.fixture
async def post(bare_core: Core) -> Post:
    return await post_of(bare_core)


async def test_a_lane_is_emptied_in_order(post: Post) -> None:
    for seq in (2, 1, 3):
        await post.put(seq)
    assert [await post.round() for _ in range(4)] == [[1], [2], [3], []]
    assert post.done == [1, 2, 3]


async def test_lanes_do_not_wait_for_each_other(post: Post) -> None:
    await post.put(1, lane="conv_a")
    await post.put(1, lane="conv_b")
    assert await post.round() == [1, 1]


async def test_what_failed_once_holds_its_lane_until_it_is_tried_again(post: Post, time: Time) -> None:
    await post.put(1)
    await post.put(2)
    post.trouble["chn_a"] = ConnectionResetError("gone")
    assert await post.round() == [1]
    assert await post.round() == []
    post.trouble.clear()
    time.passes(seconds=outbox.BACK_OFF[0] // 1_000)
    assert [await post.round(), await post.round()] == [[1], [2]]
    assert post.done == [1, 2]


async def test_pauses_grow(post: Post, time: Time) -> None:
    await post.put(1)
    post.trouble["chn_a"] = worker.Later("busy")
    waited = []
    for _ in range(4):
        assert await post.round() == [1]
        before = clock.now()
        while not await _due(post):
            time.passes(seconds=1)
        waited.append(round((clock.now() - before) / 1_000))
    assert waited == sorted(waited)
    assert waited[-1] >= 100


async def _due(post: Post) -> bool:
    now = clock.now()
    return bool(await post.core.database.run(outbox._DUE, {"now": now, "most": 1, "busy": []}))


async def test_the_other_side_says_how_long_to_wait(post: Post, time: Time) -> None:
    await post.put(1)
    post.trouble["chn_a"] = worker.Later("slow down", 90)
    await post.round()
    time.passes(seconds=89)
    assert await post.round() == []
    time.passes(seconds=2)
    assert await post.round() == [1]


async def test_what_the_other_side_will_never_take_fails_at_once_and_lets_the_next_pass(post: Post) -> None:
    await post.put(1)
    await post.put(2)
    post.trouble["chn_a"] = worker.Refused("unknown_number", "nobody has this number")
    assert [await post.round(), await post.round(), await post.round()] == [[1], [2], []]
    assert post.failed == {1: "unknown_number", 2: "unknown_number"}


async def test_after_a_day_it_is_given_up(post: Post, time: Time) -> None:
    await post.put(1)
    post.trouble["chn_a"] = worker.Later("down")
    await post.round()
    time.passes(minutes=24 * 60)
    await post.round()
    assert post.failed == {1: "gave_up"}
    assert await post.round() == []


async def test_two_workers_do_not_take_the_same(post: Post) -> None:
    for seq in range(20):
        await post.put(seq, lane=f"conv_{seq}")
    halves = await asyncio.gather(*(outbox.take(post.core.database, most=20) for _ in range(4)))
    taken = [entry.seq for half in halves for entry in half]
    assert sorted(taken) == list(range(20))


async def test_a_lease_that_ran_out_lets_another_have_it_and_its_first_holder_settles_nothing(
    post: Post, time: Time
) -> None:
    await post.put(1)
    (first,) = await outbox.take(post.core.database, most=1)
    assert await outbox.take(post.core.database, most=1) == []
    time.passes(seconds=outbox.LEASE // 1_000 + 1)
    (second,) = await outbox.take(post.core.database, most=1)
    assert second.id == first.id and second.attempts == 2
    await worker.hand_over(post.core, post.deliverer, first)
    assert post.done == []
    await worker.hand_over(post.core, post.deliverer, second)
    assert post.done == [1]


async def test_a_target_that_never_answers_delays_no_other(post: Post) -> None:
    dead = asyncio.Event()
    post.trouble["chn_dead"] = dead
    for seq in range(20):
        await post.put(seq, target="chn_dead", lane=f"dead_{seq}")
    for seq in range(100, 130):
        await post.put(seq, target="chn_well", lane=f"well_{seq}")
    working = worker.Worker(post.core, {"test": post.deliverer})
    task = spawn(working.run(0.01), "test-worker")
    await post.until(post.done, 30)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert sorted(post.done) == list(range(100, 130))
    assert len([seq for seq in post.sent if seq < 100]) == worker.PER_TARGET


async def test_without_a_cap_the_dead_target_would_have_taken_every_place(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control for the test above: the same dead target, and a worker that gives one target all it asks for."""
    monkeypatch.setattr(worker, "PER_TARGET", worker.AT_ONCE)
    post.trouble["chn_dead"] = asyncio.Event()
    for seq in range(2 * worker.AT_ONCE):
        await post.put(seq, target="chn_dead", lane=f"dead_{seq}")
    await post.put(1_000, target="chn_well", lane="well")
    working = worker.Worker(post.core, {"test": post.deliverer})
    task = spawn(working.run(0.01), "test-worker")
    await post.until(post.sent, worker.AT_ONCE)
    assert await working.take_more() == 0
    assert post.done == []
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print("caught: without the cap nothing else left")
