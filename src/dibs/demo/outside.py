"""What is outside in the life of a real inbox, on loopback: WhatsApp's Graph API, and the mail server of the customers.

Only the demo talks to it. It speaks the real protocols, so that messages go the way they go in earnest.
"""

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any, Self

import aiosmtplib
import httpx
import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from dibs.tasks import spawn

NUMBER, ACCOUNT = "100000000000001", "200000000000001"
TOKEN, APP_SECRET, VERIFY_TOKEN = "demo-token", "demo-app-secret", "demo-verify-token"
ADDRESS = "help@demo.dibs.example"
READ_AFTER_SECONDS = 1.5

Told = dict[str, Any]


@dataclass
class Outside:
    """The provider of WhatsApp and the mail server. `url` is Dibs; `mail_port` is where it takes mail in."""

    url: str
    mail_port: int
    graph_url: str = ""
    post_port: int = 0
    _numbers: Any = field(default_factory=lambda: itertools.count(int(time.time())))
    _servers: list[Any] = field(default_factory=list)
    # Of each customer's mails the last one that came from us, so that an answer stands in its thread.
    _mails: dict[str, EmailMessage] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        config = uvicorn.Config(self._graph, port=0, log_level="error", ws="none", lifespan="off")
        config.load()
        self._api = uvicorn.Server(config)
        self._api.lifespan = config.lifespan_class(config)
        await self._api.startup()
        self.graph_url = f"http://127.0.0.1:{self._api.servers[0].sockets[0].getsockname()[1]}/v26.0"
        self._ticking = spawn(self._api.main_loop(), "demo-graph")
        self._post = await loop.create_server(lambda: SMTP(self, loop=loop, enable_SMTPUTF8=True), "127.0.0.1", 0)
        self.post_port = self._post.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._post.close()
        self._api.should_exit = True
        await asyncio.gather(self._ticking, return_exceptions=True)
        await self._api.shutdown()

    async def whatsapp(self, phone: str, name: str, text: str) -> None:
        """A customer writes on WhatsApp."""
        number = phone.removeprefix("+")
        message: Told = {"from": number, "id": f"wamid.DEMO{next(self._numbers)}", "timestamp": str(int(time.time()))}
        message |= {"type": "text", "text": {"body": text}}
        await self._webhook(messages=[message], contacts=[{"profile": {"name": name}, "wa_id": number}])

    async def mail(self, address: str, name: str, subject: str, text: str) -> None:
        """A customer writes a mail, or answers the last one."""
        mail = EmailMessage()
        last = self._mails.get(address)
        mail["From"] = f"{name} <{address}>"
        mail["To"] = (last["Reply-To"] or last["From"]) if last else ADDRESS
        mail["Subject"] = f"Re: {subject}" if last else subject
        mail["Message-ID"] = make_msgid(domain="customers.example.com")
        if last:
            mail["In-Reply-To"] = mail["References"] = last["Message-ID"]
        mail.set_content(text)
        to = str(mail["To"]).rpartition("<")[2].rstrip(">")
        await aiosmtplib.send(
            mail, sender=address, recipients=[to], hostname="127.0.0.1", port=self.mail_port, start_tls=False
        )

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """A mail of ours has arrived at its customer."""
        seen = EmailMessage()
        content = envelope.content or b""
        head = content if isinstance(content, bytes) else content.encode()
        for line in head.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").splitlines():
            header, _, value = line.decode(errors="replace").partition(": ")
            if header in ("Message-ID", "Reply-To", "From", "Subject"):
                seen[header] = value.replace("\r", "").replace("\n", "")
        for recipient in envelope.rcpt_tos:
            self._mails[recipient] = seen
        return "250 OK"

    async def _graph(self, scope: Told, receive: Any, send: Any) -> None:
        body = b""
        while (part := await receive())["type"] == "http.request":
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        answer = self._answer(scope["path"].rpartition("/v26.0/")[2], body)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    def _answer(self, path: str, body: bytes) -> Told:
        if not path.endswith("/messages"):
            return {"id": path.partition("/")[0], "display_phone_number": "+1 555-010-0000", "data": []}
        message, wamid = json.loads(body), f"wamid.DEMO{next(self._numbers)}"
        spawn(self._read(wamid, message), "demo-read")
        return {"messaging_product": "whatsapp", "messages": [{"id": wamid}]}

    async def _read(self, wamid: str, message: Told) -> None:
        """It arrives at the customer's phone, and a moment later they read it."""
        for status in ("delivered", "read"):
            await asyncio.sleep(READ_AFTER_SECONDS)
            said: Told = {"id": wamid, "status": status, "timestamp": str(int(time.time()))}
            said |= {"recipient_id": str(message.get("to", "")).removeprefix("+")}
            # The server may be on its way down.
            with contextlib.suppress(httpx.HTTPError):
                await self._webhook(statuses=[said])

    async def _webhook(self, **parts: list[Told]) -> None:
        metadata = {"display_phone_number": "15550100000", "phone_number_id": NUMBER}
        value = {"messaging_product": "whatsapp", "metadata": metadata} | parts
        entry = [{"id": ACCOUNT, "changes": [{"field": "messages", "value": value}]}]
        body = json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode()
        signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
        async with httpx.AsyncClient(base_url=self.url, trust_env=False, timeout=30) as client:
            await client.post("/channels/whatsapp/webhook", content=body, headers=headers)
