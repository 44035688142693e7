"""Reopen: a closed conversation is open again, unclaimed; with `claim` it is the caller's, or nothing happens."""

from tests.ownership.checks import at, did, named, refused, spells, unchanged
from tests.support.house import House, Person


async def closed(house: House, by: Person, *, archived: bool = False, tags: tuple[str, ...] = ()) -> dict[str, str]:
    conversation = await house.claimed_by(by, tags=list(tags))
    assert (await by.post(at(conversation, "resolve"))).status_code == 200
    if archived:
        assert (await by.post(at(conversation, "archive"))).status_code == 200
    return conversation


async def test_any_agent_reopens_a_resolved_or_archived_one(house: House) -> None:
    for archived in (False, True):
        conversation = await closed(house, house.sam, archived=archived)
        opened = await did(house, house.kim.post(at(conversation, "reopen")), "conversation.reopened")
        assert (opened["status"], opened["assignee"], opened["epoch"]) == ("open", None, 2)
        assert (opened["resolved_at"], opened["resolved_by"]) == (None, None)
        assert opened["unclaimed_since"] is not None
        # The bot is as it was: paused by Sam's claim.
        assert opened["bot_paused"] is True
        assert opened == await house.read(conversation["id"])


async def test_with_claim_it_is_the_callers(house: House) -> None:
    conversation = await closed(house, house.sam, archived=True)
    call = house.kim.post(at(conversation, "reopen"), {"claim": True})
    opened = await did(house, call, "conversation.reopened", "conversation.claimed")
    assert (opened["status"], opened["assignee"], opened["epoch"]) == ("open", named(house.kim), 3)
    assert await spells(house, conversation["id"]) == [(house.sam.id, "api", "resolved"), (house.kim.id, "api", None)]


async def test_an_open_one_stays_as_it_is(house: House) -> None:
    free, held = await house.conversation(), await house.claimed_by(house.sam)
    assert await unchanged(house, house.kim.post(at(free, "reopen"))) == free
    assert await unchanged(house, house.kim.post(at(held, "reopen"))) == held
    assert await unchanged(house, house.sam.post(at(held, "reopen"), {"claim": True})) == held
    claimed = await did(house, house.kim.post(at(free, "reopen"), {"claim": True}), "conversation.claimed")
    assert claimed["assignee"] == named(house.kim)


async def test_with_claim_both_or_neither(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await closed(house, house.kim, tags=("billing",))
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.sam.id}
    path = at(conversation, "reopen")
    await refused(house, house.sam.post(path, {"claim": True}), "pool_restricted", **lacking)
    await house.claimed_by(house.kim)
    await refused(house, house.kim.post(path, {"claim": True}), "claim_limit_reached", held=1, limit=1)
    assert (await house.read(conversation["id"]))["status"] == "resolved"
    # Without the claim, neither matters.
    assert (await house.sam.post(path)).json()["status"] == "open"


async def test_what_somebody_holds_cannot_be_reopened_and_claimed(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.kim, house.ada):
        call = person.post(at(held, "reopen"), {"claim": True, "epoch": 0})
        await refused(house, call, "already_claimed", assignee=named(house.sam))


async def test_viewers_and_old_epochs_are_refused(house: House) -> None:
    conversation = await closed(house, house.sam)
    for claim in (False, True):
        await refused(house, house.vic.post(at(conversation, "reopen"), {"claim": claim}), "forbidden", needs="agent")
        call = house.kim.post(at(conversation, "reopen"), {"claim": claim, "epoch": 1})
        await refused(house, call, "stale_epoch", epoch=2, assignee=None)


async def test_a_customer_message_reopens_unclaimed_with_the_bot_as_it_was(house: House) -> None:
    for archived in (False, True):
        conversation = await closed(house, house.sam, archived=archived)
        call = house.ada.post(at(conversation, "customer-messages"), {"text": "It broke again"})
        written = await did(house, call, "conversation.reopened", "message.created", status=201)
        opened = written["conversation"]
        assert (opened["status"], opened["assignee"], opened["bot_paused"]) == ("open", None, True)
        assert (opened["resolved_at"], opened["resolved_by"], opened["epoch"]) == (None, None, 2)
        assert opened["waiting_since"] == written["message"]["created_at"]
    served = await house.conversation()
    await house.sam.post(at(served, "resolve"))
    assert (await house.write(served["id"]))["conversation"]["bot_paused"] is False
