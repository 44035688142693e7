"""One contact over channels: merged by what a channel has proof of, and never by what somebody merely says."""

from typing import Any

from dibs.actor import system
from dibs.contacts import merging
from dibs.tx import transaction
from tests.ownership.checks import at
from tests.support.house import House


async def unify(house: House, *, also: str | None = None, **verified: Any) -> Any:
    async with transaction(house.core, system(house.workspace_id, "Widget", "widget")) as tx:
        return await merging.unify(tx, verified, also=also)


async def made(house: House, **fields: Any) -> str:
    answer = await house.sam.post("/contacts", fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_nobody_yet_is_a_new_contact_and_then_the_same_one(house: House) -> None:
    first = await unify(house, email="Ana@Example.com", name="Ana")
    assert (first.email, first.name) == ("ana@example.com", "Ana")
    assert (await unify(house, email="ana@example.com", external_id="u-1")).id == first.id
    found = (await house.vic.get(f"/contacts/{first.id}")).json()
    assert (found["external_id"], found["email"]) == ("u-1", "ana@example.com")


async def test_a_proof_that_two_are_one_merges_them_but_not_their_conversations(house: House) -> None:
    by_mail, by_phone = await made(house, email="ana@example.com"), await made(house, phone="+34600123456", name="Ana")
    mine = (await house.sam.post("/conversations", {"contact": by_phone, "message": {"text": "Hi"}})).json()
    other = (await house.sam.post("/conversations", {"contact": by_mail, "message": {"text": "Hi"}})).json()
    await house.sam.post(at(mine, "claim"))
    await house.kim.post(at(other, "claim"))
    one = await unify(house, email="ana@example.com", phone="+34 600 123 456")
    assert (one.id, one.phone, one.name) == (by_mail, "+34600123456", "Ana")
    assert (await house.vic.get(f"/contacts/{by_phone}")).json()["id"] == by_mail
    siblings = (await house.vic.get("/conversations", view="any", contact=by_mail)).json()["data"]
    assert {each["id"]: each["assignee"]["id"] for each in siblings} == {
        mine["id"]: house.sam.id,
        other["id"]: house.kim.id,
    }
    assert {each["contact"]["id"] for each in siblings} == {by_mail}
    (event,) = await house.rows("SELECT body FROM events WHERE workspace_id = :ws AND kind = 'contact.updated'")
    assert f'"merged":"{by_phone}"' in event.body


async def test_an_anonymous_visitor_becomes_the_one_who_is_proved(house: House) -> None:
    known, visitor = await made(house, email="ana@example.com", name="Ana"), await made(house, name="Visitor 7")
    assert (await unify(house, email="ana@example.com", also=visitor)).id == known
    assert (await house.vic.get(f"/contacts/{visitor}")).json()["id"] == known
    # The second time it is merged already.
    assert (await unify(house, email="ana@example.com", also=visitor)).id == known
    # And with nobody known by that address, the visitor is the one.
    lone = await made(house, name="Visitor 8")
    assert (await unify(house, email="bo@example.com", also=lone)).id == lone


async def test_two_accounts_of_the_host_stay_two_whatever_else_they_share(house: House) -> None:
    parent, child = (
        await made(house, external_id="u-1", email="family@example.com"),
        await made(house, external_id="u-2"),
    )
    assert (await unify(house, external_id="u-2", email="family@example.com")).id == child
    for contact, external_id in ((parent, "u-1"), (child, "u-2")):
        found = (await house.vic.get(f"/contacts/{contact}")).json()
        assert (found["id"], found["external_id"]) == (contact, external_id)
    assert (await house.vic.get(f"/contacts/{child}")).json()["email"] is None


async def test_the_one_that_remains_is_blocked_if_either_was(house: House) -> None:
    await made(house, email="ana@example.com")
    bad = await made(house, phone="+34600123456")
    await house.sam.patch(f"/contacts/{bad}", {"blocked": True})
    assert (await unify(house, email="ana@example.com", phone="+34600123456")).blocked is True


async def test_an_unknown_or_deleted_visitor_is_nobody(house: House) -> None:
    known, gone = await made(house, email="ana@example.com"), await made(house, name="Gone")
    await house.sam.delete(f"/contacts/{gone}")
    assert (await unify(house, email="ana@example.com", also=gone)).id == known
    assert (await unify(house, email="ana@example.com", also="ctc_" + "0" * 26)).id == known


async def test_a_neighbours_contact_is_never_merged(house: House, neighbour: House) -> None:
    theirs = await made(neighbour, email="ana@example.com")
    mine = await unify(house, email="ana@example.com", also=theirs)
    assert mine.id != theirs
    assert (await neighbour.vic.get(f"/contacts/{theirs}")).json()["id"] == theirs
