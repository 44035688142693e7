"""Somebody answers on the business's own phone: in the thread as a reply, and the bot is silent as after any other."""

import time
from typing import Any

from tests.support.graph import of_kind, reaction
from tests.support.whatsapp import PHONE, Line


def echo(*, ago: int = -1) -> dict[str, Any]:
    made = of_kind("wamid.ECHO1", "text", {"body": "I called you"}, int(time.time()) - ago)
    return made | {"from": "15550783881", "to": PHONE}


async def tell(line: Line, *echoes: dict[str, Any]) -> None:
    await line.tell(kind="smb_message_echoes", message_echoes=list(echoes))


async def test_it_is_a_reply_that_pauses_the_bot_once(line: Line) -> None:
    began = await line.write()
    assert not began["bot_paused"] and began["waiting_since"]
    await tell(line, echo())
    await tell(line, echo())
    now = await line.house.read(began["id"])
    assert now["bot_paused"] and now["assignee"] is None and now["waiting_since"] is None
    message = (await line.thread(began))[-1]
    assert (message["kind"], message["text"], message["delivery"]) == ("reply", "I called you", "sent")
    assert message["author"]["type"] == "system" and message["via"] == "whatsapp"
    assert line.graph.sent == [] and now["message_count"] == 2
    paused = await line.house.rows(
        "SELECT reason FROM audit_rows WHERE workspace_id = :ws AND action = 'conversation.bot_paused'"
    )
    assert [row.reason for row in paused] == ["human_reply"]


async def test_with_the_setting_off_the_bot_goes_on(line: Line) -> None:
    await line.house.settings(pause_bot_on_claim=False)
    began = await line.write()
    await tell(line, echo())
    assert not (await line.house.read(began["id"]))["bot_paused"]


async def test_it_leaves_a_claim_as_it_is(line: Line) -> None:
    began = await line.write()
    await line.house.sam.post(f"/conversations/{began['id']}/claim")
    await tell(line, echo())
    now = await line.house.read(began["id"])
    assert now["assignee"]["id"] == line.house.sam.id and now["epoch"] == 1


async def test_an_old_one_that_comes_late_answers_nothing(line: Line) -> None:
    began = await line.write()
    await tell(line, echo(ago=3_600))
    now = await line.house.read(began["id"])
    assert now["waiting_since"] == began["waiting_since"]
    assert [each["kind"] for each in await line.thread(began)] == ["reply", "customer"]


async def test_it_may_begin_the_conversation(line: Line) -> None:
    await tell(line, echo())
    began = await line.conversation("wamid.ECHO1")
    assert (began["channel"], began["message_count"], began["preview"]) == ("whatsapp", 1, "I called you")
    assert (await line.write("Thanks", "wamid.2"))["id"] == began["id"]


async def test_our_own_reactions_are_no_messages(line: Line) -> None:
    began = await line.write()
    await tell(line, reaction("wamid.E", "wamid.IN1", "👍", int(time.time())) | {"to": PHONE})
    assert (await line.house.read(began["id"]))["message_count"] == 1


async def test_how_far_it_is_is_told_as_for_any_other(line: Line) -> None:
    await line.write()
    await line.tell(statuses=[{"id": "wamid.ECHO1", "status": "read", "timestamp": "1750000000"}])
    await tell(line, echo())
    (_, message) = await line.thread(await line.conversation("wamid.ECHO1"))
    assert message["delivery"] == "read"
