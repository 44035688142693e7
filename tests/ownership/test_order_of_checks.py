"""Every action refuses in the same order: 401, shape, 404, role or scope, and only then what the state says."""

from typing import Any

from tests.ownership.checks import Call, at, everything, refused
from tests.support.house import House, Person

# Action, a body that would do, the least role.
ACTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("claim", {}, "agent"),
    ("release", {"reason": "other"}, "agent"),
    ("hand-back", {}, "agent"),
    ("reassign", {"agent_id": "agt_"}, "agent"),
    ("force-release", {"reason": "Sam is ill"}, "admin"),
    ("resolve", {"note": "done"}, "agent"),
    ("reopen", {"claim": True}, "agent"),
    ("archive", {}, "agent"),
    ("snooze", {"until_customer_replies": True}, "agent"),
    ("wake", {}, "agent"),
    ("takeover-requests", {"note": "please"}, "agent"),
    ("messages", {"kind": "reply", "text": "Hi"}, "agent"),
    ("messages", {"kind": "note", "text": "Hi"}, "agent"),
    ("messages", {"kind": "reply", "text": "Hi", "take_over": True}, "admin"),
    ("customer-messages", {"text": "Hi"}, "agent"),
]


async def test_without_credentials_nothing_else_is_looked_at(house: House) -> None:
    conversation = await house.conversation()
    stranger = Person("", "", "", "owner", "ak_abcdef_" + "x" * 32, house.http, house.core)
    for verb, body, _ in ACTIONS:
        for target in (conversation["id"], "conv_", "%00"):
            for sent in (body, {"nonsense": 1}):
                await refused(house, stranger.post(f"/conversations/{target}/{verb}", sent), "unauthenticated")
        answer = await house.http.post(f"/v1/conversations/{conversation['id']}/{verb}", json=body)
        assert answer.status_code == 401


async def test_the_shape_comes_before_the_object_and_the_role(house: House) -> None:
    conversation = await house.conversation()
    for verb, body, _ in ACTIONS:
        for target in (conversation["id"], "conv_01ARZ3NDEKTSV4RRFFQ69G5FAV"):
            call: Call = house.vic.post(f"/conversations/{target}/{verb}", body | {"nonsense": 1})
            await refused(house, call, "invalid")
        await refused(house, house.vic.post(at(conversation, verb), [body]), "invalid")


async def test_the_object_comes_before_the_role(house: House, neighbour: House) -> None:
    foreign = await neighbour.claimed_by(neighbour.sam)
    before = await everything(neighbour)
    reader = await house.person("Rea", scopes=["contacts:read"])
    for verb, body, _ in ACTIONS:
        for target in (foreign["id"], "conv_01ARZ3NDEKTSV4RRFFQ69G5FAV", "conv_", "agt_1", "%00", "%F0%9F%90%B6"):
            for person in (house.vic, reader, house.ada):
                await refused(house, person.post(f"/conversations/{target}/{verb}", body), "not_found")
    assert await everything(neighbour) == before


async def test_the_role_comes_before_the_state(house: House) -> None:
    held, closed = await house.claimed_by(house.sam), await house.conversation()
    await house.sam.post(at(closed, "resolve"))
    reader = await house.person("Rea", "admin", scopes=["conversations:read", "admin"])
    for verb, body, role in ACTIONS:
        epoch = {} if verb == "customer-messages" else {"epoch": 99}
        for conversation in (held, closed):
            path = at(conversation, verb)
            await refused(house, house.vic.post(path, body | epoch), "forbidden", needs=role)
            await refused(house, reader.post(path, body | epoch), "forbidden", needs="conversations:write")
            if role == "admin":
                await refused(house, house.kim.post(path, body | epoch), "forbidden", needs="admin")


async def test_the_limit_comes_last(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    await house.pool("Billing", house.kim, tags=["billing"])
    await house.claimed_by(house.sam)
    restricted = await house.conversation(tags=["billing"])
    path = at(restricted, "claim")
    await refused(house, house.sam.post(path), "pool_restricted")
    await refused(house, house.sam.post(path, {"epoch": 1}), "stale_epoch")
    await house.kim.post(path)
    await refused(house, house.sam.post(path, {"epoch": 0}), "already_claimed")
    await house.kim.post(at(restricted, "resolve"))
    await refused(house, house.sam.post(path, {"epoch": 0}), "conversation_closed")
