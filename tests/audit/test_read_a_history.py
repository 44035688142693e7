from typing import Any, get_args

import pytest

from dibs.audit.history import ASIDE
from dibs.audit.shapes import Action, HistoryKind
from tests.support.house import House, Person


async def history(person: Person, conversation_id: str, **params: Any) -> list[dict[str, Any]]:
    answer = await person.get(f"/conversations/{conversation_id}/history", **params)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def did(person: Person, conversation: dict[str, Any], action: str, body: Any = None) -> None:
    answer = await person.post(f"/conversations/{conversation['id']}/{action}", body)
    assert answer.status_code in (200, 201), answer.text


async def test_it_tells_who_did_what_oldest_first(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await did(house.sam, conversation, "reassign", {"agent_id": house.kim.id, "note": "Knows the customer"})
    await did(house.kim, conversation, "snooze", {"until_customer_replies": True})
    await did(house.ada, conversation, "force-release", {"reason": "Kim is ill"})
    await did(house.sam, conversation, "claim")
    await did(house.sam, conversation, "resolve")
    found = await history(house.vic, conversation["id"])
    assert [each["kind"] for each in found] == [
        *("claimed", "reassigned", "snoozed", "released", "claimed", "resolved")
    ]
    sam, kim = {"id": house.sam.id, "name": "Sam"}, {"id": house.kim.id, "name": "Kim"}
    assert [each["assignee"] for each in found] == [sam, kim, kim, None, sam, None]
    assert [each["actor"]["name"] for each in found] == ["Sam", "Sam", "Kim", "Ada", "Sam", "Sam"]
    assert found[1]["note"] == "Knows the customer"
    assert found[3]["reason"] == "Kim is ill"
    assert [each["epoch"] for each in found] == [1, 2, 2, 3, 4, 5]
    assert set(found[0]) == {"kind", "at", "actor", "assignee", "reason", "note", "epoch"}
    assert found[0]["actor"] == {"type": "agent", "id": house.sam.id, "name": "Sam", "via": "api"}


async def test_pages_follow_each_other_and_know_the_holder(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    for _ in range(2):
        await did(house.sam, conversation, "snooze", {"until_customer_replies": True})
        await did(house.sam, conversation, "wake")
    whole = await history(house.sam, conversation["id"])
    seen: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await house.sam.get(f"/conversations/{conversation['id']}/history", limit=2, **cursor)
        seen += answer.json()["data"]
        if answer.json()["next_cursor"] is None:
            break
        cursor = {"cursor": answer.json()["next_cursor"]}
    assert seen == whole
    assert {each["assignee"]["id"] for each in whole} == {house.sam.id}


async def test_tags_and_priority_are_not_part_of_it(house: House) -> None:
    conversation = await house.conversation()
    answer = await house.sam.patch(f"/conversations/{conversation['id']}", {"tags": ["billing"], "priority": "high"})
    assert answer.status_code == 200, answer.text
    assert await history(house.sam, conversation["id"]) == []


async def test_a_foreign_an_unknown_and_a_malformed_id_are_not_found(house: House, neighbour: House) -> None:
    foreign = await neighbour.claimed_by(neighbour.sam)
    for wrong in (foreign["id"], "conv_" + "0" * 26, "conv_1", "x", "conv_%00", house.sam.id):
        answer = await house.ada.get(f"/conversations/{wrong}/history")
        assert answer.status_code == 404, answer.text
        assert answer.json()["code"] == "not_found"


async def test_a_key_that_may_not_read_conversations_is_refused(house: House) -> None:
    conversation = await house.conversation()
    narrow = await house.person("Max", "agent", scopes=["contacts:read"])
    answer = await narrow.get(f"/conversations/{conversation['id']}/history")
    assert answer.status_code == 403
    assert answer.json()["needs"] == "conversations:read"
    assert (await house.http.get(f"/v1/conversations/{conversation['id']}/history")).status_code == 401


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}, {"page": 2}])
async def test_a_malformed_page_is_refused(house: House, params: dict[str, Any]) -> None:
    conversation = await house.conversation()
    answer = await house.sam.get(f"/conversations/{conversation['id']}/history", **params)
    assert answer.status_code == 422, answer.text


def test_every_step_that_a_history_may_show_is_named() -> None:
    steps = {each for each in get_args(Action) if each.startswith(("conversation.", "takeover."))} - set(ASIDE)
    assert {each.removeprefix("conversation.") for each in steps} == set(get_args(HistoryKind))
