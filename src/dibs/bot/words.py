"""The words of customers, offline: what a text is about, and what it asks for. languages.toml has the lists."""

import threading
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import snowballstemmer

from dibs.contacts.terms import LONGEST_TERM, WORD, fold

FALLBACK = "en"
# So much of a message is looked at.
LONGEST = 4_000
_STEMMERS = (
    *(("da", "danish"), ("de", "german"), ("en", "english"), ("es", "spanish"), ("fi", "finnish"), ("fr", "french")),
    *(("hu", "hungarian"), ("it", "italian"), ("nl", "dutch"), ("no", "norwegian"), ("pt", "portuguese")),
    *(("ro", "romanian"), ("ru", "russian"), ("sv", "swedish"), ("tr", "turkish")),
)
_NAMES = dict(_STEMMERS)
# A stemmer keeps the word it works on.
_lock = threading.Lock()


class Language(NamedTuple):
    """What languages.toml says of one language."""

    stop: frozenset[str]
    asks: tuple[str, ...]
    fed_up: tuple[str, ...]
    unknown: str


@cache
def languages() -> dict[str, Language]:
    """Everything that is known of languages, by ISO 639-1 code."""
    found = tomllib.loads((Path(__file__).parent / "languages.toml").read_text())
    return {
        code: Language(frozenset(each["stop"].split()), tuple(each["asks"]), tuple(each["fed_up"]), each["unknown"])
        for code, each in found.items()
    }


def plain(text: str) -> str:
    """The words of a text in lower case and without accents, one blank between them."""
    return " ".join(WORD.findall(fold(text[:LONGEST])))


def first_of(phrases: Iterable[str], said: str) -> str | None:
    """The first of the phrases that `said`, a plain text, has as whole words."""
    around = f" {said} "
    return next((phrase for phrase in phrases if (wanted := plain(phrase)) and f" {wanted} " in around), None)


def asks_for_a_person(said: str) -> str | None:
    """The phrase by which a plain text asks for a person, in any language that is known."""
    return first_of((phrase for each in languages().values() for phrase in each.asks), said)


def is_fed_up(said: str) -> str | None:
    """The phrase by which a plain text shows that its author has had enough."""
    return first_of((phrase for each in languages().values() for phrase in each.fed_up), said)


def unknown(language: str | None) -> str:
    """The sentence of a bot that does not know, in the customer's language where there is one."""
    known = languages()
    return known.get(language or FALLBACK, known[FALLBACK]).unknown


def stems(text: str, language: str | None) -> list[str]:
    """The stems of the words that say what a text is about, each once, in order."""
    stop = languages()[language].stop if language in languages() else frozenset[str]()
    found = (word[:LONGEST_TERM] for word in WORD.findall(fold(text)))
    return list(dict.fromkeys(_stem(word, language) for word in found if word not in stop))


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str | None) -> str:
    name = _NAMES.get(language or "")
    if name is None:
        return word
    with _lock:
        return str(_stemmer(name).stemWord(word)) or word


@cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
