"""Where the machine of ownership lives: a database, a loop of its own, a clock that it moves; and its moves."""

import asyncio
from collections import Counter
from typing import Any

from dibs import clock
from dibs.db.open import database
from dibs.reactions import connect
from dibs.settings import Settings
from dibs.tx import Core

NAMES, GUARDS = ["sam", "kim", "ada", "vic"], [None, None, None, "now", "old"]
WALK = 8
# How often each is chosen on a walk.
MOVES: dict[str, float] = {
    "claim": 6,
    "release": 2,
    "undo": 2,
    "force_release": 2,
    "hand_back": 1,
    "reassign": 3,
    "ask": 4,
    "answer": 5,
    "resolve": 2,
    "reopen": 4,
    "archive": 2,
    "snooze": 2,
    "wake": 2,
    "reply": 3,
    "customer_writes": 1,
    "leave_or_come_back": 0.3,
    "switch_auto_claim": 1,
    "time_passes": 2,
    "sweep": 2,
}
FLAGS = [False, True]
# What a move takes besides the conversation, the person and the epoch.
ASKED: dict[str, dict[str, list[Any]]] = {
    "release": {"hand_back": FLAGS},
    "force_release": {"reason": [None, "Away"]},
    "reassign": {"to": NAMES[:3]},
    "answer": {"which": [0, 0, 1], "verb": ["accept", "accept", "decline", "cancel"]},
    "reopen": {"claim": FLAGS},
    "snooze": {"minutes": [None, -1, 1, 45]},
    "reply": {"take_over": FLAGS},
    "leave_or_come_back": {"who": NAMES[:2], "leave": [True, False, False]},
    "switch_auto_claim": {"who": NAMES[:2]},
    "time_passes": {"minutes": [0.05, 0.2, 3, 31, 121]},
}


class World:
    """The database that all examples share, and the loop in which it lives."""

    def __init__(self, settings: Settings) -> None:
        self.runner = asyncio.Runner()
        self.core = Core(database(settings))
        connect(self.core)
        self.run(self.core.database.open())
        self.now = clock.now()
        self.verdicts: Counter[str] = Counter()

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def close(self) -> None:
        self.run(self.core.database.close())
        self.runner.close()
