"""Samples of mails, each with what must become of it, and what they are put together from."""

import random
from dataclasses import dataclass, field
from email.header import Header

SUPPORT = "support@house.example"
SUBJECTS = (
    "My order",
    "Re: My order",
    "Invoice 4711",
    "Frage zur Rechnung",
    "Ayuda",
    "",
    "注文について",
    "Счёт",
    "RE: RE: Fwd: Hi",
)
WORDS = {
    "utf-8": "Grüße, señor: 注文 Счёт",
    "iso-8859-1": "Grüße, señor",
    "windows-1252": "Grüße “señor” €",
    "koi8-r": "Счёт не пришёл",
    "shift_jis": "注文はどこですか",
    "iso-2022-jp": "注文はどこですか",
    "gb2312": "我的订单在哪里",
    "big5": "我的訂單在哪裡",
    "euc-kr": "주문이 어디에",
    "utf-16": "Grüße",
    "iso-8859-8-i": "שלום",
}
AUTOMATIC = (
    *("Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes", "List-Id: <a.b>", "Return-Path: <>"),
)
TEN_MB = 10 * 1_048_576


@dataclass(frozen=True)
class Sample:
    """A mail and its fate: stored (then `needle` is found in it) in the thread named, ignored, or known already."""

    case: str
    raw: bytes
    sender: str
    to: str = SUPPORT
    outcome: str = "stored"
    needle: str = ""
    # The thread that it belongs to, by a name of ours; a new one for what begins one.
    thread: str = ""


@dataclass
class Correspondence:
    """A thread that the support has answered: what a customer can refer to."""

    name: str
    customer: str
    first_id: str
    ours: str
    reply_to: str


@dataclass
class Writer:
    """Puts mails together. `answered` are the threads they may refer to; `big` how many have 10 MB."""

    seed: int
    answered: list[Correspondence] = field(default_factory=list)
    big: int = 1
    number: int = 0

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.last: Sample | None = None

    def joins(self, case: str, known: Correspondence, *, more: str = "", to: str = SUPPORT, sender: str = "") -> Sample:
        """A mail that belongs to a thread that is known."""
        needle = self.needle()
        quoted = f"{needle}\r\n\r\nOn Mon, 1 Jan 2026, Support wrote:\r\n> earlier\r\n> words"
        return self.new(
            case,
            self.text(quoted),
            needle=needle,
            more=more,
            to=to,
            sender=sender or known.customer,
            thread=known.name,
        )

    def simple(self) -> tuple[bytes, str]:
        """A body of one line, and what to look for in it."""
        needle = self.needle()
        return self.text(needle), needle

    def new(self, case: str, body: bytes, needle: str = "", *, more: str = "", **given: str) -> Sample:
        """A mail around a body."""
        sender = given.get("sender") or f"customer{self.draw.randrange(10**9)}@example.com"
        to = given.get("to", SUPPORT)
        name = self.draw.choice(["Ana Ruiz", "", "=?utf-8?b?5rOo5paH?=", '"Ruiz, Ana"', "Ana <odd"])
        subject = given.get("subject", self.draw.choice(SUBJECTS))
        lines = [f"From: {name} <{sender}>", f"To: <{to}>", more.rstrip("\r\n"), "MIME-Version: 1.0"]
        if subject:
            lines.append(f"Subject: {Header(subject, 'utf-8' if not subject.isascii() else None).encode()}")
        if self.draw.random() < 0.9 or "message_id" in given:
            lines.append(
                f"Message-ID: {given.get('message_id', f'<{self.number}.{self.draw.randrange(10**12)}@example.com>')}"
            )
        head = "\r\n".join(line for line in lines if line) + "\r\n"
        return Sample(
            case,
            head.encode() + body,
            sender,
            to=to.lower(),
            outcome=given.get("outcome", "stored"),
            needle=needle,
            thread=given.get("thread") or self.name(),
        )

    def name(self) -> str:
        """The name of a thread that nobody knows."""
        self.number += 1
        return f"thread {self.number}"

    def needle(self) -> str:
        """Words that are in no other mail."""
        return f"needle{self.draw.randrange(10**12)}"

    def text(self, text: str, kind: str = "text/plain") -> bytes:
        """A text part."""
        return f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}".encode()

    def multipart(self, kind: str, parts: list[bytes]) -> bytes:
        """Parts, put together."""
        boundary = f"b{self.draw.randrange(10**12)}"
        joined = b"".join(b"\r\n--" + boundary.encode() + b"\r\n" + part for part in parts)
        return (
            f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
            + joined
            + f"\r\n--{boundary}--\r\n".encode()
        )
