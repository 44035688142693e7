"""The one way out: every request of ours to an address that somebody typed in or a provider named, and every
connection to a mail server.

Private, loopback and link-local targets are refused unless the operator allows them, judged by the address that is
connected to (a name may change its mind between a look and a connection); redirects are not followed; answers are
limited in size and time.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, cast

import httpcore
import httpx

from dibs.errors import Refusal
from dibs.settings import Settings

TIMEOUT_SECONDS = 10.0
LARGEST_ANSWER = 20 * 1024 * 1024
LARGEST_PORT = 65_535
_SCHEMES = ("http", "https")
_HOST = re.compile(r"^[^\s/?#@%]+$")


class TargetRefused(Refusal):
    """The address is not one that this installation calls."""

    code, status, title = "target_refused", 422, "Address refused"


class AnswerTooLarge(httpx.TransportError):
    """The other side sent more than is read."""


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the very address that was judged."""

    def __init__(self, *, private_too: bool) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._private_too = private_too

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - so the base class calls it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            found = await _judged(host, port, private_too=self._private_too)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address: {error}") from error
        addresses = list(dict.fromkeys(address for _, address in found))
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise TargetRefused("Only addresses on the network are called.")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


async def _judged(host: str, port: int, *, private_too: bool) -> list[tuple[socket.AddressFamily, str]]:
    """Where a name leads. Refuses a private address unless the operator allows them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses: list[tuple[socket.AddressFamily, str]] = [(each[0], cast("str", each[4][0])) for each in found]
    if not private_too and (inside := [address for _, address in addresses if not is_public(address)]):
        raise TargetRefused(f"{host} leads to {inside[0]}, inside a private network. The operator can allow that.")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet; an IPv4 one inside an IPv6 one is judged by itself."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else found)
    return found.is_global and not found.is_multicast


def refuse_bad_target(url: str, *, field: str = "url") -> None:
    """Refuses with 422 what is no http or https address with a host, or carries a password."""
    try:
        parsed = httpx.URL(url)
        known = parsed.port is None or 0 < parsed.port <= LARGEST_PORT
    except (httpx.InvalidURL, TypeError, ValueError):
        raise TargetRefused(f"{field}: this is no web address") from None
    if parsed.scheme not in _SCHEMES or not _HOST.match(parsed.host) or parsed.userinfo or not known:
        raise TargetRefused(f"{field}: use an address that begins with https://, without a password in it")


class Outbound:
    """The guarded client. One per process: it keeps connections."""

    def __init__(self, settings: Settings) -> None:
        self._private_too = settings.allow_private_targets
        transport = httpx.AsyncHTTPTransport(retries=0, trust_env=False)
        transport._pool._network_backend = _GuardedBackend(private_too=settings.allow_private_targets)
        self._client = httpx.AsyncClient(
            transport=transport, follow_redirects=False, timeout=TIMEOUT_SECONDS, trust_env=False
        )

    async def request(
        self, method: str, url: str, *, limit: int = LARGEST_ANSWER, seconds: float = TIMEOUT_SECONDS, **more: Any
    ) -> httpx.Response:
        """One request and its whole answer, of at most `limit` bytes, in at most `seconds` all in all."""
        async with asyncio.timeout(seconds), self.stream(method, url, timeout=seconds, **more) as answer:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > limit:
                    raise AnswerTooLarge(f"{url} sent more than {limit} bytes")
            # Decoded already: what said how it was packed no longer holds.
            headers = [each for each in answer.headers.raw if each[0].lower() not in _PACKING]
            return httpx.Response(answer.status_code, headers=headers, content=bytes(body), request=answer.request)

    @asynccontextmanager
    async def stream(self, method: str, url: str, **more: Any) -> AsyncIterator[httpx.Response]:
        """A request whose answer is read piece by piece."""
        refuse_bad_target(url)
        async with self._client.stream(method, url, **more) as answer:
            yield answer

    async def open_socket(self, host: str, port: int, *, seconds: float = TIMEOUT_SECONDS) -> socket.socket:
        """A connection to a mail server, to the very address that was judged. The caller closes it.

        Raises OSError when nobody answers there.
        """
        async with asyncio.timeout(seconds):
            failure: OSError | None = None
            for family, address in await _judged(host, port, private_too=self._private_too):
                made = socket.socket(family, socket.SOCK_STREAM)
                made.setblocking(False)
                try:
                    await asyncio.get_running_loop().sock_connect(made, (address, port))
                except OSError as error:
                    made.close()
                    failure = error
                except BaseException:
                    made.close()
                    raise
                else:
                    return made
            raise failure or OSError(f"{host} has no address")

    async def close(self) -> None:
        """Ends its connections."""
        await self._client.aclose()


_PACKING = (b"content-encoding", b"content-length", b"transfer-encoding")
