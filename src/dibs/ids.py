"""Ids: a prefix that names the kind, then 26 Crockford base32 characters that sort by time of creation."""

import os
import re
import time
from collections import deque
from functools import lru_cache

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIXES = (
    *("ws", "agt", "ctc", "conv", "msg", "pool", "key", "evt", "tor", "ntf", "aud", "clm", "hook", "turn"),
    *("ses", "inv", "rst", "tag", "view", "can"),
    *("chn", "out", "file", "art", "esc", "vis"),
)
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
# One look at the system's random bytes serves many ids: the call costs more than the id.
_AT_ONCE = 256
_RANDOM_BYTES = 10
_random: deque[int] = deque()
_SHAPE = re.compile(rf"^({'|'.join(PREFIXES)})_[0-9A-HJKMNP-TV-Z]{{26}}$")


def new(prefix: str) -> str:
    """A fresh id such as `conv_01J…`: 48 bits of milliseconds, then 80 random bits (the layout of a ULID)."""
    if not _random:
        data = os.urandom(_RANDOM_BYTES * _AT_ONCE)
        _random.extend(int.from_bytes(data[at : at + _RANDOM_BYTES]) for at in range(0, len(data), _RANDOM_BYTES))
    return f"{prefix}_{_moment(time.time_ns() // 1_000_000)}{encode(_random.pop(), 16)}"


@lru_cache(maxsize=16)
def _moment(millis: int) -> str:
    return encode(millis, 10)


# A forked process must not go through the same numbers.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_random.clear)


def encode(number: int, length: int) -> str:
    """`number` in Crockford base32, left-padded with zeros to `length` characters, an even number."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(5 * length - 10, -1, -10)])


def well_formed(text: str, prefix: str) -> bool:
    """Whether `text` could be an id of that kind. What could not is simply not found."""
    return text.startswith(prefix + "_") and _SHAPE.match(text) is not None
