"""Observers: agents who watch beside the one owner, and never answer the customer."""

from tests.ownership.checks import at, did, named, refused, unchanged
from tests.support.house import House, Person


async def test_an_agent_observes_and_leaves(house: House) -> None:
    held = await house.claimed_by(house.sam)
    path = at(held, f"observers/{house.kim.id}")
    assert await did(house, house.kim.put(path), "observer.joined") == held
    assert await unchanged(house, house.kim.put(path)) == held
    (seen,) = (await house.kim.get("/conversations", view="observing")).json()["data"]
    assert seen == held
    assert await did(house, house.kim.delete(path), "observer.left") == held
    assert await unchanged(house, house.kim.delete(path)) == held
    assert (await house.kim.get("/conversations", view="observing")).json()["data"] == []
    # `me` is whoever asks.
    assert await did(house, house.kim.put(at(held, "observers/me")), "observer.joined") == held


async def test_everybody_sees_who_observes_the_first_one_first(house: House, neighbour: House) -> None:
    held, gone = await house.claimed_by(house.sam), await house.person("Gus")

    async def observers(person: Person) -> list[dict[str, str]]:
        answer = await person.get(at(held, "observers"))
        assert answer.status_code == 200, answer.text
        found: list[dict[str, str]] = answer.json()["data"]
        return found

    assert await observers(house.vic) == []
    await house.kim.put(at(held, "observers/me"))
    await house.ada.put(at(held, f"observers/{gone.id}"))
    await house.ada.put(at(held, "observers/me"))
    for person in (house.sam, house.kim, house.vic, house.olga):
        assert await observers(person) == [named(house.kim), named(gone), named(house.ada)]
    # Who left the team watches nothing any more, nor does who stopped.
    await house.ada.patch(f"/agents/{gone.id}", {"active": False})
    await house.kim.delete(at(held, "observers/me"))
    assert await observers(house.sam) == [named(house.ada)]
    for stranger in (neighbour.kim, neighbour.olga):
        await refused(neighbour, stranger.get(at(held, "observers")), "not_found")
    for unknown in ("conv_01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense", "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV"):
        await refused(house, house.sam.get(f"/conversations/{unknown}/observers"), "not_found")


async def test_the_owner_and_admins_invite_and_send_away(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for person in (house.sam, house.ada):
        await did(house, person.put(at(held, f"observers/{house.kim.id}")), "observer.joined")
        await did(house, person.delete(at(held, f"observers/{house.kim.id}")), "observer.left")
    await did(house, house.sam.put(at(held, f"observers/{house.vic.id}")), "observer.joined")


async def test_others_decide_only_for_themselves(house: House) -> None:
    held, free = await house.claimed_by(house.sam), await house.conversation()
    await house.ada.put(at(held, f"observers/{house.ada.id}"))
    for conversation in (held, free):
        for target in (house.sam, house.ada):
            path = at(conversation, f"observers/{target.id}")
            await refused(house, house.kim.put(path), "forbidden", needs="admin")
            await refused(house, house.kim.delete(path), "forbidden", needs="admin")
    for target in (house.vic, house.sam):
        await refused(house, house.vic.put(at(held, f"observers/{target.id}")), "forbidden", needs="agent")


async def test_an_observer_still_cannot_answer(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.kim.put(at(held, f"observers/{house.kim.id}"))
    reply = {"kind": "reply", "text": "Let me help"}
    await refused(house, house.kim.post(at(held, "messages"), reply), "already_claimed", assignee=named(house.sam))
    assert (await house.kim.post(at(held, "messages"), {"kind": "note", "text": "Psst"})).status_code == 201


async def test_unknown_foreign_and_inactive_people_are_refused(house: House, neighbour: House) -> None:
    held, foreign = await house.claimed_by(house.sam), await neighbour.conversation()
    gone = await house.person("Gus")
    await house.ada.patch(f"/agents/{gone.id}", {"active": False})
    for agent_id in (neighbour.kim.id, "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "nobody", "%00"):
        await refused(house, house.sam.put(at(held, f"observers/{agent_id}")), "not_found")
        await refused(house, house.vic.delete(at(held, f"observers/{agent_id}")), "not_found")
    await refused(house, house.sam.put(at(foreign, f"observers/{house.sam.id}")), "not_found")
    await refused(house, house.sam.put(at(held, f"observers/{gone.id}")), "invalid")
