"""Where the machine of ownership lives: a database, a loop of its own, and a clock that moves when the machine says so."""

import asyncio
from collections import Counter
from typing import Any

from dibs import clock
from dibs.app import connect
from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core


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
