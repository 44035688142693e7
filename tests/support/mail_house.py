"""A house with a mail channel, customers who write mails, and what became of these."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from itertools import count
from typing import Any

import aiosmtplib

from dibs.channels.email.listener import Listener
from dibs.tx import Core
from tests.support.house import House
from tests.support.post_office import PostOffice

SUPPORT = "support@house.example"
_numbers = count(1)


class MailHouse:
    """A house whose support address takes mail."""

    def __init__(self, house: House, office: PostOffice, listener: Listener, address: str = SUPPORT) -> None:
        self.house, self.office, self.listener, self.address = house, office, listener, address
        self.channel: dict[str, Any] = {}

    @property
    def core(self) -> Core:
        return self.house.core

    def settings(self, **more: Any) -> dict[str, Any]:
        """What an admin types in."""
        out = {"smtp_host": "127.0.0.1", "smtp_port": self.office.port, "smtp_tls": "none"}
        return {"address": self.address, "inbound": "smtp"} | out | more

    async def connect(self, **more: Any) -> None:
        """Connects the address."""
        body = {"kind": "email", "name": "Support", "settings": self.settings(**more)}
        answer = await self.house.ada.post("/channels", body)
        assert answer.status_code == 201, answer.text
        self.channel = answer.json()

    async def hand_over(self, raw: bytes, *, sender: str = "ana@example.com", to: str | None = None) -> None:
        """Hands a mail over by SMTP. Raises what the listener refuses."""
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self.listener.port, start_tls=False) as client:
            await client.sendmail(sender, [to or self.address], raw, mail_options=["BODY=8BITMIME"])

    async def write(self, text: str, **headers: str) -> dict[str, Any]:
        """Ana, or whom `From` names, writes a mail; returns the message that it became."""
        mail = mail_of(text, **headers)
        await self.hand_over(
            mail.as_bytes(), sender=headers.get("From", "ana@example.com").rpartition("<")[2].strip(">")
        )
        return await self.message(mail["Message-ID"])

    async def message(self, message_id: str) -> dict[str, Any]:
        """The message that a mail became, as the API shows it."""
        header = message_id.strip("<>")
        (row,) = await self.house.rows(
            "SELECT * FROM mails WHERE workspace_id = :ws AND message_id_header = :h", h=header
        )
        assert row.message_id is not None, f"ignored as {row.ignored_as}"
        path = f"/conversations/{row.conversation_id}/messages"
        page = (await self.house.sam.get(path, limit=100)).json()["data"]
        (found,) = [each for each in page if each["id"] == row.message_id]
        assert isinstance(found, dict)
        return found

    async def ignored_as(self, message_id: str) -> str | None:
        """Why a mail was left out."""
        header = message_id.strip("<>")
        (row,) = await self.house.rows(
            "SELECT * FROM mails WHERE workspace_id = :ws AND message_id_header = :h", h=header
        )
        assert row.message_id is None
        return str(row.ignored_as)

    async def answer(self, conversation_id: str, text: str = "Here is how.", **more: Any) -> EmailMessage:
        """Sam answers; returns the mail as it arrived."""
        before = len(self.office.mails)
        body = {"kind": "reply", "text": text} | more
        answer = await self.house.sam.post(f"/conversations/{conversation_id}/messages", body)
        assert answer.status_code == 201, answer.text
        arrived = await self.office.until(before + 1)
        await self.until(lambda: self._is_sent(answer.json()["message"]["id"]))
        return arrived

    async def _is_sent(self, message_id: str) -> bool:
        (row,) = await self.house.rows("SELECT delivery FROM messages WHERE id = :id", id=message_id)
        return bool(row.delivery != "queued")

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Waits until something holds, looking again after each commit."""
        await until(self.core, condition)

    async def number(self, table: str) -> int:
        """How many rows of the workspace a table has."""
        return len(await self.house.rows(f"SELECT 1 AS one FROM {table} WHERE workspace_id = :ws"))


async def until(core: Core, condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits until something holds, looking again after each commit that rings the doorbell."""
    rung = asyncio.Event()
    core.doorbell.listen(lambda *_: rung.set())
    async with asyncio.timeout(30):
        while not await condition():
            await rung.wait()
            rung.clear()


async def looked_at(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits for what rings no bell."""
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)


def mail_of(text: str, **headers: str) -> EmailMessage:
    """A plain mail; header names with `_` for `-`."""
    given = {
        "From": "Ana Ruiz <ana@example.com>",
        "To": SUPPORT,
        "Subject": "My order",
        "Message-ID": f"<mail-{next(_numbers)}@example.com>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    mail = EmailMessage()
    for name, value in given.items():
        mail[name] = value
    mail.set_content(text)
    return mail
