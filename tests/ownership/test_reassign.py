"""Reassign: the owner or an admin hands the conversation to a colleague, with a note when they like."""

from tests.ownership.checks import at, did, field_refused, messages, named, refused, spells, told, unchanged
from tests.support.house import House


async def test_the_owner_hands_on_with_a_note(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    call = house.sam.post(at(mine, "reassign"), {"agent_id": house.kim.id, "note": "She knows him"})
    given = await did(house, call, "conversation.reassigned", "message.created")
    assert (given["assignee"], given["claimed_via"], given["epoch"]) == (named(house.kim), "reassign", 2)
    assert given["claimed_at"] >= mine["claimed_at"]
    assert given == await house.read(mine["id"])
    assert await spells(house, mine["id"]) == [(house.sam.id, "api", "reassigned"), (house.kim.id, "reassign", None)]
    assert (await messages(house, mine["id"]))[-1] == ("note", "She knows him")
    assert await told(house, mine["id"]) == {("Kim", "reassigned")}
    (bell,) = (await house.kim.get("/notifications")).json()["data"]
    assert (bell["note"], bell["link"]) == ("She knows him", f"/conversations/{mine['id']}")


async def test_an_admin_hands_on_anybodys_also_to_themselves(house: House) -> None:
    held = await house.claimed_by(house.sam)
    given = await did(
        house, house.ada.post(at(held, "reassign"), {"agent_id": house.ada.id}), "conversation.reassigned"
    )
    assert given["assignee"] == named(house.ada)
    assert await told(house, held["id"]) == set()
    given = (await house.olga.post(at(held, "reassign"), {"agent_id": house.kim.id})).json()
    assert (given["assignee"], given["epoch"]) == (named(house.kim), 3)


async def test_a_snoozed_conversation_is_woken(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "snooze"), {"until": "2999-01-01T00:00:00Z"})
    given = (await house.sam.post(at(mine, "reassign"), {"agent_id": house.kim.id})).json()
    assert (given["status"], given["snoozed_until"]) == ("open", None)


async def test_to_who_holds_it_already_nothing_changes_but_the_note_is_stored(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for person in (house.sam, house.ada):
        again = await unchanged(house, person.post(at(mine, "reassign"), {"agent_id": house.sam.id}))
        assert again == mine
    call = house.ada.post(at(mine, "reassign"), {"agent_id": house.sam.id, "note": "Please hurry"})
    noted = await did(house, call, "message.created")
    assert (noted["epoch"], noted["claimed_at"]) == (1, mine["claimed_at"])
    assert (await messages(house, mine["id"]))[-1] == ("note", "Please hurry")


async def test_who_does_not_hold_it_cannot_hand_it_on(house: House) -> None:
    held = await house.claimed_by(house.sam)
    to_kim = {"agent_id": house.kim.id, "note": "mine now"}
    await refused(house, house.kim.post(at(held, "reassign"), to_kim), "already_claimed", assignee=named(house.sam))
    await refused(house, house.vic.post(at(held, "reassign"), to_kim), "forbidden", needs="agent")
    past = to_kim | {"override_limit": True}
    await refused(house, house.sam.post(at(held, "reassign"), past), "forbidden", needs="admin")


async def test_the_target_must_be_an_active_agent_of_the_workspace(house: House, neighbour: House) -> None:
    mine = await house.claimed_by(house.sam)
    gone = await house.person("Gus")
    assert (await house.olga.patch(f"/agents/{gone.id}", {"active": False})).status_code == 200
    for target in (house.vic.id, gone.id, neighbour.kim.id, "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "nobody"):
        for person in (house.sam, house.ada):
            await field_refused(house, person.post(at(mine, "reassign"), {"agent_id": target}), "agent_id")
    await field_refused(house, house.sam.post(at(mine, "reassign")), "body")
    await field_refused(house, house.sam.post(at(mine, "reassign"), {}), "agent_id")
    too_long = {"agent_id": house.kim.id, "note": "x" * 4_001}
    await field_refused(house, house.sam.post(at(mine, "reassign"), too_long), "note")


async def test_pools_bind_the_target_before_the_limit_does(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    pool = await house.pool("Billing", house.sam, tags=["billing"])
    mine = await house.claimed_by(house.sam, tags=["billing"])
    await house.claimed_by(house.kim)
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.kim.id}
    for body in ({"agent_id": house.kim.id}, {"agent_id": house.kim.id, "note": "please"}):
        await refused(house, house.sam.post(at(mine, "reassign"), body), "pool_restricted", **lacking)
    past = {"agent_id": house.kim.id, "override_limit": True}
    await refused(house, house.ada.post(at(mine, "reassign"), past), "pool_restricted", **lacking)
    # 422 that depends on the state comes before the pool.
    await field_refused(house, house.sam.post(at(mine, "reassign"), {"agent_id": house.vic.id}), "agent_id")


async def test_the_limit_binds_and_only_an_admin_passes_it_which_the_audit_shows(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    mine = await house.claimed_by(house.sam)
    await house.claimed_by(house.kim)
    full = {"limit": 1, "held": 1, "agent_id": house.kim.id}
    for person in (house.sam, house.ada):
        body = {"agent_id": house.kim.id, "note": "please"}
        await refused(house, person.post(at(mine, "reassign"), body), "claim_limit_reached", **full)
    call = house.ada.post(at(mine, "reassign"), {"agent_id": house.kim.id, "override_limit": True})
    assert (await did(house, call, "conversation.reassigned"))["assignee"] == named(house.kim)
    (row,) = (await house.ada.get("/audit", action="conversation.reassigned")).json()["data"]
    assert row["after"]["override_limit"] is True
    # Who is beyond the limit keeps what they have, and gets no more.
    other = await house.conversation()
    await refused(house, house.kim.post(at(other, "claim")), "claim_limit_reached", held=2, limit=1)


async def test_a_closed_conversation_cannot_be_reassigned(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        await house.sam.post(at(mine, verb))
        for person in (house.sam, house.ada):
            call = person.post(at(mine, "reassign"), {"agent_id": house.kim.id, "epoch": 1})
            await refused(house, call, "conversation_closed", status=status)


async def test_an_old_epoch_is_refused(house: House) -> None:
    held = await house.claimed_by(house.sam)
    body = {"agent_id": house.kim.id, "epoch": 0}
    await refused(house, house.sam.post(at(held, "reassign"), body), "stale_epoch", assignee=named(house.sam), epoch=1)
    # An admin who meant an earlier owner learns who holds it now.
    await refused(house, house.ada.post(at(held, "reassign"), body), "already_claimed", assignee=named(house.sam))
