"""The one way out over HTTP: nothing inside a private network, no redirects, no more than is asked for."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from dibs.errors import Refusal
from dibs.outbound import AnswerTooLarge, Outbound, TargetRefused, is_public
from dibs.settings import Settings

ANSWERS = {
    b"/plain": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"/away": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    b"/large": b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + b"x" * 4000,
}


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        if path == b"/silent":
            await reader.read()
        else:
            writer.write(ANSWERS[path])
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    """As an operator has it who allows private targets."""
    made = Outbound(Settings(allow_private_targets=True))
    yield made
    await made.close()


@pytest.fixture
async def guarded() -> AsyncIterator[Outbound]:
    """As it is unless the operator says otherwise."""
    made = Outbound(Settings())
    yield made
    await made.close()


INSIDE = ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "127.1", "2130706433")


@pytest.mark.parametrize("host", INSIDE)
async def test_an_address_inside_is_refused_whatever_it_is_called(guarded: Outbound, port: int, host: str) -> None:
    with pytest.raises((TargetRefused, httpx.TransportError)) as refused:
        await guarded.request("GET", f"http://{host}:{port}/plain")
    assert isinstance(refused.value, Refusal)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "hello",
            "ftp://example.com/x",
            "file:///etc/passwd",
            "//example.com",
            "http://",
            "http://a:b@example.com/",
        ),
        *("http://exa mple.com", "javascript:alert(1)", "http://[::1", "http://example.com:99999/"),
    ],
)
async def test_what_is_no_web_address_is_refused(guarded: Outbound, url: str) -> None:
    with pytest.raises(TargetRefused):
        await guarded.request("GET", url)


async def test_a_redirect_is_an_answer_and_is_not_followed(outbound: Outbound, port: int) -> None:
    assert (await outbound.request("GET", f"http://127.0.0.1:{port}/away")).status_code == 302


async def test_more_than_the_limit_is_not_read(outbound: Outbound, port: int) -> None:
    with pytest.raises(AnswerTooLarge):
        await outbound.request("GET", f"http://127.0.0.1:{port}/large", limit=1_000)


async def test_who_does_not_answer_in_time_is_given_up(outbound: Outbound, port: int) -> None:
    with pytest.raises((TimeoutError, httpx.TimeoutException)):
        await outbound.request("GET", f"http://127.0.0.1:{port}/silent", seconds=0.05)


async def test_what_the_operator_allows_is_read(outbound: Outbound, port: int) -> None:
    answer = await outbound.request("GET", f"http://127.0.0.1:{port}/plain")
    assert (answer.status_code, answer.text) == (200, "hello")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "127.0.0.1",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::", "ff02::1", "::", "224.0.0.1"),
    ],
)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)
