"""Stale claims: what an owner who does nothing holds is flagged, once, and their next work clears it."""

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, told, unchanged
from tests.support.house import House


async def kinds(house: House, name: str) -> int:
    (row,) = await house.rows("SELECT count(*) AS n FROM audit_rows WHERE workspace_id = :ws AND action = :a", a=name)
    return int(row.n)


async def test_after_thirty_minutes_without_work_every_claim_is_flagged_once(
    house: House, settings: Settings, time: Time
) -> None:
    first, second = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    theirs = await house.claimed_by(house.kim)
    time.passes(minutes=29)
    await sweep(house.core, settings)
    assert (await house.read(first["id"]))["stale"] is False
    await house.kim.post("/agents/me/heartbeat")
    time.passes(minutes=2)
    for _ in range(2):
        await sweep(house.core, settings)
        time.passes(minutes=6)
    flagged = await house.read(first["id"])
    assert (flagged["stale"], flagged["version"], flagged["epoch"]) == (True, first["version"] + 1, 1)
    assert (await house.read(second["id"]))["stale"] is True
    assert (await house.read(theirs["id"]))["stale"] is False
    assert await told(house, first["id"]) == {(name, "claim_stale") for name in ("Sam", "Ada", "Olga")}
    assert await kinds(house, "conversation.stale") == 2
    listed = (await house.ada.get("/conversations", view="stale")).json()["data"]
    assert {each["id"] for each in listed} == {first["id"], second["id"]}
    assert (await house.sam.get("/conversations", view="stale")).status_code == 403


async def test_any_work_clears_the_flag(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    other = await house.conversation()
    works: list[tuple[str, dict[str, str] | None]] = [
        ("/agents/me/heartbeat", None),
        (at(other, "messages"), {"kind": "note", "text": "busy"}),
        # A refused write is work too.
        ("/conversations/conv_unknown/claim", None),
    ]
    for number, (path, body) in enumerate(works, 1):
        time.passes(minutes=37)
        await sweep(house.core, settings)
        assert (await house.read(mine["id"]))["stale"] is True
        await house.sam.post(path, body)
        assert (await house.read(mine["id"]))["stale"] is False
        assert await kinds(house, "conversation.stale_cleared") == number


async def test_reading_and_an_idle_heartbeat_are_no_work(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    time.passes(minutes=20)
    await house.sam.get("/conversations")
    await house.sam.get(f"/conversations/{mine['id']}/messages")
    await house.sam.post("/agents/me/heartbeat", {"active": False})
    time.passes(minutes=11)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["stale"] is True
    await house.sam.post("/agents/me/heartbeat", {"active": False})
    await house.sam.get("/me")
    assert (await house.read(mine["id"]))["stale"] is True


async def test_the_clock_runs_from_the_claim_when_that_is_later(house: House, settings: Settings, time: Time) -> None:
    await house.sam.post("/agents/me/heartbeat")
    time.passes(minutes=25)
    conversation = await house.conversation()
    await house.ada.post(at(conversation, "reassign"), {"agent_id": house.sam.id})
    time.passes(minutes=29)
    await sweep(house.core, settings)
    assert (await house.read(conversation["id"]))["stale"] is False
    time.passes(minutes=2)
    await sweep(house.core, settings)
    assert (await house.read(conversation["id"]))["stale"] is True


async def test_a_snoozed_claim_is_not_flagged_until_it_is_woken(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "snooze"), {"until": "2999-01-01T00:00:00Z"})
    time.passes(minutes=45)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["stale"] is False
    # Woken before its time it is looked at soon, not when it would have come back.
    await house.write(mine["id"])
    time.passes(minutes=6)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["stale"] is True


async def test_snoozing_a_stale_claim_takes_the_flag_away(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    time.passes(minutes=31)
    await sweep(house.core, settings)
    snoozed = (await house.ada.post(at(mine, "snooze"), {"until_customer_replies": True})).json()
    assert snoozed["stale"] is False
    assert (await house.ada.get("/conversations", view="stale")).json()["data"] == []


async def test_the_minutes_are_a_setting_that_holds_at_once(house: House, settings: Settings, time: Time) -> None:
    mine = await house.claimed_by(house.sam)
    time.passes(minutes=5)
    await house.settings(stale_after_minutes=2)
    await sweep(house.core, settings)
    assert (await house.read(mine["id"]))["stale"] is True
    for wrong in (0, -1, 1.5, "30", None, True):
        await unchanged(house, house.ada.patch("/workspace/settings", {"stale_after_minutes": wrong}), status=422)
