"""Files as tests bring them in."""

import struct
import zlib
from typing import Any

import httpx

from tests.support.house import Person


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00" + b"\xff" * 9 + b"\x00" + b"\x00" * 9))
    + _chunk(b"IEND", b"")
)
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


async def upload(person: Person, content: bytes, name: str = "photo.png", **headers: str) -> httpx.Response:
    """Brings a file in with a form, as a browser does."""
    given = {key.replace("_", "-"): value for key, value in headers.items()}
    return await person.call("POST", "/files", files={"file": (name, content)}, headers=given)


async def brought_in(person: Person, content: bytes = PNG, name: str = "photo.png") -> dict[str, Any]:
    """A file that `person` brought in."""
    answer = await upload(person, content, name)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
