"""Release: the owner gives the conversation back to everybody, or with `hand_back` to the bot."""

from tests.ownership.checks import at, did, escalate, field_refused, named, refused, spells
from tests.support.house import House


async def test_the_owner_releases(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    released = await did(house, house.sam.post(at(mine, "release")), "conversation.released")
    assert (released["assignee"], released["claimed_at"], released["claimed_via"]) == (None, None, None)
    assert (released["status"], released["epoch"]) == ("open", 2)
    assert released["unclaimed_since"] >= mine["claimed_at"]
    assert released["bot_paused"] is True
    assert released == await house.read(mine["id"])
    assert await spells(house, mine["id"]) == [(house.sam.id, "api", "released")]


async def test_the_reason_is_kept(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    reasons = ["shift_end", "wrong_person", "customer_silent", "other"]
    for reason in reasons:
        assert (await house.sam.post(at(mine, "release"), {"reason": reason})).status_code == 200
        await house.sam.post(at(mine, "claim"))
    spells = await house.rows("SELECT end_reason FROM claims WHERE workspace_id = :ws ORDER BY epoch")
    assert [spell.end_reason for spell in spells] == [*reasons, None]
    audit = "SELECT reason FROM audit_rows WHERE workspace_id = :ws AND action = 'conversation.released' ORDER BY seq"
    assert [row.reason for row in await house.rows(audit)] == reasons


async def test_with_hand_back_the_bot_resumes_and_the_escalation_is_cleared(house: House) -> None:
    conversation = await house.conversation()
    await escalate(house, conversation)
    await house.sam.post(at(conversation, "claim"))
    assert (await house.read(conversation["id"]))["escalated_at"] is not None
    released = await did(
        house, house.sam.post(at(conversation, "release"), {"hand_back": True}), "conversation.released"
    )
    assert (released["assignee"], released["bot_paused"], released["escalated_at"]) == (None, False, None)
    assert await spells(house, conversation["id"]) == [(house.sam.id, "api", "handed_back")]


async def test_a_plain_release_keeps_the_escalation(house: House) -> None:
    conversation = await house.conversation()
    await escalate(house, conversation)
    await house.sam.post(at(conversation, "claim"))
    released = (await house.sam.post(at(conversation, "release"))).json()
    assert released["escalated_at"] is not None


async def test_a_release_wakes_a_snoozed_conversation(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "snooze"), {"until": "2999-01-01T00:00:00Z"})
    released = (await house.sam.post(at(mine, "release"))).json()
    assert (released["status"], released["snoozed_until"], released["assignee"]) == ("open", None, None)


async def test_nobody_else_releases_not_even_an_admin(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.kim, house.ada, house.olga):
        problem = await refused(house, person.post(at(held, "release")), "already_claimed", epoch=1)
        assert (problem["assignee"], problem["claimed_at"]) == (named(house.sam), held["claimed_at"])


async def test_what_nobody_holds_cannot_be_released(house: House) -> None:
    conversation = await house.conversation()
    await refused(house, house.sam.post(at(conversation, "release")), "not_claimed", assignee=None)
    mine = await house.claimed_by(house.sam)
    await house.sam.post(at(mine, "release"))
    await refused(house, house.sam.post(at(mine, "release")), "not_claimed", assignee=None)
    await house.sam.post(at(conversation, "resolve"))
    await refused(house, house.sam.post(at(conversation, "release")), "not_claimed", assignee=None)


async def test_a_release_under_an_old_epoch_is_refused(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    call = house.sam.post(at(mine, "release"), {"epoch": 0})
    await refused(house, call, "stale_epoch", epoch=1, assignee=named(house.sam))
    # Held by somebody else comes first.
    await refused(house, house.kim.post(at(mine, "release"), {"epoch": 0}), "already_claimed")


async def test_a_viewer_cannot_release(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await refused(house, house.vic.post(at(held, "release")), "forbidden", needs="agent")


async def test_a_malformed_release_changes_nothing(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    for field, value in (
        ("reason", "bored"),
        ("hand_back", "yes"),
        ("undo", 1),
        ("epoch", "1"),
        ("epoch", -1),
        ("epoch", True),
        ("owner", "me"),
    ):
        await field_refused(house, house.sam.post(at(mine, "release"), {field: value}), field)
