"""A mail server on loopback that takes everything it is handed, and refuses on demand: real SMTP, by aiosmtpd."""

import asyncio
import warnings
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "stamps"


@dataclass
class PostOffice:
    """Where our mails arrive. `says` is what it answers to the next recipients instead of taking them."""

    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    asks_for_password: bool = False
    # Called when a mail has come, before it is answered.
    on_mail: Any = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def open(self, port: int = 0) -> None:
        """Opens, also again."""
        self._server = await asyncio.get_running_loop().create_server(self._session, "127.0.0.1", port)

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def until(self, number: int) -> EmailMessage:
        """Waits for so many mails; returns the last of them."""
        async with asyncio.timeout(30):
            while len(self.mails) < number:
                self.arrived.clear()
                await self.arrived.wait()
        return self.mails[number - 1]

    def _session(self) -> SMTP:
        more: dict[str, Any] = {}
        if self.asks_for_password:
            more = {"auth_required": True, "auth_require_tls": False, "authenticator": self._authenticate}
        with warnings.catch_warnings():
            # That a password without TLS is no good idea we know.
            warnings.simplefilter("ignore")
            return SMTP(self, hostname="post.test", loop=asyncio.get_running_loop(), enable_SMTPUTF8=True, **more)

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.envelopes.append(envelope)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        self.arrived.set()
        if self.on_mail is not None:
            await self.on_mail(server)
        return "250 OK"
