"""Retry: a reply that did not arrive is sent once more by whoever may answer now, and never twice."""

import asyncio
from typing import Any

from sqlalchemy import update

from dibs.conversations.tables import messages
from tests.ownership.checks import at, did, field_refused, named, refused, unchanged, write
from tests.support.house import House

Made = dict[str, Any]
_m = messages.c


async def failed(house: House, conversation: Made) -> str:
    """The path on which Sam's reply, which did not arrive, is tried again."""
    reply = {"kind": "reply", "text": "We are on it"}
    written = (await house.sam.post(at(conversation, "messages"), reply)).json()["message"]
    await fail(house, written)
    return path(written)


async def fail(house: House, message: Made) -> None:
    row = (_m.workspace_id == house.workspace_id, _m.id == message["id"])
    await write(house, update(messages).where(*row).values(delivery="failed"))


def path(message: Made) -> str:
    return f"/conversations/{message['conversation_id']}/messages/{message['id']}/retry"


async def last(house: House, conversation: Made) -> Made:
    found: Made = (await house.ada.get(at(conversation, "messages"))).json()["data"][-1]
    return found


async def test_the_owner_retries_and_the_same_message_is_sent(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    before = await last(house, mine)
    assert before["delivery"] == "failed"
    written = await did(house, house.sam.post(again), "message.delivery")
    assert written["message"] == before | {"delivery": "sent"} == await last(house, mine)
    assert written["conversation"] == await house.read(mine["id"])
    events = "SELECT body FROM events WHERE workspace_id = :ws ORDER BY seq DESC LIMIT 1"
    assert '"delivery":"sent"' in (await house.rows(events))[0].body


async def test_what_is_on_its_way_is_not_sent_again(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    await house.sam.post(again)
    sent = await last(house, mine)
    for person in (house.sam, house.kim, house.ada):
        assert (await unchanged(house, person.post(again)))["message"] == sent
    await house.sam.post(at(mine, "resolve"))
    assert (await unchanged(house, house.sam.post(again)))["message"] == sent
    for delivery in ("queued", "delivered", "read"):
        await write(house, update(messages).where(_m.id == sent["id"]).values(delivery=delivery))
        assert (await unchanged(house, house.sam.post(again)))["message"]["delivery"] == delivery


async def test_of_many_at_once_one_sends(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    answers = await asyncio.gather(*(house.sam.post(again) for _ in range(10)))
    assert {(answer.status_code, answer.json()["message"]["delivery"]) for answer in answers} == {(200, "sent")}
    told = "SELECT seq FROM events WHERE workspace_id = :ws AND kind = 'message.delivery'"
    assert len(await house.rows(told)) == 1


async def test_on_a_channel_that_is_not_connected_it_fails_again(house: House) -> None:
    mine = await house.claimed_by(house.sam, channel="whatsapp")
    reply = {"kind": "reply", "text": "We are on it"}
    written = (await house.sam.post(at(mine, "messages"), reply)).json()["message"]
    assert written["delivery"] == "failed"
    assert (await unchanged(house, house.sam.post(path(written))))["message"] == written


async def test_the_next_owner_retries_what_the_last_one_wrote(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    await house.sam.post(at(mine, "reassign"), {"agent_id": house.kim.id})
    await refused(house, house.sam.post(again), "already_claimed", assignee=named(house.kim))
    written = await did(house, house.kim.post(again), "message.delivery")
    assert written["message"]["author"]["id"] == house.sam.id


async def test_to_what_nobody_holds_it_is_as_a_reply(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    await house.sam.post(at(mine, "hand-back"))
    await house.kim.patch("/agents/me/preferences", {"auto_claim_on_reply": True})
    written = await did(house, house.kim.post(again), "conversation.claimed", "message.delivery")
    assert written["conversation"]["assignee"] == named(house.kim)
    await house.kim.post(at(mine, "hand-back"))
    await fail(house, written["message"])
    paused = await did(house, house.sam.post(again), "conversation.bot_paused", "message.delivery")
    assert (paused["conversation"]["assignee"], paused["conversation"]["bot_paused"]) == (None, True)


async def test_a_claim_under_which_a_reply_went_out_again_cannot_be_undone(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    await house.sam.post(at(mine, "hand-back"))
    await house.kim.patch("/agents/me/preferences", {"auto_claim_on_reply": True})
    await house.kim.post(again)
    await field_refused(house, house.kim.post(at(mine, "release"), {"undo": True}), "undo")


async def test_whoever_may_not_reply_may_not_retry(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await failed(house, mine)
    for person in (house.kim, house.ada, house.olga):
        await refused(house, person.post(again), "already_claimed", assignee=named(house.sam))
    await refused(house, house.vic.post(again), "forbidden", needs="agent")
    await refused(house, house.sam.post(again, {"epoch": 0}), "stale_epoch", epoch=1)
    reader = await house.person("Rita", scopes=["conversations:read"])
    await refused(house, reader.post(again), "forbidden", needs="conversations:write")
    assert (await house.http.post(f"/v1{again}")).status_code == 401
    await house.sam.post(at(mine, "resolve"))
    await refused(house, house.sam.post(again), "conversation_closed", status="resolved")
    assert (await last(house, mine))["delivery"] == "failed"


async def test_outside_the_pools_and_at_the_limit_it_is_refused(house: House) -> None:
    mine = await house.claimed_by(house.sam, tags=["billing"])
    again = await failed(house, mine)
    await house.sam.post(at(mine, "release"))
    await house.pool("Billing", house.kim, tags=["billing"])
    await refused(house, house.sam.post(again), "pool_restricted", agent_id=house.sam.id)
    await house.settings(max_claims_per_agent=1)
    await house.claimed_by(house.kim)
    await house.kim.patch("/agents/me/preferences", {"auto_claim_on_reply": True})
    await refused(house, house.kim.post(again), "claim_limit_reached", held=1, limit=1)


async def test_only_replies_are_delivered(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    customers = await last(house, mine)
    await field_refused(house, house.sam.post(path(customers)), "message_id")
    note = (await house.sam.post(at(mine, "messages"), {"kind": "note", "text": "For us"})).json()["message"]
    await field_refused(house, house.sam.post(path(note)), "message_id")


async def test_what_is_not_there_is_not_found(house: House, neighbour: House) -> None:
    mine, other = await house.claimed_by(house.sam), await house.claimed_by(house.sam)
    foreign = await neighbour.claimed_by(neighbour.sam)
    theirs = await failed(neighbour, foreign)
    again = await failed(house, mine)
    message = again.split("/")[4]
    for wrong in (
        theirs,
        again.replace(mine["id"], foreign["id"]),
        again.replace(mine["id"], other["id"]),
        again.replace(message, "msg_1"),
        again.replace(message, "%00"),
        again.replace(mine["id"], "conv_1"),
    ):
        await refused(house, house.sam.post(wrong), "not_found")
    wrong_bodies: list[Any] = [{"epoch": "1"}, {"epoch": -1}, {"text": "Another"}, []]
    for body in wrong_bodies:
        assert (await house.sam.post(again, body)).status_code == 422
