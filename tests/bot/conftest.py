"""A house with a bot; requests may go to this machine, where the tests have their servers."""

import pytest

from dibs.settings import Settings
from tests.support.bot import Bell, Bot
from tests.support.house import House


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As everywhere, but that servers on loopback may be called."""
    return settings.model_copy(update={"allow_private_targets": True})


@pytest.fixture
async def bot(house: House) -> Bot:
    """The house's bot, the built-in one, with nothing to answer from."""
    return Bot(house, await house.person("Robby", scopes=["bot", "conversations:read"]), Bell(house))


@pytest.fixture
async def external(bot: Bot) -> Bot:
    """A bot of another program."""
    await bot.settings(kind="external", name="Robby")
    return bot
