"""The inbound SMTP listener: a mail server of the operator's hands over mail for connected addresses, and no other.

It says 250 once the mail is committed, so that whoever hands it over keeps it until then. It relays nothing.
"""

import asyncio
import socket
import weakref
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from dibs.channels.connections import by_address
from dibs.channels.email import parsing, tokens
from dibs.channels.email.incoming import take
from dibs.channels.email.kind import KIND
from dibs.db.compiled import Row
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core

log = structlog.get_logger()
MOST_RECIPIENTS = 50
TIMEOUT_SECONDS = 120.0
UNKNOWN = "550 5.1.1 No such address here"
TRY_AGAIN = "451 4.3.0 It could not be stored now, try again later"


class Handler:
    """What a session is answered. Its methods are named as aiosmtpd looks for them."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes a recipient that is a connected address."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once"
        try:
            channel = await self._channel(address)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            log.warning("smtp.failed", error=repr(error))
            return TRY_AGAIN
        if channel is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Takes a mail in for each channel that it is for; the answer comes after the last commit."""
        try:
            return await self._take(envelope)
        except Exception as error:  # noqa: BLE001 - whoever hands it over keeps it and tries again
            log.warning("smtp.failed", error=repr(error))
            return TRY_AGAIN

    async def _take(self, envelope: Envelope) -> str:
        raw = envelope.content
        assert isinstance(raw, bytes)
        mail = await asyncio.to_thread(parsing.read, raw, envelope_from=envelope.mail_from or "")
        # What only the envelope tells: the address with its token may be in no header.
        recipients = tuple(dict.fromkeys([*(each.lower() for each in envelope.rcpt_tos), *mail.recipients]))
        mail = parsing.sent_to(mail, recipients)
        channels: dict[str, Row] = {}
        for address in envelope.rcpt_tos:
            if (channel := await self._channel(address)) is not None:
                channels[channel.id] = channel
        for channel in channels.values():
            await take(self._core, channel, mail)
        return "250 2.0.0 OK" if channels else UNKNOWN

    async def _channel(self, address: str) -> Row | None:
        if "\x00" in address or "@" not in address:
            return None
        found = await by_address(self._core, KIND.name, address.lower())
        found = found or await by_address(self._core, KIND.name, tokens.plain(address))
        return found if found is not None and found.settings.get("inbound") == "smtp" else None


class _Session(SMTP):
    """One session, known to the listener, which ends it when it stops."""

    # Longer lines than SMTP allows are no reason to lose a mail.
    line_length_limit = 100_000

    def __init__(self, open_ones: "weakref.WeakSet[_Session]", handler: Handler, **more: Any) -> None:
        super().__init__(handler, **more)
        self._open_ones = open_ones

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._open_ones.add(self)

    def hang_up(self) -> None:
        """Ends it at once."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()


class Listener:
    """A listening port."""

    def __init__(self, core: Core, settings: Settings) -> None:
        self._handler, self._settings = Handler(core), settings
        self._open: weakref.WeakSet[_Session] = weakref.WeakSet()
        self._server: asyncio.Server | None = None

    async def open(self, port: int | None = None) -> None:
        """Listens from now on, on the port of the settings unless another is given."""
        settings = self._settings
        self._server = await asyncio.get_running_loop().create_server(
            self._session,
            settings.smtp_listen_host,
            settings.smtp_listen_port if port is None else port,
            # Several workers share the port, as they share the one for HTTP.
            reuse_port=settings.workers > 1 and hasattr(socket, "SO_REUSEPORT"),
        )

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def run(self) -> None:
        """Lasts until cancelled, then closes."""
        try:
            await asyncio.Event().wait()
        finally:
            self.close()

    def close(self) -> None:
        """Listens no more, and ends what is open: a mail that was not answered yet is kept by its sender."""
        if self._server is not None:
            self._server.close()
            for session in list(self._open):
                session.hang_up()

    def _session(self) -> _Session:
        return _Session(
            self._open,
            self._handler,
            data_size_limit=self._settings.mail_max_bytes,
            hostname=socket.gethostname(),
            ident="Dibs",
            timeout=TIMEOUT_SECONDS,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )


async def start(core: Core, settings: Settings) -> "asyncio.Task[None]":
    """Listens until the task is cancelled, if the settings say so."""
    listener = Listener(core, settings)
    if settings.smtp_listen_port:
        await listener.open()
    return spawn(listener.run(), "smtp-listener")
