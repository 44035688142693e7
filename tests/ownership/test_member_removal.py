"""Who is deactivated, removed or made a viewer holds nothing any more, and gets nothing."""

import asyncio

import httpx

from tests.ownership.checks import at, field_refused, named, refused, spells, told
from tests.support.house import House, Person


async def leave(house: House, person: Person, how: str) -> httpx.Response:
    if how == "removed":
        return await house.ada.delete(f"/agents/{person.id}")
    change = {"role": "viewer"} if how == "made viewer" else {"active": False}
    return await house.ada.patch(f"/agents/{person.id}", change)


async def test_what_they_hold_is_released_and_their_requests_are_withdrawn(house: House) -> None:
    for number, how in enumerate(("deactivated", "removed", "made viewer")):
        leaver = await house.person(f"Lea{number}")
        held, snoozed = await house.claimed_by(leaver), await house.claimed_by(leaver)
        await leaver.post(at(snoozed, "snooze"), {"until_customer_replies": True})
        wanted = await house.claimed_by(house.sam)
        asked = (await leaver.post(at(wanted, "takeover-requests"))).json()
        begged = (await house.kim.post(at(held, "takeover-requests"))).json()
        assert (await leave(house, leaver, how)).status_code == 200, how
        for conversation in (held, snoozed):
            freed = await house.read(conversation["id"])
            assert (freed["assignee"], freed["status"], freed["epoch"], freed["bot_paused"]) == (None, "open", 2, True)
            assert await spells(house, conversation["id"]) == [(leaver.id, "api", "member_removed")]
        requests = {each["id"]: each["state"] for each in (await house.ada.get("/takeover-requests")).json()["data"]}
        assert (requests[asked["id"]], requests[begged["id"]]) == ("cancelled", "lapsed")
        assert ("Kim", "takeover_answered") in await told(house, held["id"])
        assert (await house.read(wanted["id"]))["assignee"] == named(house.sam)
    rows = (await house.ada.get("/audit", action="conversation.released")).json()["data"]
    assert [row["reason"] for row in rows] == ["member_removed"] * 6


async def test_the_membership_ends_before_the_claims_do(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await leave(house, house.sam, "deactivated")
    rows = await house.rows("SELECT action FROM audit_rows WHERE workspace_id = :ws ORDER BY seq DESC LIMIT 2")
    assert [row.action for row in rows] == ["conversation.released", "agent.updated"]
    await refused(house, house.sam.post(at(held, "claim")), "unauthenticated")


async def test_who_became_a_viewer_reads_but_claims_nothing(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await leave(house, house.sam, "made viewer")
    assert (await house.sam.get(f"/conversations/{held['id']}")).status_code == 200
    await refused(house, house.sam.post(at(held, "claim")), "forbidden", needs="agent")
    answer = await house.sam.post("/conversations/bulk/claim", {"conversation_ids": [held["id"]]})
    assert answer.json()["code"] == "forbidden"


async def test_nobody_gives_them_a_conversation(house: House) -> None:
    held = await house.claimed_by(house.kim)
    for number, how in enumerate(("deactivated", "removed", "made viewer")):
        leaver = await house.person(f"Lea{number}")
        await leave(house, leaver, how)
        for person in (house.kim, house.ada):
            call = person.post(at(held, "reassign"), {"agent_id": leaver.id, "override_limit": person is house.ada})
            await field_refused(house, call, "agent_id")


async def test_an_agent_cannot_remove_anybody(house: House) -> None:
    held = await house.claimed_by(house.kim)
    for how in ("deactivated", "removed", "made viewer"):
        change = {"role": "viewer"} if how == "made viewer" else {"active": False}
        path = f"/agents/{house.kim.id}"
        call = house.sam.delete(path) if how == "removed" else house.sam.patch(path, change)
        await refused(house, call, "forbidden", needs="admin")
    assert (await house.read(held["id"]))["assignee"] == named(house.kim)


async def test_a_claim_that_races_a_removal_is_released_or_refused(house: House) -> None:
    for number, how in enumerate(("deactivated", "removed", "made viewer")):
        leaver = await house.person(f"Lea{number}")
        conversations = [await house.conversation() for _ in range(6)]
        claims = [leaver.post(at(each, "claim")) for each in conversations[:4]]
        gifts = [house.ada.post(at(each, "reassign"), {"agent_id": leaver.id}) for each in conversations[4:]]
        answers = await asyncio.gather(*claims[:2], *gifts, leave(house, leaver, how), *claims[2:])
        assert {answer.status_code for answer in answers} <= {200, 401, 403, 422}, [each.text for each in answers]
        held = await house.rows(
            "SELECT conversation_id FROM claims WHERE workspace_id = :ws AND agent_id = :agent AND ended_at IS NULL",
            agent=leaver.id,
        )
        assert held == []
        for each in conversations:
            assert (await house.read(each["id"]))["assignee"] is None
