"""What reaches the client: an answer's head and body together, in order, whole, also when the server hangs up."""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from dibs.operations.serving import configured
from dibs.operations.serving import listen as bind
from dibs.settings import Settings
from tests.support.house import House

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


class Client(asyncio.Protocol):
    """Keeps what arrives, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.more, self.ended = asyncio.Event(), asyncio.Event()

    def data_received(self, data: bytes) -> None:
        self.pieces.append(data)
        self.more.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        self.more.set()

    async def until(self, count: int, mark: bytes) -> bytes:
        """Everything so far, once it has `mark` so many times."""
        while (got := b"".join(self.pieces)).count(mark) < count and not self.ended.is_set():
            self.more.clear()
            await self.more.wait()
        return got


@pytest.fixture
async def port(house: House, settings: Settings) -> AsyncIterator[int]:
    """Where the application is served as `dibs serve` does it."""
    application = house.http._transport.app  # type: ignore[attr-defined]
    config = configured(lambda: application, settings)
    config.lifespan = "off"  # the house has opened the application already
    config.loop = "none"
    server = uvicorn.Server(config)
    with bind(settings.model_copy(update={"port": 0})) as listener:
        served = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await served


async def connect(port: int) -> tuple[asyncio.Transport, Client]:
    transport, client = await asyncio.get_running_loop().create_connection(Client, "127.0.0.1", port)
    return transport, client


def request(house: House, path: str, *headers: str, method: str = "GET") -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: h", f"Authorization: Bearer {house.sam.key}", *headers, "", "")
    return "\r\n".join(lines).encode()


async def test_head_and_body_arrive_together(house: House, port: int) -> None:
    transport, client = await connect(port)
    for path in ("/healthz", "/v1/me", "/v1/conversations/conv_1"):
        client.pieces.clear()
        transport.write(request(house, path))
        await client.until(1, b"}")
        (piece,) = client.pieces
        head, _, body = piece.partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head
    transport.close()


async def test_answers_keep_the_order_of_requests_sent_at_once(house: House, port: int) -> None:
    transport, client = await connect(port)
    transport.write(request(house, "/v1/me") + request(house, "/v1/nowhere") + request(house, "/healthz"))
    got = await client.until(3, b"HTTP/1.1 ")
    assert re.findall(rb"HTTP/1\.1 (\d+)", got) == [b"200", b"404", b"200"]
    transport.close()


async def test_the_whole_answer_arrives_before_the_server_hangs_up(house: House, port: int) -> None:
    for text in (request(house, "/v1/me", "Connection: close"), b"nonsense\r\n\r\n"):
        transport, client = await connect(port)
        transport.write(text)
        await client.ended.wait()
        head, _, body = b"".join(client.pieces).partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head
        assert body
        transport.close()


async def test_head_brings_no_body_and_an_expected_body_is_asked_for(house: House, port: int) -> None:
    transport, client = await connect(port)
    transport.write(request(house, "/v1/me", method="HEAD"))
    assert (await client.until(1, b"\r\n\r\n")).endswith(b"\r\n\r\n")
    client.pieces.clear()
    headers = ("Expect: 100-continue", "Content-Length: 15", "Content-Type: application/json")
    transport.write(request(house, "/v1/tags", *headers, method="POST"))
    assert (await client.until(1, b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
    transport.write(b'{"name": "vip"}')
    assert b"HTTP/1.1 201" in await client.until(1, b"vip")
    transport.close()


async def test_a_long_answer_is_whole(house: House, port: int) -> None:
    for number in range(60):
        await house.conversation(f"{number} " + "x" * 3_900)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        headers = {"Authorization": f"Bearer {house.ada.key}", "Accept": "application/x-ndjson"}
        lines = (await http.get("/v1/audit", headers=headers)).text.splitlines()
    assert len(lines) == (await house.rows("SELECT count(*) AS n FROM audit_rows WHERE workspace_id = :ws"))[0].n
