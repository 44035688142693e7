"""Writes at a steady pace, from a process of their own: `python -m bench.updates`, a job on standard input.

A job has `port`, `seconds`, and `requests` as [method, path, key, body] in their order. Prints how many answers of
each status came, and how many seconds it took.
"""

import asyncio
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from bench import wire

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 16


class Writes(msgspec.Struct):
    """What is to be sent."""

    port: int
    seconds: float
    requests: list[tuple[str, str, str, str]]


class Written(msgspec.Struct):
    """What came of it."""

    seconds: float
    statuses: dict[str, int]


async def begin(writes: Writes) -> asyncio.subprocess.Process:
    """Starts the process; `end` collects what it tells."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.updates"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(msgspec.json.encode(writes) + b"\n")
    # Its connections stand, and the next line is what it waits for.
    await process.stdout.readline()
    return process


async def end(process: asyncio.subprocess.Process) -> Written:
    """Lets it send, and waits until all is answered. Refuses any answer but a 2xx."""
    output, _ = await process.communicate(b"go\n")
    written = msgspec.json.decode(output, type=Written)
    if not all(status.startswith("2") for status in written.statuses):
        raise RuntimeError(f"updates were refused: {written.statuses}")
    return written


async def _send_all(writes: Writes) -> Written:
    free: asyncio.Queue[wire.Wire] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await wire.connect(writes.port))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.buffer.readline)
    statuses: Counter[str] = Counter()
    pause, began = writes.seconds / len(writes.requests), time.perf_counter()

    async def send(each: wire.Wire, request: bytes) -> None:
        statuses[str((await each.ask(request)).status)] += 1
        free.put_nowait(each)

    async with asyncio.TaskGroup() as sending:
        for number, (method, path, key, body) in enumerate(writes.requests):
            await asyncio.sleep(max(0.0, began + number * pause - time.perf_counter()))
            sending.create_task(send(await free.get(), wire.request(method, path, key, body.encode())))
    return Written(time.perf_counter() - began, dict(statuses))


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.buffer.readline(), type=Writes)
    sys.stdout.buffer.write(msgspec.json.encode(wire.run(_send_all(given))))
