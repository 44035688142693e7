"""Fifty agents go for one conversation at the same moment: one must get it, the others must be told who did."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from bench import wire
from bench.installation import Store, stores
from bench.table import Line

RACERS = 50
# Enough free places for every round that one agent might win.
LIMIT = 100_000


async def main(argv: list[str]) -> list[Line]:
    """SQLite with one server process, PostgreSQL with one and with two; `--quick` 50 rounds, else 500."""
    rounds = 50 if "--quick" in argv else 500
    with stores() as both:
        return [
            await measure(store, processes, rounds)
            for store in both
            for processes in ((1, 2) if store.postgres is not None else (1,))
        ]


async def measure(store: Store, processes: int, rounds: int) -> Line:
    """The line of one database and number of server processes; racers are dealt out to the processes in turn."""
    installation = store.new()
    installation.dibs("migrate")
    # The owner, the admin and the agents race alike.
    racers = installation.seed(RACERS, rounds)["agents"]
    with ExitStack() as running:
        servers = [running.enter_context(installation.serve()) for _ in range(processes)]
        servers[0].call("PATCH", "/workspace/settings", racers[0]["key"], {"max_claims_per_agent": LIMIT})
        conversations = []
        page: dict[str, Any] = {"next_cursor": ""}
        while page["next_cursor"] is not None:
            after = f"&cursor={page['next_cursor']}" if page["next_cursor"] else ""
            page = servers[0].call("GET", f"/conversations?view=unclaimed&limit=100{after}", racers[0]["key"])
            conversations += [each["id"] for each in page["data"]]
        wires = [await wire.connect(servers[number % processes].port) for number in range(RACERS)]
        right = 0
        for conversation_id in conversations:
            requests = [
                wire.request("POST", f"/v1/conversations/{conversation_id}/claim", racer["key"]) for racer in racers
            ]
            answers = await asyncio.gather(*(each.ask(request) for each, request in zip(wires, requests, strict=True)))
            right += one_won([racer["id"] for racer in racers], answers)
        for each in wires:
            each.close()
    store.remove(installation)
    share = 100 * right / rounds
    return Line(
        f"{RACERS} agents race, {store.name}, {processes} process{'es' if processes > 1 else ''}",
        f"{share:g} % of {rounds} rounds",
        bar="100 %",
        verdict="pass" if right == rounds == len(conversations) else "FAIL",
    )


def one_won(racers: Sequence[str], answers: Sequence[wire.Answer]) -> bool:
    """Whether exactly one of the racers got 200 and all others 409 `already_claimed`, naming the one."""
    winners = [racer for racer, answer in zip(racers, answers, strict=True) if answer.status == 200]
    if len(winners) != 1:
        return False
    told = [json.loads(answer.body) for answer in answers if answer.status == 409]
    named = {problem["assignee"]["id"] for problem in told if problem["code"] == "already_claimed"}
    shown = [json.loads(answer.body)["assignee"]["id"] for answer in answers if answer.status == 200]
    refused = sum(problem["code"] == "already_claimed" for problem in told)
    return refused == len(racers) - 1 and named == set(winners) == set(shown)
