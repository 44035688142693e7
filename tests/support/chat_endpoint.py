"""A chat endpoint on loopback that speaks OpenAI's protocol, and misbehaves in the ways that the real ones do."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Pieces = list[bytes]


@dataclass
class ChatEndpoint:
    """What it was asked, and what it answers: one script per request, the last one again and again."""

    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    scripts: list[Callable[["ChatEndpoint"], "Script"]] = field(default_factory=list)
    # Set by a test that wants an answer to stop in its middle until then.
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def says(self, *scripts: "Script") -> None:
        """What it answers from now on."""
        self.scripts = [lambda _, each=each: each for each in scripts]  # type: ignore[misc]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
            body = await reader.readexactly(int(headers["content-length"]))
            self.asked.append(json.loads(body) | {"path": head.split()[1]})
            self.keys.append(headers.get("authorization", ""))
            script = self.scripts[0] if len(self.scripts) == 1 else self.scripts.pop(0)
            await self._play(writer, script(self))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _play(self, writer: asyncio.StreamWriter, script: "Script") -> None:
        writer.write(f"HTTP/1.1 {script.status} X\r\nContent-Type: {script.kind}\r\nConnection: close\r\n\r\n".encode())
        for piece in script.pieces:
            if piece is WAIT:
                self.reached.set()
                await self.go_on.wait()
                continue
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)


@dataclass
class Script:
    """One answer: its status, type and the pieces in which it is sent."""

    pieces: Pieces
    status: int = 200
    kind: str = "text/event-stream"


# Between two pieces: until the test goes on.
WAIT = b"<wait>"
DONE = b"data: [DONE]\n\n"


def chunk(text: str = "", reason: str | None = None, **more: Any) -> bytes:
    """One event with some words."""
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": reason}
    return (
        f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'choices': [choice], **more})}\n\n".encode()
    )


def streamed(*words: str) -> Script:
    """A whole answer, word by word, with what real servers send around it."""
    usage = b'data: {"id":"c","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9}}\n\n'
    role = b'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}\n\n'
    return Script([b": ping\n\n", role, *(chunk(word) for word in words), chunk(reason="stop"), usage, DONE])


def in_bits(script: Script, size: int) -> Script:
    """The same answer, cut into pieces of that many bytes, also inside characters and events."""
    whole = b"".join(script.pieces)
    return Script([whole[at : at + size] for at in range(0, len(whole), size)], script.status, script.kind)


@asynccontextmanager
async def listening() -> AsyncIterator[ChatEndpoint]:
    """The endpoint, running."""
    endpoint = ChatEndpoint()
    server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0)
    endpoint.port = server.sockets[0].getsockname()[1]
    async with server:
        yield endpoint
