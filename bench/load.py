"""The load generator, a process of its own: `python -m bench.load`, a job on standard input, the tally on its output.

A job has `port`, `connections`, `warm_up` and `seconds`, and `requests` as [method, path, key] in their order: every
connection takes the next one as soon as it has its answer. Nothing is measured while it warms up.
"""

import asyncio
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec

from bench import wire
from bench.table import percentile

ROOT = Path(__file__).resolve().parents[1]


class Job(msgspec.Struct):
    """What is to be sent."""

    port: int
    connections: int
    warm_up: float
    seconds: float
    requests: list[tuple[str, str, str]]


class Tally(msgspec.Struct):
    """What came of it: `rate` and percentiles (seconds) of the measured part, `statuses` of all answers."""

    rate: float
    p50: float
    p99: float
    statuses: dict[str, int]


async def generate(job: Job) -> Tally:
    """Runs a load generator beside this process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.load"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate(msgspec.json.encode(job))
    if process.returncode != 0:
        raise RuntimeError(f"the load generator ended with {process.returncode}")
    return msgspec.json.decode(output, type=Tally)


class _Generator:
    """Sends a job's requests over all its connections."""

    def __init__(self, job: Job) -> None:
        self.requests = [wire.request(*each) for each in reversed(job.requests)]
        self.begin = time.perf_counter() + job.warm_up
        self.end = self.begin + job.seconds
        self.last = self.begin
        self.busy = job.connections
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.statuses: Counter[int] = Counter()
        self.measured: list[float] = []

    def use(self, each: wire.Wire) -> None:
        """Sends over this connection until nothing or no time is left."""

        def told(answer: wire.Answer) -> None:
            self.statuses[answer.status] += 1
            if self.begin <= (now := time.perf_counter()) <= self.end:
                self.measured.append(answer.seconds)
                self.last = now
            self.take_next(each)

        each.told, each.lost = told, self.lost
        self.take_next(each)

    def take_next(self, each: wire.Wire) -> None:
        """The next request, if it is not time to end."""
        if self.requests and time.perf_counter() < self.end:
            each.send(self.requests.pop())
            return
        self.busy -= 1
        if self.busy == 0 and not self.ended.done():
            self.ended.set_result(None)

    def lost(self) -> None:
        """A connection was cut: what was measured is worth nothing."""
        if not self.ended.done():
            self.ended.set_exception(ConnectionError("the server hung up"))

    def tally(self) -> Tally:
        """What came of it. Without a single measured answer there is nothing to tell: ValueError."""
        if not self.measured:
            raise ValueError("no answer came in time")
        return Tally(
            rate=len(self.measured) / (self.last - self.begin),
            p50=percentile(self.measured, 0.5),
            p99=percentile(self.measured, 0.99),
            statuses={str(status): count for status, count in self.statuses.items()},
        )


async def _send_all(job: Job) -> Tally:
    wires = [await wire.connect(job.port) for _ in range(job.connections)]
    generator = _Generator(job)
    for each in wires:
        generator.use(each)
    await generator.ended
    return generator.tally()


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.json.encode(wire.run(_send_all(given))))
