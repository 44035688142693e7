"""How dev.py does anything: where things are, running a step, and one calm line about it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
LOCK = ROOT / ".setup.lock"


def run(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run one step; end with its exit code when it fails."""
    code = subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=False).returncode
    if code != 0:
        say(f"{Path(command[0]).name} {' '.join(str(part) for part in command[1:4])}: exit code {code}")
        sys.exit(code if code > 0 else 128 - code)


def said_by(*command: str | Path) -> str:
    """What one step prints; end with its exit code when it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        sys.exit(done.returncode if done.returncode > 0 else 128 - done.returncode)
    return done.stdout


def become(*command: str | Path) -> None:
    """Replace this program by another, in the caller's folder."""
    parts = [str(part) for part in command]
    if sys.platform == "win32":  # its exec returns to the shell while the new program still runs
        sys.exit(subprocess.run(parts, check=False).returncode)
    os.execv(parts[0], parts)  # noqa: S606  no shell is wanted


def refuse(arguments: Iterable[str]) -> None:
    """End with a sentence when there are arguments that the command does not take."""
    if given := " ".join(arguments):
        say(f"did not understand: {given}")
        sys.exit(2)


def say(line: str) -> None:
    """One calm line, in order with what the steps print."""
    print(f"dev: {line}", flush=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other call is installing, and keep others waiting. Freed even by a crash."""
    with LOCK.open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  exists on Windows only

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415  exists everywhere else

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
