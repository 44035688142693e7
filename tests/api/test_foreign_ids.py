"""Another workspace's things are not found, by any route: the cases are made from the OpenAPI document.

A new route with an id in its path fails here until it says which of the neighbour's things it would be asked for.
"""

from typing import Any

from fastapi import FastAPI

from tests.support.channels import channel
from tests.support.house import House

# Bodies that are well formed, so that only the foreign id can be the reason.
BODIES: dict[str, Any] = {
    "/v1/conversations/{conversation_id}/snooze": {"until_customer_replies": True},
    "/v1/conversations/{conversation_id}/messages": {"kind": "note", "text": "Hello"},
    "/v1/conversations/{conversation_id}/customer-messages": {"text": "Hello"},
    "/v1/conversations/{conversation_id}/draft": {"kind": "note", "text": "Hello"},
    "/v1/contacts/{contact_id}": {"name": "New name"},
    "/v1/contacts/{contact_id}/erase": {"confirm": True},
    "/v1/agents/{agent_id}": {"name": "New name"},
    "/v1/channels/{channel_id}": {"name": "New name"},
    "/v1/pools/{pool_id}": {"name": "New name"},
    "/v1/tags/{tag_id}": {"name": "new-name"},
    "/v1/canned-replies/{reply_id}": {"title": "New title"},
    "/v1/saved-views/{view_id}": {"name": "New name"},
    "/v1/conversations/{conversation_id}": {"priority": "high"},
    "/v1/bot-turns/{turn_id}/reply": {"text": "Hello"},
    "/v1/articles/{article_id}": {"title": "New title"},
}
# These name no object of a workspace: a secret that finds its own, or a page.
WITHOUT_OBJECTS = {
    "/problems/{code}",
    # Signed: tests/files/test_follow_a_link.py takes it apart.
    "/files/{workspace_id}/{file_id}/{expires}/{signature}/{name}",
    "/v1/invitations/by-token/{token}",
    "/v1/password-resets/{token}",
}


async def things(house: House) -> dict[str, str]:
    """One of everything that has an id, by the name of its path parameter."""
    await house.settings(bot={"kind": "external"})
    held = await house.claimed_by(house.sam)
    asked = await house.kim.post(f"/conversations/{held['id']}/takeover-requests")
    made = {
        "key": await house.ada.post("/api-keys", {"name": "Key", "scopes": ["conversations:read"]}),
        "pool": await house.ada.post("/pools", {"name": "Pool", "conditions": {"tags": ["x"]}}),
        "tag": await house.ada.post("/tags", {"name": "made"}),
        "reply": await house.ada.post("/canned-replies", {"title": "Hi", "text": "Hello", "shortcut": "hi"}),
        "article": await house.ada.post("/articles", {"title": "Hi", "body": "Hello", "language": "en"}),
        "file": await house.sam.call("POST", "/files?name=a.txt", content=b"Hello"),
        "view": await house.ada.post("/saved-views", {"name": "Mine", "filters": {"view": "mine"}}),
        "invitation": await house.ada.post("/invitations", {"email": "new@dibs.test", "role": "agent"}),
    }
    for name, answer in made.items():
        assert answer.status_code == 201, (name, answer.text)
    signed_in = await house.http.post("/v1/sessions", json={"email": house.kim.email, "password": house.kim.password})
    assert signed_in.status_code == 201, signed_in.text
    house.http.cookies.clear()
    ids = {}
    for name, table in (
        ("invitation", "invitations"),
        ("session", "sessions"),
        ("key", "api_keys"),
        ("turn", "bot_turns"),
    ):
        found = await house.rows(f"SELECT id FROM {table} WHERE workspace_id = :ws ORDER BY id DESC")
        ids[f"{name}_id"] = found[0].id
    answer = await house.sam.post(f"/conversations/{held['id']}/messages", {"kind": "reply", "text": "Hello"})
    return {
        "message_id": answer.json()["message"]["id"],
        "conversation_id": held["id"],
        "contact_id": held["contact"]["id"],
        "agent_id": house.sam.id,
        "channel_id": (await channel(house)).id,
        "request_id": asked.json()["id"],
        **{f"{name}_id": answer.json()["id"] for name, answer in made.items() if "id" in answer.json()},
        **ids,
    }


async def test_every_route_answers_404_for_a_neighbours_id(app: FastAPI, house: House, neighbour: House) -> None:
    document = app.openapi()
    foreign = await things(neighbour)
    own = await things(house)
    before = await neighbour.rows("SELECT event_seq, audit_seq FROM counters WHERE workspace_id = :ws")
    tried = 0
    for path, operations in document["paths"].items():
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        if not names or path in WITHOUT_OBJECTS:
            continue
        assert set(names) <= foreign.keys(), f"{path}: say in things() which of the neighbour's things this is"
        for method in sorted(operations.keys() & {"get", "post", "put", "patch", "delete"}):
            for stranger in names:
                ids = {name: foreign[name] if name == stranger else own[name] for name in names}
                body = _body(path, foreign, method)
                answer = await house.olga.call(method.upper(), path.format(**ids).removeprefix("/v1"), json=body)
                assert answer.status_code == 404, f"{method} {path} with a foreign {stranger}: {answer.text}"
                assert answer.json()["code"] == "not_found"
                tried += 1
    print(f"{tried} combinations of route and foreign id")
    assert tried > 40
    after = await neighbour.rows("SELECT event_seq, audit_seq FROM counters WHERE workspace_id = :ws")
    assert [vars(row) for row in after] == [vars(row) for row in before]


def _body(path: str, foreign: dict[str, str], method: str) -> Any:
    if method in ("get", "delete"):
        return None
    if path.endswith("/reassign"):
        return {"agent_id": foreign["agent_id"]}
    if path.endswith("/merge"):
        return {"into": foreign["contact_id"]}
    return BODIES.get(path, {} if method == "post" else None)


async def test_foreign_ids_in_bodies_are_not_taken(house: House, neighbour: House) -> None:
    foreign, own = await things(neighbour), await things(house)
    conversation = f"/conversations/{own['conversation_id']}"
    refused = [
        await house.sam.post(f"{conversation}/reassign", {"agent_id": foreign["agent_id"]}),
        await house.sam.post(
            f"{conversation}/messages", {"kind": "reply", "text": "Hi", "last_seen": foreign["conversation_id"]}
        ),
        await house.ada.post("/pools", {"name": "X", "members": [foreign["agent_id"]], "conditions": {"tags": ["y"]}}),
    ]
    assert [answer.status_code for answer in refused] == [422, 422, 422], [answer.text for answer in refused]
    bulk = await house.sam.post("/conversations/bulk/claim", {"conversation_ids": [foreign["conversation_id"]]})
    assert [result["outcome"] for result in bulk.json()["results"]] == ["not_found"]
    created = await house.sam.post("/conversations", {"contact": foreign["contact_id"], "message": {"text": "Hello"}})
    assert created.status_code == 404
    assert (await neighbour.read(foreign["conversation_id"]))["assignee"]["id"] == neighbour.sam.id


async def test_foreign_ids_in_filters_find_nothing(house: House, neighbour: House) -> None:
    foreign = await things(neighbour)
    for filters in (
        {"assignee": foreign["agent_id"]},
        {"contact": foreign["contact_id"]},
        {"pool": foreign["pool_id"]},
    ):
        answer = await house.ada.get("/conversations", view="any", **filters)
        assert answer.status_code in (200, 404, 422), answer.text
        assert answer.status_code != 200 or answer.json()["data"] == []
