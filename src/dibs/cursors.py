"""Cursors of lists: opaque to clients, bound to the list they came from."""

import base64
import binascii
import hashlib
from typing import Any

import msgspec

from dibs.errors import Invalid

LONGEST = 1_000
BIGGEST = 2**63 - 1


def fingerprint(*parts: Any) -> str:
    """Names one list (workspace, route, view, filters, sort) in eleven characters."""
    digest = hashlib.sha256(msgspec.json.encode(parts)).digest()[:8]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def encode(list_name: str, *place: Any) -> str:
    """The cursor after the row at this place: its sort key and id."""
    packed = msgspec.json.encode([list_name, *place])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(text: str, list_name: str, *kinds: type) -> list[Any]:
    """What `encode` was given after the list's name. Refuses a malformed or foreign cursor with 422."""
    parts = _parts(text)
    if parts is None:
        raise Invalid("cursor", "this is no cursor; leave it out to start at the first page")
    if parts[0] != list_name:
        raise Invalid("cursor", "this cursor belongs to another list; keep view, filters and sort as they were")
    values = parts[1:]
    if len(values) != len(kinds) or not all(_fits(value, kind) for value, kind in zip(values, kinds, strict=True)):
        raise Invalid("cursor", "this is no cursor; leave it out to start at the first page")
    return values


def _parts(text: str) -> list[Any] | None:
    if len(text) > LONGEST:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
        parts = msgspec.json.decode(raw)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        return None
    return parts if isinstance(parts, list) and parts else None


def _fits(value: Any, kind: type) -> bool:
    if not isinstance(value, kind) or isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) <= BIGGEST
    return not (isinstance(value, str) and "\0" in value)
