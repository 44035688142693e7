"""A day at the inbox, through the real API: customers write, colleagues claim, answer, release and resolve.

It keeps itself in bounds: the more waits, the slower customers write and the faster colleagues work.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import structlog

from dibs.demo import cast
from dibs.seeding.cast import Member
from dibs.seeding.inbox import TAGS
from dibs.seeding.texts import LANGUAGES, TOPICS, Story, pick, words

log = structlog.get_logger()
# How many conversations of their channel wait unclaimed: always something to take, and never too much. The backlog on
# the other channels is left to whoever looks around.
FEWEST, MOST = 12, 40
# Conversations that a colleague holds at most.
HANDS = 5
CUSTOMER_SECONDS, COLLEAGUE_SECONDS = 3.0, 4.0
QUIET = 5.0
REMEMBERED = 300
REGULARS = 120
AFTER_FAILURE_SECONDS = 2.0


@dataclass
class World:
    """What the simulated people know. Nobody reads the database: what they know came over the API."""

    client: httpx.AsyncClient
    chance: random.Random
    pace: float = 1.0
    stories: dict[str, Story] = field(default_factory=dict)
    waiting: int = 0

    async def call(self, member: Member, method: str, path: str, body: Any = None) -> Any:
        """One request as a member; the answer's JSON, or None when Dibs refused."""
        answer = await self.client.request(
            method, f"/v1{path}", json=body, headers={"Authorization": f"Bearer {member.key}"}
        )
        if answer.is_server_error:
            answer.raise_for_status()
        return answer.json() if answer.is_success and answer.content else None

    async def pause(self, seconds: float) -> None:
        """A while, never quite the same."""
        await asyncio.sleep(seconds * self.pace * self.chance.uniform(0.5, 1.6))


async def live(base_url: str, members: Sequence[Member], *, quiet: bool) -> None:
    """Lets the demo live until it is cancelled."""
    async with httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=30) as client:
        chance = random.Random()  # noqa: S311 - a simulation
        world = World(client, chance, QUIET if quiet else 1.0)
        owner = next(each for each in members if each.role == "owner")
        colleagues = [each for each in members if cast.first_name(each) not in cast.PEOPLE_ONLY]
        await asyncio.gather(
            _forever(world, partial(_customer, world, owner)),
            _forever(world, partial(_impatient, world, owner)),
            *(_forever(world, partial(_colleague, world, each, colleagues)) for each in colleagues),
        )


async def _forever(world: World, act: Callable[[], Awaitable[None]]) -> None:
    await world.pause(1.0)
    while True:
        try:
            await act()
        except (httpx.HTTPError, ValueError) as error:
            # The server may be on its way down, or busy: people try again.
            log.debug("demo.failed", error=repr(error))
            await asyncio.sleep(AFTER_FAILURE_SECONDS)


async def _customer(world: World, owner: Member) -> None:
    """Somebody writes for the first time, or again about something new."""
    await world.pause(CUSTOMER_SECONDS * (0.3 if world.waiting < FEWEST else 1.0))
    counts = await world.call(owner, "GET", "/conversations?view=unclaimed&channel=api&limit=100")
    world.waiting = len(counts["data"]) if counts else 0
    if world.waiting >= MOST:
        return
    number = world.chance.randint(1, REGULARS)
    language = pick(random.Random(number), LANGUAGES)  # noqa: S311 - the same customer speaks the same language
    name = words()["customers"][language][number % len(words()["customers"][language])]
    topic = pick(world.chance, TOPICS)
    story = Story(world.chance, language, topic, name)
    tags = ["billing"] if topic == "billing" else [TAGS[topic]] if topic in TAGS else []
    body = {
        "contact": {"external_id": f"demo-{number}", "name": name, "email": f"demo{number}@customers.example.com"},
        "message": {"text": story.opening()},
        "tags": tags,
    }
    made = await world.call(owner, "POST", "/conversations", body)
    if made:
        world.stories[made["id"]] = story
        while len(world.stories) > REMEMBERED:
            del world.stories[next(iter(world.stories))]


async def _impatient(world: World, owner: Member) -> None:
    """A customer answers, or asks again."""
    await world.pause(CUSTOMER_SECONDS * 2)
    if world.stories:
        conversation_id, story = world.chance.choice(list(world.stories.items()))
        await world.call(
            owner, "POST", f"/conversations/{conversation_id}/customer-messages", {"text": story.follow_up()}
        )


async def _colleague(world: World, member: Member, colleagues: Sequence[Member]) -> None:
    """A colleague looks at what they hold, works on one of them or takes another."""
    await world.pause(COLLEAGUE_SECONDS * (0.5 if world.waiting > MOST * 0.7 else 1.0))
    mine = await world.call(member, "GET", "/conversations?view=mine&channel=api&limit=100") or {"data": []}
    held = mine["data"]
    if len(held) < HANDS and world.waiting > FEWEST and world.chance.random() < 0.6:
        await _take(world, member)
    elif held:
        await _work(world, member, world.chance.choice(held), colleagues)


async def _take(world: World, member: Member) -> None:
    """Claims one of the longest waiting; sometimes somebody else was faster."""
    page = await world.call(member, "GET", "/conversations?view=unclaimed&channel=api&limit=10")
    if page and page["data"]:
        chosen = world.chance.choice(page["data"])
        if await world.call(member, "POST", f"/conversations/{chosen['id']}/claim"):
            world.waiting -= 1


async def _work(world: World, member: Member, row: dict[str, Any], colleagues: Sequence[Member]) -> None:
    path, fate = f"/conversations/{row['id']}", world.chance.random()
    story = world.stories.get(row["id"]) or _stranger(world, row)
    if row["waiting_since"]:
        text = story.reply(member.name) if row["message_count"] <= 2 else story.answer(member.name)
        await world.call(member, "POST", f"{path}/messages", {"kind": "reply", "text": text, "epoch": row["epoch"]})
    elif fate < 0.6:
        await world.call(member, "POST", f"{path}/resolve", {"epoch": row["epoch"]})
        world.stories.pop(row["id"], None)
    elif fate < 0.68:
        await world.call(member, "POST", f"{path}/release", {"reason": "other", "epoch": row["epoch"]})
    elif fate < 0.76:
        other = world.chance.choice([each for each in colleagues if each.id != member.id])
        await world.call(member, "POST", f"{path}/reassign", {"agent_id": other.id, "note": story.note()})
    elif fate < 0.82:
        await world.call(member, "POST", f"{path}/messages", {"kind": "note", "text": story.note()})


def _stranger(world: World, row: dict[str, Any]) -> Story:
    """A story for a conversation that began before this demo did."""
    language = row["language"] if row["language"] in LANGUAGES else "en"
    return Story(world.chance, language, "question", row["contact"]["name"] or "")
