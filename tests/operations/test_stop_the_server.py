"""Stopping: what is under way ends, sockets are told to come again, and nothing is left behind."""

import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import websockets

from tests.support.postgres import PostgresServer
from tests.support.server import ROOT, _environment

READY_SECONDS = 60.0
STOP_SECONDS = 30.0


class Served:
    """`dibs serve` as an operator runs it."""

    def __init__(self, folder: Path, *flags: str, **settings: object) -> None:
        given = {"DATA_DIR": folder, "PORT": 0, "RATE_LIMIT_PER_MINUTE": 0} | settings
        self.environment = _environment() | {f"DIBS_{name}": str(value) for name, value in given.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dibs", "serve", *flags],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self.url = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._become_ready()

    def _read(self) -> None:
        assert self.process.stderr
        self.lines.extend(iter(self.process.stderr.readline, ""))

    def _become_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in list(self.lines):
                if '"event":"serving"' in line:
                    self.url = json.loads(line)["url"]
            try:
                if self.url and httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        raise RuntimeError("".join(self.lines))

    def run(self, *arguments: str) -> str:
        """Another command beside the server."""
        done = subprocess.run(
            [sys.executable, "-m", "dibs", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        code = self.process.wait(STOP_SECONDS)
        self._reader.join(STOP_SECONDS)
        return code

    def close(self) -> None:
        """Lets go of what it said."""
        self._reader.join(STOP_SECONDS)
        assert self.process.stderr
        self.process.stderr.close()


@contextmanager
def serving(folder: Path, *flags: str, **settings: object) -> Iterator[Served]:
    served = Served(folder, *flags, **settings)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
            served.process.wait()
        served.close()


async def read_on(socket: websockets.ClientConnection) -> None:
    async with asyncio.timeout(STOP_SECONDS):
        while True:
            await socket.recv()


def head(key: str, length: int) -> bytes:
    """The beginning of a request that waits to be asked for its body."""
    lines = (
        "POST /v1/conversations HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {key}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Expect: 100-continue",
    )
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_ends_well_and_says_nothing_wrong(tmp_path: Path, sign: signal.Signals) -> None:
    with serving(tmp_path) as served:
        assert served.stop(sign) == 0
        assert not [line for line in served.lines if '"level":"error"' in line or "Traceback" in line]


async def test_a_request_under_way_ends_and_a_socket_is_told_to_come_again(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        made = json.loads(served.run("workspace", "create", "W", "--owner-email", "olga@dibs.example", "--json"))
        body = json.dumps({"contact": {"name": "Ana"}, "message": {"text": "hello"}}).encode()
        async with websockets.connect(served.url.replace("http", "ws") + "/v1/live") as socket:
            await socket.send(json.dumps({"type": "auth", "key": made["key"]}))
            await socket.send(json.dumps({"type": "resume"}))
            reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(served.url).port)
            writer.write(head(made["key"], len(body)))
            # The server says this once it waits for the body: from here on the request is under way.
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(body[:10])
            stopped = asyncio.get_running_loop().run_in_executor(None, served.stop)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await read_on(socket)
            writer.write(body[10:])
            answer = await reader.readline()
            assert await stopped == 0
            writer.close()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert answer == b"HTTP/1.1 201 Created\r\n"
    assert "ok" in served.run("audit", "verify")


def test_several_workers_share_a_port_and_end_together(tmp_path: Path, postgres: PostgresServer) -> None:
    postgres.create_database("dibs_workers")
    with serving(tmp_path, "--workers", "2", DATABASE_URL=postgres.url("dibs_workers")) as served:
        made = json.loads(served.run("workspace", "create", "W", "--owner-email", "olga@dibs.example", "--json"))
        headers = {"Authorization": f"Bearer {made['key']}"}
        for _ in range(20):
            assert httpx.get(f"{served.url}/v1/me", headers=headers, trust_env=False).status_code == 200
        assert served.stop() == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{served.url}/healthz", trust_env=False)
    postgres.drop_database("dibs_workers")
