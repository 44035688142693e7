"""Mails as they really come: a seeded stream of them, each with what must become of it."""

import base64
import quopri
from collections.abc import Callable, Iterator

from tests.support.mail_samples import SUPPORT, TEN_MB, WORDS, Sample, Writer


class Generator(Writer):
    """Draws mails."""

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
        return self.new("plain", *self.simple())

    def charset(self) -> Sample:
        name = self.draw.choice(list(WORDS))
        needle = f"{self.needle()} {WORDS[name]}"
        encoded = needle.encode("iso-8859-8" if name.startswith("iso-8859-8") else name)
        declared = self.draw.choice([name, name.upper(), f'"{name}"'])
        if name == "utf-8":
            declared = self.draw.choice(["utf-8", "us-ascii", "iso-8859-1", "x-unknown", "utf8mb4", ""])
        cte = self.draw.choice(["base64", "quoted-printable"])
        body = base64.encodebytes(encoded) if cte == "base64" else quopri.encodestring(encoded)
        head = f"Content-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: {cte}\r\n\r\n"
        return self.new(f"charset {name} as {declared}", head.encode() + body, needle=needle)

    def only_html(self) -> Sample:
        needle = self.needle()
        html = f"<html><head><style>p{{}}</style></head><body><p>Hello <b>{needle}</b><script>alert(1)</script></body>"
        return self.new("only html", self.text(html, "text/html"), needle=needle)

    def attached(self) -> Sample:
        needle = self.needle()
        name = self.draw.choice(['"bill.pdf"', "=?utf-8?q?r=C3=A9sum=C3=A9=2Epdf?=", '"../../etc/passwd"', '""'])
        parts = [
            self.text(needle),
            f"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename={name}\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n".encode()
            + base64.encodebytes(b"%PDF-1.4 " + self.draw.randbytes(3_000)),
        ]
        return self.new("attached", self.multipart("mixed", parts), needle=needle)

    def forwarded(self) -> Sample:
        needle = self.needle()
        known = self.draw.choice(self.answered)
        inner = f"From: {known.customer}\r\nMessage-ID: {known.first_id}\r\nSubject: inner\r\n\r\ninner text".encode()
        parts = [self.text(needle), b"Content-Type: message/rfc822\r\n\r\n" + inner]
        return self.new("forwarded", self.multipart("mixed", parts), needle=needle)

    def broken(self) -> Sample:
        needle = self.needle()
        body = self.multipart("mixed", [self.text(needle), self.text("second")])
        how = self.draw.choice(["no end", "wrong boundary", "no boundary"])
        if how == "no end":
            body = body.rpartition(b"--")[0].rpartition(b"--")[0]
        elif how == "wrong boundary":
            body = body.replace(b'boundary="', b'boundary="other')
        else:
            body = body.replace(b"boundary=", b"nothing=")
        return self.new(f"broken: {how}", body, needle=needle)

    def garbage(self) -> Sample:
        needle = self.needle()
        encoded = base64.b64encode(f"{needle} and more".encode()) + b"\r\n!!not base64??\x80\xff=\r\n"
        head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        return self.new("garbage in base64", head + encoded, needle=needle)

    def no_headers(self) -> Sample:
        needle = self.needle()
        return Sample("no headers", b"\r\n" + needle.encode(), "nobody@example.com", needle=needle, thread=self.name())

    def nested(self) -> Sample:
        needle = self.needle()
        body = self.text(needle)
        for _ in range(self.draw.choice([3, 12, 25])):
            body = self.multipart(self.draw.choice(["mixed", "alternative", "related"]), [body])
        return self.new("nested", body, needle=needle)

    def eight_bit(self) -> Sample:
        needle = self.needle()
        subject = f"Subject: {self.draw.choice(['Grüße', 'Счёт', '注文'])}\r\n".encode(
            self.draw.choice(["utf-8", "utf-8"])
        )
        return self.new(
            "8-bit headers", subject + b"X-Odd: \xff\xfe\r\n" + self.text(needle), needle=needle, subject=""
        )

    def nuls(self) -> Sample:
        needle = self.needle()
        return self.new("NULs", self.text(f"{needle}\x00\x01\x1b[31m \x00"), needle=needle)

    def tnef(self) -> Sample:
        needle = self.needle()
        part = (
            b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig=="
        )
        return self.new("tnef", self.multipart("mixed", [self.text(needle), part]), needle=needle)

    def inline(self) -> Sample:
        needle = self.needle()
        html = self.text(f'<p>{needle}<img src="cid:pic@x"><img src="https://t.example/p.gif">', "text/html")
        picture = (
            b"Content-Type: image/gif\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
        )
        return self.new("inline image", self.multipart("related", [html, picture]), needle=needle)

    def truncated(self) -> Sample:
        body = self.multipart("mixed", [self.text(needle := self.needle()), self.text("x" * 500)])
        return self.new("truncated", body[: len(body) - self.draw.randrange(1, 400)], needle=needle)

    def flipped(self) -> Sample:
        body = bytearray(self.multipart("alternative", [self.text("plain"), self.text("<p>html", "text/html")]))
        for _ in range(self.draw.randrange(1, 40)):
            body[self.draw.randrange(60, len(body))] = self.draw.randrange(256)
        return self.new("flipped bytes", bytes(body))

    def long_chain(self) -> Sample:
        ids = " ".join(f"<{self.draw.randrange(10**12)}@elsewhere.example>" for _ in range(400))
        return self.new("long chain", *self.simple(), more=f"References: {ids}\r\n")

    def ten_megabytes(self) -> Sample:
        needle = self.needle()
        head = b'Content-Type: application/zip; name="all.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        part = head + base64.encodebytes(self.draw.randbytes(TEN_MB * 3 // 4))
        return self.new("10 MB", self.multipart("mixed", [self.text(needle), part]), needle=needle)

    # What looks as if it belonged to a conversation.

    def same_subject(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self.new(
            "same subject",
            self.text(needle := self.needle()),
            needle=needle,
            sender=known.customer,
            subject="Re: My order",
        )

    def stranger(self) -> Sample:
        known = self.draw.choice(self.answered)
        more = f"In-Reply-To: {known.first_id}\r\nReferences: {known.first_id}\r\n"
        return self.new("a stranger refers", *self.simple(), more=more)

    def forged(self) -> Sample:
        known = self.draw.choice(self.answered)
        local, _, domain = known.reply_to.partition("@")
        to = f"{local[:-3]}{self.draw.choice(['aaa', '222', 'zzz'])}@{domain}"
        return self.new("forged token", *self.simple(), to=to)

    def forged_id(self) -> Sample:
        known = self.draw.choice(self.answered)
        forged = known.ours.replace(known.reply_to.partition("@")[0][-16:], "a" * 16)
        return self.new("forged id", *self.simple(), more=f"In-Reply-To: {forged}\r\n")

    def same_id(self) -> Sample:
        """Broken programs give all of their mails the same id."""
        return self.new("same id", *self.simple(), message_id="<always@the.same>")

    # What does.

    def by_token(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self.joins("by our id", known, more=f"In-Reply-To: {known.ours}\r\n")

    def by_address(self) -> Sample:
        known = self.draw.choice(self.answered)
        to = self.draw.choice([known.reply_to, known.reply_to.upper()])
        return self.joins("by the address", known, to=to)

    def by_reference(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self.joins("by their own id", known, more=f"References: <x@y.example>\r\n {known.first_id}\r\n")

    def colleague(self) -> Sample:
        known = self.draw.choice(self.answered)
        return self.joins("a colleague", known, more=f"References: {known.ours}\r\n", sender="luis@example.com")

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
        return self.new("automatic", self.text("I am away"), more=more, outcome="ignored")

    def own(self) -> Sample:
        return self.new("own", self.text("loop"), sender=SUPPORT, outcome="ignored")

    def again(self) -> Sample:
        if self.last is None or self.last.case in ("same id", "again") or self.last.outcome != "stored":
            return self.plain()
        return Sample("again", self.last.raw, self.last.sender, self.last.to, outcome="known")
