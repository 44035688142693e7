"""Thousands of live sockets in one process, as cheap as they can be: they note when each claim arrives.

`python -m bench.listeners PORT COUNT` reads the agents' keys from standard input, says READY when all sockets are
live, then reads when each claim was sent and prints how late the sockets heard of it.
"""

import asyncio
import json
import os
import sys
import time
from functools import partial
from typing import Any, cast

import uvloop

from bench.table import percentile

READY = b"ready\n"
AT_ONCE = 100
# Every socket has heard, or will not.
GRACE_SECONDS = 3.0
HANDSHAKE = (
    b"GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
CLAIMED = b'"kind":"conversation.claimed"'
CONVERSATION = b'"id":"conv_'
ID_LENGTH = 31

heard: dict[bytes, list[float]] = {}


class Listener(asyncio.Protocol):
    """One socket: it reads frames only as far as it must."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.live: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._got = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the upgrade."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(HANDSHAKE)

    def data_received(self, data: bytes) -> None:
        """Takes whole frames; a part waits for its rest."""
        self._got = data = self._got + data if self._got else data
        if not self._upgraded:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                return
            self._upgraded, self._got = True, data[end + 4 :]
            self._say(json.dumps({"type": "auth", "key": self.key}).encode())
            # A cursor from the future is answered with a reset, and then the socket is live.
            self._say(b'{"type":"resume","after":999999999999}')
            return
        at, size = 0, len(data)
        while size - at >= 2:
            start, length = _payload(data, at)
            if start + length > size:
                break
            self._take(data[at] & 15, data[start : start + length])
            at = start + length
        self._got = data[at:]

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:
            self._say(payload, opcode=10)
        elif not self.live.done():
            self.live.set_result(None)
        else:
            now, at = time.monotonic(), payload.find(CLAIMED)
            while at >= 0:
                start = payload.index(CONVERSATION, at) + 6
                heard.setdefault(payload[start : start + ID_LENGTH], []).append(now)
                at = payload.find(CLAIMED, start)

    def _say(self, payload: bytes, opcode: int = 1) -> None:
        assert self._transport
        assert len(payload) < 126
        # A mask of zeros leaves the payload as it is.
        self._transport.write(bytes((0x80 | opcode, 0x80 | len(payload), 0, 0, 0, 0)) + payload)


def _payload(data: bytes, at: int) -> tuple[int, int]:
    """Where a frame's payload starts, and its length."""
    length = data[at + 1]
    if length < 126:
        return at + 2, length
    size = 2 if length == 126 else 8
    return at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")


async def main(port: int, count: int) -> None:
    """Opens the sockets, waits for the clicks, prints how late they were heard."""
    loop, keys = asyncio.get_running_loop(), json.loads(sys.stdin.readline())
    for start in range(0, count, AT_ONCE):
        some = range(start, min(start + AT_ONCE, count))
        opened = await asyncio.gather(
            *(loop.create_connection(partial(Listener, keys[n % len(keys)]), "127.0.0.1", port) for n in some)
        )
        await asyncio.gather(*(listener.live for _, listener in opened))
    os.write(1, READY)
    clicks = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    await asyncio.sleep(GRACE_SECONDS)
    print(json.dumps(_late(clicks, count)))


def _late(clicks: dict[str, float], count: int) -> dict[str, Any]:
    seconds = [at - sent for conversation, sent in clicks.items() for at in heard.get(conversation.encode(), ())]
    found = {"missing": len(clicks) * count - len(seconds)}
    return found | {"p50": percentile(seconds, 0.5), "p99": percentile(seconds, 0.99), "most": max(seconds)}


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
