"""Archive: a resolved conversation disappears from the default views."""

from tests.ownership.checks import at, did, refused, unchanged
from tests.support.house import House


async def test_an_eligible_agent_archives_a_resolved_one(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    resolved = (await house.sam.post(at(conversation, "resolve"))).json()
    archived = await did(house, house.kim.post(at(conversation, "archive"), {"epoch": 2}), "conversation.archived")
    assert archived == resolved | {"status": "archived", "version": resolved["version"] + 1}
    assert await unchanged(house, house.sam.post(at(conversation, "archive"))) == archived
    assert (await house.sam.get("/conversations", view="resolved")).json()["data"] == []
    assert [each["id"] for each in (await house.sam.get("/conversations", view="archived")).json()["data"]] == [
        conversation["id"]
    ]


async def test_what_is_not_resolved_cannot_be_archived(house: House) -> None:
    free, held = await house.conversation(), await house.claimed_by(house.sam)
    for person in (house.sam, house.kim, house.ada):
        await refused(house, person.post(at(free, "archive"), {"epoch": 9}), "not_resolved", status="open")
        await refused(house, person.post(at(held, "archive")), "not_resolved", status="open")
    await house.sam.post(at(held, "snooze"), {"until_customer_replies": True})
    await refused(house, house.kim.post(at(held, "archive")), "not_resolved", status="snoozed")


async def test_role_epoch_and_pools_bind(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.claimed_by(house.kim, tags=["billing"])
    await house.kim.post(at(conversation, "resolve"))
    path = at(conversation, "archive")
    await refused(house, house.vic.post(path), "forbidden", needs="agent")
    await refused(house, house.sam.post(path, {"epoch": 1}), "stale_epoch", epoch=2, assignee=None)
    await refused(house, house.sam.post(path), "pool_restricted", agent_id=house.sam.id)
    assert (await house.ada.post(path)).json()["status"] == "archived"
