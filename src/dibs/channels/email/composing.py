"""Our mails, from a message to what SMTP carries: the same bytes each time the message is tried."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple

from dibs.channels.email import tokens
from dibs.channels.email.charsets import one_line
from dibs.channels.email.loops import MARKER
from dibs.channels.email.parsing import MADE_UP
from dibs.channels.email.settings import EmailSettings, of
from dibs.channels.port import Outgoing
from dibs.db.compiled import Row

MOST_REFERENCES = 20
LONGEST_HEADER_ID = 400
# Long lines are folded by the encoding, never by a header that somebody else must read.
_POLICY = policy.SMTP.clone(max_line_length=998)


class Composed(NamedTuple):
    """A mail that is ready: who it is for, under which id, and what it refers to, the nearest first."""

    mail: EmailMessage
    to: str
    message_id: str
    refers_to: tuple[str, ...]


def compose(outgoing: Outgoing, last: Row | None) -> Composed:
    """The mail that carries a message. `last` is the mail that it answers, a row of `mails`, if there is one.

    Reads the attached files: call it in a thread. Raises ValueError when the contact's address cannot stand in a mail.
    """
    settings, message = of(outgoing.connection.settings), outgoing.message
    connection = outgoing.connection
    token = tokens.make(connection.core.keyring, connection.id, message.conversation_id)
    message_id = tokens.message_id(outgoing.entry_id, token, settings.domain)
    refers_to = _refers_to(last)
    to = str(outgoing.contact.email)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _mailbox(settings, outgoing)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = _subject(outgoing, is_answer=last is not None)
    mail["Date"] = formatdate(message.created_at / 1000)
    mail["Message-ID"] = f"<{message_id}>"
    if refers_to:
        mail["In-Reply-To"] = f"<{refers_to[0]}>"
        mail["References"] = " ".join(f"<{each}>" for each in reversed(refers_to))
    if settings.plus_addresses and (answer_to := tokens.reply_address(settings.address, token)):
        mail["Reply-To"] = Address(addr_spec=answer_to)
    mail[MARKER] = connection.id
    if message.kind != "reply":
        # Whoever answers automatically does not answer these.
        mail["Auto-Submitted"] = "auto-replied" if last is not None else "auto-generated"
    mail.set_content(message.text.rstrip("\n") + "\n", cte="quoted-printable")
    for row, path in outgoing.files:
        _attach(mail, row, path)
    return Composed(mail, to, message_id, refers_to)


def _mailbox(settings: EmailSettings, outgoing: Outgoing) -> Address:
    """An agent by name only where the workspace shows names; otherwise the channel's name, or the workspace's."""
    name = outgoing.sender_name
    shows_agent = outgoing.message.kind == "reply" and name == outgoing.message.author_name
    if settings.sender_name and not shows_agent:
        name = settings.sender_name
    return Address(one_line(name, 80), addr_spec=settings.address)


def _subject(outgoing: Outgoing, *, is_answer: bool) -> str:
    subject = one_line(outgoing.conversation.subject or "", 200) or f"Message from {one_line(outgoing.sender_name, 80)}"
    return subject if not is_answer or subject.lower().startswith("re:") else f"Re: {subject}"


def _refers_to(last: Row | None) -> tuple[str, ...]:
    if last is None:
        return ()
    # Two mails under one id differ behind a space; an id that we made up says nothing to anybody.
    chain = [last.message_id_header.partition(" ")[0], *last.refers_to]
    known = [each for each in dict.fromkeys(chain) if not each.endswith(MADE_UP) and _is_plain(each)]
    return tuple(known[:MOST_REFERENCES])


def _is_plain(message_id: str) -> bool:
    return message_id.isascii() and message_id.isprintable() and not set(message_id) & set("<> ")


def _attach(mail: EmailMessage, row: Row, path: Path) -> None:
    main, _, sub = row.type.partition("/")
    if main in ("message", "multipart") or not sub:
        main, sub = "application", "octet-stream"
    mail.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=row.name)
