"""Whatever order WhatsApp tells things in, how often and in which batches: the same transcript, the same statuses."""

import asyncio
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Text, bindparam, update

from dibs.actor import system
from dibs.channels import inbound
from dibs.channels.kinds import KINDS
from dibs.channels.sending import deliverer
from dibs.channels.whatsapp import media
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.channels.whatsapp.sending import accepted
from dibs.conversations import deliveries
from dibs.conversations.messages import receive
from dibs.conversations.tables import messages
from dibs.delivery import outbox, worker
from dibs.tx import transaction
from tests.conftest import seed
from tests.support.graph import PNG, Graph
from tests.support.house import House
from tests.support.whatsapp import Line, connect
from tests.support.whatsapp_history import (
    PHONES,
    REPLIES,
    Happening,
    furthest,
    history,
    ids_in_order,
    retold,
    webhook,
    with_a_picture,
)

EVENTS = 10_000 if os.environ.get("DIBS_TEST_FULL") else 1_000
FEW = 200
AT_ONCE = 4
Made = dict[str, Any]
_take = outbox.take
_m = messages.c


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's own worker takes nothing: when our calls return is part of the history."""

    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    monkeypatch.setattr("dibs.delivery.outbox.take", nothing)


class Telling:
    """One number to which a history happens."""

    def __init__(self, line: Line, app: Any) -> None:
        self.line, self.core = line, line.house.core
        self.channel = deliverer(KINDS, app.state.outbound)
        self.media = media.deliverer(WHATSAPP, app.state.outbound)
        self.entries: dict[int, Any] = {}

    async def begin(self) -> None:
        """Every customer has written, Sam has answered each several times, and nothing is handed over yet."""
        for phone in PHONES:
            began = await self.line.write("Hello", f"wamid.FIRST{phone}", phone=phone)
            for number in range(REPLIES):
                await self.line.reply(began, f"Reply {number} to {phone}")
        while taken := await _take(self.core.database, most=100):
            for entry in taken:
                await self._keep(entry)
        queued = [entry for _, entry in sorted(self._found, key=lambda each: each[0])]
        assert len(queued) == len(PHONES) * REPLIES
        self.entries = dict(enumerate(queued))

    _found: list[tuple[str, Any]]

    async def _keep(self, entry: Any) -> None:
        rows = await self.line.house.rows("SELECT text FROM messages WHERE id = :id", id=entry.message_id)
        self._found = [*getattr(self, "_found", []), (rows[0].text, entry)]
        async with transaction(self.core, system(entry.workspace_id, "Test")) as tx:
            # The next of its lane is taken too: what is under way here is a matter of the history.
            await outbox.settle(tx, entry, "done")

    async def tell(self, batch: list[Happening], dice: random.Random) -> None:
        """A batch arrives; of our own calls that return, each does so on its own."""
        for each in batch:
            if each.kind == "accepted":
                await self._accepted(each.ours)
        if told := [each for each in batch if each.kind != "accepted"]:
            ids = {number: entry.id for number, entry in self.entries.items()}
            answer = await self.line.post(webhook(self.line.number, told, ids, dice))
            assert answer.status_code == 200, answer.text

    async def _accepted(self, number: int) -> None:
        entry = self.entries[number]
        async with transaction(self.core, system(entry.workspace_id, "Test")) as tx:
            said = accepted(self.line.channel["id"], entry.message_id, f"wamid.OUT{number}")
            await self.channel.done(tx, entry, said)

    async def fetch(self) -> None:
        """The files are fetched."""
        while taken := [each for each in await _take(self.core.database, most=100) if each.topic == media.TOPIC]:
            for entry in taken:
                await worker.hand_over(self.core, self.media, entry)

    async def transcript(self) -> Made:
        """All that a person sees, without what differs from one installation to the next."""
        found: Made = {}
        for phone in PHONES:
            row = await self.line.conversation(f"wamid.FIRST{phone}")
            thread = await self._thread(row["id"])
            facts = ("status", "preview", "message_count", "bot_paused", "channel", "language")
            found[phone] = ({name: row[name] for name in facts}, [_shown(each) for each in thread])
        return found

    async def _thread(self, conversation_id: str) -> list[Made]:
        found: list[Made] = []
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = (
                await self.line.house.ada.get(f"/conversations/{conversation_id}/messages", limit=100, **more)
            ).json()
            found = [*page["data"], *found]
            if (cursor := page["next_cursor"]) is None:
                return found


def _shown(message: Made) -> Made:
    facts = ("kind", "text", "external_id", "details", "delivery", "via")
    shown = {name: message[name] for name in facts}
    files = [(each["name"], each["type"], each["size"]) for each in message["attachments"]]
    # What begins the conversations, and what Sam writes, is written when the test runs.
    timed = message["kind"] == "customer" or message["via"] == "whatsapp"
    timed = timed and not str(message["external_id"]).startswith("wamid.FIRST")
    return shown | {"files": files, "at": message["created_at"] if timed else None}


async def _told_in_order(house: House, graph: Graph, app: Any, happened: list[Happening], number: str) -> Made:
    telling = Telling(await connect(house, graph, number=number), app)
    await telling.begin()
    dice = random.Random(1)
    for first in range(0, len(happened), 10):
        await telling.tell(happened[first : first + 10], dice)
    await telling.fetch()
    return await telling.transcript()


async def _retold(
    house: House, graph: Graph, app: Any, happened: list[Happening], dice: random.Random, *, number: str
) -> Made:
    telling = Telling(await connect(house, graph, number=number), app)
    await telling.begin()
    batches = iter(retold(dice, happened))

    async def some(left: Iterator[list[Happening]]) -> None:
        for batch in left:
            await telling.tell(batch, dice)

    await asyncio.gather(*(some(batches) for _ in range(AT_ONCE)))
    await telling.fetch()
    return await telling.transcript()


def _differences(one: Made, other: Made) -> list[str]:
    found = []
    for phone in PHONES:
        (facts, thread), (other_facts, other_thread) = one[phone], other[phone]
        found += [f"{phone}: {facts} is not {other_facts}"] if facts != other_facts else []
        found += [f"{phone}: {a} is not {b}" for a, b in zip(thread, other_thread, strict=False) if a != b]
        found += [f"{phone}: {len(thread)} is not {len(other_thread)}"] if len(thread) != len(other_thread) else []
    return found


@pytest.mark.timeout(900)
async def test_shuffled_repeated_and_batched_it_is_the_same_transcript(
    house: House, neighbour: House, graph: Graph, app: Any
) -> None:
    print(f"seed {seed()}")
    with_a_picture(graph, PNG)
    dice = random.Random(seed())
    happened = history(dice, EVENTS)
    in_order = await _told_in_order(house, graph, app, happened, "301")
    shuffled = await _retold(neighbour, graph, app, happened, dice, number="302")
    assert _differences(in_order, shuffled) == []
    for phone, (_, thread) in shuffled.items():
        told = [each["external_id"] for each in thread if each["at"] is not None]
        assert told == ids_in_order(happened, phone)
    fates = {each["external_id"]: each["delivery"] for _, thread in shuffled.values() for each in thread}
    assert {wamid: fates[wamid] for wamid in furthest(happened)} == furthest(happened)
    whole = [message for _, thread in in_order.values() for message in thread]
    assert {each["delivery"] for each in whole} >= {"sent", "delivered", "read", "failed"}
    assert any(each["details"].get("reactions") for each in whole) and any(each["files"] for each in whole)
    print(f"{EVENTS} events told again in any order: {len(whole)} messages, all the same")


def _let_statuses_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last word counts."""
    anyhow = (
        update(messages)
        .where(*deliveries._THIS)
        .values(delivery=bindparam("to", type_=Text), details=bindparam("new_details", type_=_m.details.type))
        .returning(messages)
    )
    monkeypatch.setattr(deliveries, "_ADVANCE", anyhow)


def _take_the_order_of_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes first stands first."""
    store = receive

    async def now(*args: Any, **fields: Any) -> Any:
        return await store(*args, **(fields | {"sent_at": None}))

    monkeypatch.setattr(inbound, "store_received", now)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("wrong", [_let_statuses_go_back, _take_the_order_of_arrival])
async def test_a_version_with_the_bug_in_it_is_caught(
    house: House, neighbour: House, graph: Graph, app: Any, monkeypatch: pytest.MonkeyPatch, wrong: Any
) -> None:
    with_a_picture(graph, PNG)
    dice = random.Random(seed())
    happened = history(dice, FEW)
    in_order = await _told_in_order(house, graph, app, happened, "301")
    wrong(monkeypatch)
    caught = _differences(in_order, await _retold(neighbour, graph, app, happened, dice, number="302"))
    assert caught
    print(f"{wrong.__name__}: caught by {len(caught)} differences, such as {caught[0][:200]}")
