"""The parts of a mail, sorted: texts, HTML, files that came along, and what is left out."""

import base64
import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message

from dibs.channels.email.charsets import one_line
from dibs.channels.email.headers import Headers, words

MOST_PARTS, MOST_FILES, DEEPEST = 500, 30, 30
LONGEST_NAME = 200
# Outlook's wrapping of what the mail has anyway.
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/]")
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along; images in the text are called by `content_id`."""

    name: str
    content: bytes
    content_id: str | None


@dataclass(slots=True)
class Parts:
    """What a mail consists of. Texts are bytes with the charset that was declared."""

    texts: list[tuple[bytes, str | None]] = field(default_factory=list)
    htmls: list[tuple[bytes, str | None]] = field(default_factory=list)
    files: tuple[File, ...] = ()
    # Names, or what they are, for a person.
    dropped: list[str] = field(default_factory=list)
    seen: int = 0


def collect(message: Message) -> Parts:
    """Walks through a mail. More parts than MOST_PARTS, or deeper ones than DEEPEST, are left out."""
    parts = Parts()
    _walk(parts, message, 0)
    return parts


def _walk(parts: Parts, part: Message, depth: int) -> None:
    parts.seen += 1
    if parts.seen > MOST_PARTS or depth > DEEPEST:
        if "further parts" not in parts.dropped:
            parts.dropped.append("further parts")
        return
    kind, payload = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list):
        inner = next((each for each in payload if isinstance(each, Message)), Message())
        _keep(parts, _name(part) or _subject_of(inner), _as_bytes(inner))
    elif isinstance(payload, list) and kind not in _REPORTS:
        for child in payload:
            if isinstance(child, Message):
                _walk(parts, child, depth + 1)
    elif kind not in _REPORTS:
        _leaf(parts, part, kind)


def _leaf(parts: Parts, part: Message, kind: str) -> None:
    name, content = _name(part), _content(part)
    is_attached = (part.get_content_disposition() or "") == "attachment"
    if kind in _TNEF or name.lower() == "winmail.dat":
        parts.dropped.append(name or "winmail.dat")
    elif kind in ("text/plain", "text/html") and not is_attached and not name:
        wanted = parts.texts if kind == "text/plain" else parts.htmls
        wanted.append((content, _charset(part)))
    elif kind.startswith("multipart/"):
        # Its boundary was lost: what is there is text.
        parts.texts.append((content, _charset(part)))
    elif content:
        _keep(parts, name or _default_name(kind), content, _content_id(part))
    elif name:
        parts.dropped.append(f"{name} (empty)")


def _keep(parts: Parts, name: str, content: bytes, content_id: str | None = None) -> None:
    if not content:
        return
    if len(parts.files) >= MOST_FILES:
        parts.dropped.append(name)
        return
    parts.files = (*parts.files, File(name, content, content_id))


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, MessageError, TypeError, AssertionError):
        content = None
    payload = part.get_payload()
    raw = payload.encode("utf-8", "replace") if isinstance(payload, str) else b""
    content = content if isinstance(content, bytes) else raw
    is_base64 = str(part.get("content-transfer-encoding", "")).strip().lower() == "base64"
    # The library gives broken base64 back as it is: decoded it would be a quarter shorter.
    return _base64(raw) if is_base64 and len(content) > len(raw) * 0.85 else content


def _base64(raw: bytes) -> bytes:
    """What can be read of broken base64: its letters, as far as they go."""
    letters = _NO_LETTER.sub(b"", raw)
    return base64.b64decode(letters[: len(letters) - len(letters) % 4])


def _charset(part: Message) -> str | None:
    try:
        found = part.get_content_charset()
    except (ValueError, LookupError, MessageError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _name(part: Message) -> str:
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError, MessageError, TypeError):
        given = ""
    if not given.isascii():
        given = given.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return one_line(words(given), LONGEST_NAME)


def _content_id(part: Message) -> str | None:
    given = Headers(part).first("content-id").strip().strip("<>").strip()
    return given.lower()[:LONGEST_NAME] or None


def _as_bytes(inner: Message) -> bytes:
    try:
        return inner.as_bytes()
    except (ValueError, LookupError, MessageError, TypeError, AttributeError):
        return str(inner.get_payload()).encode("utf-8", "replace")


def _subject_of(inner: Message) -> str:
    return f"{one_line(Headers(inner).text('subject'), 80) or 'forwarded message'}.eml"


def _default_name(kind: str) -> str:
    if kind == "text/calendar":
        return "invitation.ics"
    if kind == "text/html":
        return "page.html"
    return "image" if kind.startswith("image/") else "file"
