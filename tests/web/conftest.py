"""A built app of a few files, served by the real application."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dibs.web import built as serving

DOCUMENT = '<!doctype html><html lang="en"><script type="module" src="/assets/index-1a2b3c.js"></script></html>'
SCRIPT = "export const claimed = 1; /* " + "x" * 2_000 + " */"
# Not what brotli makes; the server does not look inside.
BROTLI = b"as if brotli had made it"

Build = Callable[..., None]


@pytest.fixture
def backend() -> str:
    """One database is enough: none of this looks into it."""
    return "sqlite"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app is built; nothing is there yet."""
    place = tmp_path / "dist"
    monkeypatch.setattr(serving, "FOLDER", place)
    return place


@pytest.fixture
def build(folder: Path) -> Build:
    """Builds the app, with other contents if wanted."""
    builds = iter(range(1, 100))

    def written(document: str = DOCUMENT, **assets: str) -> None:
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        for name, text in {"index-1a2b3c": SCRIPT, **assets}.items():
            script = folder / "assets" / f"{name}.js"
            script.write_text(text)
            script.with_name(f"{name}.js.gz").write_bytes(gzip.compress(text.encode()))
            script.with_name(f"{name}.js.br").write_bytes(BROTLI)
        (folder / "assets/index-9f8e7d.css").write_text("body{margin:0}")
        (folder / "assets/inter-123456.woff2").write_bytes(b"wOF2\0\1")
        (folder / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        (folder / ".stamp").write_text("digest")
        (folder / "index.html").write_text(document)
        # Two builds within one tick of the file system's clock are still two.
        at = next(builds)
        os.utime(folder / "index.html", (at, at))

    return written
