"""One connection to a mailbox, over IMAP. The library blocks: each mailbox has a thread of its own."""

import asyncio
import contextlib
import imaplib
import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, ParamSpec, TypeVar

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from dibs.channels.email import tls
from dibs.channels.email.settings import EmailSettings, revealed
from dibs.outbound import Outbound

TIMEOUT_SECONDS = 30.0
# Short of what servers and routers cut off, and of missing a line that came together with another one.
IDLE_SECONDS = 60.0
TROUBLE = (ImapToolsError, imaplib.IMAP4.error, OSError, EOFError, ValueError)

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

P = ParamSpec("P")
T = TypeVar("T")


class Fetched(NamedTuple):
    """A mail as the mailbox has it; `arrived_at` in milliseconds, by its server's clock."""

    raw: bytes
    is_cut: bool
    arrived_at: int | None


class _Client(imaplib.IMAP4):
    """Speaks over a connection that is there already."""

    def __init__(self, given: socket.socket, host: str, port: int) -> None:
        self._given = given
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._given


class _Library(BaseMailBox):
    def __init__(self, given: socket.socket, settings: EmailSettings) -> None:
        self._given, self._settings = given, settings
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        host, connection = self._settings.imap_host or "", self._given
        if self._settings.imap_tls == "implicit":
            connection = tls.context().wrap_socket(connection, server_hostname=host)
        client = _Client(connection, host, self._settings.imap_port)
        if self._settings.imap_tls == "starttls":
            try:
                client.starttls(tls.context())
            except BaseException:
                client.shutdown()
                raise
        return client


class Mailbox:
    """A selected folder. Use it through `opened`."""

    def __init__(self, settings: EmailSettings, connection: socket.socket) -> None:
        self._settings, self._socket = settings, connection
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")
        self._box: _Library | None = None
        self.validity = 0

    async def open(self) -> None:
        """Logs in and selects the folder."""
        await self._run(self._open)

    def _open(self) -> None:
        settings = self._settings
        self._socket.setblocking(True)
        self._socket.settimeout(TIMEOUT_SECONDS)
        self._box = _Library(self._socket, settings)
        user, password = settings.imap_user or "", revealed(settings.imap_password)
        log_in = self._box.login if (user + password).isascii() else self._box.login_utf8
        log_in(user, password, initial_folder=None)
        self._box.folder.set(settings.imap_folder)
        # `folder.set` leaves what SELECT said.
        found: list[Any] = self._client.untagged_responses.get("UIDVALIDITY") or [b"0"]
        self.validity = int(found[0])

    async def after(self, uid: int) -> list[int]:
        """The mails with a higher UID, in order."""
        # `n:*` always names the last one, also when that is older.
        return [each for each in await self._run(self._search, "UID", f"{uid + 1}:*") if each > uid]

    async def since(self, at: int) -> list[int]:
        """The mails that arrived on the day of an instant or later, in order."""
        day = time.gmtime(at / 1000 - 86_400)
        return await self._run(self._search, "SINCE", f"{day.tm_mday:02}-{_MONTHS[day.tm_mon - 1]}-{day.tm_year}")

    async def fetch(self, uid: int, most: int) -> Fetched | None:
        """A mail, of a very large one the first `most` bytes; None when it is gone."""
        return await self._run(self._fetch, uid, most)

    async def mark_seen(self, uid: int) -> None:
        """Marks a mail as read, for people who look into the same mailbox. It is no matter when that fails."""
        with contextlib.suppress(imaplib.IMAP4.error):
            await self._run(self._client.uid, "STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    async def wait(self, poll_seconds: float) -> None:
        """Returns when there may be something new: told by the server where it can, else after a while."""
        if self._client.untagged_responses.get("EXISTS"):
            return
        if "IDLE" in self._client.capabilities:
            await self._run(self._idle)
        else:
            await asyncio.sleep(poll_seconds)
            await self._run(self._client.noop)

    async def close(self) -> None:
        """Hangs up: also on a call that waits in the thread, which then ends."""
        for each in self._sockets():
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        try:
            await asyncio.to_thread(self._thread.shutdown)
        finally:
            # Also for who is cancelled while they wait for the thread.
            if self._box is not None:
                # With the file that reads from its socket.
                with contextlib.suppress(OSError):
                    self._box.client.shutdown()
            self._socket.close()

    def _sockets(self) -> list[socket.socket]:
        # TLS has a socket of its own, made of the first one.
        return [self._socket, *([self._box.client.sock] if self._box is not None else [])]

    @property
    def _client(self) -> imaplib.IMAP4:
        assert self._box is not None
        return self._box.client

    async def _run(self, call: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: call(*args, **more))

    def _idle(self) -> None:
        assert self._box is not None
        with self._box.idle as idle:
            if not self._is_buffered():
                idle.poll(IDLE_SECONDS)

    def _is_buffered(self) -> bool:
        """Whether something was announced together with the answer to IDLE: the socket then has nothing more to say."""
        client: Any = self._client
        client.sock.settimeout(0)
        try:
            return bool((getattr(client, "_file", None) or client.file).peek(1))
        except OSError:
            # TLS says so where there is nothing.
            return False
        finally:
            client.sock.settimeout(TIMEOUT_SECONDS)

    def _search(self, *criteria: str) -> list[int]:
        # What was announced until now is found; what is announced from here on ends `wait` at once.
        self._client.response("EXISTS")
        status, data = self._client.uid("SEARCH", *criteria)
        if status != "OK":
            raise imaplib.IMAP4.error(f"the mailbox cannot be searched: {data!r}")
        return sorted(int(each) for part in data if part for each in part.split())

    def _fetch(self, uid: int, most: int) -> Fetched | None:
        status, data = self._client.uid("FETCH", str(uid), f"(UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{most}>)")
        if status != "OK":
            raise imaplib.IMAP4.error(f"mail {uid} cannot be fetched: {data!r}")
        for number, part in enumerate(data):
            if isinstance(part, tuple) and len(part) == 2:
                rest = data[number + 1] if number + 1 < len(data) and isinstance(data[number + 1], bytes) else b""
                told = part[0] + b" " + rest
                if (named := _UID.search(told)) and int(named[1]) == uid:
                    size = _SIZE.search(told)
                    return Fetched(part[1], bool(size and int(size[1]) > len(part[1])), _arrived(told))
        return None


def _arrived(told: bytes) -> int | None:
    found: Any = imaplib.Internaldate2tuple(told)
    return round(time.mktime(found) * 1000) if found else None


@asynccontextmanager
async def opened(outbound: Outbound, settings: EmailSettings) -> AsyncIterator[Mailbox]:
    """The mailbox that these settings name, logged in. What goes wrong is one of TROUBLE, or a TargetRefused."""
    box = Mailbox(settings, await outbound.open_socket(settings.imap_host or "", settings.imap_port))
    try:
        await box.open()
        yield box
    finally:
        await box.close()
