"""Mails as they really come: a seeded stream of them, each with what must become of it."""

import base64
import quopri
import random
from collections.abc import Callable, Iterator
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
class Generator:
    """Draws mails. `answered` are the threads they may refer to; `big` how many of them have 10 MB."""

    seed: int
    answered: list[Correspondence] = field(default_factory=list)
    big: int = 1
    number: int = 0

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.last: Sample | None = None

    def mails(self, count: int) -> Iterator[Sample]:
        """So many mails, every case again and again, in a random order."""
        cases: list[Callable[[], Sample]] = [
            *(self.plain, self.charset, self.only_html, self.attached, self.forwarded, self.broken, self.garbage),
            *(
                self.no_headers,
                self.nested,
                self.eight_bit,
                self.nuls,
                self.same_subject,
                self.colleague,
                self.stranger,
            ),
            *(self.by_token, self.by_address, self.by_reference, self.forged, self.forged_id, self.automatic, self.own),
            *(self.again, self.same_id, self.tnef, self.inline, self.truncated, self.flipped, self.long_chain),
        ]
        drawn: list[Callable[[], Sample]] = []
        while len(drawn) < count - self.big:
            drawn += self.draw.sample(cases, len(cases))
        drawn = [*drawn[: count - self.big], *([self.ten_megabytes] * self.big)]
        self.draw.shuffle(drawn)
        for each in drawn:
            sample = each()
            self.last = sample
            yield sample

    # What begins a conversation.

    def plain(self) -> Sample:
        return self._new("plain", *self._simple())

    def charset(self) -> Sample:
        name = self.draw.choice(list(WORDS))
        needle = f"{self._needle()} {WORDS[name]}"
        encoded = needle.encode("iso-8859-8" if name.startswith("iso-8859-8") else name)
        declared = self.draw.choice([name, name.upper(), f'"{name}"'])
        if name == "utf-8":
            declared = self.draw.choice(["utf-8", "us-ascii", "iso-8859-1", "x-unknown", "utf8mb4", ""])
        cte = self.draw.choice(["base64", "quoted-printable"])
        body = base64.encodebytes(encoded) if cte == "base64" else quopri.encodestring(encoded)
        head = f"Content-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: {cte}\r\n\r\n"
        return self._new(f"charset {name} as {declared}", head.encode() + body, needle=needle)

    def only_html(self) -> Sample:
        needle = self._needle()
        html = f"<html><head><style>p{{}}</style></head><body><p>Hello <b>{needle}</b><script>alert(1)</script></body>"
        return self._new("only html", self._text(html, "text/html"), needle=needle)

    def attached(self) -> Sample:
        needle = self._needle()
        name = self.draw.choice(['"bill.pdf"', "=?utf-8?q?r=C3=A9sum=C3=A9=2Epdf?=", '"../../etc/passwd"', '""'])
        parts = [
            self._text(needle),
            f"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename={name}\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n".encode()
            + base64.encodebytes(b"%PDF-1.4 " + self.draw.randbytes(3_000)),
        ]
        return self._new("attached", self._multipart("mixed", parts), needle=needle)

    def forwarded(self) -> Sample:
        needle = self._needle()
        known = self.draw.choice(self.answered)
        inner = f"From: {known.customer}\r\nMessage-ID: {known.first_id}\r\nSubject: inner\r\n\r\ninner text".encode()
        parts = [self._text(needle), b"Content-Type: message/rfc822\r\n\r\n" + inner]
        return self._new("forwarded", self._multipart("mixed", parts), needle=needle)

    def broken(self) -> Sample:
        needle = self._needle()
        body = self._multipart("mixed", [self._text(needle), self._text("second")])
        how = self.draw.choice(["no end", "wrong boundary", "no boundary"])
        if how == "no end":
            body = body.rpartition(b"--")[0].rpartition(b"--")[0]
        elif how == "wrong boundary":
            body = body.replace(b'boundary="', b'boundary="other')
        else:
            body = body.replace(b"boundary=", b"nothing=")
        return self._new(f"broken: {how}", body, needle=needle)

    def garbage(self) -> Sample:
        needle = self._needle()
        encoded = base64.b64encode(f"{needle} and more".encode()) + b"\r\n!!not base64??\x80\xff=\r\n"
        head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        return self._new("garbage in base64", head + encoded, needle=needle)

    def no_headers(self) -> Sample:
        needle = self._needle()
        return Sample("no headers", b"\r\n" + needle.encode(), "nobody@example.com", needle=needle, thread=self._name())

    def nested(self) -> Sample:
        needle = self._needle()
        body = self._text(needle)
        for _ in range(self.draw.choice([3, 12, 25])):
            body = self._multipart(self.draw.choice(["mixed", "alternative", "related"]), [body])
        return self._new("nested", body, needle=needle)

    def eight_bit(self) -> Sample:
        needle = self._needle()
        subject = f"Subject: {self.draw.choice(['Grüße', 'Счёт', '注文'])}\r\n".encode(
            self.draw.choice(["utf-8", "utf-8"])
        )
        return self._new(
            "8-bit headers", subject + b"X-Odd: \xff\xfe\r\n" + self._text(needle), needle=needle, subject=""
        )

    def nuls(self) -> Sample:
        needle = self._needle()
        return self._new("NULs", self._text(f"{needle}\x00\x01\x1b[31m \x00"), needle=needle)

    def tnef(self) -> Sample:
        needle = self._needle()
        part = (
            b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig=="
        )
        return self._new("tnef", self._multipart("mixed", [self._text(needle), part]), needle=needle)

    def inline(self) -> Sample:
        needle = self._needle()
        html = self._text(f'<p>{needle}<img src="cid:pic@x"><img src="https://t.example/p.gif">', "text/html")
        picture = (
            b"Content-Type: image/gif\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
        )
        return self._new("inline image", self._multipart("related", [html, picture]), needle=needle)

    def truncated(self) -> Sample:
        body = self._multipart("mixed", [self._text(needle := self._needle()), self._text("x" * 500)])
        return self._new("truncated", body[: len(body) - self.draw.randrange(1, 400)], needle=needle)

    def flipped(self) -> Sample:
        body = bytearray(self._multipart("alternative", [self._text("plain"), self._text("<p>html", "text/html")]))
        for _ in range(self.draw.randrange(1, 40)):
            body[self.draw.randrange(60, len(body))] = self.draw.randrange(256)
        return self._new("flipped bytes", bytes(body))

    def long_chain(self) -> Sample:
        ids = " ".join(f"<{self.draw.randrange(10**12)}@elsewhere.example>" for _ in range(400))
        return self._new("long chain", *self._simple(), more=f"References: {ids}\r\n")

    def ten_megabytes(self) -> Sample:
        needle = self._needle()
        head = b'Content-Type: application/zip; name="all.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        part = head + base64.encodebytes(self.draw.randbytes(TEN_MB * 3 // 4))
        return self._new("10 MB", self._multipart("mixed", [self._text(needle), part]), needle=needle)

    # What looks as if it belonged to a conversation.

    def same_subject(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self._new(
            "same subject",
            self._text(needle := self._needle()),
            needle=needle,
            sender=known.customer,
            subject="Re: My order",
        )

    def stranger(self) -> Sample:
        known = self.draw.choice(self.answered)
        more = f"In-Reply-To: {known.first_id}\r\nReferences: {known.first_id}\r\n"
        return self._new("a stranger refers", *self._simple(), more=more)

    def forged(self) -> Sample:
        known = self.draw.choice(self.answered)
        local, _, domain = known.reply_to.partition("@")
        to = f"{local[:-3]}{self.draw.choice(['aaa', '222', 'zzz'])}@{domain}"
        return self._new("forged token", *self._simple(), to=to)

    def forged_id(self) -> Sample:
        known = self.draw.choice(self.answered)
        forged = known.ours.replace(known.reply_to.partition("@")[0][-16:], "a" * 16)
        return self._new("forged id", *self._simple(), more=f"In-Reply-To: {forged}\r\n")

    def same_id(self) -> Sample:
        """Broken programs give all of their mails the same id."""
        return self._new("same id", *self._simple(), message_id="<always@the.same>")

    # What does.

    def by_token(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self._joins("by our id", known, more=f"In-Reply-To: {known.ours}\r\n")

    def by_address(self) -> Sample:
        known = self.draw.choice(self.answered)
        to = self.draw.choice([known.reply_to, known.reply_to.upper()])
        return self._joins("by the address", known, to=to)

    def by_reference(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self._joins("by their own id", known, more=f"References: <x@y.example>\r\n {known.first_id}\r\n")

    def colleague(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self._joins("a colleague", known, more=f"References: {known.ours}\r\n", sender="luis@example.com")

    # What is left out.

    def automatic(self) -> Sample:
        known = self.draw.choice(self.answered)
        header = self.draw.choice(
            [
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "X-Autoreply: yes",
                "List-Id: <a.b>",
                "Return-Path: <>",
            ]
        )
        more = f"{header}\r\nIn-Reply-To: {known.ours}\r\n"
        return self._new("automatic", self._text("I am away"), more=more, outcome="ignored")

    def own(self) -> Sample:
        return self._new("own", self._text("loop"), sender=SUPPORT, outcome="ignored")

    def again(self) -> Sample:
        if self.last is None or self.last.case in ("same id", "again") or self.last.outcome != "stored":
            return self.plain()
        return Sample("again", self.last.raw, self.last.sender, self.last.to, outcome="known")

    def _joins(
        self, case: str, known: Correspondence, *, more: str = "", to: str = SUPPORT, sender: str = ""
    ) -> Sample:
        needle = self._needle()
        quoted = f"{needle}\r\n\r\nOn Mon, 1 Jan 2026, Support wrote:\r\n> earlier\r\n> words"
        return self._new(
            case,
            self._text(quoted),
            needle=needle,
            more=more,
            to=to,
            sender=sender or known.customer,
            thread=known.name,
        )

    def _simple(self) -> tuple[bytes, str]:
        needle = self._needle()
        return self._text(needle), needle

    def _new(self, case: str, body: bytes, needle: str = "", *, more: str = "", **given: str) -> Sample:
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
            thread=given.get("thread") or self._name(),
        )

    def _name(self) -> str:
        self.number += 1
        return f"thread {self.number}"

    def _needle(self) -> str:
        return f"needle{self.draw.randrange(10**12)}"

    def _text(self, text: str, kind: str = "text/plain") -> bytes:
        return f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}".encode()

    def _multipart(self, kind: str, parts: list[bytes]) -> bytes:
        boundary = f"b{self.draw.randrange(10**12)}"
        joined = b"".join(b"\r\n--" + boundary.encode() + b"\r\n" + part for part in parts)
        return (
            f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode()
            + joined
            + f"\r\n--{boundary}--\r\n".encode()
        )
