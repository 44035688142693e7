"""The build's last step: smaller copies beside the files that the server may send in their place."""

import gzip
import random
import subprocess
from pathlib import Path

from tools import web

SCRIPT = Path(__file__).resolve().parents[2] / "web/scripts/compress.mjs"
TEXT = "export const words = [" + ", ".join(f"'word {number}'" for number in range(500)) + "];"


def compressed(folder: Path) -> set[str]:
    """Runs the step; the names that it added."""
    before = {path.name for path in folder.rglob("*")}
    node, _ = web.tools()
    subprocess.run([node, SCRIPT, folder], check=True, timeout=60)
    return {path.name for path in folder.rglob("*")} - before


def test_texts_get_both_copies(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/app.js").write_text(TEXT)
    (tmp_path / "index.html").write_text(TEXT)
    assert compressed(tmp_path) == {"app.js.br", "app.js.gz", "index.html.br", "index.html.gz"}
    assert gzip.decompress((tmp_path / "assets/app.js.gz").read_bytes()).decode() == TEXT
    brotli, zipped = (tmp_path / "assets/app.js.br").stat().st_size, (tmp_path / "assets/app.js.gz").stat().st_size
    assert 0 < brotli < zipped < len(TEXT)


def test_what_is_small_or_compressed_already_gets_none(tmp_path: Path) -> None:
    (tmp_path / "small.css").write_text("body{margin:0}")
    (tmp_path / "font.woff2").write_bytes(TEXT.encode())
    (tmp_path / "picture.png").write_bytes(TEXT.encode())
    assert compressed(tmp_path) == set()


def test_what_gets_no_smaller_gets_no_copy(tmp_path: Path) -> None:
    (tmp_path / "noise.js").write_bytes(random.Random(1).randbytes(5_000))
    assert compressed(tmp_path) == set()


def test_a_second_run_does_not_compress_its_own_work(tmp_path: Path) -> None:
    (tmp_path / "app.js").write_text(TEXT)
    compressed(tmp_path)
    assert compressed(tmp_path) == set()
