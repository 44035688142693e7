"""Ids for rows of any past instant, made by the million."""

import base64
import os
from functools import lru_cache

from dibs import ids

_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ids.ALPHABET.encode())
_AT_ONCE = 10_000
_RANDOM_BYTES = 10
_tails: list[str] = []


def new_id(prefix: str, at: int) -> str:
    """As `ids.new`, for a row made at instant `at`."""
    if not _tails:
        _refill()
    return f"{prefix}_{_time(at)}{_tails.pop()}"


@lru_cache(maxsize=4096)
def _time(at: int) -> str:
    return ids.encode(at, 10)


def _refill() -> None:
    # Ten bytes are sixteen base32 characters, without padding.
    data = base64.b32encode(os.urandom(_RANDOM_BYTES * _AT_ONCE)).translate(_CROCKFORD).decode()
    _tails.extend(data[index : index + 16] for index in range(0, len(data), 16))
