"""The rule for bots, small: replayed over the events of a workspace, it says what a bot did that it must not.

A turn begins only while nobody has paused the bot, one at a time; each is answered by one message at most, and every
message of a bot belongs to a turn. What customers wrote is answered or waits for a person, never for nobody.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.support.house import House


@dataclass
class Thread:
    """One conversation, as far as its bot is concerned."""

    paused: bool = False
    closed: bool = False
    open_turn: str | None = None
    answered: set[str] = field(default_factory=set)
    in_flight: int = 0
    # Seqs: what the customer wrote, up to where it was answered.
    written: int = 0
    upto: dict[str, int] = field(default_factory=dict)
    done: int = 0


def replay(events: list[dict[str, Any]]) -> tuple[dict[str, Thread], list[str]]:
    """The conversations as they are after these events, and what was against the rule."""
    threads: dict[str, Thread] = {}
    wrong: list[str] = []
    for event in events:
        if "conversation" not in event:
            continue
        shape = event["conversation"]
        thread = threads.setdefault(shape["id"], Thread())
        if event["kind"] == "conversation.turn":
            _begin(thread, event, wrong)
        elif event["kind"] == "message.created":
            _write(thread, event["message"], wrong)
        elif event["kind"] == "conversation.resolved":
            thread.done = thread.written  # whoever resolves says that nothing is left to answer
        thread.paused = shape["bot_paused"] or shape["escalated_at"] is not None
        thread.closed = shape["status"] in ("resolved", "archived")
    return threads, wrong


def _begin(thread: Thread, event: dict[str, Any], wrong: list[str]) -> None:
    shape = event["conversation"]
    if thread.paused or shape["bot_paused"]:
        wrong.append(f"{shape['id']}: a turn began while the bot was paused")
    if thread.open_turn is not None:
        wrong.append(f"{shape['id']}: two turns at a time")
    thread.open_turn = event["turn_id"]
    thread.upto[event["turn_id"]] = event["messages"][-1]["seq"]


def _write(thread: Thread, message: dict[str, Any], wrong: list[str]) -> None:
    if message["kind"] == "customer":
        thread.written = message["seq"]
    elif message["kind"] == "reply":
        thread.done = message["seq"]
    elif message["kind"] == "bot":
        turn = message["details"].get("turn_id")
        if turn in thread.answered:
            wrong.append(f"{message['conversation_id']}: a turn was answered twice")
        elif turn != thread.open_turn:
            wrong.append(f"{message['conversation_id']}: a bot spoke out of turn")
        thread.answered.add(turn)
        thread.in_flight += thread.paused or thread.closed
        thread.done = max(thread.done, thread.upto.get(turn, 0))
        thread.open_turn = None


async def judge(house: House) -> tuple[dict[str, Thread], list[str]]:
    """Replays what the workspace committed; also: nothing that was written is without an answer or somebody."""
    rows = await house.rows("SELECT body FROM events WHERE workspace_id = :ws ORDER BY seq")
    threads, wrong = replay([msgspec.json.decode(row.body) for row in rows])
    for name, thread in threads.items():
        if thread.open_turn is not None:
            wrong.append(f"{name}: a turn is still open")
        if not thread.paused and not thread.closed and thread.written > thread.done:
            wrong.append(f"{name}: message {thread.written} waits for a bot that serves and has no turn")
    return threads, wrong
