"""How uvicorn runs the application: in this process, or in several that share one port."""

import functools
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from dibs.operations import logs
from dibs.realtime.wire import LiveProtocol
from dibs.settings import Settings

# Requests that are under way at a stop may take this long.
GRACE_SECONDS = 15
# Longer than the idle time of common proxies, so that they close first and never send into a closed connection.
KEEP_ALIVE_SECONDS = 75
# A worker first loads the program, which takes seconds on a busy machine: silent until then, it must not be replaced.
WORKER_PATIENCE_SECONDS = 60
BACKLOG = 2048

Create = Callable[[Settings], Any]


class Server(uvicorn.Server):
    """Stops on SIGTERM and Ctrl-C as uvicorn does, but then ends well: the signal did what it was for."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def listen(settings: Settings) -> socket.socket:
    """The port, bound but not served yet. Raises OSError when it is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
        listener.set_inheritable(True)
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """Where the bound port is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(create: Create, settings: Settings, listener: socket.socket) -> None:
    """Serves until told to stop: requests under way end, sockets are told to come again (1012)."""
    config = configured(functools.partial(_application, create, settings), settings)
    if settings.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        server = Server(config)
        server.run(sockets=[listener])
        if not server.started:
            sys.exit(1)


def configured(application: Callable[[], Any], settings: Settings) -> uvicorn.Config:
    """How Dibs runs uvicorn: the application is made in the process that serves it."""
    return uvicorn.Config(
        application,
        factory=True,
        workers=settings.workers,
        loop="asyncio" if sys.platform == "win32" else "uvloop",
        http="httptools",
        ws=LiveProtocol,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        server_header=False,
        # identify.py takes the caller's address from a proxy's header, and only where the operator says so.
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=WORKER_PATIENCE_SECONDS,
    )


def _application(create: Create, settings: Settings) -> Any:
    # Also in a worker, which is a fresh process.
    logs.configure(settings)
    return create(settings)
