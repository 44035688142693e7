"""Which Chromium the browser tests drive, and how it is started so that it talks to nobody but the page.

`python -m tests.support.chromium` lets Playwright download one when the machine has none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without these it calls home, and fails when it cannot.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]


def executable() -> str | None:
    """The path of a Chromium on this machine, or None: then Playwright takes the one that it downloaded itself.

    DIBS_TEST_BROWSER names another one.
    """
    if named := os.environ.get("DIBS_TEST_BROWSER"):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def arguments() -> list[str]:
    """The command line; root has no sandbox to use."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, "--no-sandbox"] if is_root else ARGUMENTS


def axe() -> str:
    """The source of axe, to be evaluated in a page."""
    root = Path(__file__).resolve().parents[2]
    return (root / "web/node_modules/axe-core/axe.min.js").read_text()


def provide() -> None:
    """Downloads Playwright's own Chromium, once, when there is no other."""
    if executable() is None:
        command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
        sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    provide()
