"""Take-over requests: an agent asks the holder; it is accepted, declined, withdrawn, or lapses."""

from typing import Any

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, did, field_refused, messages, named, refused, spells, told, unchanged
from tests.support.house import House, Person


async def ask(person: Person, conversation: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = await person.post(at(conversation, "takeover-requests"), body or None)
    assert answer.status_code == 201, answer.text
    asked: dict[str, Any] = answer.json()
    return asked


async def state(house: House, request: dict[str, Any]) -> str:
    (row,) = await house.rows(
        "SELECT state FROM takeover_requests WHERE workspace_id = :ws AND id = :id", id=request["id"]
    )
    return str(row.state)


def to(request: dict[str, Any], answer: str) -> str:
    return f"/takeover-requests/{request['id']}/{answer}"


async def test_a_colleague_asks_the_holder(house: House) -> None:
    held = await house.claimed_by(house.sam)
    call = house.kim.post(at(held, "takeover-requests"), {"note": "I know her", "epoch": 1})
    asked = await did(house, call, "takeover.requested", status=201)
    assert (asked["asker"], asked["assignee"], asked["state"]) == (named(house.kim), named(house.sam), "open")
    assert (asked["conversation_id"], asked["note"], asked["reason"]) == (held["id"], "I know her", None)
    assert asked["expires_at"] > asked["created_at"]
    assert await house.read(held["id"]) == held
    assert await told(house, held["id"]) == {("Sam", "takeover_requested")}
    # Asking again changes nothing; several may ask.
    again = house.kim.post(at(held, "takeover-requests"), {"note": "Really"})
    assert await unchanged(house, again) == asked
    other = await ask(house.ada, held)
    for filters in ({"state": "open", "conversation": held["id"]}, {"conversation": held["id"]}, {}):
        listed = (await house.vic.get("/takeover-requests", **filters)).json()["data"]
        assert listed == [other, asked]
    assert (await house.vic.get("/takeover-requests", state="declined")).json()["data"] == []


async def test_nobody_asks_for_what_is_free_or_their_own(house: House) -> None:
    conversation = await house.conversation()
    await refused(house, house.kim.post(at(conversation, "takeover-requests"), {"epoch": 9}), "not_claimed")
    await house.kim.post(at(conversation, "claim"))
    path = at(conversation, "takeover-requests")
    await refused(house, house.kim.post(path, {"epoch": 9}), "stale_epoch", assignee=named(house.kim))
    await field_refused(house, house.kim.post(path), "conversation_id")
    await refused(house, house.sam.post(path, {"epoch": 0}), "already_claimed", assignee=named(house.kim))
    await refused(house, house.vic.post(path), "forbidden", needs="agent")
    await house.kim.post(at(conversation, "resolve"))
    await refused(house, house.sam.post(path), "not_claimed", assignee=None)


async def test_who_is_not_in_the_pools_cannot_ask_nor_be_given(house: House) -> None:
    pool = await house.pool("Billing", house.sam, tags=["billing"])
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.kim.id}
    held = await house.claimed_by(house.sam, tags=["billing"])
    await refused(house, house.kim.post(at(held, "takeover-requests")), "pool_restricted", **lacking)
    free = await house.claimed_by(house.sam)
    asked = await ask(house.kim, free)
    await house.sam.patch(f"/conversations/{free['id']}", {"tags": ["billing"]})
    await refused(house, house.sam.post(to(asked, "accept")), "pool_restricted", **lacking)


async def test_the_holder_accepts(house: House) -> None:
    held = await house.claimed_by(house.sam)
    asked, also = await ask(house.kim, held), await ask(house.ada, held)
    call = house.sam.post(to(asked, "accept"), {"note": "He prefers mail", "epoch": 1})
    # The other asker's request lapses with the change of owner.
    kinds = ("takeover.answered", "takeover.answered", "conversation.reassigned", "message.created")
    accepted = await did(house, call, *kinds)
    assert (accepted["state"], accepted["id"]) == ("accepted", asked["id"])
    given = accepted["conversation"]
    assert given == await house.read(held["id"])
    assert (given["assignee"], given["claimed_via"], given["epoch"]) == (named(house.kim), "takeover", 2)
    assert await spells(house, held["id"]) == [(house.sam.id, "api", "taken_over"), (house.kim.id, "takeover", None)]
    assert (await messages(house, held["id"]))[-1] == ("note", "He prefers mail")
    assert await state(house, also) == "lapsed"
    asked_and_answered = {("Kim", "takeover_answered"), ("Ada", "takeover_answered")}
    assert await told(house, held["id"]) >= asked_and_answered
    for answer, person in (("accept", house.sam), ("decline", house.sam), ("cancel", house.kim)):
        await refused(house, person.post(to(asked, answer)), "request_closed", state="accepted")


async def test_at_the_limit_the_asker_is_named_and_the_request_stays_open(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    held, _ = await house.claimed_by(house.sam), await house.claimed_by(house.kim)
    asked = await ask(house.kim, held)
    full = {"agent_id": house.kim.id, "limit": 1, "held": 1}
    await refused(house, house.sam.post(to(asked, "accept"), {"note": "Yours"}), "claim_limit_reached", **full)
    assert await state(house, asked) == "open"


async def test_the_holder_declines_and_says_why(house: House) -> None:
    for body in ({"reason": "Nearly done"}, {"note": "Nearly done"}):
        held = await house.claimed_by(house.sam)
        asked = await ask(house.kim, held)
        declined = await did(house, house.sam.post(to(asked, "decline"), body), "takeover.answered")
        assert (declined["state"], declined["reason"]) == ("declined", "Nearly done")
        assert await house.read(held["id"]) == held
        assert ("Kim", "takeover_answered") in await told(house, held["id"])
        await refused(house, house.sam.post(to(asked, "accept")), "request_closed", state="declined")
        # They may ask again.
        assert (await ask(house.kim, held))["id"] != asked["id"]


async def test_the_asker_withdraws(house: House) -> None:
    held = await house.claimed_by(house.sam)
    asked = await ask(house.kim, held)
    withdrawn = await did(house, house.kim.post(to(asked, "cancel")), "takeover.answered")
    assert withdrawn["state"] == "cancelled"
    assert ("Kim", "takeover_answered") not in await told(house, held["id"])
    await refused(house, house.sam.post(to(asked, "accept")), "request_closed", state="cancelled")


async def test_nobody_else_answers(house: House) -> None:
    held = await house.claimed_by(house.sam)
    asked = await ask(house.kim, held)
    for answer, people, needs in (
        ("accept", (house.kim, house.ada), "assignee"),
        ("decline", (house.kim, house.ada), "assignee"),
        ("cancel", (house.sam, house.ada), "asker"),
    ):
        for person in people:
            await refused(house, person.post(to(asked, answer)), "forbidden", needs=needs)
        await refused(house, house.vic.post(to(asked, answer)), "forbidden", needs="agent")
    await refused(house, house.sam.post(to(asked, "accept"), {"epoch": 0}), "stale_epoch", epoch=1)
    await refused(house, house.sam.post(to(asked, "decline"), {"epoch": 0}), "stale_epoch", epoch=1)
    await refused(house, house.kim.post(to(asked, "cancel"), {"epoch": 0}), "already_claimed", epoch=1)


async def test_an_unknown_foreign_or_malformed_request_is_not_found(house: House, neighbour: House) -> None:
    foreign = await ask(neighbour.kim, await neighbour.claimed_by(neighbour.sam))
    for request_id in (foreign["id"], "tor_01ARZ3NDEKTSV4RRFFQ69G5FAV", "tor_", "%00", foreign["conversation_id"]):
        for answer in ("accept", "decline", "cancel"):
            await refused(house, house.vic.post(f"/takeover-requests/{request_id}/{answer}"), "not_found")
    assert (await house.sam.get("/takeover-requests")).json()["data"] == []
    listed = await house.sam.get("/takeover-requests", conversation=foreign["conversation_id"])
    assert listed.json()["data"] == []
    for filters in ({"state": "done"}, {"cursor": "tor_"}, {"limit": "0"}, {"limit": "101"}):
        assert (await house.sam.get("/takeover-requests", **filters)).status_code == 422


async def test_any_change_or_end_of_the_claim_lapses_every_request(house: House) -> None:
    ends: list[tuple[Person, str, dict[str, Any]]] = [
        (house.sam, "release", {}),
        (house.sam, "release", {"undo": True}),
        (house.sam, "hand-back", {}),
        (house.sam, "resolve", {}),
        (house.sam, "reassign", {"agent_id": house.olga.id}),
        (house.ada, "force-release", {"reason": "why not"}),
    ]
    for person, verb, body in ends:
        held = await house.claimed_by(house.sam)
        first, second = await ask(house.kim, held), await ask(house.ada, held)
        assert (await person.post(at(held, verb), body)).status_code == 200, verb
        assert [await state(house, each) for each in (first, second)] == ["lapsed", "lapsed"], verb
        assert ("Kim", "takeover_answered") in await told(house, held["id"])
        await refused(house, house.sam.post(to(first, "accept")), "request_closed", state="lapsed")


async def test_after_five_minutes_without_an_answer_it_lapses(house: House, settings: Settings, time: Time) -> None:
    held = await house.claimed_by(house.sam)
    asked = await ask(house.kim, held)
    time.passes(minutes=4.9)
    await sweep(house.core, settings)
    assert await state(house, asked) == "open"
    time.passes(minutes=0.2)
    await sweep(house.core, settings)
    assert await state(house, asked) == "lapsed"
    assert ("Kim", "takeover_answered") in await told(house, held["id"])
    assert (await house.read(held["id"]))["assignee"] == named(house.sam)
    await refused(house, house.sam.post(to(asked, "accept")), "request_closed", state="lapsed")


async def test_how_long_is_a_setting(house: House, settings: Settings, time: Time) -> None:
    await house.settings(takeover_timeout_minutes=1)
    asked = await ask(house.kim, await house.claimed_by(house.sam))
    time.passes(minutes=1.1)
    await sweep(house.core, settings)
    assert await state(house, asked) == "lapsed"
