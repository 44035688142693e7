"""What invented customers and agents are called and write, in six languages, about six topics. Words in texts.toml."""

import random
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

# How often a customer writes in which language, and about what.
LANGUAGES = {"en": 50, "es": 20, "de": 10, "fr": 10, "pt": 5, "it": 5}
TOPICS = {"billing": 20, "delivery": 26, "returns": 14, "login": 12, "question": 25, "complaint": 3}
CHANNELS = {"widget": 40, "whatsapp": 30, "email": 20, "api": 10}
# A new order number every time makes most messages different, as they are.
LOWEST_ORDER, HIGHEST_ORDER = 100_000, 999_999


@cache
def words() -> dict[str, Any]:
    """The whole of texts.toml."""
    return tomllib.loads(files("dibs.seeding").joinpath("texts.toml").read_text("utf-8"))


class Story:
    """One invented customer's matter: language, topic and the numbers that all its messages share."""

    def __init__(self, chance: random.Random, language: str, topic: str, customer: str) -> None:
        self.chance, self.language, self.topic = chance, language, topic
        self.customer = customer
        self.number = chance.randint(LOWEST_ORDER, HIGHEST_ORDER)
        self.product = chance.choice(words()["products"])
        self.sum = f"{chance.randint(9, 240)}.{chance.choice(('00', '50', '90', '95'))} €"

    def opening(self) -> str:
        """The customer's first message."""
        return self._fill(words()["opening"][self.topic][self.language])

    def follow_up(self) -> str:
        """A later message of the customer."""
        return self._fill(words()["follow_up"][self.language])

    def reply(self, agent: str) -> str:
        """An agent's first answer."""
        return self._fill(words()["reply"][self.topic][self.language], agent)

    def answer(self, agent: str) -> str:
        """A later answer."""
        return self._fill(words()["answer"][self.language], agent)

    def note(self) -> str:
        """A note among colleagues."""
        return self._fill(words()["note"]["en"])

    def _fill(self, choices: list[str], agent: str = "") -> str:
        text = self.chance.choice(choices)
        return (
            text.replace("{n}", str(self.number))
            .replace("{p}", self.product)
            .replace("{s}", self.sum)
            .replace("{a}", agent.partition(" ")[0])
            .replace("{c}", self.customer.partition(" ")[0])
        )


def pick(chance: random.Random, weights: dict[str, int]) -> str:
    """One of the names, as often as its weight says."""
    return chance.choices(list(weights), cum_weights=_cumulated(tuple(weights.values())))[0]


@cache
def _cumulated(weights: tuple[int, ...]) -> list[int]:
    total, sums = 0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return sums
