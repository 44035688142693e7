"""Drafts of others: everybody sees that there is one; only who holds the conversation reads what was to be replied."""

from typing import Any

from tests.ownership.checks import at, named, refused
from tests.support.house import House, Person


async def drafts(person: Person, conversation: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    answer = await person.get(at(conversation, "drafts"))
    assert answer.status_code == 200, answer.text
    return [(each["agent"]["name"], each["kind"], each["text"]) for each in answer.json()["data"]]


async def test_the_next_owner_reads_what_the_last_one_meant_to_reply(house: House) -> None:
    held = await house.claimed_by(house.sam)
    saved = (await house.sam.put(at(held, "draft"), {"text": "Dear Ana"})).json()
    for person in (house.kim, house.ada, house.olga, house.vic):
        assert await drafts(person, held) == [("Sam", "reply", None)]
    await house.sam.post(at(held, "release"))
    # Nobody holds it: it is still nobody else's to read.
    assert await drafts(house.kim, held) == [("Sam", "reply", None)]
    await house.kim.post(at(held, "claim"))
    (draft,) = (await house.kim.get(at(held, "drafts"))).json()["data"]
    assert draft == {
        "agent": named(house.sam),
        "conversation_id": held["id"],
        "kind": "reply",
        "text": "Dear Ana",
        "updated_at": saved["updated_at"],
    }
    # Admins watch, they do not read along; and a lost claim shows nothing any more.
    assert await drafts(house.ada, held) == [("Sam", "reply", None)]
    await house.kim.post(at(held, "release"))
    assert await drafts(house.kim, held) == [("Sam", "reply", None)]


async def test_a_note_that_is_being_written_is_its_authors_alone(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.kim.put(at(held, "draft"), {"kind": "note", "text": "Between us"})
    for person in (house.sam, house.ada, house.vic):
        assert await drafts(person, held) == [("Kim", "note", None)]
    assert await drafts(house.kim, held) == [("Kim", "note", "Between us")]


async def test_several_the_latest_first_and_ones_own_among_them(house: House) -> None:
    held = await house.claimed_by(house.sam)
    assert await drafts(house.sam, held) == []
    await house.kim.put(at(held, "draft"), {"text": "Kim's"})
    await house.sam.put(at(held, "draft"), {"text": "Sam's"})
    await house.ada.put(at(held, "draft"), {"text": "Ada's"})
    assert await drafts(house.sam, held) == [
        ("Ada", "reply", "Ada's"),
        ("Sam", "reply", "Sam's"),
        ("Kim", "reply", "Kim's"),
    ]
    assert await drafts(house.kim, held) == [("Ada", "reply", None), ("Sam", "reply", None), ("Kim", "reply", "Kim's")]
    assert await drafts(house.sam, await house.conversation()) == []


async def test_what_is_blank_or_was_thrown_away_is_no_draft(house: House) -> None:
    held = await house.claimed_by(house.sam)
    for text in ("", "  "):
        await house.sam.put(at(held, "draft"), {"text": text})
        assert await drafts(house.kim, held) == []
    await house.sam.put(at(held, "draft"), {"text": "x" * 4_000})
    assert await drafts(house.kim, held) == [("Sam", "reply", None)]
    await house.sam.delete(at(held, "draft"))
    assert await drafts(house.kim, held) == []


async def test_a_draft_of_somebody_who_left_is_there_for_the_next_owner(house: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.sam.put(at(held, "draft"), {"text": "Unfinished"})
    assert (await house.ada.delete(f"/agents/{house.sam.id}")).status_code == 200
    await house.kim.post(at(held, "claim"))
    assert await drafts(house.kim, held) == [("Sam", "reply", "Unfinished")]


async def test_refusals(house: House, neighbour: House) -> None:
    conversation, foreign = await house.conversation(), await neighbour.conversation()
    await refused(house, house.sam.get(at(foreign, "drafts")), "not_found")
    await refused(house, house.sam.get("/conversations/conv_1/drafts"), "not_found")
    await refused(house, house.sam.get("/conversations/%00/drafts"), "not_found")
    rita = await house.person("Rita", scopes=["contacts:read"])
    await refused(house, rita.get(at(conversation, "drafts")), "forbidden", needs="conversations:read")
    answer = await house.http.get(f"/v1{at(conversation, 'drafts')}")
    assert answer.status_code == 401
    for method in ("POST", "PUT", "DELETE"):
        assert (await house.sam.call(method, at(conversation, "drafts"))).status_code == 405
