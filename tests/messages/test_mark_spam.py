"""Spam: kept apart, told to nobody, claimed by nobody, and undone."""

from typing import Any

import pytest

from tests.ownership.checks import at, did, refused, unchanged
from tests.support.house import House


async def listed(house: House, view: str, **more: str) -> list[str]:
    answer = await house.ada.get("/conversations", view=view, **more)
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["data"]]


async def bells(house: House) -> int:
    rows = await house.rows("SELECT id FROM notifications WHERE workspace_id = :ws")
    return len(rows)


async def test_spam_leaves_every_view_but_its_own(house: House) -> None:
    other, spam = await house.conversation(), await house.conversation(tags=["billing"])
    marked = await did(house, house.sam.post(at(spam, "spam")), "conversation.archived")
    assert (marked["spam"], marked["status"], marked["waiting_since"]) == (True, "archived", None)
    for view in ("unclaimed", "all", "any", "resolved", "snoozed", "observing", "mine", "others", "stale", "archived"):
        assert spam["id"] not in await listed(house, view), view
    assert await listed(house, "any", tag="billing") == []
    assert await listed(house, "spam") == [spam["id"]]
    assert await listed(house, "spam", channel="api", contact=spam["contact"]["id"]) == [spam["id"]]
    assert await listed(house, "spam", q="order") == [spam["id"]]
    assert await listed(house, "any") == [other["id"]]
    counts = (await house.ada.get("/conversations/counts")).json()
    assert [counts[view]["count"] for view in ("unclaimed", "all", "any", "archived", "spam")] == [1, 1, 1, 0, 1]
    (row,) = (await house.ada.get("/audit", action="conversation.archived")).json()["data"]
    assert (row["reason"], row["after"]["spam"], row["actor"]["id"]) == ("spam", True, house.sam.id)


async def test_a_claim_ends_with_it(house: House) -> None:
    held = await house.claimed_by(house.sam)
    marked = await did(house, house.sam.post(at(held, "spam"), {"epoch": held["epoch"]}), "conversation.archived")
    assert (marked["assignee"], marked["epoch"], marked["spam"]) == (None, held["epoch"] + 1, True)
    (claim,) = await house.rows("SELECT ended_as, end_reason FROM claims WHERE workspace_id = :ws")
    assert (claim.ended_as, claim.end_reason) == ("resolved", "spam")
    assert await unchanged(house, house.sam.post(at(held, "spam"))) == marked


async def test_who_may_not_resolve_it_may_not_mark_it(house: House, neighbour: House) -> None:
    held = await house.claimed_by(house.kim)
    await house.pool("Billing", house.kim, tags=["billing"])
    pooled = await house.conversation(tags=["billing"])
    await refused(house, house.sam.post(at(held, "spam")), "already_claimed")
    await refused(house, house.sam.post(at(pooled, "spam")), "pool_restricted")
    await refused(house, house.vic.post(at(pooled, "spam")), "forbidden", needs="agent")
    await refused(house, neighbour.olga.post(at(held, "spam")), "not_found")
    await refused(house, house.kim.post(at(held, "spam"), {"epoch": 99}), "stale_epoch")
    await refused(house, house.kim.post(at(held, "spam"), {"until": "later"}), "invalid")
    assert (await house.ada.post(at(held, "spam"))).json()["spam"] is True
    assert (await house.kim.post(at(pooled, "spam"))).json()["spam"] is True
    await refused(house, house.sam.post(at(pooled, "not-spam")), "pool_restricted")
    await refused(house, house.vic.post(at(pooled, "not-spam")), "forbidden", needs="agent")
    await refused(house, neighbour.olga.post(at(pooled, "not-spam")), "not_found")


async def test_what_comes_to_it_is_stored_and_tells_nobody(house: House) -> None:
    spam = await house.conversation()
    await house.ada.patch("/agents/me/preferences", {"auto_claim_on_reply": False})
    assert (await house.sam.post(at(spam, "spam"))).status_code == 200
    before = await bells(house)
    written = await house.write(spam["id"], "Cheap watches")
    now = written["conversation"]
    assert (now["status"], now["spam"], now["waiting_since"], now["preview"]) == (
        "archived",
        True,
        None,
        "Cheap watches",
    )
    assert await bells(house) == before
    assert [each["text"] for each in (await house.ada.get(at(spam, "messages"))).json()["data"]][-1] == "Cheap watches"
    # The same on a conversation that is merely archived reopens it and tells people.
    other = await house.conversation()
    assert (await house.sam.post(at(other, "resolve"))).status_code == 200
    assert (await house.write(other["id"]))["conversation"]["status"] == "open"
    assert await bells(house) > before


@pytest.mark.parametrize(
    ("verb", "body", "code"),
    [
        ("claim", {}, "conversation_closed"),
        ("messages", {"kind": "reply", "text": "Go away"}, "conversation_closed"),
        ("snooze", {"until_customer_replies": True}, "conversation_closed"),
        ("hand-back", {}, "conversation_closed"),
        ("resolve", {}, "conversation_closed"),
        ("release", {}, "not_claimed"),
    ],
)
async def test_spam_is_closed_to_every_other_verb(house: House, verb: str, body: Any, code: str) -> None:
    spam = await house.conversation()
    await house.sam.post(at(spam, "spam"))
    await refused(house, house.sam.post(at(spam, verb), body), code)


async def test_it_is_undone_and_waits_again_since_the_customer_wrote(house: House) -> None:
    spam = await house.conversation()
    await house.sam.post(at(spam, "spam"))
    await house.write(spam["id"], "No, really")
    again = await did(house, house.kim.post(at(spam, "not-spam")), "conversation.reopened")
    assert (again["status"], again["spam"], again["assignee"]) == ("open", False, None)
    assert again["waiting_since"] == spam["waiting_since"]
    assert await unchanged(house, house.kim.post(at(spam, "not-spam"))) == again
    assert spam["id"] in await listed(house, "unclaimed")
    (row,) = (await house.ada.get("/audit", action="conversation.reopened")).json()["data"]
    assert (row["reason"], row["after"]["spam"]) == ("not_spam", False)


async def test_reopening_it_says_that_it_is_none(house: House) -> None:
    spam = await house.conversation()
    await house.sam.post(at(spam, "spam"))
    again = (await house.sam.post(at(spam, "reopen"), {"claim": True})).json()
    assert (again["spam"], again["assignee"]["id"]) == (False, house.sam.id)


async def test_an_answered_one_waits_for_nobody_when_it_comes_back(house: House) -> None:
    held = await house.claimed_by(house.sam)
    reply = {"kind": "reply", "text": "Done", "then": "resolve"}
    assert (await house.sam.post(at(held, "messages"), reply)).status_code == 201
    assert (await house.sam.post(at(held, "spam"))).json()["resolved_by"]["id"] == house.sam.id
    assert (await house.sam.post(at(held, "not-spam"))).json()["waiting_since"] is None
