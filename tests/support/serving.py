"""Serves Dibs for tests until it is told to stop: `python -m tests.support.serving PORT [--plain]`.

Settings come from DIBS_…. With --plain the sockets have to do with what any ASGI server offers.
"""

import asyncio
import sys

import uvicorn

from dibs.app import create
from dibs.migrations.apply import migrate
from dibs.realtime.wire import LiveProtocol
from dibs.settings import Settings


def main() -> None:
    """Applies the migrations, then serves on loopback."""
    settings = Settings()
    asyncio.run(migrate(settings))
    uvicorn.run(
        create(settings),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        ws="websockets-sansio" if "--plain" in sys.argv else LiveProtocol,
        ws_per_message_deflate=False,
        log_level="warning",
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
