"""Several people open the printed link at once: one of them owns the installation, the others are told."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from dibs.accounts import workspaces as making
from dibs.accounts.tables import agents, sessions, workspaces
from dibs.first_run import setting_up
from dibs.migrations.versioning import VERSION_OF
from dibs.tx import Core
from tests.first_run.conftest import SetUp

RACERS = 8
# How long the first waits for a second one that the lock keeps out.
PATIENCE_SECONDS = 0.5


@pytest.fixture
def _meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever found the installation empty waits for another one who does, before making the workspace."""
    together, begin, here = asyncio.Event(), making.begin, Counter[str]()

    async def late(*given: Any, **named: Any) -> Any:
        here["arrived"] += 1
        if here["arrived"] > 1:
            together.set()
        try:
            await asyncio.wait_for(together.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            together.set()
        return await begin(*given, **named)

    monkeypatch.setattr(making, "begin", late)


async def race(set_up: SetUp) -> Counter[int]:
    """The answers' codes."""
    forms = ({"workspace": f"Team {number}", "email": f"racer{number}@acme.example"} for number in range(RACERS))
    return Counter(answer.status_code for answer in await asyncio.gather(*(set_up(**form) for form in forms)))


@pytest.mark.usefixtures("_meet")
async def test_one_wins_and_the_others_are_told_that_it_is_done(core: Core, set_up: SetUp) -> None:
    assert await race(set_up) == {201: 1, 404: RACERS - 1}
    for table in (workspaces, agents, sessions):
        assert len(await core.database.run(select(table))) == 1


@pytest.mark.usefixtures("_meet")
@pytest.mark.parametrize("backend", ["postgres"])
async def test_without_the_lock_several_would_win(core: Core, set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting_up, "_INSTALLATION", VERSION_OF)
    await race(set_up)
    assert len(await core.database.run(select(workspaces))) > 1
