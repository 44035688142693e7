"""A mail server of ours on loopback: enough of IMAP (RFC 3501, IDLE) to be read from, with troubles on demand."""

import asyncio
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

USER, PASSWORD = "support", "open sesame"


@dataclass
class Stored:
    """A mail in the mailbox."""

    uid: int
    raw: bytes
    at: float
    seen: bool = False


@dataclass
class ImapServer:
    """One mailbox. `deliver` puts a mail into it; who idles is told."""

    password: str = PASSWORD
    can_idle: bool = True
    validity: int = 7
    mails: list[Stored] = field(default_factory=list)
    # How often each mail was fetched, and how many sessions there were.
    fetched: dict[int, int] = field(default_factory=dict)
    sessions: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _next: int = 1
    # How many mails the last search found.
    _known: int = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1_000_000)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.hang_up()
        await asyncio.sleep(0)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def deliver(self, raw: bytes, *, at: float | None = None) -> int:
        """Puts a mail into the mailbox; returns its UID."""
        self.mails.append(Stored(self._next, raw, at or time.time()))
        self._next += 1
        self._tell()
        return self._next - 1

    def renumber(self) -> None:
        """Another UIDVALIDITY, other UIDs: as after a mailbox was restored."""
        self.validity += 1
        self._next += 100
        for stored in self.mails:
            stored.uid += 100
        self.hang_up()

    def hang_up(self) -> None:
        """Cuts every connection."""
        for writer in list(self._open):
            writer.transport.abort()

    async def until_seen(self, uid: int) -> None:
        """Waits until the reader has marked a mail, which it does after its commit."""
        async with asyncio.timeout(30):
            while not any(stored.seen for stored in self.mails if stored.uid == uid):
                self.changed.clear()
                await self.changed.wait()

    async def until(self, sessions: int) -> None:
        """Waits until so many sessions were begun."""
        async with asyncio.timeout(30):
            while self.sessions < sessions:
                self.changed.clear()
                await self.changed.wait()

    def _tell(self) -> None:
        self.changed.set()
        for writer in self._open:
            if getattr(writer, "idles", False):
                writer.write(f"* {len(self.mails)} EXISTS\r\n".encode())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        writer.write(b"* OK ready\r\n")
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                tag, _, rest = line.decode("latin-1").strip().partition(" ")
                name, _, arguments = rest.partition(" ")
                writer.write(await self._answer(tag, name.upper(), arguments, reader, writer))
                await writer.drain()
                if name.upper() == "LOGOUT":
                    break
        self._open.discard(writer)
        writer.close()

    async def _answer(
        self, tag: str, name: str, arguments: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes:
        if name == "CAPABILITY":
            idle = " IDLE" if self.can_idle else ""
            return f"* CAPABILITY IMAP4rev1{idle}\r\n{tag} OK done\r\n".encode()
        if name in ("LOGIN", "SELECT"):
            return (self._log_in(tag, arguments) if name == "LOGIN" else self._select(tag, arguments)).encode()
        if name == "IDLE":
            return await self._idle(tag, reader, writer)
        if name == "UID":
            command, _, rest = arguments.partition(" ")
            return self._uid(tag, command.upper(), rest)
        bye = "* BYE\r\n" if name == "LOGOUT" else ""
        return f"{bye}{tag} {'OK' if name in ('NOOP', 'LOGOUT') else 'BAD'} {name}\r\n".encode()

    def _log_in(self, tag: str, arguments: str) -> str:
        good = f'"{USER}" "{self.password}"' == arguments
        self.sessions += good
        self.changed.set()
        return f"{tag} {'OK in' if good else 'NO [AUTHENTICATIONFAILED] Authentication failed.'}\r\n"

    def _select(self, tag: str, arguments: str) -> str:
        if "INBOX" not in arguments:
            return f"{tag} NO Mailbox doesn't exist: {arguments}\r\n"
        told = f"* {len(self.mails)} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n"
        return f"{told}{tag} OK [READ-WRITE] selected\r\n"

    async def _idle(self, tag: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.idles = True  # type: ignore[attr-defined]
        writer.write(b"+ idling\r\n")
        # Whatever came since the last command is announced now.
        writer.write(f"* {len(self.mails)} EXISTS\r\n".encode() if len(self.mails) != self._known else b"")
        self.changed.set()
        await reader.readline()
        writer.idles = False  # type: ignore[attr-defined]
        return f"{tag} OK done\r\n".encode()

    def _uid(self, tag: str, command: str, rest: str) -> bytes:
        if command == "SEARCH":
            self._known = len(self.mails)
            first = int(found[1]) if (found := re.match(r"UID (\d+):\*", rest)) else 0
            newest = max((stored.uid for stored in self.mails), default=0)
            named = [str(stored.uid) for stored in self.mails if stored.uid >= min(first, newest)]
            return f"* SEARCH {' '.join(named)}\r\n{tag} OK done\r\n".encode()
        uid = int(rest.partition(" ")[0])
        stored = next((each for each in self.mails if each.uid == uid), None)
        if stored is not None and command == "STORE":
            stored.seen = True
            self.changed.set()
        if stored is None or command != "FETCH":
            return f"{tag} OK done\r\n".encode()
        self.fetched[uid] = self.fetched.get(uid, 0) + 1
        most = int(re.search(r"<0\.(\d+)>", rest)[1])  # type: ignore[index]
        at = time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime(stored.at))
        part = stored.raw[:most]
        head = (
            f'* {uid} FETCH (UID {uid} INTERNALDATE "{at}" RFC822.SIZE {len(stored.raw)} BODY[]<0> {{{len(part)}}}\r\n'
        )
        return head.encode() + part + f")\r\n{tag} OK done\r\n".encode()
