"""Signed reply tokens: whoever answers under one may join its conversation, whatever else their mail says.

A token names the conversation and carries 80 bits of an HMAC over it and its channel. It stands in Reply-To, as
support+TOKEN@…, and in the Message-ID of every mail of ours, so that In-Reply-To and References bring it back.
Addresses may be written in any case on the way: a token has lower case only, and is read in any.
"""

import base64
import re
from collections.abc import Iterable

from dibs import ids
from dibs.keyring import Keyring

PURPOSE = "mail reply"
# A mail server need not take a longer part before the @.
LONGEST_LOCAL_PART = 64

_ULID, _SIGNATURE = r"[0-9a-hjkmnp-tv-z]{26}", r"[a-z2-7]{16}"
_TOKEN = re.compile(rf"({_ULID})({_SIGNATURE})")
_OURS = re.compile(rf"(out_{_ULID})\.({_ULID}{_SIGNATURE})@[^\s@]+")
_SIGNED_BYTES = 10


def make(keyring: Keyring, channel_id: str, conversation_id: str) -> str:
    """The token of a conversation on a channel."""
    return conversation_id.removeprefix("conv_").lower() + _signature(keyring, channel_id, conversation_id)


def read(keyring: Keyring, channel_id: str, token: str) -> str | None:
    """The conversation that a token was made for; None for one that we did not make, or made for another channel."""
    found = _TOKEN.fullmatch(token.lower())
    if found is None:
        return None
    conversation_id = f"conv_{found[1].upper()}"
    if not ids.well_formed(conversation_id, "conv"):
        return None
    expected = make(keyring, channel_id, conversation_id)
    return conversation_id if keyring.signed(expected, keyring.sign(token.lower(), PURPOSE), PURPOSE) else None


def message_id(entry_id: str, token: str, domain: str) -> str:
    """The Message-ID of a mail of ours, without its angle brackets: the same each time it is tried."""
    return f"{entry_id.lower()}.{token}@{domain}"


def reply_address(address: str, token: str) -> str | None:
    """Where an answer is to go; None when the address has no room for a token."""
    local, _, domain = address.rpartition("@")
    with_token = f"{local}+{token}"
    return f"{with_token}@{domain}" if len(with_token) <= LONGEST_LOCAL_PART else None


def in_addresses(addresses: Iterable[str], own: str) -> list[str]:
    """The tokens behind the plus of those addresses that are `own` otherwise."""
    local, _, domain = own.rpartition("@")
    found = []
    for each in addresses:
        given, _, where = each.lower().rpartition("@")
        before, _, token = given.partition("+")
        if (before, where) == (local, domain) and token:
            found.append(token)
    return found


def in_message_ids(message_ids: Iterable[str]) -> list[str]:
    """The tokens in those Message-IDs that look like ours."""
    return [found[2] for each in message_ids if (found := _OURS.fullmatch(each.lower()))]


def plain(address: str) -> str:
    """An address without what stands behind its plus."""
    local, at, domain = address.lower().rpartition("@")
    return local.partition("+")[0] + at + domain


def _signature(keyring: Keyring, channel_id: str, conversation_id: str) -> str:
    digest = base64.urlsafe_b64decode(keyring.sign(f"{channel_id} {conversation_id}", PURPOSE) + "=")
    return base64.b32encode(digest[:_SIGNED_BYTES]).decode().lower()
