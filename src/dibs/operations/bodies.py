"""Request bodies at the edge: how large they may be, and which texts no database can store."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

from dibs.errors import Invalid, TooLarge

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

# A body without any of these needs no second look: NUL, lone surrogates, integers beyond 64 bits.
_SUSPECT = re.compile(rb"\x00|\\u0000|\\u[dD][89a-fA-F]|[0-9]{19}")
# Webhooks, as large as their senders make them. They are read whole, checked and cleaned by whoever they are for: one
# bad character in them must not keep a customer's message out.
UNREAD = b"application/octet-stream"
WEBHOOKS = {"/channels/whatsapp/webhook": 4 * 1024 * 1024}
_SURROGATE = re.compile("[\ud800-\udfff]")
LARGEST = 2**63 - 1


# A file may be much larger than anything else that is sent.
_BESIDE_THE_FILE = 65_536


def is_upload(method: str, path: str) -> bool:
    """Whether a request brings a file in: its body is read as it comes, never held in memory."""
    return method == "POST" and path.startswith(("/v1/", "/widget/v1/")) and path.endswith("/files")


def upload_limit(most: int) -> int:
    """How large the body of an upload may be where files may have `most` bytes: a form has more than its file."""
    return most + _BESIDE_THE_FILE


def refuse_announced(content_length: bytes, limit: int) -> None:
    """Refuses with 413 a body whose Content-Length is beyond `limit` bytes, before any of it is read."""
    if content_length.isdigit() and int(content_length) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit} bytes. Send less at once.", limit=limit)


def guarded(receive: Receive, limit: int, content_type: bytes) -> Receive:
    """`receive`, refusing in the middle of a body that is too large, and at its end texts that cannot be stored.

    At the moment of reading, so that a caller without credentials is told that first.
    """
    chunks: list[bytes] = []
    size = 0
    is_json = not content_type or b"json" in content_type

    async def receive_guarded() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            size += len(body)
            if size > limit:
                raise _too_large(limit)
            if is_json:
                chunks.append(body)
                if not message.get("more_body", False):
                    refuse_unstorable(b"".join(chunks))
        return message

    return receive_guarded


def refuse_unstorable(body: bytes) -> None:
    """Refuses with 422 JSON that is no UTF-8, or has NUL, a lone surrogate or an integer beyond 64 bits in it."""
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise Invalid("body", f"byte {error.start} is not UTF-8; send JSON in UTF-8") from error
    if not _SUSPECT.search(body):
        return
    try:
        document = json.loads(body)
    except ValueError:
        return  # Not JSON at all: whoever parses it says where.
    except RecursionError as error:
        raise Invalid("body", "is nested too deeply") from error
    for path, value in _leaves(document):
        _refuse_leaf(path, value)


def _refuse_leaf(path: str, value: Any) -> None:
    if isinstance(value, str) and ("\x00" in value or _SURROGATE.search(value)):
        # Not named after a key that cannot be shown itself.
        shown = "body" if _SURROGATE.search(path) else path
        raise Invalid(shown, "has a NUL character or half of a surrogate pair; leave it out")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Invalid(path, "is a number that needs more than 64 bits")


def _leaves(document: Any) -> Iterator[tuple[str, Any]]:
    """Every key and value of a document with the path to it, without recursion."""
    left: list[tuple[str, Any]] = [("", document)]
    while left:
        path, value = left.pop()
        if isinstance(value, dict):
            for key, child in value.items():
                yield path or "body", key
                left.append((f"{path}.{key}" if path else key, child))
        elif isinstance(value, list):
            left.extend((f"{path}.{index}" if path else str(index), child) for index, child in enumerate(value))
        else:
            yield path or "body", value
