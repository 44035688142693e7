"""The visitor's socket: answers at once, what was missed after a break, typing both ways."""

import asyncio
import json

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.realtime.client import connected as agent_connected
from tests.support.house import House
from tests.support.visitors import Socket, Widget, connected, conversation_of


async def closing_code(socket: Socket) -> int:
    """Takes frames until the server closes; returns its code."""
    try:
        while True:
            await socket.hear()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006


async def reply(house: House, text: str) -> str:
    """Sam answers the newest widget conversation; returns its id."""
    row = await conversation_of(house)
    sent = await house.sam.post(f"/conversations/{row['id']}/messages", {"kind": "reply", "text": text})
    assert sent.status_code == 201, sent.text
    return str(row["id"])


async def test_an_answer_is_told_at_once_and_its_arrival_to_the_team(house: House, widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    async with connected(url, visitor) as socket:
        await socket.until_told("Hello")
        conversation = await reply(house, "Good morning")
        told = await socket.until_told("Good morning")
        assert (told["from"], told["delivery"]) == ("team", "sent")
        await socket.send(type="delivered", id=told["id"])
        await socket.until_told("Good morning", delivery="delivered")
        await socket.send(type="seen", id=told["id"])
        await socket.until_told("Good morning", delivery="read")
        await socket.send(type="delivered", id=told["id"])
        await socket.send(type="typing")
    thread = (await house.sam.get(f"/conversations/{conversation}/messages")).json()["data"]
    assert thread[-1]["delivery"] == "read"


async def test_a_first_message_is_answered_on_a_socket_that_was_there_before(
    house: House, widget: Widget, url: str
) -> None:
    visitor = await widget.visitor()
    async with connected(url, visitor) as socket:
        assert (await socket.hear())["messages"] == []
        await visitor.says("First")
        await socket.send(type="resume", token=visitor.token)
        await socket.until_told("First")
        await reply(house, "Welcome")
        await socket.until_told("Welcome")


async def test_two_tabs_are_told_the_same(house: House, widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    async with connected(url, visitor) as one, connected(url, visitor) as other:
        await asyncio.gather(one.until_told("Hello"), other.until_told("Hello"))
        await visitor.says("From a tab")
        await asyncio.gather(one.until_told("From a tab"), other.until_told("From a tab"))
        await reply(house, "Answer")
        await asyncio.gather(one.until_told("Answer"), other.until_told("Answer"))
        told = one.told[-1]
        await one.send(type="seen", id=told["id"])
        await other.until_told("Answer", delivery="read")


async def test_what_was_missed_is_told_after_a_break(house: House, widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    async with connected(url, visitor) as socket:
        known = await socket.until_told("Hello")
    for number in range(3):
        await reply(house, f"Answer {number}")
    async with connected(url, visitor, after=known["id"]) as socket:
        await socket.until_told("Answer 2")
        assert socket.resets == 0
        assert [each["text"] for each in socket.told][-3:] == ["Answer 0", "Answer 1", "Answer 2"]
    async with connected(url, visitor, after="msg_unknown") as socket:
        await socket.until_told("Answer 2")
        assert socket.resets == 1


async def test_a_proven_visitor_is_told_of_a_conversation_begun_elsewhere(
    house: House, widget: Widget, url: str
) -> None:
    laptop, phone = await widget.visitor(), await widget.visitor()
    for each in (laptop, phone):
        assert (await each.identify(user_id="u1", hash=widget.sign("u1"))).status_code == 200
    async with connected(url, phone) as socket:
        await socket.hear()
        await laptop.says("From the laptop")
        await socket.until_told("From the laptop")


async def test_nobody_is_told_anything_of_others(house: House, widget: Widget, url: str) -> None:
    visitor, other = await widget.visitor(), await widget.visitor()
    await other.says("Other's")
    await visitor.says("Mine")
    async with connected(url, other) as socket:
        await socket.until_told("Other's")
        conversation = await reply(house, "For the visitor")
        await house.sam.post(f"/conversations/{conversation}/messages", {"kind": "note", "text": "Careful"})
        await other.says("Again")
        await socket.until_told("Again")
        assert {each["text"] for each in socket.told} == {"Other's", "Again"}


async def test_only_a_reply_that_is_being_written_shows_and_nobodys_name(
    house: House, widget: Widget, url: str
) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    conversation = (await conversation_of(house))["id"]
    live = url.replace("http", "ws", 1) + "/v1/live"
    async with connected(url, visitor) as socket, agent_connected(live, key=house.sam.key) as sam:
        await socket.until_told("Hello")
        await sam.resume()
        for state in ("viewing", "noting", "replying", "viewing", "replying", "left"):
            await sam.at(conversation, state)
            # Each is told by itself: presences are gathered for a twentieth of a second.
            await asyncio.sleep(0.15)
        await reply(house, "Here I am")
        await socket.until_told("Here I am")
        assert socket.typing == [True, False, True, False]


async def test_a_visitor_who_types_is_shown_to_the_team(house: House, widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    conversation = (await conversation_of(house))["id"]
    live = url.replace("http", "ws", 1) + "/v1/live"
    async with connected(url, visitor) as socket, agent_connected(live, key=house.sam.key) as sam:
        await socket.until_told("Hello")
        await sam.resume()
        await sam.at(conversation, "viewing")
        frames: list[dict[str, str]] = []
        async with asyncio.timeout(10):
            while not any(each["type"] == "typing" for each in frames):
                await socket.send(type="typing")
                try:
                    async with asyncio.timeout(1.1):
                        told = json.loads(await sam.socket.recv())
                except TimeoutError:
                    continue
                frames += told if isinstance(told, list) else [told]
        assert {"type": "typing", "conversation_id": conversation} in frames


async def test_who_does_not_say_hello_rightly_is_shown_out(widget: Widget, house: House, url: str) -> None:
    visitor = await widget.visitor()
    for token in ("vt_nonsense", house.sam.key, ""):
        async with connected(url, visitor, token=token) as socket:
            assert await closing_code(socket) == 4401
    again, foreign = '{"type":"hello","token":"x"}', '{"type":"presence","conversation_id":"x","state":"viewing"}'
    for frame in (again, foreign, "nonsense", '{"type":"hello"}', "[]", '{"type":"seen","id":5}'):
        async with connected(url, visitor) as socket:
            await socket.hear()
            await socket.connection.send(frame)
            assert await closing_code(socket) == 4400, frame


async def test_a_page_of_another_origin_gets_no_socket(widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    for origin in ("https://evil.example", "null", "http://shop.example"):
        with pytest.raises(InvalidStatus) as refused:
            async with connected(url, visitor, origin=origin):
                pass
        assert refused.value.response.status_code == 403


async def test_who_floods_is_cut_off(widget: Widget, url: str) -> None:
    visitor = await widget.visitor()
    async with connected(url, visitor) as socket:
        for _ in range(100):
            await socket.send(type="typing")
        assert await closing_code(socket) == 4429
