"""The language of a customer's own words, detected offline by py3langid among the workspace's languages."""

import copy
import mmap
import tempfile
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import numpy as np
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
    """The model, its two large tables in unnamed files: only the pages that texts touch stay in memory."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    weights, priors, classes = model._full_model
    model.nb_ptc = np.ndarray(weights.shape, weights.dtype, _mapped(weights))
    model._full_model = (model.nb_ptc, priors, classes)
    moves = model.tk_nextmove
    model.tk_nextmove = memoryview(_mapped(moves)).cast(moves.typecode)
    return model


def _mapped(table: Any) -> mmap.mmap:
    with tempfile.TemporaryFile() as file:
        file.write(memoryview(table).cast("B"))
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _known() -> frozenset[str]:
    return frozenset(_model().labels)


@lru_cache(maxsize=64)
def _restricted(languages: tuple[str, ...]) -> Any:
    """An identifier for these languages alone, which shares the one model's tables."""
    restricted = copy.copy(_model())
    restricted.set_languages(languages)
    # Its own few columns are copied now; the pages of all the others need not stay.
    _model().nb_ptc.base.madvise(mmap.MADV_DONTNEED)
    return restricted
