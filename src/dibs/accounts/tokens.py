"""Secrets that Dibs makes up. Each is shown once and stored as its digest; long and random, it needs no salt."""

import hashlib
import secrets
import string

from dibs import ids

_LETTERS = string.ascii_letters + string.digits
# Without the look-alikes 0 O 1 I l: a one-time password is often typed from a screen.
_LEGIBLE = "".join(sorted(set(_LETTERS) - set("0O1Il")))
# What is kept of a key to recognise it by: `ak_`, the workspace's characters, `_` and four of its own.
HINT = 14


def digest(secret: str) -> str:
    """How keys and tokens are stored: SHA-256 in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def token() -> str:
    """A fresh token for a cookie or a link: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def api_key(prefix: str) -> str:
    """A fresh key `ak_<prefix>_<32 random characters>`; `prefix` is the workspace's six characters."""
    return f"ak_{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(32))}"


def key_prefix() -> str:
    """Six characters for the keys of a new workspace."""
    return ids.encode(secrets.randbits(30), 6).lower()


def one_time_password() -> str:
    """A first password of 16 legible characters (about 93 random bits), in groups of four."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))
