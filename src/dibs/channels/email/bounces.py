"""Delivery reports (RFC 3464, and what resembles them): which mail of ours did not arrive, and what was said to it."""

import re
from dataclasses import dataclass
from email.message import Message

from dibs.channels.email.charsets import one_line
from dibs.channels.email.headers import Headers

MOST_PARTS = 50
LONGEST_REASON = 500
_ID = re.compile(r"message-id:\s*<([^<>\s]{1,400})>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report. `failed` is False where the mail is only late, or has arrived."""

    about: tuple[str, ...]
    failed: bool
    code: str
    reason: str


def read(message: Message, headers: Headers) -> Bounce | None:
    """The delivery report that a mail is; None for any other mail."""
    if message.get_content_type() != "multipart/report" and not headers.all("x-failed-recipients"):
        return None
    fields, about = Headers(Message()), list[str]()
    for part in list(message.walk())[:MOST_PARTS]:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            fields = _status(part) or fields
        elif kind == "text/rfc822-headers":
            about += _ID.findall(str(part.get_payload())[:50_000])
        elif part is not message and part.get("message-id"):
            about += Headers(part).ids("message-id")
    action = fields.first("action").strip().lower()
    if not action and not headers.all("x-failed-recipients"):
        return None
    status = fields.first("status").strip()
    about += [*headers.ids("in-reply-to"), *headers.ids("references")]
    # A temporary code with action failed has been given up all the same.
    failed = action in ("failed", "") and not (status.startswith("2"))
    return Bounce(tuple(dict.fromkeys(about)), failed, status or "bounced", _reason(fields, headers))


def _status(part: Message) -> Headers | None:
    """The first recipient's fields; those about the message as a whole come before."""
    payload = part.get_payload()
    groups = [Headers(each) for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    return next((group for group in groups if group.all("action")), None)


def _reason(fields: Headers, headers: Headers) -> str:
    said = fields.text("diagnostic-code").partition(";")[2].strip() or fields.text("diagnostic-code").strip()
    to = fields.first("final-recipient").partition(";")[2].strip() or headers.first("x-failed-recipients").strip()
    whole = f"The mail to {to or 'the customer'} came back: {said or 'their mail server gave no reason'}"
    return one_line(whole, LONGEST_REASON)
