"""Auto-release: with the setting on, a claim whose owner stays away is warned about, then released."""

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, all_seen, at, everything, named, spells, told
from tests.support.house import House


async def test_it_is_off_by_default(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    time.passes(days=3)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["assignee"] == named(house.sam)


async def test_after_two_hours_and_a_warning_the_conversation_is_unclaimed_again(
    house: House, settings: Settings, time: Time
) -> None:
    await house.settings(auto_release_enabled=True)
    mine = await house.claimed_by(house.sam)
    time.passes(minutes=31)
    await sweep(house.core, settings)
    time.passes(minutes=87.5)
    await all_seen(house)
    await sweep(house.core, settings)
    assert await told(house, mine["id"]) == {("Sam", "claim_expiring")}
    time.passes(minutes=1.4)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["assignee"] == named(house.sam)
    await all_seen(house)
    time.passes(minutes=1)
    await sweep(house.core, settings)
    back = await house.read(mine["id"])
    assert (back["assignee"], back["stale"], back["status"], back["bot_paused"]) == (None, False, "open", True)
    assert back["epoch"] == 2
    assert await spells(house, mine["id"]) == [(house.sam.id, "api", "stale")]
    waiting = {(name, "unclaimed_waiting") for name in ("Kim", "Ada", "Olga")}
    assert await told(house, mine["id"]) == waiting | {("Sam", "released")}
    (row,) = (await house.ada.get("/audit", action="conversation.released")).json()["data"]
    assert (row["reason"], row["actor"]["type"], row["before"]["assignee"]) == ("stale", "system", named(house.sam))
    before = await everything(house)
    await sweep(house.core, settings)
    assert await everything(house) == before
    assert (await house.sam.post(at(mine, "claim"))).json()["assignee"] == named(house.sam)


async def test_switching_it_on_begins_with_warnings(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    time.passes(days=1)
    await sweep(house.core, settings)
    await house.settings(auto_release_enabled=True)
    await sweep(house.core, settings)
    assert ("Sam", "claim_expiring") in await told(house, mine["id"])
    time.passes(minutes=1.9)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["assignee"] == named(house.sam)
    time.passes(minutes=0.2)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["assignee"] is None


async def test_work_that_commits_first_wins(house: House, settings: Settings, time: Time) -> None:
    await house.settings(auto_release_enabled=True)
    kept, answered, given = [await house.claimed_by(house.sam) for _ in range(3)]
    own = await house.claimed_by(house.kim)
    time.passes(minutes=119)
    await sweep(house.core, settings)
    await house.ada.post(at(given, "reassign"), {"agent_id": house.olga.id})
    time.passes(minutes=2.5)
    # Keep is a heartbeat; a reply is work as well.
    await house.sam.post("/agents/me/heartbeat")
    assert (await house.sam.post(at(answered, "messages"), {"kind": "reply", "text": "Hi"})).status_code == 201
    await sweep(house.core, settings)
    assert (await house.read(kept["id"]))["assignee"] == named(house.sam)
    assert (await house.read(answered["id"]))["assignee"] == named(house.sam)
    assert (await house.read(given["id"]))["assignee"] == named(house.olga)
    assert (await house.read(own["id"]))["assignee"] is None
    # The old warning counts no more: there is a new one before the release.
    time.passes(minutes=121)
    await sweep(house.core, settings)
    assert (await house.read(kept["id"]))["assignee"] == named(house.sam)
    time.passes(minutes=2.1)
    await sweep(house.core, settings)
    assert (await house.read(kept["id"]))["assignee"] is None


async def test_a_snoozed_claim_is_kept(house: House, settings: Settings, time: Time) -> None:
    await house.settings(auto_release_enabled=True)
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "snooze"), {"until_customer_replies": True})
    for _ in range(3):
        time.passes(days=1)
        await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["assignee"] == named(house.sam)


async def test_the_hours_cannot_be_fewer_than_those_of_the_flag(house: House) -> None:
    answer = await house.ada.patch("/workspace/settings", {"auto_release_after_minutes": 29})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    both = {"auto_release_after_minutes": 29, "stale_after_minutes": 29}
    assert (await house.ada.patch("/workspace/settings", both)).status_code == 200
