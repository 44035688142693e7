"""Resident memory of a server that has nothing to do. Memory per socket is measured where there are sockets."""

import asyncio
import subprocess

from bench.installation import Store, stores
from bench.table import Line, at_most

BAR, AIM = 150.0, 100.0
CONVERSATIONS = 1_000
SETTLE_SECONDS = 5.0
ASKED = 50


async def main(_: list[str]) -> list[Line]:
    """Measures both databases."""
    with stores() as both:
        return [await measure(store) for store in both]


async def measure(store: Store) -> Line:
    """The line of one database, after a few requests, when what they left is collected."""
    installation = store.new()
    installation.dibs("migrate")
    key = installation.seed(3, CONVERSATIONS)["agents"][0]["key"]
    with installation.serve() as server:
        for _ in range(ASKED):
            server.call("GET", "/conversations?view=unclaimed", key)
        await asyncio.sleep(SETTLE_SECONDS)
        megabytes = resident(server.pid) / 2**20
    store.remove(installation)
    return Line(
        f"resident memory, idle, {store.name}",
        f"{megabytes:.0f} MB",
        bar=f"<= {BAR:g} MB",
        aim=f"{AIM:g} MB",
        verdict=at_most(megabytes, BAR, AIM),
    )


def resident(pid: int) -> int:
    """Bytes of a process that are in memory."""
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(said.stdout) * 1_024
