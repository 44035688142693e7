"""Many clients, cut off at random during many events: each ends with exactly the server's state."""

from __future__ import annotations

import asyncio
import os
import random

from sqlalchemy import select
from websockets.exceptions import ConnectionClosed

from dibs.ledger import events
from tests.realtime.cast import Person, Workspace
from tests.realtime.client import Client, connected
from tests.support.server import RunningServer

FULL = bool(os.environ.get("DIBS_TEST_FULL"))
CLIENTS, EVENTS = (200, 5_000) if FULL else (20, 500)
AGENTS, CONVERSATIONS = 10, 25
PATIENCE_SECONDS = 110


async def _follow(server: RunningServer, person: Person, done: asyncio.Event, chance: random.Random) -> Client:
    """Connects, is cut off at random and resumes, until it has all that there will be."""
    kept = None
    while True:
        async with connected(server.live_url, key=person.key) as client:
            if kept is not None:
                client.events = kept.events
            kept = client
            try:
                await client.resume(client.cursor)
                heard = chance.randint(1, 12)
                while heard or done.is_set():
                    await asyncio.wait_for(client.hear(), 1.5)
                    heard -= heard > 0
            except (ConnectionClosed, TimeoutError):
                if done.is_set():
                    return client
            if not done.is_set():
                client.socket.transport.abort()


def _state(told: list[dict[str, int]]) -> dict[int, int]:
    """A client's store: of each conversation, the newest version."""
    store: dict[int, int] = {}
    for event in told:
        store[event["n"] % CONVERSATIONS] = event["n"]
    return store


async def test_after_random_cuts_each_client_has_exactly_what_its_agent_may_see(
    server: RunningServer, workspace: Workspace
) -> None:
    seed = int(os.environ.get("DIBS_TEST_SEED", "1"))
    chance = random.Random(seed)
    people = [await workspace.person(f"Agent{n}") for n in range(AGENTS)]
    done = asyncio.Event()

    async def happen() -> None:
        number = 0
        while number < EVENTS:
            many = min(chance.randint(1, 8), EVENTS - number)
            only = chance.choice(people).id if chance.random() < 0.3 else None
            await workspace.emit(*range(number, number + many), only=only)
            number += many
            await asyncio.sleep(chance.random() / 100)
        done.set()

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
        group.create_task(happen())
        following = [
            group.create_task(_follow(server, people[n % AGENTS], done, random.Random(seed + n)))
            for n in range(CLIENTS)
        ]
    rows = await workspace.core.database.run(
        select(events.c.seq, events.c.agent_id).where(events.c.workspace_id == workspace.id).order_by(events.c.seq)
    )
    assert len(rows) == EVENTS
    for n, task in enumerate(following):
        person, client = people[n % AGENTS], task.result()
        visible = [row.seq for row in rows if row.agent_id in (None, person.id)]
        assert [event["cursor"] for event in client.events] == visible, f"client {n}, seed {seed}"
        assert _state(client.events) == _state([{"n": seq - 1} for seq in visible])
