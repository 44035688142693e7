"""Auto-resolve: with the setting on, conversations without a message for days are resolved, claimed ones too."""

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, everything, named, spells
from tests.support.house import House


async def test_it_is_off_by_default(house: House, settings: Settings, time: Time) -> None:
    conversation = await house.conversation()
    time.passes(days=400)
    await sweep(house.core, settings)
    assert (await house.read(conversation["id"]))["status"] == "open"


async def test_silent_conversations_are_resolved_whoever_holds_them(
    house: House, settings: Settings, time: Time
) -> None:
    await house.settings(auto_resolve_enabled=True, auto_resolve_after_days=3)
    free, held = await house.conversation(), await house.claimed_by(house.sam)
    asked, answered, snoozed = [await house.claimed_by(house.sam) for _ in range(3)]
    time.passes(days=2)
    await house.write(asked["id"])
    await house.sam.post(at(answered, "messages"), {"kind": "reply", "text": "Still on it"})
    await house.sam.post(at(held, "messages"), {"kind": "note", "text": "A note is no message of either side"})
    await house.sam.post(at(snoozed, "snooze"), {"until": "2999-01-01T00:00:00Z"})
    await sweep(house.core, settings)
    assert {(await house.read(each["id"]))["status"] for each in (free, held)} == {"open"}
    time.passes(days=1.1)
    await sweep(house.core, settings)
    for each in (free, held):
        resolved = await house.read(each["id"])
        assert (resolved["status"], resolved["assignee"]) == ("resolved", None)
        assert resolved["resolved_by"] == {"type": "system", "id": None, "name": "Auto-resolve"}
    assert await spells(house, held["id"]) == [(house.sam.id, "api", "resolved")]
    for each in (asked, answered):
        kept = await house.read(each["id"])
        assert (kept["status"], kept["assignee"]) == ("open", named(house.sam))
    assert (await house.read(snoozed["id"]))["status"] == "snoozed"
    (row, _) = (await house.ada.get("/audit", action="conversation.resolved")).json()["data"]
    assert (row["actor"]["name"], row["actor"]["via"], row["reason"]) == ("Auto-resolve", "rule", "auto_resolve")
    before = await everything(house)
    await sweep(house.core, settings)
    assert await everything(house) == before


async def test_more_than_one_batch_is_done_in_one_sweep(house: House, settings: Settings, time: Time) -> None:
    await house.settings(auto_resolve_enabled=True)
    for _ in range(60):
        await house.conversation()
    time.passes(days=8)
    await sweep(house.core, settings)
    counts = (await house.ada.get("/conversations/counts")).json()
    assert (counts["all"]["count"], counts["resolved"]["count"]) == (0, 60)
