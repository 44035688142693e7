"""Auto-claim: with the preference on, the first reply claims, in one transaction: both or neither."""

from typing import Any

from tests.ownership.checks import at, did, messages, named, refused, spells
from tests.support.house import House, Person

REPLY: dict[str, Any] = {"kind": "reply", "text": "We are on it"}


async def prefer(person: Person, *, auto_claim: bool) -> None:
    answer = await person.patch("/agents/me/preferences", {"auto_claim_on_reply": auto_claim})
    assert answer.status_code == 200, answer.text


async def test_the_reply_claims(house: House) -> None:
    await prefer(house.sam, auto_claim=True)
    conversation = await house.conversation()
    call = house.sam.post(at(conversation, "messages"), REPLY)
    written = await did(house, call, "conversation.claimed", "message.created", status=201)
    after = written["conversation"]
    assert (after["assignee"], after["claimed_via"], after["epoch"]) == (named(house.sam), "reply", 1)
    assert (after["bot_paused"], after["waiting_since"]) == (True, None)
    assert await spells(house, conversation["id"]) == [(house.sam.id, "reply", None)]
    # The reply counts: this claim cannot be undone.
    await refused(house, house.sam.post(at(conversation, "release"), {"undo": True}), "invalid")


async def test_a_note_does_not_claim_and_switched_off_neither_does_a_reply(house: House) -> None:
    await prefer(house.sam, auto_claim=True)
    conversation = await house.conversation()
    await house.sam.post(at(conversation, "messages"), {"kind": "note", "text": "Hm"})
    assert (await house.read(conversation["id"]))["assignee"] is None
    await prefer(house.sam, auto_claim=False)
    await house.sam.post(at(conversation, "messages"), REPLY)
    assert (await house.read(conversation["id"]))["assignee"] is None


async def test_a_snoozed_conversation_is_claimed_and_thereby_woken(house: House) -> None:
    await prefer(house.sam, auto_claim=True)
    conversation = await house.conversation()
    await house.kim.post(at(conversation, "snooze"), {"until_customer_replies": True})
    after = (await house.sam.post(at(conversation, "messages"), REPLY)).json()["conversation"]
    assert (after["status"], after["assignee"]) == ("open", named(house.sam))


async def test_a_refused_claim_sends_nothing(house: House) -> None:
    await prefer(house.sam, auto_claim=True)
    await house.settings(max_claims_per_agent=1)
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    await house.claimed_by(house.sam)
    free, restricted = await house.conversation(), await house.conversation(tags=["billing"])
    held = await house.claimed_by(house.kim)
    call = house.sam.post(at(free, "messages"), REPLY)
    await refused(house, call, "claim_limit_reached", held=1, limit=1, agent_id=house.sam.id)
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.sam.id}
    await refused(house, house.sam.post(at(restricted, "messages"), REPLY), "pool_restricted", **lacking)
    await refused(house, house.sam.post(at(held, "messages"), REPLY), "already_claimed", assignee=named(house.kim))
    await refused(house, house.sam.post(at(free, "messages"), REPLY | {"epoch": 3}), "stale_epoch", epoch=0)
    for conversation in (free, restricted, held):
        assert [kind for kind, _ in await messages(house, conversation["id"])] == ["customer"]


async def test_the_workspace_decides_for_those_who_join(house: House) -> None:
    assert (await house.sam.get("/agents/me/preferences")).json()["auto_claim_on_reply"] is False
    await house.settings(auto_claim_default=True)
    new = await house.person("Nia")
    conversation = await house.conversation()
    after = (await new.post(at(conversation, "messages"), REPLY)).json()["conversation"]
    assert after["assignee"] == named(new)
    assert (await house.sam.get("/agents/me/preferences")).json()["auto_claim_on_reply"] is False
