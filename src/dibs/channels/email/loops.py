"""Mail that nobody is to be told of and nothing may answer: automatic replies, lists, bounces, mail of our own.

It is written down under a reason, so that it is read once, and that an admin can see why it is not in the inbox.
"""

import re

from dibs.channels.email.headers import Headers

# In every mail that we send: which channel it left by.
MARKER = "x-dibs-loop"
NO_REPLY = re.compile(r"(?:no|do-?not|donot)[-_.]?reply|noreply", re.IGNORECASE)

_DAEMON = re.compile(r"(?:mailer-daemon|mail-daemon|mailerdaemon|bounces?)(?:[+-][^@]*)?@", re.IGNORECASE)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-mail-autoreply")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_LISTS = ("list-id", "list-post", "list-help", "list-unsubscribe", "list-owner", "list-subscribe", "list-archive")


def ignored(headers: Headers, from_address: str | None, envelope_from: str | None) -> str | None:
    """Why a mail is left out: `bounce`, `auto_reply`, `bulk` or `list`; None for one that a person wrote."""
    if _is_bounce(headers, from_address, envelope_from):
        return "bounce"
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return "auto_reply"
    if any(headers.first(name).strip().lower() not in ("", "no", "false") for name in _AUTO_HEADERS):
        return "auto_reply"
    if _is_list(headers):
        return "list"
    return "bulk" if headers.first("precedence").strip().lower() in _BULK else None


def _is_bounce(headers: Headers, from_address: str | None, envelope_from: str | None) -> bool:
    if envelope_from is not None and not envelope_from.strip("<> "):
        return True
    if headers.first("return-path").replace(" ", "") == "<>":
        return True
    return bool(from_address and _DAEMON.match(from_address)) or bool(headers.all("x-failed-recipients"))


def _is_list(headers: Headers) -> bool:
    """From a list, unless the list is what brings customers' mail here: one whose address the mail was sent to."""
    there = [headers.first(name) for name in _LISTS if headers.all(name)]
    if not there:
        return False
    # support@example.com kept by a mail provider as a group: List-Id support.example.com, posted to by the customer.
    posted = headers.addresses("to", "cc")
    own = {address.replace("@", ".") for _, address in posted} | {address for _, address in posted}
    group = headers.first("list-id").rpartition("<")[2].strip("<> ").lower()
    return not (group in own and "list-post" in headers.names() and not headers.all("x-mailing-list"))
