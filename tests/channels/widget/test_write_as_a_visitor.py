"""A visitor writes: once, in a conversation of their own, and the team reads it."""

import asyncio

import httpx

from tests.support.house import House
from tests.support.visitors import SHOP, Visitor, Widget, conversation_of, widget_of


async def test_a_first_message_begins_an_unclaimed_conversation(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    written = await visitor.says("Do you post to Madeira?", client_id="the-first-1", page_url=f"{SHOP}/beans")
    assert written["from"] == "visitor" and written["client_id"] == "the-first-1" and written["delivery"] == "sent"
    row = await conversation_of(house, "unclaimed")
    assert (row["channel"], row["preview"], row["assignee"]) == ("widget", "Do you post to Madeira?", None)
    (message,) = (await house.sam.get(f"/conversations/{row['id']}/messages")).json()["data"]
    assert message["kind"] == "customer" and message["author"]["type"] == "contact"
    assert message["details"] == {"page_url": f"{SHOP}/beans"} and message["via"] == "widget"


async def test_the_next_message_goes_on_in_the_same_conversation(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("One")
    row = await conversation_of(house)
    assert (await house.sam.post(f"/conversations/{row['id']}/claim")).status_code == 200
    await visitor.says("Two")
    assert (await house.sam.post(f"/conversations/{row['id']}/resolve")).status_code == 200
    await visitor.says("Three")
    again = await house.read(row["id"])
    assert (again["status"], again["message_count"], again["assignee"]) == ("open", 3, None)
    assert await visitor.texts() == ["One", "Two", "Three"]


async def test_the_same_client_id_again_is_the_first_message(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    first = await visitor.say("Once", client_id="retry-me-1")
    second = await visitor.say("Once", client_id="retry-me-1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    answers = await asyncio.gather(*(visitor.say("Twice", client_id="retry-me-2") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    assert await visitor.texts() == ["Once", "Twice"]


async def test_two_tabs_that_write_their_first_at_once_are_one_conversation(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await asyncio.gather(*(visitor.says(f"Tab {number}") for number in range(4)))
    page = (await house.ada.get("/conversations", view="any")).json()["data"]
    assert [row["message_count"] for row in page] == [4]
    assert len(await house.rows("SELECT id FROM contacts WHERE workspace_id = :ws")) == 1


async def test_two_visitors_are_two_conversations_that_do_not_see_each_other(house: House, widget: Widget) -> None:
    one, other = await widget.visitor(), await widget.visitor()
    await one.says("I am one")
    await other.says("I am the other")
    assert (await one.texts(), await other.texts()) == (["I am one"], ["I am the other"])


MALFORMED: list[dict[str, object]] = [
    {},
    {"text": "", "client_id": "12345678"},
    {"text": "  \n ", "client_id": "12345678"},
    {"text": "x" * 4_001, "client_id": "12345678"},
    {"text": "NUL \x00", "client_id": "12345678"},
    {"text": "hi"},
    {"text": "hi", "client_id": "short"},
    {"text": "hi", "client_id": "no spaces please"},
    {"text": 5, "client_id": "12345678"},
    {"text": "hi", "client_id": "12345678", "kind": "reply"},
    {"text": "hi", "client_id": "12345678", "conversation_id": "conv_1"},
    {"text": "hi", "client_id": "12345678", "files": ["file_1"]},
    {"text": "hi", "client_id": "12345678", "files": ["file_01ARZ3NDEKTSV4RRFFQ69G5FAV"] * 11},
    {"text": "hi", "client_id": "12345678", "person": {"email": "not an address"}},
    {"text": "hi", "client_id": "12345678", "person": {"user_id": "boss"}},
]


async def test_what_is_malformed_is_refused_and_stores_nothing(widget: Widget) -> None:
    visitor = await widget.visitor()
    for body in MALFORMED:
        answer = await visitor.call("POST", "/messages", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (body, answer.text)
    assert await visitor.texts() == []


async def test_a_page_that_is_none_of_the_web_is_left_out(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hi", page_url="javascript:alert(1)")
    row = await conversation_of(house)
    (message,) = (await house.sam.get(f"/conversations/{row['id']}/messages")).json()["data"]
    assert message["details"] == {}


async def test_without_a_token_of_this_widget_nothing_is_taken(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    other = await widget_of(house.ada)
    for token in ("", "vt_nonsense", house.sam.key, visitor.token[:-1], visitor.token + "x"):
        stranger = Visitor(widget, token)
        assert (await stranger.say()).status_code == 401
    assert (await Visitor(other, visitor.token).say()).status_code == 401
    assert await visitor.texts() == []


async def test_a_widget_that_is_gone_takes_nothing(house: House, widget: Widget, page: httpx.AsyncClient) -> None:
    visitor = await widget.visitor()
    assert (await house.ada.patch(f"/channels/{widget.id}", {"active": False})).status_code == 200
    assert (await visitor.say()).status_code == 404
    assert (await page.get("/widget/v1/wk_000000000000000000000000/config")).status_code == 404
    assert (await page.get("/widget/v1/%00/config")).status_code == 404
    assert (await page.get("/widget/v1/ü/config")).status_code == 404


async def test_a_blocked_visitor_is_not_told_so_and_disturbs_nobody(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Buy my pills")
    row = await conversation_of(house)
    blocked = await house.ada.patch(f"/contacts/{row['contact']['id']}", {"blocked": True})
    assert blocked.status_code == 200, blocked.text
    await visitor.says("Buy them now")
    await visitor.says("And now")
    assert await visitor.texts() == ["Buy my pills", "Buy them now", "And now"]
    unclaimed = (await house.ada.get("/conversations", view="unclaimed")).json()["data"]
    assert [each["message_count"] for each in unclaimed] == [1]
