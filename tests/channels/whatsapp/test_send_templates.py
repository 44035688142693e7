"""Templates: listed from WhatsApp, filled in, sent also when the customer has been silent for a day."""

from typing import Any

import pytest

from tests.support.graph import Graph
from tests.support.house import House
from tests.support.whatsapp import Line

Made = dict[str, Any]


def template(name: str, *components: Made, language: str = "en_US", status: str = "APPROVED") -> Made:
    return {
        "name": name,
        "language": language,
        "category": "UTILITY",
        "status": status,
        "parameter_format": "POSITIONAL",
        "id": "1",
        "components": list(components),
    }


def body(said: str) -> Made:
    return {"type": "BODY", "text": said}


ORDER = template(
    "order_update",
    {"type": "HEADER", "format": "TEXT", "text": "Hello {{1}}"},
    body("Order {{1}} comes on {{2}}."),
    {"type": "FOOTER", "text": "The shop"},
    {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thanks"}]},
)
NAMED = template("welcome", body("Welcome, {{first_name}}! Again: {{first_name}}."))
PICTURE = template("picture", {"type": "HEADER", "format": "IMAGE"}, body("Look"))
LINK = template("link", body("Track it"), {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://x/{{1}}"}]})
PLAIN = template("hello_world", body("Hello World"))
REJECTED = template("rejected", body("No"), status="REJECTED")


@pytest.fixture
def graph(graph: Graph) -> Graph:
    """The Graph API with templates."""
    graph.templates = [
        ORDER,
        NAMED,
        PICTURE,
        LINK,
        PLAIN,
        REJECTED,
        template("order_update", body("Hola"), language="es"),
    ]
    return graph


def asked(name: str, *variables: str, language: str = "en_US") -> Made:
    return {"kind": "reply", "template": {"name": name, "language": language, "variables": list(variables)}}


async def test_approved_ones_are_listed_page_by_page(line: Line) -> None:
    path = f"/channels/{line.channel['id']}/templates"
    first = (await line.house.sam.get(path, limit=4)).json()
    assert [each["name"] for each in first["data"]] == ["order_update", "welcome", "picture", "link"]
    assert first["data"][0] == {
        "name": "order_update",
        "language": "en_US",
        "category": "UTILITY",
        "header": "Hello {{1}}",
        "body": "Order {{1}} comes on {{2}}.",
        "footer": "The shop",
        "variables": ["1", "1", "2"],
        "can_be_sent": True,
    }
    assert [each["can_be_sent"] for each in first["data"]] == [True, True, False, False]
    rest = (await line.house.sam.get(path, limit=4, cursor=first["next_cursor"])).json()
    assert [(each["name"], each["language"]) for each in rest["data"]] == [
        ("hello_world", "en_US"),
        ("order_update", "es"),
    ]
    assert rest["next_cursor"] is None


async def test_outside_the_window_a_template_goes_out_and_reads_as_the_customer_reads_it(line: Line) -> None:
    began = await line.write(ago=100_000)
    path = f"/conversations/{began['id']}/messages"
    answer = await line.house.sam.post(path, asked("order_update", "Ana", "566701", "Monday"))
    assert answer.status_code == 201, answer.text
    message = await line.delivered(answer.json()["message"], "sent")
    assert message["text"] == "Hello Ana\n\nOrder 566701 comes on Monday.\n\nThe shop"
    assert line.graph.sent[0]["type"] == "template"
    assert line.graph.sent[0]["template"] == {
        "name": "order_update",
        "language": {"code": "en_US"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
            {"type": "body", "parameters": [{"type": "text", "text": "566701"}, {"type": "text", "text": "Monday"}]},
        ],
    }


async def test_named_variables_are_sent_by_name_and_filled_in_everywhere(line: Line) -> None:
    began = await line.write()
    answer = await line.house.sam.post(f"/conversations/{began['id']}/messages", asked("welcome", "Ana {{1}}"))
    message = await line.delivered(answer.json()["message"], "sent")
    assert message["text"] == "Welcome, Ana {{1}}! Again: Ana {{1}}."
    (component,) = line.graph.sent[0]["template"]["components"]
    assert component["parameters"] == [{"type": "text", "text": "Ana {{1}}", "parameter_name": "first_name"}]


UNFIT: list[Any] = [
    (asked("no_such"), "template"),
    (asked("rejected"), "template"),
    (asked("hello_world", language="de"), "template"),
    (asked("picture"), "template"),
    (asked("link"), "template"),
    (asked("hello_world", "one too many"), "template.variables"),
    (asked("order_update", "Ana"), "template.variables"),
]


async def test_what_does_not_fit_is_refused_by_name(line: Line) -> None:
    for wanted, field in UNFIT:
        began = await line.write()
        answer = await line.house.sam.post(f"/conversations/{began['id']}/messages", wanted)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field), answer.text
        assert line.graph.sent == []


MALFORMED: list[Any] = [
    asked("hello_world") | {"text": "and text"},
    asked("hello_world") | {"kind": "note"},
    asked("Hello World"),
    asked("hello_world", "two\nlines"),
    asked("hello_world", " "),
    asked("hello_world", language="../me"),
    {"kind": "reply"},
    {"kind": "note", "text": "Us", "reply_to": "msg_1"},
]


async def test_what_is_malformed_is_refused_before_whatsapp_is_asked(line: Line) -> None:
    for wrong in MALFORMED:
        began = await line.write()
        before = len(line.graph.asked)
        assert (await line.house.sam.post(f"/conversations/{began['id']}/messages", wrong)).status_code == 422
        assert len(line.graph.asked) == before


async def test_only_whatsapp_takes_templates(house: House, line: Line) -> None:
    began = await house.conversation()
    answer = await house.sam.post(f"/conversations/{began['id']}/messages", asked("hello_world"))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "template")
    unconnected = await house.conversation(channel="whatsapp")
    await house.ada.delete(f"/channels/{line.channel['id']}")
    answer = await house.sam.post(f"/conversations/{unconnected['id']}/messages", asked("hello_world"))
    assert answer.status_code == 422


async def test_viewers_and_strangers_have_whatsapp_asked_nothing(house: House, neighbour: House, line: Line) -> None:
    began = await line.write()
    before = len(line.graph.asked)
    path = f"/conversations/{began['id']}/messages"
    assert (await house.vic.post(path, asked("hello_world"))).status_code == 403
    assert (await neighbour.sam.post(path, asked("hello_world"))).status_code == 404
    assert (await neighbour.sam.get(f"/channels/{line.channel['id']}/templates")).status_code == 404
    assert len(line.graph.asked) == before


async def test_when_whatsapp_is_ill_it_says_so(line: Line) -> None:
    began = await line.write()
    line.graph.fail(2, "Service temporarily unavailable", status=503, path="/message_templates", times=2)
    answer = await line.house.sam.post(f"/conversations/{began['id']}/messages", asked("hello_world"))
    assert (answer.status_code, answer.json()["code"]) == (422, "channel_refused")
    assert "temporarily unavailable" in (await line.house.sam.get(f"/channels/{line.channel['id']}/templates")).text


async def test_a_template_begins_a_conversation_with_somebody_who_never_wrote(house: House, line: Line) -> None:
    wanted = {"template": asked("hello_world")["template"], "contact": {"phone": "+34 600 123 456"}}
    answer = await house.sam.post("/conversations", wanted | {"direction": "outbound", "channel": "whatsapp"})
    assert answer.status_code == 201, answer.text
    (message,) = await line.thread(answer.json())
    await line.delivered(message, "sent")
    assert (line.graph.sent[0]["to"], message["text"]) == ("+34600123456", "Hello World")


async def test_a_failed_template_is_sent_again_outside_the_window(line: Line) -> None:
    began = await line.write(ago=100_000)
    line.graph.fail(132000, "Number of parameters does not match")
    path = f"/conversations/{began['id']}/messages"
    message = (await line.house.sam.post(path, asked("hello_world"))).json()["message"]
    await line.delivered(message, "failed")
    assert (await line.house.sam.post(f"{path}/{message['id']}/retry")).status_code == 200
    await line.delivered(message, "sent")
