"""The history of a conversation: every change of owner and of status, oldest first, with who, through what and why."""

from typing import Any

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, named, refused
from tests.support.house import House


async def story(house: House, conversation: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await house.vic.get(at(conversation, "history"), limit=100)
    assert (answer.status_code, answer.json()["next_cursor"]) == (200, None)
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


# Kind, who holds it afterwards, epoch, reason, note.
TOLD = [
    ("claimed", "Sam", 1, None, None),
    ("released", None, 2, "undone", None),
    ("claimed", "Sam", 3, None, None),
    ("released", None, 4, "shift_end", None),
    ("claimed", "Kim", 5, None, "Yours"),
    ("reassigned", "Sam", 6, None, None),
    ("released", None, 7, "Sam is ill", None),
    ("claimed", "Kim", 8, None, None),
    ("released", None, 9, "handed_back", None),
    ("claimed", "Kim", 10, None, None),
    ("resolved", None, 11, "resolved", "Done"),
    ("reopened", None, 11, None, None),
    ("claimed", "Sam", 12, None, None),
    ("reassigned", "Kim", 13, None, None),
    ("released", None, 14, "stale", None),
]


async def live_through_all(house: House, conversation: dict[str, Any]) -> None:
    steps = [
        (house.sam, "claim", {}),
        (house.sam, "release", {"undo": True}),
        (house.sam, "claim", {}),
        (house.sam, "release", {"reason": "shift_end"}),
        (house.ada, "reassign", {"agent_id": house.kim.id, "note": "Yours"}),
        (house.kim, "reassign", {"agent_id": house.sam.id}),
        (house.ada, "force-release", {"reason": "Sam is ill"}),
        (house.kim, "claim", {}),
        (house.kim, "hand-back", {}),
        (house.kim, "claim", {}),
        (house.kim, "resolve", {"note": "Done"}),
        (house.sam, "reopen", {"claim": True}),
    ]
    for person, verb, body in steps:
        answer = await person.post(at(conversation, verb), body)
        assert answer.status_code == 200, (verb, answer.text)
    asked = (await house.kim.post(at(conversation, "takeover-requests"))).json()
    await house.sam.post(f"/takeover-requests/{asked['id']}/accept")


async def test_every_way_a_claim_begins_and_ends(house: House, settings: Settings, time: Time) -> None:
    conversation = await house.conversation()
    await house.settings(auto_release_enabled=True)
    await live_through_all(house, conversation)
    for minutes in (121, 3):
        time.passes(minutes=minutes)
        await sweep(house.core, settings)
    found = await story(house, conversation)
    told = [
        (each["kind"], each["assignee"] and each["assignee"]["name"], each["epoch"], each["reason"], each["note"])
        for each in found
        if not each["kind"].startswith(("takeover", "stale"))
    ]
    assert told == TOLD
    assert [each["at"] for each in found] == sorted(each["at"] for each in found)
    assert found[0]["actor"] == {"type": "agent", "via": "api", **named(house.sam)}
    assert (found[-1]["actor"]["type"], found[-1]["actor"]["id"]) == ("system", None)


async def test_messages_notes_tags_and_refusals_leave_no_entry(house: House) -> None:
    held = await house.claimed_by(house.sam)
    before = await story(house, held)
    await house.sam.post(at(held, "messages"), {"kind": "reply", "text": "Hello"})
    await house.kim.post(at(held, "messages"), {"kind": "note", "text": "Hm"})
    await house.kim.patch(f"/conversations/{held['id']}", {"tags": ["vip"]})
    await house.write(held["id"])
    await refused(house, house.kim.post(at(held, "claim")), "already_claimed")
    await house.sam.post(at(held, "claim"))
    assert await story(house, held) == before


async def test_the_tables_and_the_audit_cannot_be_rewritten(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await house.ada.call(method, at(held, "history"), json={})
        assert answer.status_code == 405
