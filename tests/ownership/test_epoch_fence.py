"""The epoch fence: whoever acts on an ownership that has ended is told so, also when nobody holds it now."""

from typing import Any

import pytest

from dibs.conversations.sweeper import sweep
from dibs.settings import Settings
from tests.ownership.checks import Time, at, named, refused
from tests.support.house import House, Person

REPLY: dict[str, Any] = {"kind": "reply", "text": "As I was saying"}
WAIT = {"until_customer_replies": True}


async def ended(house: House, how: str, settings: Settings, time: Time) -> dict[str, Any]:
    """A conversation whose claim by Sam, epoch 1, has ended in that way."""
    mine = await house.claimed_by(house.sam)
    if how == "stale":
        await house.settings(auto_release_enabled=True)
        for minutes in (0, 121, 3):
            time.passes(minutes=minutes)
            await sweep(house.core, settings)
    elif how == "taken over":
        asked = (await house.kim.post(at(mine, "takeover-requests"))).json()
        await house.sam.post(f"/takeover-requests/{asked['id']}/accept")
    else:
        person, verb, body = {
            "released": (house.sam, "release", {}),
            "undone": (house.sam, "release", {"undo": True}),
            "handed back": (house.sam, "hand-back", {}),
            "forced": (house.ada, "force-release", {"reason": "Sam is ill"}),
            "reassigned": (house.ada, "reassign", {"agent_id": house.kim.id}),
            "resolved": (house.ada, "resolve", {}),
        }[how]
        assert (await person.post(at(mine, verb), body)).status_code == 200
    return await house.read(mine["id"])


@pytest.mark.parametrize("hows", [("released", "undone", "handed back", "forced", "resolved"), ("stale",)])
async def test_a_late_reply_to_a_free_conversation_is_refused(
    house: House, settings: Settings, time: Time, hows: tuple[str, ...]
) -> None:
    for how in hows:
        freed = await ended(house, how, settings, time)
        assert (freed["assignee"], freed["epoch"]) == (None, 2), how
        if how == "resolved":
            await house.kim.post(at(freed, "reopen"))
        for more in ({}, {"override": True}, {"client_id": "c"}, {"then": "resolve"}):
            call = house.sam.post(at(freed, "messages"), REPLY | more | {"epoch": 1})
            await refused(house, call, "stale_epoch", epoch=2, assignee=None)
        # Without an epoch the state decides.
        assert (await house.sam.post(at(freed, "messages"), REPLY)).status_code == 201, how


async def test_a_late_reply_to_what_somebody_else_holds_names_them(
    house: House, settings: Settings, time: Time
) -> None:
    for how in ("reassigned", "taken over"):
        given = await ended(house, how, settings, time)
        for more in ({}, {"epoch": 1}, {"epoch": 2}):
            call = house.sam.post(at(given, "messages"), REPLY | more)
            await refused(house, call, "already_claimed", epoch=2, assignee=named(house.kim))


def verbs(house: House) -> list[tuple[str, dict[str, Any], Person]]:
    """Every action with a body that would do, and an admin who may do it to what another holds."""
    return [
        ("hand-back", {}, house.ada),
        ("reassign", {"agent_id": house.ada.id}, house.ada),
        ("force-release", {"reason": "why not"}, house.ada),
        ("resolve", {"note": "done"}, house.ada),
        ("snooze", WAIT, house.ada),
        ("wake", {}, house.ada),
        ("messages", REPLY | {"take_over": True}, house.ada),
        ("takeover-requests", {}, house.ada),
    ]


async def test_every_action_on_a_free_conversation_heeds_the_epoch(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "release"))
    free: list[tuple[str, dict[str, Any]]] = [
        ("claim", {}),
        ("hand-back", {}),
        ("resolve", {"note": "done"}),
        ("snooze", WAIT),
        ("wake", {}),
    ]
    for verb, body in [*free, ("reopen", {"claim": True}), ("reopen", {}), ("messages", REPLY)]:
        for epoch in (0, 1, 3):
            call = house.sam.post(at(mine, verb), body | {"epoch": epoch})
            await refused(house, call, "stale_epoch", epoch=2, assignee=None)
    call = house.ada.post(at(mine, "reassign"), {"agent_id": house.kim.id, "epoch": 1})
    await refused(house, call, "stale_epoch", epoch=2, assignee=None)
    for person, verb, body in (
        (house.sam, "release", {}),
        (house.sam, "release", {"undo": True}),
        (house.ada, "force-release", {"reason": "why"}),
        (house.kim, "takeover-requests", {}),
    ):
        await refused(house, person.post(at(mine, verb), body | {"epoch": 1}), "not_claimed", assignee=None)


async def test_every_action_of_a_former_owner_names_the_new_one(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "reassign"), {"agent_id": house.kim.id})
    for verb, body in (
        ("claim", {}),
        ("release", {}),
        ("release", {"undo": True}),
        ("hand-back", {}),
        ("reassign", {"agent_id": house.sam.id}),
        ("resolve", {}),
        ("snooze", WAIT),
        ("wake", {}),
        ("reopen", {"claim": True}),
        ("reopen", {}),
        ("messages", REPLY),
    ):
        call = house.sam.post(at(mine, verb), body | {"epoch": 1})
        await refused(house, call, "already_claimed", assignee=named(house.kim), epoch=2)
    for verb, body, admin in verbs(house):
        call = admin.post(at(mine, verb), body | {"epoch": 1})
        await refused(house, call, "already_claimed", assignee=named(house.kim), epoch=2)


async def test_who_holds_it_again_acts_under_the_new_epoch_only(house: House) -> None:
    mine = await house.claimed_by(house.ada)
    await house.ada.post(at(mine, "release"))
    await house.ada.post(at(mine, "claim"))
    more: list[tuple[str, dict[str, Any], Person]] = [("release", {}, house.ada), ("claim", {}, house.ada)]
    for verb, body, holder in [*verbs(house), *more]:
        call = holder.post(at(mine, verb), body | {"epoch": 1})
        await refused(house, call, "stale_epoch", assignee=named(house.ada), epoch=3)
    answer = await house.ada.post(at(mine, "messages"), REPLY | {"epoch": 3})
    assert answer.status_code == 201


async def test_a_closed_conversation_is_closed_whatever_the_epoch(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "resolve"))
    for verb, body in (("claim", {}), ("hand-back", {}), ("snooze", WAIT), ("wake", {}), ("messages", REPLY)):
        call = house.sam.post(at(mine, verb), body | {"epoch": 1})
        await refused(house, call, "conversation_closed", status="resolved")
    for verb in ("resolve", "reopen", "archive"):
        await refused(house, house.sam.post(at(mine, verb), {"epoch": 1}), "stale_epoch", epoch=2, assignee=None)
