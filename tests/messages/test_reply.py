"""Reply: only the owner answers, or the first who may answer what nobody holds."""

from typing import Any

from tests.ownership.checks import at, did, field_refused, messages, named, refused, spells, unchanged
from tests.support.house import House

REPLY: dict[str, Any] = {"kind": "reply", "text": "We are on it"}
TAKE_OVER = REPLY | {"take_over": True}


async def test_the_owner_replies(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    body = REPLY | {"epoch": 1, "client_id": "c-1"}
    written = await did(house, house.sam.post(at(mine, "messages"), body), "message.created", status=201)
    message, conversation = written["message"], written["conversation"]
    assert (message["kind"], message["text"], message["author"]) == (
        "reply",
        "We are on it",
        {"type": "agent", **named(house.sam)},
    )
    assert (message["via"], message["client_id"], message["delivery"]) == ("api", "c-1", "sent")
    assert message["conversation_id"] == mine["id"]
    assert (conversation["waiting_since"], conversation["preview"]) == (None, "We are on it")
    assert conversation["message_count"] == mine["message_count"] + 1
    assert conversation["last_message_at"] == message["created_at"]
    assert (conversation["epoch"], conversation["assignee"]) == (1, named(house.sam))
    assert conversation == await house.read(mine["id"])
    listed = (await house.kim.get(f"/conversations/{mine['id']}/messages")).json()["data"]
    assert listed[-1] == message
    # A repeated client_id is the first message again, whatever has happened since.
    assert (await unchanged(house, house.sam.post(at(mine, "messages"), body)))["message"] == message
    await house.sam.post(at(mine, "resolve"))
    assert (await unchanged(house, house.sam.post(at(mine, "messages"), body)))["message"] == message
    await refused(house, house.kim.post(at(mine, "messages"), body), "conversation_closed")


async def test_a_reply_over_somebody_else_is_refused_an_admins_too(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.kim, house.ada, house.olga):
        for more in ({}, {"epoch": 0}, {"epoch": 1}, {"override": True}, {"then": "resolve"}, {"last_seen": "msg_x"}):
            problem = await refused(house, person.post(at(held, "messages"), REPLY | more), "already_claimed", epoch=1)
            assert (problem["assignee"], problem["claimed_at"]) == (named(house.sam), held["claimed_at"])
    await refused(house, house.vic.post(at(held, "messages"), REPLY), "forbidden", needs="agent")


async def test_to_what_nobody_holds_the_first_eligible_agent_replies_and_pauses_the_bot(house: House) -> None:
    conversation = await house.conversation()
    call = house.sam.post(at(conversation, "messages"), REPLY)
    written = await did(house, call, "conversation.bot_paused", "message.created", status=201)
    after = written["conversation"]
    assert (after["assignee"], after["epoch"], after["bot_paused"], after["status"]) == (None, 0, True, "open")
    await did(house, house.kim.post(at(conversation, "messages"), REPLY), "message.created", status=201)
    await house.settings(pause_bot_on_claim=False)
    other = await house.conversation()
    written = await did(house, house.sam.post(at(other, "messages"), REPLY), "message.created", status=201)
    assert written["conversation"]["bot_paused"] is False


async def test_outside_the_pools_nobody_replies_to_what_is_free(house: House) -> None:
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}]}
    for person in (house.sam, house.ada):
        call = person.post(at(conversation, "messages"), REPLY)
        await refused(house, call, "pool_restricted", agent_id=person.id, **lacking)
    assert (await house.kim.post(at(conversation, "messages"), REPLY)).status_code == 201


async def test_a_snoozed_conversation_is_answered_and_stays_snoozed(house: House) -> None:
    for conversation in (await house.claimed_by(house.sam), await house.conversation()):
        await house.sam.post(at(conversation, "snooze"), {"until": "2999-01-01T00:00:00Z"})
        answer = await house.sam.post(at(conversation, "messages"), REPLY)
        assert answer.status_code == 201
        assert answer.json()["conversation"]["status"] == "snoozed"


async def test_a_closed_conversation_is_not_answered(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        await house.sam.post(at(conversation, verb))
        for more in ({}, {"epoch": 1}, {"last_seen": "msg_x"}):
            call = house.sam.post(at(conversation, "messages"), REPLY | more)
            await refused(house, call, "conversation_closed", status=status)
        call = house.ada.post(at(conversation, "messages"), TAKE_OVER)
        await refused(house, call, "conversation_closed", status=status)


async def test_reply_and_resolve_in_one_step(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    call = house.sam.post(at(mine, "messages"), REPLY | {"then": "resolve"})
    written = await did(house, call, "message.created", "conversation.resolved", status=201)
    assert (written["conversation"]["status"], written["conversation"]["assignee"]) == ("resolved", None)
    assert await spells(house, mine["id"]) == [(house.sam.id, "api", "resolved")]


async def test_an_admin_takes_over_and_sends_in_one_step(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await refused(house, house.sam.post(at(held, "messages"), TAKE_OVER), "forbidden", needs="admin")
    call = house.ada.post(at(held, "messages"), TAKE_OVER | {"epoch": 1})
    written = await did(house, call, "conversation.reassigned", "message.created", status=201)
    assert (written["conversation"]["assignee"], written["conversation"]["epoch"]) == (named(house.ada), 2)
    assert await spells(house, held["id"]) == [(house.sam.id, "api", "reassigned"), (house.ada.id, "reassign", None)]
    # Who holds it already just replies; what nobody holds is claimed.
    await did(house, house.ada.post(at(held, "messages"), TAKE_OVER), "message.created", status=201)
    free = await house.conversation()
    call = house.ada.post(at(free, "messages"), TAKE_OVER)
    await did(house, call, "conversation.claimed", "message.created", status=201)


async def test_taking_over_is_bound_by_epoch_pools_and_limit_and_then_nothing_is_sent(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    held = await house.claimed_by(house.sam)
    path = at(held, "messages")
    call = house.ada.post(path, TAKE_OVER | {"epoch": 0})
    await refused(house, call, "already_claimed", assignee=named(house.sam))
    await house.claimed_by(house.ada)
    await refused(house, house.ada.post(path, TAKE_OVER), "claim_limit_reached", agent_id=house.ada.id)
    await house.pool("Senior", house.sam, tags=["senior"])
    await house.sam.patch(f"/conversations/{held['id']}", {"tags": ["senior"]})
    await refused(house, house.ada.post(path, TAKE_OVER), "pool_restricted", agent_id=house.ada.id)
    assert ("reply", "We are on it") not in await messages(house, held["id"])


async def test_malformed_replies_are_refused_never_cut(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for field, value in (
        ("text", "x" * 4_001),
        ("text", ""),
        ("text", " \n\t "),
        ("text", None),
        ("text", 7),
        ("text", "a\x00b"),
        ("kind", "bot"),
        ("kind", "customer"),
        ("kind", None),
        ("epoch", "1"),
        ("epoch", 2**70),
        ("client_id", ""),
        ("client_id", "x" * 201),
        ("override", "yes"),
        ("take_over", 1),
        ("then", "archive"),
        ("attachments", ["x"]),
        ("sender", "me"),
    ):
        await field_refused(house, house.sam.post(at(mine, "messages"), REPLY | {field: value}), field)
    answer = await house.sam.post(at(mine, "messages"), REPLY | {"text": "ß" * 4_000})
    assert (answer.status_code, len(answer.json()["message"]["text"])) == (201, 4_000)
    assert len(answer.json()["conversation"]["preview"]) <= 140


async def test_on_a_channel_that_is_not_connected_it_is_stored_as_failed(house: House) -> None:
    conversation = await house.conversation(channel="whatsapp")
    written = (await house.sam.post(at(conversation, "messages"), REPLY)).json()
    assert written["message"]["delivery"] == "failed"
