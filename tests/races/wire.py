"""HTTP/1.1 as the races need it: one connection per person, one request at a time, at little cost to the server."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec

from tests.support.house import Person


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read as httpx would."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        return msgspec.json.decode(self.content) if self.content else None

    @property
    def text(self) -> str:
        return self.content.decode()


class Wire:
    """A person's keep-alive connection to one server. A server that dies raises ConnectionError or EOFError."""

    def __init__(self, port: int, person: Person) -> None:
        self.port, self.person = port, person
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, json: Any = None, **headers: str) -> Answer:
        """POST below /v1 with a JSON body, or with none."""
        return await self.call("POST", path, json, **headers)

    async def get(self, path: str) -> Answer:
        """GET below /v1."""
        return await self.call("GET", path)

    async def call(self, method: str, path: str, json: Any = None, **headers: str) -> Answer:
        """One request and its answer."""
        body = b"" if json is None else msgspec.json.encode(json)
        lines = [f"{method} /v1{path} HTTP/1.1", "host: dibs.test", f"authorization: Bearer {self.person.key}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"content-length: {len(body)}", *(["content-type: application/json"] if body else [])]
        reader, writer = await self.connect()
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        return await _read(reader)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connects ahead of the first request, so that racers start together."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        return self._streams

    async def close(self) -> None:
        """Hangs up."""
        if self._streams is not None:
            _, writer = self._streams
            self._streams = None
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    content = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(int(head[0].split(" ")[1]), headers, content)
