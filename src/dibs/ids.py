"""Ids: a prefix that names the kind, then 26 Crockford base32 characters that sort by time of creation."""

import re
import secrets
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIXES = (
    *("ws", "agt", "ctc", "conv", "msg", "pool", "key", "evt", "tor", "ntf", "aud", "clm", "hook", "turn"),
    *("ses", "inv", "rst", "tag", "view", "can"),
)
_PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_SHAPE = re.compile(rf"^({'|'.join(PREFIXES)})_[0-9A-HJKMNP-TV-Z]{{26}}$")


def new(prefix: str) -> str:
    """A fresh id such as `conv_01J…`: 48 bits of milliseconds, then 80 random bits (the layout of a ULID)."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return f"{prefix}_{encode(number, 26)}"


def encode(number: int, length: int) -> str:
    """`number` in Crockford base32, left-padded with zeros to `length` characters, an even number."""
    return "".join(_PAIRS[number >> shift & 1023] for shift in range(5 * length - 10, -1, -10))


def well_formed(text: str, prefix: str) -> bool:
    """Whether `text` could be an id of that kind. What could not is simply not found."""
    return text.startswith(prefix + "_") and _SHAPE.match(text) is not None
