"""From a click to the other browsers: claims at a steady pace, and how late each of 1,000 and 5,000 sockets hears.

The sockets live in a process of their own, as browsers do; both processes read the machine's one monotonic clock.
Memory is what each socket adds to the server's resident memory.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import wire
from bench.installation import ROOT, Installation, Server, Store, stores
from bench.listeners import READY
from bench.table import Line, at_most, ms

# Sockets, with the bar and the aim for the 99th percentile in seconds.
SIZES = ((1_000, 0.100, 0.050), (5_000, 0.300, 0.100))
CLAIMS_PER_SECOND = 10
# Below the limit of 20 claims per agent together.
AGENTS, CONVERSATIONS = 40, 1_000
SOCKET_BAR, SOCKET_AIM = 45 * 1024, 30 * 1024
WARM_UP_CLAIMS = 10
FILES = 20_000
# Resident memory has settled when a look this much later finds it no larger.
SETTLE_SECONDS = 1.0
PAGE = resource.getpagesize()


async def main(argv: list[str]) -> list[Line]:
    """Measures both databases; `--quick` with fewer claims."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    seconds = 6 if "--quick" in argv else 20
    try:
        with stores() as both:
            return [line for store in both for line in await measure(store, seconds)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def measure(store: Store, seconds: int) -> list[Line]:
    """The lines of one database: each number of sockets on a fresh copy."""
    filled = store.new()
    filled.dibs("migrate")
    seed = filled.seed(AGENTS, CONVERSATIONS)
    lines = []
    for count, bar, aim in SIZES:
        copied = store.new(like=filled)
        lines += await _one_size(copied, seed, count, seconds=seconds, bars=(bar, aim))
        store.remove(copied)
    store.remove(filled)
    return lines


async def _one_size(
    of: Installation, seed: dict[str, Any], count: int, *, seconds: int, bars: tuple[float, float]
) -> list[Line]:
    keys = [agent["key"] for agent in seed["agents"]]
    with of.serve() as server:
        found = server.call("GET", "/conversations?view=unclaimed&limit=100", keys[0])["data"]
        idle = await _settled(server)
        listeners = await _listen(server, keys, count)
        each = (await _settled(server) - idle) / count
        wanted = [conversation["id"] for conversation in found]
        wanted += await _more(server, keys[0], WARM_UP_CLAIMS + seconds * CLAIMS_PER_SECOND - len(wanted))
        clicks = await _click(server, keys, wanted[: WARM_UP_CLAIMS + seconds * CLAIMS_PER_SECOND])
        late = await _collect(listeners, dict(list(clicks.items())[WARM_UP_CLAIMS:]))
    return [*_lines(of.store, count, late, bars), _memory(of.store, count, each)]


async def _more(server: Server, key: str, missing: int) -> list[str]:
    ids: list[str] = []
    cursor = ""
    while len(ids) < missing + 100:
        page = server.call("GET", f"/conversations?view=unclaimed&limit=100{cursor}", key)
        ids += [conversation["id"] for conversation in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    return ids[100:]


async def _listen(server: Server, keys: Sequence[str], count: int) -> asyncio.subprocess.Process:
    """Starts the process with the sockets and waits until all of them are live."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.listeners", str(server.port), str(count)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(keys).encode() + b"\n")
    if await process.stdout.readline() != READY:
        raise RuntimeError("the listeners did not get ready")
    return process


async def _click(server: Server, keys: Sequence[str], ids: Sequence[str]) -> dict[str, float]:
    """Claims one conversation after another at the pace; returns when each claim was sent."""
    connection, clicks = await wire.connect(server.port), {}
    started = time.monotonic()
    for number, conversation in enumerate(ids):
        await asyncio.sleep(max(0.0, started + number / CLAIMS_PER_SECOND - time.monotonic()))
        asked = wire.request("POST", f"/v1/conversations/{conversation}/claim", keys[number % len(keys)])
        clicks[conversation] = time.monotonic()
        answer = await connection.ask(asked)
        if answer.status != 200:
            raise RuntimeError(f"claim: {answer.status} {answer.body!r}")
    return clicks


async def _collect(listeners: asyncio.subprocess.Process, clicks: dict[str, float]) -> dict[str, Any]:
    """Ends the process with the sockets, which says how late they heard."""
    out, _ = await listeners.communicate(json.dumps(clicks).encode() + b"\n")
    late: dict[str, Any] = json.loads(out)
    return late


async def _settled(server: Server) -> int:
    """The server's resident memory in bytes, once it no longer grows."""
    before, now = 0, 1
    while now > before * 1.01:
        await asyncio.sleep(SETTLE_SECONDS)
        before, now = now, _resident(server)
    return now


def _resident(server: Server) -> int:
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * PAGE


def _lines(store: Store, count: int, late: dict[str, Any], bars: tuple[float, float]) -> list[Line]:
    bar, aim = bars
    verdict = at_most(late["p99"], bar, aim) if not late["missing"] else "FAIL"
    lost = f", {late['missing']} not heard" if late["missing"] else ""
    return [
        Line(
            f"click to {count:,} sockets, {CLAIMS_PER_SECOND} claims/s, p99, {store.name}",
            ms(late["p99"]) + lost,
            bar=f"<= {ms(bar)}",
            aim=ms(aim),
            verdict=verdict,
        ),
        Line(f"  the same, p50 · most, {store.name}", f"{ms(late['p50'])} · {ms(late['most'])}"),
    ]


def _memory(store: Store, count: int, each: float) -> Line:
    return Line(
        f"  memory per socket, {count:,} sockets, {store.name}",
        f"{each / 1024:.1f} KiB",
        bar=f"<= {SOCKET_BAR / 1024:.0f} KiB",
        aim=f"{SOCKET_AIM / 1024:.0f} KiB",
        verdict=at_most(each, SOCKET_BAR, SOCKET_AIM),
    )
