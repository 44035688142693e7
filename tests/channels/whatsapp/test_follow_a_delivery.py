"""How far a message is, as WhatsApp tells it: late, early, twice, or of one whose id was lost in a crash."""

import itertools
import time
from typing import Any

import pytest

from dibs.channels.kinds import KINDS
from dibs.channels.sending import deliverer
from dibs.delivery import outbox, worker
from tests.support.graph import status
from tests.support.whatsapp import Line

NOW = int(time.time())
Made = dict[str, Any]
_take = outbox.take


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's own worker takes nothing: the test delivers."""

    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    monkeypatch.setattr("dibs.delivery.outbox.take", nothing)


async def sent(line: Line) -> Made:
    return await line.delivered(await line.reply(await line.write()), "sent")


async def test_every_order_of_statuses_ends_at_the_furthest(line: Line) -> None:
    began = await line.write()
    for order in itertools.permutations(("sent", "delivered", "read")):
        message = await line.delivered(await line.reply(began), "sent")
        for to in order:
            await line.tell(statuses=[status(message["external_id"], to, NOW)])
        assert (await line.message(message["id"]))["delivery"] == "read"


async def test_a_failure_has_its_reason_until_the_message_turns_out_to_have_arrived(line: Line) -> None:
    message = await sent(line)
    why = [{"code": 131049, "title": "Held back", "error_data": {"details": "To keep the ecosystem healthy."}}]
    await line.tell(statuses=[status(message["external_id"], "failed", NOW, errors=why)])
    now = await line.message(message["id"])
    assert (now["delivery"], now["details"]["failure"]) == (
        "failed",
        {"code": "131049", "detail": "To keep the ecosystem healthy."},
    )
    await line.tell(statuses=[status(message["external_id"], "delivered", NOW)])
    now = await line.message(message["id"])
    assert (now["delivery"], now["details"]) == ("delivered", {})


async def test_a_voice_message_that_was_played_was_read(line: Line) -> None:
    message = await sent(line)
    await line.tell(statuses=[status(message["external_id"], "played", NOW)])
    assert (await line.message(message["id"]))["delivery"] == "read"


async def test_a_status_that_comes_before_our_own_call_returns_is_kept(line: Line) -> None:
    async def at_once(message: Made) -> None:
        await line.tell(statuses=[status(message["id"], "delivered", NOW)])

    line.graph.before_answer = at_once
    message = await line.delivered(await line.reply(await line.write()), "delivered")
    assert message["external_id"] == line.graph.sent[0]["id"]


async def test_so_is_one_that_bears_the_entrys_id(line: Line) -> None:
    async def at_once(message: Made) -> None:
        entry_id = message["biz_opaque_callback_data"]
        await line.tell(statuses=[status(message["id"], "read", NOW, entry_id=entry_id)])

    line.graph.before_answer = at_once
    message = await line.delivered(await line.reply(await line.write()), "read")
    assert message["external_id"] == line.graph.sent[0]["id"]


async def test_a_status_of_another_numbers_message_moves_nothing(line: Line) -> None:
    message = await sent(line)
    (entry,) = await line.house.rows("SELECT id FROM outbox WHERE workspace_id = :ws")
    await line.tell(statuses=[status("wamid.STRANGE", "failed", NOW, entry_id=entry.id)])
    await line.tell(statuses=[status("wamid.OTHER", "read", NOW, entry_id="out_00000000000000000000000000")])
    assert (await line.message(message["id"]))["delivery"] == "sent"


async def crash_after_acceptance(line: Line, app: Any) -> tuple[Made, Any]:
    """WhatsApp takes a message, and we die before that is written down."""
    message = await line.reply(await line.write())
    (entry,) = await _take(line.house.core.database, most=10)
    await deliverer(KINDS, app.state.outbound).send(line.house.core, entry)
    assert (await line.message(message["id"]))["external_id"] is None
    return message, entry


async def test_after_a_crash_the_status_names_the_message_and_it_is_not_sent_twice(
    line: Line, app: Any, by_hand: None, time: Any
) -> None:
    message, entry = await crash_after_acceptance(line, app)
    (taken,) = line.graph.sent
    await line.tell(statuses=[status(taken["id"], "delivered", NOW, entry_id=taken["biz_opaque_callback_data"])])
    now = await line.message(message["id"])
    assert (now["delivery"], now["external_id"]) == ("delivered", taken["id"])
    time.passes(minutes=3)
    assert await _take(line.house.core.database, most=10) == []
    assert taken["biz_opaque_callback_data"] == entry.id


async def test_after_a_crash_without_a_word_it_is_sent_again_with_the_same_id(
    line: Line, app: Any, by_hand: None, time: Any
) -> None:
    message, entry = await crash_after_acceptance(line, app)
    time.passes(minutes=3)
    (again,) = await _take(line.house.core.database, most=10)
    await worker.hand_over(line.house.core, deliverer(KINDS, app.state.outbound), again)
    assert [each["biz_opaque_callback_data"] for each in line.graph.sent] == [entry.id, entry.id]
    first, second = line.graph.sent
    assert (await line.message(message["id"]))["external_id"] == second["id"]
    # Whichever of the two the customer reads, they have read it.
    await line.tell(statuses=[status(first["id"], "read", NOW, entry_id=entry.id)])
    now = await line.message(message["id"])
    assert (now["delivery"], now["external_id"]) == ("read", second["id"])


async def test_that_the_first_attempt_failed_says_nothing_of_the_second(line: Line, app: Any, by_hand: None) -> None:
    message, entry = await crash_after_acceptance(line, app)
    await line.tell(statuses=[status(line.graph.sent[0]["id"], "failed", NOW, entry_id=entry.id)])
    assert (await line.message(message["id"]))["delivery"] == "queued"
