"""Dibs behind an ASGI server without its own socket protocol: `python -m tests.support.plain_serving PORT`."""

import asyncio
import sys

import uvicorn

from dibs.app import create
from dibs.migrations.apply import migrate
from dibs.settings import Settings


def main() -> None:
    """Applies the migrations, then serves on loopback. Settings come from DIBS_…."""
    settings = Settings()
    asyncio.run(migrate(settings))
    port = int(sys.argv[1])
    uvicorn.run(create(settings), host="127.0.0.1", port=port, ws="websockets-sansio", log_level="warning")


if __name__ == "__main__":
    main()
