"""The language of a customer's own words, detected offline by py3langid among the workspace's languages."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Below these nothing is said: a wrong language sends a customer to the wrong pool.
FEWEST_LETTERS = 4
LEAST_CONFIDENCE = 0.6
# Longer texts say no more, and cost more.
LONGEST = 2_000


def detect(text: str, languages: Iterable[str]) -> tuple[str, float] | None:
    """The likeliest of `languages` (ISO 639-1 codes) and its confidence, 0 to 1; None when the text says too little."""
    text = text[:LONGEST]
    allowed = tuple(sorted(set(languages) & _known()))
    if not allowed or sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        return None
    code, confidence = _restricted(allowed).classify(text)
    return (str(code), round(float(confidence), 4)) if confidence >= LEAST_CONFIDENCE else None


def load() -> None:
    """Loads the model, which takes about a second: call it in a thread at start-up, or the first text waits for it."""
    _model()


@cache
def _model() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _known() -> frozenset[str]:
    return frozenset(_model().labels)


@lru_cache(maxsize=64)
def _restricted(languages: tuple[str, ...]) -> Any:
    """An identifier for these languages alone, over the one model's arrays."""
    model = _model()
    # The constructor wants the parts that the library itself keeps whole; loading the model again takes a second.
    weights, priors, classes = model._full_model
    restricted = LanguageIdentifier(
        weights, priors, classes, model.tk_nextmove, model.tk_output, norm_probs=True, tk_row=model.tk_row
    )
    restricted.set_languages(languages)
    return restricted
