"""Notifications: for each kind and state exactly the people it concerns, once, in the transaction of its cause."""

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, all_seen, at, escalate, field_refused, refused, told, unchanged
from tests.support.house import House, Person

WAIT = {"until_customer_replies": True}


def waiting(*names: str) -> set[tuple[str, str]]:
    return {(name, "unclaimed_waiting") for name in names}


async def test_what_the_customer_writes(house: House) -> None:
    await house.pool("Billing", house.kim, house.olga, house.vic, tags=["billing"])
    served = await house.conversation()
    await house.write(served["id"])
    assert await told(house, served["id"]) == set()  # the bot serves it
    held = await house.claimed_by(house.sam)
    await house.write(held["id"])
    assert await told(house, held["id"]) == {("Sam", "customer_reply")}
    snoozed = await house.claimed_by(house.sam)
    await house.sam.post(at(snoozed, "snooze"), WAIT)
    await house.write(snoozed["id"])
    assert await told(house, snoozed["id"]) == {("Sam", "customer_reply")}
    paused = await house.claimed_by(house.sam)
    await house.sam.post(at(paused, "release"))
    await house.write(paused["id"])
    assert await told(house, paused["id"]) == waiting("Sam", "Kim", "Ada", "Olga")
    escalated = await house.conversation(tags=["billing"])
    await escalate(house, escalated)
    await house.write(escalated["id"])
    assert await told(house, escalated["id"]) == waiting("Kim", "Olga")


async def test_a_customer_who_comes_back_reaches_the_last_assignee_and_the_eligible(house: House) -> None:
    for verbs in (("resolve",), ("resolve", "archive")):
        conversation = await house.claimed_by(house.sam)
        for verb in verbs:
            await house.sam.post(at(conversation, verb))
        await house.write(conversation["id"])
        assert await told(house, conversation["id"]) == waiting("Sam", "Kim", "Ada", "Olga")
    # With the bot serving it, too; and the last assignee although no longer in the pool.
    await house.settings(pause_bot_on_claim=False)
    conversation = await house.claimed_by(house.sam)
    await house.sam.post(at(conversation, "resolve"))
    await house.pool("Billing", house.kim, tags=["billing"])
    await house.kim.patch(f"/conversations/{conversation['id']}", {"tags": ["billing"]})
    after = await house.write(conversation["id"])
    assert after["conversation"]["bot_paused"] is False
    assert await told(house, conversation["id"]) == waiting("Sam", "Kim")
    # The next message finds it open and served by the bot.
    await all_seen(house)
    await house.write(conversation["id"])
    assert await told(house, conversation["id"]) == set()


async def test_who_gets_and_who_loses_a_conversation(house: House) -> None:
    held = await house.claimed_by(house.sam)
    assert await told(house, held["id"]) == set()
    await house.sam.post(at(held, "reassign"), {"agent_id": house.kim.id, "note": "She knows him"})
    assert await told(house, held["id"]) == {("Kim", "reassigned")}
    await all_seen(house)
    await house.ada.post(at(held, "force-release"), {"reason": "Kim is ill"})
    assert await told(house, held["id"]) == {("Kim", "released")} | waiting("Sam", "Olga")
    await all_seen(house)
    await house.ada.post(at(held, "reassign"), {"agent_id": house.sam.id})
    assert await told(house, held["id"]) == {("Sam", "reassigned")}
    await all_seen(house)
    await house.sam.post(at(held, "release"))
    await house.sam.post(at(held, "claim"))
    await house.sam.post(at(held, "resolve"), {"note": "Done"})
    assert await told(house, held["id"]) == set()


async def test_take_over_requests(house: House) -> None:
    answers: list[tuple[str, Person, set[tuple[str, str]]]] = [
        ("accept", house.sam, {("Kim", "takeover_answered")}),
        ("decline", house.sam, {("Kim", "takeover_answered")}),
        ("cancel", house.kim, set()),
    ]
    for answer, person, expected in answers:
        held = await house.claimed_by(house.sam)
        asked = (await house.kim.post(at(held, "takeover-requests"), {"note": "please"})).json()
        assert await told(house, held["id"]) == {("Sam", "takeover_requested")}
        await all_seen(house)
        await person.post(f"/takeover-requests/{asked['id']}/{answer}")
        assert await told(house, held["id"]) == expected


async def test_a_stale_claim(house: House, settings: Settings, time: Time) -> None:
    held, own = await house.claimed_by(house.sam), await house.claimed_by(house.ada)
    time.passes(minutes=31)
    await sweep(house.core, settings)
    everybody = {(name, "claim_stale") for name in ("Sam", "Ada", "Olga")}
    assert await told(house, held["id"]) == everybody
    assert await told(house, own["id"]) == everybody - {("Sam", "claim_stale")}


async def test_replies_notes_and_what_one_does_oneself_tell_nobody(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for kind in ("reply", "note"):
        await house.sam.post(at(held, "messages"), {"kind": kind, "text": "Hello @Sam"})
    await house.ada.post(at(held, "reassign"), {"agent_id": house.ada.id})
    await house.ada.post(at(held, "force-release"), {"reason": "back to all"})
    assert await told(house, held["id"]) == waiting("Sam", "Kim", "Olga")


async def test_a_kind_that_is_switched_off_is_not_written(house: House) -> None:
    await house.sam.patch("/agents/me/preferences", {"notifications": {"customer_reply": False}})
    held = await house.claimed_by(house.sam)
    await house.write(held["id"])
    assert await told(house, held["id"]) == set()
    await house.kim.post(at(held, "messages"), {"kind": "note", "text": "@Sam look"})
    assert await told(house, held["id"]) == {("Sam", "mention")}


async def test_the_inactive_and_viewers_are_told_nothing_they_could_not_act_on(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await house.sam.post(at(conversation, "release"))
    await house.ada.patch(f"/agents/{house.sam.id}", {"active": False})
    await house.ada.patch(f"/agents/{house.kim.id}", {"role": "viewer"})
    await house.write(conversation["id"])
    assert await told(house, conversation["id"]) == waiting("Ada", "Olga")


async def test_a_refused_cause_tells_nobody(house: House) -> None:
    held = await house.claimed_by(house.sam)
    call = house.kim.post(at(held, "reassign"), {"agent_id": house.ada.id, "note": "@Olga"})
    await refused(house, call, "already_claimed")
    assert await told(house, held["id"]) == set()


async def test_the_bell_shows_ones_own_newest_first_and_forgets_what_was_seen(house: House, neighbour: House) -> None:
    held = await house.claimed_by(house.sam)
    for text in ("one", "two", "three"):
        await house.write(held["id"], text)
    page = (await house.sam.get("/notifications", limit=2)).json()
    assert [each["text"].rpartition(": ")[2] for each in page["data"]] == ["three", "two"]
    rest = (await house.sam.get("/notifications", cursor=page["next_cursor"])).json()
    assert ([each["text"].rpartition(": ")[2] for each in rest["data"]], rest["next_cursor"]) == (["one"], None)
    bell = page["data"][0]
    assert set(bell) == {
        *("id", "kind", "conversation_id", "text", "note", "link", "actor", "seen_at", "created_at"),
    }
    assert (bell["kind"], bell["conversation_id"], bell["seen_at"]) == ("customer_reply", held["id"], None)
    assert bell["actor"]["type"] == "contact"
    # Only one's own are seen.
    for person in (house.kim, neighbour.sam):
        assert (await person.get("/notifications")).json()["data"] == []
        assert (await person.post("/notifications/seen", {"upto": bell["id"]})).json() == {"seen": 0}
    assert (await house.sam.post("/notifications/seen", {"id": page["data"][1]["id"]})).json() == {"seen": 1}
    assert (await house.sam.post("/notifications/seen", {"upto": bell["id"]})).json() == {"seen": 2}
    assert await unchanged(house, house.sam.post("/notifications/seen", {"upto": bell["id"]})) == {"seen": 0}
    assert all(each["seen_at"] for each in (await house.sam.get("/notifications")).json()["data"])
    for body in ({}, {"id": bell["id"], "upto": bell["id"]}, {"id": "ntf_"}, {"upto": held["id"]}, None):
        await field_refused(house, house.sam.post("/notifications/seen", body), "body")
    for params in ({"cursor": "ntf_"}, {"limit": "0"}, {"limit": "101"}):
        assert (await house.sam.get("/notifications", **params)).status_code == 422
