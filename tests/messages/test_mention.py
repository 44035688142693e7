"""Mentions: a note tells exactly those whom it names, or those whom its author chose."""

from typing import Any

import pytest

from tests.ownership.checks import all_seen, at, field_refused, refused, told
from tests.support.house import House, Person

NOTE: dict[str, Any] = {"kind": "note", "text": "Please look"}


async def tells(house: House, text: str, **more: Any) -> set[str]:
    """Whom a note of the admin's tells."""
    held = await house.claimed_by(house.ada)
    answer = await house.ada.post(at(held, "messages"), NOTE | {"text": text, **more})
    assert answer.status_code == 201, answer.text
    assert {kind for _, kind in await told(house, held["id"])} <= {"mention"}
    found = {name for name, _ in await told(house, held["id"])}
    await all_seen(house)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Sam Rivera, please", {"Sam Rivera"}),
        ("Ask @sam rivera.", {"Sam Rivera"}),
        ("@Sam Riverside, or just Sam", {"Sam"}),
        ("@Sam. Thanks", {"Sam"}),
        ("(@Sam)", {"Sam"}),
        ("@Ana knows", {"Ana Ruiz", "Ana Ruiz Soto"}),
        ("@Ana Ruiz knows", {"Ana Ruiz"}),
        ("@Ana Ruiz Soto knows", {"Ana Ruiz Soto"}),
        ("@Ana Ruiz and @Kim", {"Ana Ruiz", "Kim"}),
        ("@Zoë-Marie d'Arc!", {"Zoë-Marie d'Arc"}),
        ("@Zoë", set()),
        ("@Samuel", set()),
        ("sam@Kim.example and x.@Kim", set()),
        ("@ Kim", set()),
        ("Kim", set()),
        ("@", set()),
        ("@@Kim", {"Kim"}),
        ("@Kim's turn", {"Kim"}),
        ("@Kim'sson", set()),
        (" ".join(["@nobody"] * 50 + ["@Kim"]), set()),
    ],
)
async def test_who_is_named_is_told(house: House, text: str, expected: set[str]) -> None:
    for name in ("Sam Rivera", "Sam Ito", "Ana Ruiz", "Ana Ruiz Soto", "Zoë-Marie d'Arc"):
        await added(house, name)
    assert await tells(house, text) == expected


async def added(house: House, name: str) -> str:
    email = f"{abs(hash(name))}@dibs.example"
    answer = await house.ada.post("/agents", {"name": name, "email": email, "role": "agent"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_two_of_one_name_are_told_apart_by_their_ids(house: House) -> None:
    twin = await house.person("Kim")
    held = await house.claimed_by(house.ada)

    async def bells(person: Person) -> int:
        return len((await person.get("/notifications")).json()["data"])

    await house.ada.post(at(held, "messages"), NOTE | {"text": "@Kim look", "mentions": [twin.id, twin.id]})
    assert (await bells(twin), await bells(house.kim)) == (1, 0)
    # Without it both may be meant.
    await house.ada.post(at(held, "messages"), NOTE | {"text": "@Kim look"})
    assert (await bells(twin), await bells(house.kim)) == (2, 1)
    rows = "SELECT body FROM events WHERE workspace_id = :ws AND kind = 'message.created' ORDER BY seq"
    bodies = [row.body for row in await house.rows(rows)]
    assert [f'"mentions":["{twin.id}"]' in body for body in bodies[-2:]] == [True, False]


async def test_chosen_ones_count_whatever_the_text_says(house: House) -> None:
    assert await tells(house, "@Kim, @Vic", mentions=[]) == set()
    assert await tells(house, "No names", mentions=[house.sam.id, house.vic.id]) == {"Sam", "Vic"}
    assert await tells(house, "@Kim", mentions=[house.ada.id]) == set()


async def test_a_repeated_note_tells_nobody_twice(house: House) -> None:
    held = await house.claimed_by(house.ada)
    for _ in range(2):
        body = NOTE | {"mentions": [house.kim.id], "client_id": "n-1"}
        await house.ada.post(at(held, "messages"), body)
    assert len((await house.kim.get("/notifications")).json()["data"]) == 1


async def test_whom_nobody_can_tell_is_refused(house: House, neighbour: House) -> None:
    held = await house.claimed_by(house.sam)
    await house.ada.patch(f"/agents/{house.kim.id}", {"active": False})
    for wrong in (neighbour.sam.id, house.kim.id, "agt_1", "", "\x00", 7, None):
        call = house.sam.post(at(held, "messages"), NOTE | {"mentions": [house.ada.id, wrong]})
        problem = await refused(house, call, "invalid")
        assert problem["errors"][0]["field"].split(".")[0] == "mentions", wrong
    shapeless: list[Any] = ["agt_1", 7, {}, [house.ada.id] * 51]
    for mentions in shapeless:
        await field_refused(house, house.sam.post(at(held, "messages"), NOTE | {"mentions": mentions}), "mentions")
    assert await told(house, held["id"]) == set()


async def test_a_reply_mentions_nobody(house: House) -> None:
    held = await house.claimed_by(house.sam)
    reply = {"kind": "reply", "text": "Hello @Kim"}
    await field_refused(house, house.sam.post(at(held, "messages"), reply | {"mentions": [house.kim.id]}), "body")
    assert (await house.sam.post(at(held, "messages"), reply)).status_code == 201
    await refused(house, house.vic.post(at(held, "messages"), NOTE | {"mentions": []}), "forbidden", needs="agent")
    assert await told(house, held["id"]) == set()
