"""Nothing that a visitor can call or receive names an agent: every route, frame and error of a whole story is read."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.realtime.client import connected as agent_connected
from tests.support.house import House
from tests.support.visitors import Visitor, Widget, connected, conversation_of

# What belongs to the inbox, beside its people.
INTERNAL = re.compile(
    r"agt_|conv_|ctc_|ws_|clm_|aud_|evt_|tor_|key_|epoch|assignee|claim|presence|stale|cursor|\bseq\b|version|bot_paused"
)


async def test_a_whole_story_names_nobody(house: House, widget: Widget, url: str, app: FastAPI) -> None:
    visitor = await widget.visitor()
    stranger = await widget.visitor()
    await visitor.says("Hello")
    conversation = (await conversation_of(house))["id"]
    live = url.replace("http", "ws", 1) + "/v1/live"
    async with connected(url, visitor) as socket, agent_connected(live, key=house.sam.key) as sam:
        await socket.until_told("Hello")
        await sam.resume()
        await _work(house, conversation)
        for state in ("viewing", "replying", "noting", "left"):
            await sam.at(conversation, state)
        sent = await house.kim.post(f"/conversations/{conversation}/messages", {"kind": "reply", "text": "Done"})
        assert sent.status_code == 201, sent.text
        await socket.until_told("Done")
        await socket.send(type="seen", id=sent.json()["message"]["id"])
        await socket.until_told("Done", delivery="read")
        await house.kim.post(f"/conversations/{conversation}/resolve", {"note": "Sold by Kim"})
        await visitor.says("One more thing")
        await socket.until_told("One more thing")
    tried = await _walk(app, visitor, stranger, conversation, house)
    told = "\n".join(visitor.heard + stranger.heard)
    print(f"{len(visitor.heard) + len(stranger.heard)} answers and frames, {len(told)} characters, {tried} calls")
    people = (house.olga, house.ada, house.sam, house.kim, house.vic)
    for person in people:
        assert person.id not in told and person.email not in told
        assert not re.search(rf"\b{person.name}\b", told), person.name
    assert "Sold by" not in told and "Internal matter" not in told and "vip" not in told
    assert INTERNAL.findall(told) == []
    # The search finds what it looks for.
    await house.settings(show_agent_name=True)
    assert re.search(r"\bKim\b", str(await visitor.reads()))
    assert house.kim.id not in visitor.heard[-1] and house.kim.email not in visitor.heard[-1]


async def _work(house: House, conversation: str) -> None:
    """Everything that an inbox does to a conversation."""
    path = f"/conversations/{conversation}"
    for answer in (
        await house.sam.post(f"{path}/claim"),
        await house.sam.post(f"{path}/messages", {"kind": "note", "text": "Internal matter, @Kim"}),
        await house.sam.post(f"{path}/messages", {"kind": "reply", "text": "Let me look"}),
        await house.sam.patch(path, {"tags": ["vip"], "priority": "urgent"}),
        await house.sam.post(f"{path}/snooze", {"until_customer_replies": True}),
        await house.sam.post(f"{path}/wake"),
        await house.sam.post(f"{path}/reassign", {"agent_id": house.kim.id, "note": "Internal matter"}),
    ):
        assert answer.is_success, answer.text


async def _walk(app: FastAPI, visitor: Visitor, stranger: Visitor, conversation: str, house: House) -> int:
    """Calls every route of the widget, well and badly, as the visitor and as a stranger."""
    # Refusals may repeat what was sent: nothing that is searched for is.
    ids = [conversation, house.sam.id, "x", "%00", "file_01ARZ3NDEKTSV4RRFFQ69G5FAV"]
    message = {"text": "hi", "client_id": "12345678", "files": ["file_x"]}
    bodies: list[Any] = [None, {}, {"id": conversation}, message, [], "x"]
    routes = [each for each in app.routes if isinstance(each, APIRoute) and each.path.startswith("/widget/v1/{key}")]
    assert len(routes) >= 9
    tried = 0
    for route in routes:
        tail = route.path.removeprefix("/widget/v1/{key}")
        for method in sorted(route.methods or ()):
            for person in (visitor, stranger):
                for each in ids if "{" in tail else [""]:
                    path = re.sub(r"\{[^}]+\}", each, tail)
                    for body in bodies if method == "POST" else [None]:
                        await person.call(method, path, json=body, params={"before": conversation, "until": "1"})
                        tried += 1
    return tried
