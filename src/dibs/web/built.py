"""The built web app as it is served: every file read once, with the compressed variants that the build made."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Vite writes here, and packages carry it; absent in a tree whose app was never built.
FOLDER = Path(__file__).parent / "dist"
INDEX = "index.html"
# As file names end; the best first.
ENCODINGS = {"br": ".br", "gzip": ".gz"}
IDENTITY = "identity"
# Not the system's table of types: that differs from machine to machine, and nosniff makes each mistake fatal.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file: its content by encoding, and an ETag by encoding."""

    media_type: str
    contents: Mapping[str, bytes]
    etags: Mapping[str, str]


def built(folder: Path | None = None, index: str = INDEX) -> Mapping[str, File]:
    """Every built file by its path below the folder, such as `assets/index-4f3a.js`; empty when nothing is built.

    What is not in here cannot be asked for. A build that replaces `index` is seen at the next call. Without a folder
    it is the web app's.
    """
    place = folder or FOLDER
    try:
        changed = (place / index).stat().st_mtime_ns
    except OSError:
        return {}
    return _read(place, changed)


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: int) -> Mapping[str, File]:
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    variants = {name for name in names if name.endswith(tuple(ENCODINGS.values()))}
    return {name: _file(path) for name, path in names.items() if name not in variants and not path.name.startswith(".")}


def _file(path: Path) -> File:
    contents = {}
    for encoding, ending in ENCODINGS.items():
        variant = path.with_name(path.name + ending)
        if variant.is_file():
            contents[encoding] = variant.read_bytes()
    contents[IDENTITY] = path.read_bytes()
    digest = hashlib.sha256(contents[IDENTITY]).hexdigest()[:20]
    etags = {encoding: f'"{digest}-{encoding}"' for encoding in contents}
    return File(TYPES.get(path.suffix, "application/octet-stream"), contents, etags)
