"""A process dies in the middle of an answer: another one takes the turn up, and the customer is answered once."""

import asyncio
import random
import sys
from collections import Counter
from contextlib import suppress

from sqlalchemy import func, select

from dibs.accounts import provision
from dibs.actor import Actor, system
from dibs.bot import articles, reactions, turns, worker
from dibs.conversations import creation
from dibs.conversations.tables import messages
from dibs.settings import Settings
from dibs.tx import Core, transaction
from tests.conftest import seed
from tests.ownership.checks import Time
from tests.races.counts import count
from tests.support.bot import RETURNS, SHIPPING, Bot
from tests.support.house import House
from tests.support.killed_bot import STEPS
from tests.support.server import ROOT, _environment

KILLS = count(100)


async def asked(core: Core, number: int) -> Actor:
    """A workspace in which that many customers wait for the built-in bot."""
    made = await provision.create_workspace(core, "W", "olga@dibs.example")
    reactions.register(core)
    actor = system(made.workspace_id, "Test")
    async with transaction(core, actor) as tx:
        await articles.create(tx, title="Returns", body=RETURNS, language="en")
    for each in range(number):
        async with transaction(core, actor) as tx:
            who = {"external_id": f"customer-{each}"}
            await creation.create(tx, who, text="How do I return an item?")
    return actor


async def answers(core: Core) -> Counter[int]:
    """How many conversations have so many answers."""
    bot = (messages.c.kind == "bot").self_group()
    counted = select(func.sum(bot.cast(messages.c.seq.type)).label("n")).group_by(messages.c.conversation_id)
    return Counter(int(row.n) for row in await core.database.run(counted))


async def killed(settings: Settings, steps: list[str]) -> list[str]:
    """What became of the bots, one line each."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.support.killed_bot", str(settings.data_dir), settings.database_url, ",".join(steps)),
        cwd=ROOT,
        env=_environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().splitlines()


async def test_everybody_is_answered_once_although_bots_die(settings: Settings, bare_core: Core) -> None:
    steps = [random.Random(seed() + each).choice(STEPS) for each in range(KILLS)]
    await asked(bare_core, 2 * KILLS)
    ends = await killed(settings, steps)
    assert [end.split()[-1] for end in ends] == ["killed"] * KILLS + ["0"]
    assert await answers(bare_core) == {1: 2 * KILLS}
    print(f"{KILLS} bots killed, {2 * KILLS} customers answered once each")


async def test_a_bot_that_ends_its_turn_before_it_answers_is_caught(settings: Settings, bare_core: Core) -> None:
    await asked(bare_core, 4)
    await killed(settings, ["end_first"] * 2)
    found = await answers(bare_core)
    assert found[0] == 2
    print(f"caught: ending first leaves {found[0]} of 4 without an answer")


async def test_a_turn_is_leased_to_one_at_a_time(bare_core: Core, time: Time) -> None:
    await asked(bare_core, 3)
    first, second = await asyncio.gather(*(worker.take(bare_core.database, most=9) for _ in range(2)))
    assert len([*first, *second]) == 3
    assert await worker.take(bare_core.database, most=9) == []
    time.passes(minutes=1)
    again = await worker.take(bare_core.database, most=2)
    assert [each.attempts for each in again] == [2, 2]


async def test_whoever_comes_second_is_refused(bare_core: Core) -> None:
    actor = await asked(bare_core, 1)
    (turn,) = await worker.take(bare_core.database, most=1)

    async def answer() -> bool:
        with suppress(turns.BotPaused):
            async with transaction(bare_core, actor) as tx:
                await turns.answer(tx, turn.id, turns.Answer(text="Hello"))
            return True
        return False

    assert sorted(await asyncio.gather(*(answer() for _ in range(5)))) == [False] * 4 + [True]
    assert await answers(bare_core) == {1: 1}


async def test_a_turn_that_nobody_answers_goes_to_people(house: House, external: Bot, time: Time) -> None:
    waits, claimed = await house.conversation(), await house.conversation()
    await house.sam.post(f"/conversations/{claimed['id']}/claim")
    time.passes(minutes=9)
    assert await worker.expire(house.core) == 0
    time.passes(minutes=1)
    assert await worker.expire(house.core) == 2
    assert await worker.expire(house.core) == 0
    card = await external.card(waits)
    assert (card["trigger"], "10 minutes" in card["reason"]) == ("bot", True)
    assert (await house.read(claimed["id"]))["escalated_at"] is None
    ended = (await external.person.get("/bot-turns", state="expired")).json()["data"]
    assert len(ended) == 2
    for turn in ended:
        await external.refused(turn["id"])


async def test_the_running_bot_answers_many_at_once(house: House, bot: Bot) -> None:
    await bot.article(SHIPPING)
    began = [await house.conversation("How long does shipping take?") for _ in range(25)]
    for each in began:
        (said,) = await bot.until_said(each)
        assert said["text"].startswith("Shipping within Europe")
