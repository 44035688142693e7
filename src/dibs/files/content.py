"""The content of files: kept under random names below DIBS_DATA_DIR/files, judged by what is in it, never executed."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from dibs.errors import Invalid, TooLarge
from dibs.files.types import dimensions, kind_of, safe_name
from dibs.tx import Core

FOLDER = "files"
# Enough to tell what it is.
HEAD_BYTES = 8_192
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file whose content is on disk, and which no row knows yet."""

    name: str
    type: str
    size: int
    digest: str
    stored_as: str
    width: int | None = None
    height: int | None = None


async def store(core: Core, name: str, content: bytes | AsyncIterator[bytes]) -> Stored:
    """Writes a file's content to disk and tells what it is.

    Refuses an empty one with 422, and with 413 one that is larger than the installation takes; then nothing is left.
    """
    stored_as = secrets.token_hex(16)
    path = path_of(core, stored_as)
    await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
    try:
        head, size, digest = await _write(core, path, content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    kind = kind_of(head)
    width, height = dimensions(kind, head)
    return Stored(
        name=safe_name(name, kind)[:LONGEST_NAME],
        type=kind,
        size=size,
        digest=digest,
        stored_as=stored_as,
        width=width,
        height=height,
    )


async def _write(core: Core, path: Path, content: bytes | AsyncIterator[bytes]) -> tuple[bytes, int, str]:
    digest, size, head, limit = hashlib.sha256(), 0, b"", core.max_upload_bytes
    with await asyncio.to_thread(path.open, "xb") as file:
        async for part in _parts(content):
            size += len(part)
            if size > limit:
                raise TooLarge(f"Files are limited to {limit // 1_048_576} MB. Send a smaller one.", limit=limit)
            if len(head) < HEAD_BYTES:
                head = (head + part)[:HEAD_BYTES]
            digest.update(part)
            await asyncio.to_thread(file.write, part)
        await asyncio.to_thread(_to_disk, file.fileno(), file.flush)
    if not size:
        raise Invalid("file", "this file is empty")
    return head, size, digest.hexdigest()


def path_of(core: Core, stored_as: str) -> Path:
    """Where a content lies."""
    return core.data_dir / FOLDER / stored_as[:2] / stored_as


async def throw_away(core: Core, stored_as: str) -> None:
    """Deletes a content; one that is gone already is no matter."""
    await asyncio.to_thread(path_of(core, stored_as).unlink, missing_ok=True)


async def _parts(content: bytes | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    async for part in content:
        yield part


def _to_disk(descriptor: int, flush: Callable[[], None]) -> None:
    flush()
    os.fsync(descriptor)
