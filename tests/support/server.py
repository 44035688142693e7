"""A real server in a process of its own, on loopback, for tests and measurements."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import httpx

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60
STOP_SECONDS = 30
SERVE = ("dibs", "serve", "--port")
PAUSE_SECONDS = 0.02


class RunningServer:
    """Serves a database until it is stopped or killed; several may share one on PostgreSQL.

    Without `database_url` it keeps SQLite in `data_dir`. `settings` are environment variables without DIBS_, such as
    `SOCKET_QUEUE=10`; `command` is a module with its arguments, to which the port is added. What the server says is
    in `log`.
    """

    def __init__(
        self, data_dir: Path, database_url: str = "", *, command: Sequence[str] = SERVE, **settings: object
    ) -> None:
        self.data_dir, self.database_url, self.command = data_dir, database_url, command
        given = {"DATA_DIR": data_dir, "DATABASE_URL": database_url, "RATE_LIMIT_PER_MINUTE": 0} | settings
        self.settings = {f"DIBS_{name}": str(value) for name, value in given.items()}
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it answers HTTP."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def live_url(self) -> str:
        """Where it takes live sockets."""
        return f"ws://127.0.0.1:{self.port}/v1/live"

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process
        return self._process.pid

    @property
    def _log(self) -> Path:
        return self.data_dir / f"server-{self.port}.log"

    @property
    def log(self) -> str:
        """The last of what it printed."""
        return self._log.read_text(errors="replace")[-8_000:] if self.port else ""

    def start(self) -> None:
        """Starts it, and returns when it is ready. The port stays the same over restarts."""
        for attempt in range(3):
            # Between finding a free port and binding it another process may take it: then try again.
            self.port = self.port if self.port and not attempt else _free_port()
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", *self.command, str(self.port)],
                    cwd=ROOT,
                    env=_environment() | self.settings,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            if self._becomes_ready():
                return
            self.kill9()
        raise RuntimeError(f"the server did not become ready:\n{self.log}")

    def stop(self) -> None:
        """Asks it to end, and waits; a server that does not is killed, which fails the test."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired as error:
            self.kill9()
            raise RuntimeError(f"the server did not end:\n{self.log}") from error
        self._process = None

    def kill9(self) -> None:
        """Ends it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _becomes_ready(self) -> bool:
        assert self._process
        deadline = time.monotonic() + READY_SECONDS
        with httpx.Client(base_url=self.url, trust_env=False, timeout=5) as client:
            while time.monotonic() < deadline and self._process.poll() is None:
                try:
                    if client.get("/readyz").status_code == httpx.codes.OK:
                        return True
                except httpx.TransportError:
                    pass
                time.sleep(PAUSE_SECONDS)
        return False


async def until(fact: object, *, seconds: float = 10, what: str = "it") -> None:
    """Waits until `fact()` is true, and fails when that takes longer than `seconds`."""
    assert callable(fact)
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds} s")
        await asyncio.sleep(PAUSE_SECONDS)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIBS_")}
    # Also from a tree that is not installed.
    path = [str(ROOT / "src"), *filter(None, [kept.get("PYTHONPATH", "")])]
    return kept | {"PYTHONPATH": os.pathsep.join(path), "NO_PROXY": "*"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
