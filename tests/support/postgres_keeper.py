"""Runs PostgreSQL for exactly as long as the process that started it lives, then removes its folder.

A program of its own, with the standard library only: whoever starts it holds the other end of its standard
input. However that process ends, killed included, the pipe closes, and PostgreSQL ends with it.

Arguments: the user id to drop to (or -1), the folder, then PostgreSQL's command line.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path


def main() -> int:
    uid, folder, *command = sys.argv[1:]
    identity = int(uid) if int(uid) >= 0 else None
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    with (Path(folder) / "log").open("ab") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            restore_signals=True,
            user=identity,
            group=identity,
            extra_groups=None if identity is None else [],
            start_new_session=True,
        )
    while server.poll() is None:
        readable, _, _ = select.select([sys.stdin.fileno()], [], [], 0.2)
        if readable and not os.read(sys.stdin.fileno(), 1):
            end(server)
            shutil.rmtree(folder, ignore_errors=True)
            return 0
    return 1  # it ended by itself; the folder stays, for the log


def end(server: subprocess.Popen[bytes]) -> None:
    # SIGQUIT is PostgreSQL's immediate shutdown: nothing is flushed, and nothing is kept anyway.
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
