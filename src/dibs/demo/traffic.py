"""A day at the inbox: customers write from outside, the bot answers, colleagues claim, answer, release and resolve.

It keeps itself in bounds: the more waits, the slower customers write and the faster colleagues work.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import aiosmtplib
import httpx
import structlog

from dibs.demo import cast
from dibs.demo.customers import Customer, Doors
from dibs.seeding.cast import Member
from dibs.seeding.inbox import TAGS
from dibs.seeding.texts import CHANNELS, LANGUAGES, TOPICS, Story, pick, words

log = structlog.get_logger()
# How many of today's conversations wait unclaimed: always something to take, and never too much. The backlog from
# before is left to whoever looks around.
FEWEST, MOST = 12, 40
# Conversations that a colleague holds at most.
HANDS = 5
CUSTOMER_SECONDS, COLLEAGUE_SECONDS = 3.0, 4.0
QUIET = 5.0
REMEMBERED = 300
AFTER_FAILURE_SECONDS = 2.0
AWAY = (httpx.HTTPError, aiosmtplib.SMTPException, OSError, ValueError)


@dataclass
class World:
    """What the simulated people know. Nobody reads the database: what they know came over the wire."""

    client: httpx.AsyncClient
    doors: Doors
    chance: random.Random
    pace: float = 1.0
    began: str = field(default_factory=lambda: datetime.now(UTC).isoformat().replace("+00:00", "Z"))
    customers: list[Customer] = field(default_factory=list)
    waiting: int = 0
    number: int = 0

    async def call(self, member: Member, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """One request as a member; the answer's JSON, or None when Dibs refused."""
        headers = {"Authorization": f"Bearer {member.key}"}
        answer = await self.client.request(method, f"/v1{path}", json=body, headers=headers, params=params)
        if answer.is_server_error:
            answer.raise_for_status()
        return answer.json() if answer.is_success and answer.content else None

    async def pause(self, seconds: float) -> None:
        """A while, never quite the same."""
        await asyncio.sleep(seconds * self.pace * self.chance.uniform(0.5, 1.6))

    def story(self, row: dict[str, Any]) -> Story:
        """The matter of a conversation's customer; a new one for somebody from before this demo began."""
        name = row["contact"]["name"]
        for customer in reversed(self.customers):
            if (customer.name, customer.channel) == (name, row["channel"]):
                return customer.story
        return Story(self.chance, row["language"] if row["language"] in LANGUAGES else "en", "question", name or "")


async def live(client: httpx.AsyncClient, doors: Doors, members: Sequence[Member], *, quiet: bool) -> None:
    """Lets the demo live until it is cancelled."""
    world = World(client, doors, random.Random(), QUIET if quiet else 1.0)  # noqa: S311 - a simulation
    colleagues = [each for each in members if cast.first_name(each) not in cast.PEOPLE_ONLY]
    await asyncio.gather(
        _forever(world, partial(_customer, world)),
        _forever(world, partial(_impatient, world)),
        *(_forever(world, partial(_colleague, world, each, colleagues)) for each in colleagues),
    )


async def _forever(world: World, act: Callable[[], Awaitable[None]]) -> None:
    await world.pause(1.0)
    while True:
        try:
            await act()
        except AWAY as error:
            # The server may be on its way down, or busy: people try again.
            log.debug("demo.failed", error=repr(error))
            await asyncio.sleep(AFTER_FAILURE_SECONDS)


async def _customer(world: World) -> None:
    """Somebody writes for the first time."""
    await world.pause(CUSTOMER_SECONDS * (0.3 if world.waiting < FEWEST else 1.0))
    page = await world.call(world.doors.owner, "GET", "/conversations", view="unclaimed", since=world.began, limit=100)
    world.waiting = len(page["data"]) if page else 0
    if world.waiting >= MOST:
        return
    world.number += 1
    language, topic = pick(world.chance, LANGUAGES), pick(world.chance, TOPICS)
    name = world.chance.choice(words()["customers"][language])
    # So that tomorrow's customers are not taken for today's.
    number = world.number + world.chance.randrange(10) * 10_000
    customer = Customer(number, name, pick(world.chance, CHANNELS), Story(world.chance, language, topic, name))
    tags = ["billing"] if topic == "billing" else [TAGS[topic]] if topic in TAGS else []
    await world.doors.write(customer, customer.story.opening(), tags)
    world.customers = [*world.customers[1 - REMEMBERED :], customer]


async def _impatient(world: World) -> None:
    """A customer answers, or asks again."""
    await world.pause(CUSTOMER_SECONDS * 2)
    if world.customers:
        customer = world.chance.choice(world.customers)
        await world.doors.write(customer, customer.story.follow_up(), [])


async def _colleague(world: World, member: Member, colleagues: Sequence[Member]) -> None:
    """A colleague looks at what they hold, works on one of them or takes another."""
    await world.pause(COLLEAGUE_SECONDS * (0.5 if world.waiting > MOST * 0.7 else 1.0))
    page = await world.call(member, "GET", "/conversations", view="mine", limit=100) or {"data": []}
    held = page["data"]
    if len(held) < HANDS and world.waiting > FEWEST and world.chance.random() < 0.6:
        await _take(world, member)
    elif held:
        await _work(world, member, world.chance.choice(held), colleagues)


async def _take(world: World, member: Member) -> None:
    """Claims one of the longest waiting; sometimes somebody else was faster."""
    page = await world.call(member, "GET", "/conversations", view="unclaimed", since=world.began, limit=10)
    if page and page["data"]:
        chosen = world.chance.choice(page["data"])
        if await world.call(member, "POST", f"/conversations/{chosen['id']}/claim"):
            world.waiting -= 1


async def _work(world: World, member: Member, row: dict[str, Any], colleagues: Sequence[Member]) -> None:
    path, fate = f"/conversations/{row['id']}", world.chance.random()
    story = world.story(row)
    if row["waiting_since"] or fate < 0.15:
        text = story.reply(member.name) if row["message_count"] <= 3 else story.answer(member.name)
        await world.call(member, "POST", f"{path}/messages", {"kind": "reply", "text": text, "epoch": row["epoch"]})
    elif fate < 0.6:
        await world.call(member, "POST", f"{path}/resolve", {"epoch": row["epoch"]})
    elif fate < 0.68:
        back = world.chance.random() < 0.5
        body = {"reason": "other", "epoch": row["epoch"], "hand_back": back}
        await world.call(member, "POST", f"{path}/release", body)
    elif fate < 0.76:
        other = world.chance.choice([each for each in colleagues if each.id != member.id])
        await world.call(member, "POST", f"{path}/reassign", {"agent_id": other.id, "note": story.note()})
    elif fate < 0.82:
        await world.call(member, "POST", f"{path}/messages", {"kind": "note", "text": story.note()})
