"""A mail as bytes, read: who wrote what to whom, and what came along. Whatever is wrong, something comes out."""

import hashlib
from dataclasses import dataclass, replace
from email import policy
from email.errors import MessageError
from email.parser import BytesParser

from dibs.channels.email import bounces, loops, markup
from dibs.channels.email.bounces import Bounce
from dibs.channels.email.charsets import clean, decoded, one_line
from dibs.channels.email.headers import Headers
from dibs.channels.email.parts import File, Parts, collect
from dibs.channels.email.quotes import fold

LONGEST_TEXT, LONGEST_QUOTE = 20_000, 20_000
LONGEST_SUBJECT, LONGEST_NAME = 300, 200
LONGEST_ID, MOST_REFERENCES = 400, 100
LARGEST_KEPT_HTML = 500_000
WHOLE_TEXT = "whole-message.txt"
# The end of a Message-ID that we made because the sender did not.
MADE_UP = "@missing.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says. Texts are clean; `html` is sanitised, its images named by their place in `files`."""

    # Without angle brackets; made of the content where the sender gave none.
    message_id: str
    # Of what its sender wrote: the same mail on another way has the same.
    digest: str
    from_address: str | None
    from_name: str
    # Everybody it was sent to, as far as it says.
    recipients: tuple[str, ...]
    # The nearest first.
    refers_to: tuple[str, ...]
    subject: str
    text: str
    quoted: str | None = None
    html: str | None = None
    remote_images: int = 0
    files: tuple[File, ...] = ()
    dropped: tuple[str, ...] = ()
    # Why nobody is to be told or answered: see loops.py.
    ignored_as: str | None = None
    bounce: Bounce | None = None
    # The channel that sent it, if it is one of ours that came back.
    sent_by: str = ""


def read(raw: bytes, *, envelope_from: str | None = None, cut: bool = False) -> Mail:
    """A mail, from its bytes. `envelope_from` is what SMTP said, empty for a bounce; None where only headers tell.

    `cut`: the end is missing. Takes a moment for large ones: call it in a thread.
    """
    try:
        return _read(raw, envelope_from, cut=cut)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        return as_file(raw)


def as_file(raw: bytes) -> Mail:
    """A mail that cannot be read: its headers as far as they go, and all of it as a file."""
    message = BytesParser(policy=policy.compat32).parsebytes(raw.partition(b"\r\n\r\n")[0][:100_000], headersonly=True)
    mail = _envelope(Headers(message), raw, None)
    text = "This mail could not be read. It is attached as it came."
    return replace(mail, text=text, files=(File("mail.eml", raw, None),))


def _read(raw: bytes, envelope_from: str | None, *, cut: bool) -> Mail:
    message = BytesParser(policy=policy.compat32).parsebytes(raw)
    headers = Headers(message)
    mail = _envelope(headers, raw, envelope_from)
    bounce = bounces.read(message, headers)
    parts = collect(message)
    mail = _with_body(mail, parts)
    dropped = [*mail.dropped, *parts.dropped, *(["the end of a very large mail"] if cut else [])]
    ignored = "bounce" if bounce else mail.ignored_as
    return replace(mail, bounce=bounce, ignored_as=ignored, dropped=tuple(dropped))


def _envelope(headers: Headers, raw: bytes, envelope_from: str | None) -> Mail:
    address, name = _sender(headers)
    return Mail(
        message_id=_message_id(headers, raw),
        digest=_digest(headers, raw),
        from_address=address,
        from_name=one_line(name, LONGEST_NAME),
        recipients=_recipients(headers),
        refers_to=_references(headers),
        subject=one_line(headers.text("subject"), LONGEST_SUBJECT),
        text="",
        ignored_as=loops.ignored(headers, address, envelope_from),
        sent_by=headers.first(loops.MARKER).strip(),
    )


def _with_body(mail: Mail, parts: Parts) -> Mail:
    places = {file.content_id.lower(): place for place, file in enumerate(parts.files) if file.content_id}
    raw_html = clean("\n".join(decoded(content, charset) for content, charset in parts.htmls))
    html, remote, dropped, files = "", 0, list[str](), parts.files
    if markup.is_too_much(raw_html):
        # Nothing is lost: whoever must see it can save it.
        dropped, files = ["formatting, which was too much"], (*files, File("message.html", raw_html.encode(), None))
    elif raw_html.strip():
        html, remote = markup.sanitised(raw_html, places)
    text = clean("\n\n".join(decoded(content, charset).strip("\r\n") for content, charset in parts.texts)).strip()
    from_html = markup.stripped(raw_html) if dropped else markup.to_text(html)
    whole = text or from_html or mail.subject
    said, quoted = fold(whole, mail.subject)
    if len(html) > LARGEST_KEPT_HTML:
        html, dropped = "", ["formatting, which was too much"]
    if len(said) > LONGEST_TEXT or len(quoted or "") > LONGEST_QUOTE:
        # Nothing is lost: the whole comes along as a file.
        files = (*files, File(WHOLE_TEXT, whole.encode(), None))
        said, quoted = said[:LONGEST_TEXT], quoted and quoted[:LONGEST_QUOTE]
    return replace(
        mail,
        text=said,
        quoted=quoted,
        html=html or None,
        remote_images=remote if html else 0,
        files=files,
        dropped=tuple(dropped),
    )


def _sender(headers: Headers) -> tuple[str | None, str]:
    """Whose mail this is. A form on a web page writes from no-reply and names the customer in Reply-To."""
    written = headers.addresses("from") or headers.addresses("sender", "reply-to", "return-path")
    if not written:
        return None, headers.text("from")
    name, address = written[0]
    if loops.NO_REPLY.match(address) and (meant := headers.addresses("reply-to")):
        return meant[0][1], meant[0][0] or name
    return address, name


def _recipients(headers: Headers) -> tuple[str, ...]:
    named = headers.addresses("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
    return tuple(dict.fromkeys(address for _, address in named))


def _references(headers: Headers) -> tuple[str, ...]:
    found = [*headers.ids("in-reply-to"), *reversed(headers.ids("references"))]
    return tuple(dict.fromkeys(short(each) for each in found))[:MOST_REFERENCES]


def _message_id(headers: Headers, raw: bytes) -> str:
    given = headers.ids("message-id") or headers.first("message-id").split()
    return short(clean(given[0])) if given and clean(given[0]) else hashlib.sha256(raw).hexdigest() + MADE_UP


def short(message_id: str) -> str:
    """A Message-ID that fits into an index; the longest ones by their digest."""
    if len(message_id.encode("utf-8", "replace")) <= LONGEST_ID:
        return message_id
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest() + "@long.invalid"


def _digest(headers: Headers, raw: bytes) -> str:
    """Over what the sender wrote, not over what servers on the way put before it."""
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    told = "\n".join(headers.first(name) for name in ("from", "date", "subject"))
    return hashlib.sha256(told.encode("utf-8", "replace") + b"\n" + b" ".join(body.split())).hexdigest()[:32]


def sent_to(mail: Mail, recipients: tuple[str, ...]) -> Mail:
    """The same mail, to whom its envelope says."""
    return replace(mail, recipients=recipients)
