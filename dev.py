#!/usr/bin/env python3
"""Usage: python3 dev.py <command> [arguments]

Needs Python 3.11 or newer and nothing else: what the project needs is installed into .venv.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tools import web
from tools.steps import BIN, PYTHON, ROOT, VENV, become, one_at_a_time, refuse, run, say

if TYPE_CHECKING:
    from collections.abc import Callable

STAMP = VENV / "setup.stamp"

# Installed before the project, so that building it uses the pins too and needs no second download.
BUILD_TOOLS = ("hatchling", "editables")

# pip's settings that say where packages come from. uv does not read them, so pip is used where one is set.
PIP_SOURCES = ("INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "CONFIG_FILE", "PROXY", "CERT")

TYPED = ("src", "tests", "bench", "tools", "dev.py")


def setup(arguments: list[str]) -> None:
    """Install the project and its tools into .venv and build the web app; instant when nothing changed."""
    refuse(arguments)
    prepare()
    web.build()


def demo(arguments: list[str]) -> None:
    """Run `dibs demo` with the remaining arguments."""
    setup([])
    say("starting the demo")
    become(BIN / "dibs", "demo", *arguments)


def test(arguments: list[str]) -> None:
    """Lint, then run the tests; --no-lint, --full, and anything that pytest takes."""
    setup([])
    options = {option: option in arguments for option in ("--no-lint", "--full")}
    if not options["--no-lint"]:
        check(fix=False)
    environment = os.environ | ({"DIBS_TEST_FULL": "1"} if options["--full"] else {})
    asked = [argument for argument in arguments if argument not in options]
    if not asked:
        web.test()
    say("running the tests" + (", all of them" if options["--full"] else ""))
    if asked:
        run(PYTHON, "-m", "pytest", *asked, env=environment)
        return
    run(PYTHON, "-m", "tests.support.chromium")
    # Two at a time, then the races alone: they need the processors for themselves. The browser has one loop for all.
    together = ("-m", "pytest", "-q", "-n", "2", "--dist", "loadfile")
    run(PYTHON, *together, "--ignore", "tests/races", "--ignore", "tests/browser", env=environment)
    run(PYTHON, *together, "tests/browser", env=environment)
    run(PYTHON, "-m", "pytest", "tests/races", env=environment)


def lint(arguments: list[str]) -> None:
    """Check format, rules, types and import directions; --fix repairs what can be repaired."""
    refuse(argument for argument in arguments if argument != "--fix")
    prepare()
    check(fix="--fix" in arguments)


def bench(arguments: list[str]) -> None:
    """Run the measurements with the remaining arguments."""
    setup([])
    run(PYTHON, "-m", "tests.support.chromium")
    say("measuring")
    run(PYTHON, "-m", "bench", *arguments)


def gen(arguments: list[str]) -> None:
    """Write the OpenAPI document and the web app's types from it."""
    refuse(arguments)
    prepare()
    web.generate()


def build(arguments: list[str]) -> None:
    """Build the wheel and the source distribution, with the web app inside, into dist/."""
    refuse(arguments)
    setup([])
    say("building the packages")
    run(PYTHON, "-m", "hatchling", "build")


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "gen": gen,
    "build": build,
}


def main(arguments: list[str]) -> None:
    """Run the command that the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036  whoever runs this may have an older one
        sys.exit("Dibs needs Python 3.11 or newer; this is " + sys.version.split()[0])
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(usage(), file=sys.stderr)
        sys.exit(0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else 2)
    try:
        command(arguments[1:])
    except KeyboardInterrupt:
        sys.exit(130)


def usage() -> str:
    """What every command does, one line each."""
    lines = [f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()]
    return "\n".join([(__doc__ or "").rstrip(), "", *lines])


def check(*, fix: bool) -> None:
    """Run every check; the first that fails ends the program."""
    if fix:
        say("repairing rules and format")
        run(BIN / "ruff", "check", "--quiet", "--fix-only", ".")
        run(BIN / "ruff", "format", "--quiet", ".")
    say("checking the format")
    run(BIN / "ruff", "format", "--check", ".")
    say("checking the rules")
    run(BIN / "ruff", "check", ".")
    say("checking the types")
    run(PYTHON, "-m", "mypy", *(name for name in TYPED if (ROOT / name).exists()))
    say("checking the import directions")
    run(BIN / "lint-imports", "--no-logo")
    web.check(fix=fix)


def prepare() -> None:
    """Bring .venv up to date; instant when it is."""
    if not is_current():
        with one_at_a_time():
            if not is_current():
                install()


def is_current() -> bool:
    """Whether .venv holds what pyproject.toml and constraints.txt ask for."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted()


def wanted() -> str:
    """The stamp of a finished setup: what .venv is bound to, and a digest of what it holds."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    # A virtual environment breaks when its folder moves or its interpreter goes away.
    return f"{ROOT}\n{sys.base_prefix} {sys.version_info.major}.{sys.version_info.minor}\n{digest.hexdigest()}\n"


def install() -> None:
    """Bring .venv up to date, from nothing when it is bound to another place or interpreter."""
    bound = STAMP.read_text().splitlines()[:2] == wanted().splitlines()[:2] if STAMP.exists() else False
    STAMP.unlink(missing_ok=True)
    say("installing into .venv" + ("" if bound else " (once; this takes a minute or two)"))
    if not install_with_uv(fresh=not bound):
        if not bound or not has_pip():
            shutil.rmtree(VENV, ignore_errors=True)
            run(sys.executable, "-m", "venv", VENV)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        for step in steps():
            run(*pip, *step)
    STAMP.write_text(wanted())
    say("installed")


def install_with_uv(*, fresh: bool) -> bool:
    """Install with uv; False when it is missing, or pip's settings ask for pip, or it fails."""
    uv = shutil.which("uv")
    if uv is None or any(os.environ.get(f"PIP_{name}") for name in PIP_SOURCES):
        return False
    if fresh:
        shutil.rmtree(VENV, ignore_errors=True)
    commands = [[uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]] if fresh else []
    commands += [[uv, "pip", "install", "--quiet", "--python", str(PYTHON), *step] for step in steps()]
    if all(subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in commands):
        return True
    say("uv did not succeed; trying pip")
    return False


def steps() -> list[list[str]]:
    """Arguments for the installer, one list for each of its runs."""
    pins = ["-c", "constraints.txt"]
    return [[*pins, *BUILD_TOOLS], [*pins, "--no-build-isolation", "-e", ".[dev]"]]


def has_pip() -> bool:
    """Whether .venv has pip; uv leaves it out."""
    probe = [str(PYTHON), "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
