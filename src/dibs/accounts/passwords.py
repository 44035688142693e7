"""Passwords: argon2id, computed in threads of its own and never while a transaction is open."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import Field

from dibs.errors import Invalid

SHORTEST, LONGEST = 8, 200
Password = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST)]

# OWASP's recommended parameters: 19 MiB and some 20 ms each, so that a rush of sign-ins fits a small server.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Two threads bound the memory and the CPU that sign-in attempts can take from the inbox.
_threads = ThreadPoolExecutor(2, thread_name_prefix="passwords")
# An unknown address costs as much time as a known one: its password is compared with this.
_NOBODY = _hasher.hash("nobody has this password")


async def hashed(password: str) -> str:
    """The argon2id hash of a password. Refuses one that is shorter than 8 or longer than 200 characters with 422."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid("password", f"use {SHORTEST} to {LONGEST} characters")
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, _bytes(password))


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password behind the hash. Takes as long when there is no hash at all."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _matches, password_hash, _bytes(password))


def _matches(password_hash: str | None, password: bytes) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _bytes(password: str) -> bytes:
    # Two keyboards may compose the same character differently: é is one code point or two.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
