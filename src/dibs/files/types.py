"""What a file is, by its content: what its sender calls it decides nothing that matters."""

import re
import struct

import puremagic

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
# Shown in the app; everything else is for downloading.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# A browser would run what is in these: they are told to be plain bytes.
ACTIVE = re.compile(r"html|xml|svg|javascript|ecmascript|x-shockwave|x-httpd|xhtml", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


def kind_of(head: bytes) -> str:
    """The MIME type that the first bytes speak for."""
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found and not ACTIVE.search(found):
        return str(found)
    return TEXT if _is_text(head) and not found else UNKNOWN


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head[:-4].decode() if len(head) > 4 else head.decode()
    except UnicodeDecodeError as error:
        # Cut in the middle of a character is no fault of the text's.
        return error.end >= len(head) - 8
    return not re.match(rb"\s*<(!doctype|html|script|svg|\?xml)", head, re.IGNORECASE)


def safe_name(name: str, kind: str) -> str:
    """The name as it is shown and offered for saving: one line, no path, nothing that turns its end around."""
    cleaned = _NOT_IN_NAMES.sub("_", name).strip(" .")
    return cleaned or ("image" if kind.startswith("image/") else "file")


def dimensions(kind: str, head: bytes) -> tuple[int | None, int | None]:
    """Width and height of a PNG or GIF in pixels, so that a page keeps its place; None for what does not say."""
    if kind == "image/png" and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if kind == "image/gif" and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
        return width, height
    return None, None
