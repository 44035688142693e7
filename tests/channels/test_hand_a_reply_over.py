"""A reply on a connected channel: stored as queued, handed over after its commit, told how far it is."""

import asyncio
from typing import Any

import pytest

from dibs.actor import system
from dibs.channels import connections, statuses
from dibs.channels.inbound import Inbound, receive
from dibs.channels.kinds import KINDS
from dibs.channels.sending import deliverer
from dibs.delivery import outbox, worker
from dibs.outbound import Outbound
from dibs.tx import Core, transaction
from tests.support.channels import Pigeons
from tests.support.house import House


class Loft:
    """A house with a connected channel and a customer who wrote on it."""

    def __init__(self, house: House, channel_id: str, pigeons: Pigeons) -> None:
        self.house, self.channel_id, self.pigeons = house, channel_id, pigeons
        self.core: Core = house.core

    async def write(self, text: str, external_id: str, **more: Any) -> dict[str, Any]:
        """The customer writes."""
        async with transaction(self.core, system(self.house.workspace_id, "Pigeons", "whatsapp")) as tx:
            channel = await connections.lock(tx, self.channel_id)
            given = {"phone": "+34600123456", "name": "Ana"}
            received = await receive(tx, channel, Inbound(contact=given, text=text, external_id=external_id, **more))
        return {"id": received.conversation.id, "message": received.message, "is_new": received.is_new}

    async def tell(self, external_id: str, to: Any, **more: Any) -> None:
        """The provider says how far a message is."""
        async with transaction(self.core, system(self.house.workspace_id, "Pigeons", "whatsapp")) as tx:
            channel = await connections.lock(tx, self.channel_id)
            await statuses.tell(tx, channel, external_id, to, **more)

    async def delivery(self, message_id: str) -> str:
        (row,) = await self.house.rows("SELECT delivery FROM messages WHERE id = :id", id=message_id)
        return str(row.delivery)


@pytest.fixture
async def loft(house: House, pigeons: Pigeons) -> Loft:
    made = await house.ada.post("/channels", {"kind": "whatsapp", "name": "Loft", "settings": pigeons.settings()})
    return Loft(house, made.json()["id"], pigeons)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's own worker takes nothing: the test delivers."""
    take = outbox.take

    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    monkeypatch.setattr(outbox, "take", nothing)
    monkeypatch.setattr(Loft, "take", staticmethod(take), raising=False)


async def deliver(loft: Loft, outbound: Outbound) -> int:
    """Hands over what is due; how many entries that were."""
    entries = await loft.take(loft.core.database, most=10)  # type: ignore[attr-defined]
    for entry in entries:
        await worker.hand_over(loft.core, deliverer(KINDS, outbound), entry)
    return len(entries)


@pytest.fixture
def outbound(app: Any) -> Outbound:
    found: Outbound = app.state.outbound
    return found


async def replied(loft: Loft, conversation_id: str, text: str = "Hello") -> dict[str, Any]:
    answer = await loft.house.sam.post(f"/conversations/{conversation_id}/messages", {"kind": "reply", "text": text})
    assert answer.status_code == 201, answer.text
    message: dict[str, Any] = answer.json()["message"]
    return message


async def test_it_is_queued_then_sent_under_the_providers_id(loft: Loft, by_hand: None, outbound: Outbound) -> None:
    began = await loft.write("Hi", "in-1")
    message = await replied(loft, began["id"])
    assert message["delivery"] == "queued"
    assert await deliver(loft, outbound) == 1
    assert await loft.delivery(message["id"]) == "sent"
    assert [text for _, text in loft.pigeons.flown] == ["Hello"]
    assert await deliver(loft, outbound) == 0


async def test_the_running_server_delivers_by_itself(loft: Loft) -> None:
    began = await loft.write("Hi", "in-1")
    rung = asyncio.Event()
    message = await replied(loft, began["id"])
    loft.core.doorbell.listen(lambda *_: rung.set())
    await rung.wait()
    assert await loft.delivery(message["id"]) == "sent"


async def test_what_the_customer_writes_again_joins_the_same_conversation(loft: Loft) -> None:
    first, second = await loft.write("Hi", "in-1"), await loft.write("Anybody?", "in-2")
    assert first["id"] == second["id"]


async def test_a_redelivery_changes_nothing(loft: Loft) -> None:
    first, again = await loft.write("Hi", "in-1"), await loft.write("Hi", "in-1")
    assert (again["is_new"], again["message"].id) == (False, first["message"].id)
    assert (await loft.house.read(first["id"]))["message_count"] == 1


async def test_a_refused_message_fails_with_the_reason_and_can_be_sent_again(
    loft: Loft, by_hand: None, outbound: Outbound
) -> None:
    began = await loft.write("Hi", "in-1")
    message = await replied(loft, began["id"])
    loft.pigeons.trouble = worker.Refused("no_such_roof", "The pigeon found no roof.")
    await deliver(loft, outbound)
    path = f"/conversations/{began['id']}/messages"
    (shown,) = [each for each in (await loft.house.sam.get(path)).json()["data"] if each["id"] == message["id"]]
    assert shown["delivery"] == "failed"
    assert shown["details"]["failure"] == {"code": "no_such_roof", "detail": "The pigeon found no roof."}
    loft.pigeons.trouble = None
    retried = await loft.house.sam.post(f"{path}/{message['id']}/retry")
    assert retried.json()["message"]["delivery"] == "queued"
    assert "failure" not in retried.json()["message"]["details"]
    await deliver(loft, outbound)
    assert await loft.delivery(message["id"]) == "sent"
    assert len(loft.pigeons.flown) == 1


async def test_a_status_that_came_before_our_own_send_returned_is_kept(
    loft: Loft, by_hand: None, outbound: Outbound
) -> None:
    began = await loft.write("Hi", "in-1")
    message = await replied(loft, began["id"])
    await loft.tell(f"pigeon-{message['id']}", "delivered")
    assert await loft.delivery(message["id"]) == "queued"
    await deliver(loft, outbound)
    assert await loft.delivery(message["id"]) == "delivered"
    assert await loft.house.rows("SELECT 1 AS one FROM early_statuses") == []


async def test_a_message_on_a_disconnected_channel_fails_and_says_what_to_do(
    loft: Loft, by_hand: None, outbound: Outbound
) -> None:
    began = await loft.write("Hi", "in-1")
    message = await replied(loft, began["id"])
    await loft.house.ada.delete(f"/channels/{loft.channel_id}")
    await deliver(loft, outbound)
    assert await loft.delivery(message["id"]) == "failed"


async def test_outside_the_window_nothing_is_sent(loft: Loft) -> None:
    began = await loft.write("Hi", "in-1", changes={"reply_until": 1})
    answer = await loft.house.sam.post(f"/conversations/{began['id']}/messages", {"kind": "reply", "text": "Hello"})
    assert (answer.status_code, answer.json()["code"]) == (409, "outside_reply_window")
    assert answer.json()["window_closed_at"].startswith("1970-")
    note = await loft.house.sam.post(f"/conversations/{began['id']}/messages", {"kind": "note", "text": "Too late"})
    assert note.status_code == 201


async def test_what_was_written_earlier_takes_its_place_in_the_thread(loft: Loft) -> None:
    late = await loft.write("second", "in-2", sent_at=2_000)
    await loft.write("first", "in-1", sent_at=1_000)
    page = (await loft.house.sam.get(f"/conversations/{late['id']}/messages")).json()["data"]
    assert [each["text"] for each in page] == ["first", "second"]
    assert (await loft.house.read(late["id"]))["preview"] == "second"
