"""What a visitor reads: the team's answers, under the workspace's name, and nothing of the inbox."""

from datetime import UTC, datetime

from sqlalchemy import update

from dibs.conversations.tables import conversations
from tests.support.house import House
from tests.support.visitors import Widget, conversation_of, widget_of


async def answered(house: House, text: str = "On its way") -> str:
    """Sam claims the newest widget conversation and answers; returns its id."""
    row = await conversation_of(house)
    await house.sam.post(f"/conversations/{row['id']}/claim")
    sent = await house.sam.post(f"/conversations/{row['id']}/messages", {"kind": "reply", "text": text})
    assert sent.status_code == 201 and sent.json()["message"]["delivery"] == "sent", sent.text
    return str(row["id"])


async def test_an_answer_comes_in_the_name_of_the_workspace(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Where is it?")
    await answered(house)
    question, answer = await visitor.reads()
    (workspace,) = await house.rows("SELECT name FROM workspaces WHERE id = :ws")
    assert answer == {
        "id": answer["id"],
        "from": "team",
        "name": workspace.name,
        "text": "On its way",
        "files": [],
        "client_id": None,
        "delivery": "sent",
        "created_at": answer["created_at"],
    }
    assert question["from"] == "visitor" and question["name"] is None


async def test_an_agent_is_named_only_where_the_workspace_says_so(house: House) -> None:
    widget = await widget_of(house.ada, title="Beans & Co")
    visitor = await widget.visitor()
    await visitor.says()
    await answered(house)
    assert (await visitor.reads())[-1]["name"] == "Beans & Co"
    await house.settings(show_agent_name=True)
    assert (await visitor.reads())[-1]["name"] == "Sam"
    await house.settings(show_agent_name=False)
    assert (await visitor.reads())[-1]["name"] == "Beans & Co"


async def test_notes_are_not_shown(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hi")
    conversation = await answered(house)
    noted = await house.kim.post(f"/conversations/{conversation}/messages", {"kind": "note", "text": "A difficult one"})
    assert noted.status_code == 201
    assert await visitor.texts() == ["Hi", "On its way"]
    note = noted.json()["message"]["id"]
    assert (await visitor.call("GET", f"/messages?before={note}")).status_code == 404


async def test_an_answer_that_did_not_leave_is_not_shown_until_it_does(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hi")
    row = await conversation_of(house)
    async with house.core.database.transaction() as opened:
        await opened.run(update(conversations).values(channel_id=None))
    failed = await house.sam.post(f"/conversations/{row['id']}/messages", {"kind": "reply", "text": "Too late"})
    assert failed.json()["message"]["delivery"] == "failed"
    assert await visitor.texts() == ["Hi"]


async def test_pages_go_back_to_the_beginning(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    for number in range(7):
        await visitor.says(f"Message {number}")
    newest = (await visitor.call("GET", "/messages?limit=3")).json()
    assert [each["text"] for each in newest["messages"]] == ["Message 4", "Message 5", "Message 6"] and newest["more"]
    before = f"/messages?limit=3&before={newest['messages'][0]['id']}"
    middle = (await visitor.call("GET", before)).json()
    assert [each["text"] for each in middle["messages"]] == ["Message 1", "Message 2", "Message 3"] and middle["more"]
    first = (await visitor.call("GET", f"/messages?limit=3&before={middle['messages'][0]['id']}")).json()
    assert [each["text"] for each in first["messages"]] == ["Message 0"] and not first["more"]


async def test_a_page_before_what_one_cannot_see_is_not_found(house: House, widget: Widget) -> None:
    one, other = await widget.visitor(), await widget.visitor()
    written = await one.says("Mine")
    await other.says("Other's")
    for before in (written["id"], "msg_nonsense", "%00", "x" * 40):
        answer = await other.call("GET", f"/messages?before={before}")
        assert answer.status_code in (404, 422), (before, answer.text)
    for query in ("limit=0", "limit=101", "limit=x"):
        assert (await other.call("GET", f"/messages?{query}")).status_code == 422


async def test_what_was_seen_is_told_to_the_team(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says()
    conversation = await answered(house, "One")
    await house.sam.post(f"/conversations/{conversation}/messages", {"kind": "reply", "text": "Two"})
    newest = (await visitor.reads())[-1]
    assert (await visitor.call("POST", "/seen", json={"id": newest["id"]})).status_code == 204
    thread = (await house.sam.get(f"/conversations/{conversation}/messages")).json()["data"]
    assert [each["delivery"] for each in thread] == ["delivered", "read", "read"]
    assert [each["delivery"] for each in await visitor.reads()] == ["sent", "read", "read"]


async def test_nobody_marks_what_is_not_theirs(house: House, widget: Widget) -> None:
    visitor, other = await widget.visitor(), await widget.visitor()
    await visitor.says()
    await answered(house)
    newest = (await visitor.reads())[-1]
    await other.says("Something")
    for given in (newest["id"], "msg_nonsense"):
        assert (await other.call("POST", "/seen", json={"id": given})).status_code == 204
    assert (await visitor.reads())[-1]["delivery"] == "sent"


async def test_a_visit_goes_on_with_its_token(house: House, widget: Widget) -> None:
    visitor = await widget.visitor(language="es-MX")
    await visitor.says("Hola")
    again = await visitor.call("POST", "/session", json={"token": visitor.token})
    assert again.status_code == 200 and again.json()["token"] is None
    assert [each["text"] for each in again.json()["messages"]] == ["Hola"]
    anew = await visitor.call("POST", "/session", json={"token": "vt_of_somebody_else"})
    assert anew.status_code == 201 and anew.json()["token"] != visitor.token and anew.json()["messages"] == []


async def test_the_page_knows_whether_anybody_is_there(house: House, widget: Widget) -> None:
    today = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[datetime.now(UTC).weekday()]
    open_now = [{"day": today, "start": "00:00", "end": "24:00"}]
    for hours, is_open in (
        ({"openings": []}, True),
        ({"openings": open_now}, True),
        ({"openings": open_now, "holidays": [datetime.now(UTC).date().isoformat()]}, False),
    ):
        await house.settings(business_hours=hours)
        answer = await widget.http.post(f"{widget.path}/session", json={})
        assert answer.json()["open"] is is_open, hours


async def test_an_address_is_left_while_nobody_is_there(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    form = {"name": "Ana", "email": "Ana@Example.com", "message": "Call me back", "client_id": "offline-1"}
    assert (await visitor.call("POST", "/offline", json=form)).status_code == 201
    assert (await visitor.call("POST", "/offline", json=form)).status_code == 200
    row = await conversation_of(house, "unclaimed")
    contact = (await house.sam.get(f"/contacts/{row['contact']['id']}")).json()
    assert (contact["name"], contact["email"], row["message_count"]) == ("Ana", "ana@example.com", 1)
    for missing in ("name", "email", "message"):
        assert (await visitor.call("POST", "/offline", json=form | {missing: ""})).status_code == 422
    await house.ada.patch(f"/channels/{widget.id}", {"settings": {"offline_form": False}})
    refused = await visitor.call("POST", "/offline", json=form | {"client_id": "offline-2"})
    assert refused.status_code == 422
