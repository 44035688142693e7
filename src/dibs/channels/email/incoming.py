"""A mail that came in becomes a message, once: whichever way it came, however often, and whatever crashed meanwhile."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

import structlog

from dibs import clock
from dibs.actor import system
from dibs.channels import statuses
from dibs.channels.connections import BY_ADDRESS
from dibs.channels.email import mails, threads, tokens
from dibs.channels.email.bodies import keep
from dibs.channels.email.bounces import Bounce
from dibs.channels.email.charsets import one_line
from dibs.channels.email.parsing import Mail
from dibs.channels.inbound import Inbound, receive
from dibs.contacts.identities import find_or_create, normalise
from dibs.conversations.message_shapes import Details
from dibs.db.compiled import Row
from dibs.errors import Invalid, Refusal
from dibs.files.content import Stored, store, throw_away
from dibs.tx import Core, Tx, transaction

log = structlog.get_logger()
# More than that from one sender within an hour is a machine that answers machines.
MOST_AN_HOUR = 60

Outcome = Literal["stored", "known", "ignored"]
Then = Callable[[Tx], Awaitable[None]]


async def take(
    core: Core, channel: Row, mail: Mail, *, arrived_at: int | None = None, then: Then | None = None
) -> Outcome:
    """Takes one mail in, in a transaction of its own; `then` is run in the same one.

    `arrived_at` is when its server took it, in milliseconds; None: now.
    """
    known = await core.database.run(mails.READ, _key(channel, mail.message_id))
    ignored = await _ignored(core, channel, mail)
    files, dropped = [], list(mail.dropped)
    if ignored is None and not (known and known[0].digest == mail.digest):
        files = await _bring_in(core, mail, dropped)
    outcome: Outcome = "known"
    try:
        async with transaction(core, system(channel.workspace_id, "Email", "email")) as tx:
            outcome = await _take(tx, channel, mail, _Rest(arrived_at, files, dropped, ignored))
            if then is not None:
                await then(tx)
    finally:
        if outcome != "stored":
            for each in files:
                if each is not None:
                    await throw_away(core, each.stored_as)
    if outcome == "ignored":
        log.info("mail.ignored", channel=channel.id, reason=ignored or "rate")
    return outcome


class _Rest:
    """What is known of a mail beside what it says."""

    def __init__(
        self, arrived_at: int | None, files: Sequence[Stored | None], dropped: list[str], ignored: str | None
    ) -> None:
        self.arrived_at, self.files, self.dropped, self.ignored = arrived_at, files, dropped, ignored


async def _take(tx: Tx, channel: Row, mail: Mail, rest: _Rest) -> Outcome:
    header = await _claim(tx, channel, mail)
    if header is None:
        return "known"
    if rest.ignored is not None:
        await mails.fill(tx, channel.id, header, ignored_as=rest.ignored)
        if mail.bounce is not None:
            await _bounced(tx, channel, mail.bounce)
        return "ignored"
    contact = await find_or_create(tx, _sender(mail))
    if await _is_too_much(tx, channel, contact):
        await mails.fill(tx, channel.id, header, ignored_as="rate")
        return "ignored"
    received = await receive(
        tx,
        channel,
        Inbound(
            contact=contact.id,
            text=mail.text,
            external_id=header,
            sent_at=rest.arrived_at,
            conversation_id=await threads.find(tx, channel, mail, contact),
            continues=False,
            subject=mail.subject or None,
            files=tuple(each for each in rest.files if each is not None),
            details=_details(mail, rest.dropped),
        ),
    )
    await mails.fill(tx, channel.id, header, message=received.message)
    if mail.html is not None:
        await keep(tx, received.message.id, _placed(mail.html, rest.files))
    return "stored"


async def _claim(tx: Tx, channel: Row, mail: Mail) -> str | None:
    """Under which id the mail is taken in; None when it was before. First of all in the transaction.

    Another mail under the id of an earlier one is no repeat: broken programs give all of theirs the same.
    """
    more = {"direction": "in", "digest": mail.digest, "refers_to": list(mail.refers_to)}
    if await mails.claim(tx, channel.id, mail.message_id, **more):
        return mail.message_id
    known = await tx.one(mails.READ, _key(channel, mail.message_id))
    if known is None or known.direction == "out" or known.digest == mail.digest:
        return None
    other = f"{mail.message_id} {mail.digest}"
    return other if await mails.claim(tx, channel.id, other, **more) else None


async def _ignored(core: Core, channel: Row, mail: Mail) -> str | None:
    if mail.ignored_as is not None:
        return mail.ignored_as
    if mail.sent_by == channel.id:
        return "loop"
    if mail.from_address is None:
        return None
    own = tokens.plain(mail.from_address)
    if own == tokens.plain(channel.address):
        return "own"
    found = await core.database.run(BY_ADDRESS, {"kind": "email", "address": own})
    return "own" if found and found[0].workspace_id == channel.workspace_id else None


async def _is_too_much(tx: Tx, channel: Row, contact: Row) -> bool:
    params = {"ws": tx.workspace_id, "channel": channel.id, "contact": contact.id}
    (lately,) = await tx.run(mails.LATELY, params | {"since": tx.now - clock.HOUR})
    return bool(lately.number >= MOST_AN_HOUR)


async def _bounced(tx: Tx, channel: Row, bounce: Bounce) -> None:
    """The message whose mail came back has failed, if we sent that mail: nobody else knows what we signed."""
    if not bounce.failed:
        return
    for about in bounce.about:
        shown = tokens.in_message_ids([about])
        if shown and tokens.read(tx.core.keyring, channel.id, shown[0]) is not None:
            failure = {"code": bounce.code, "detail": bounce.reason}
            await statuses.tell(tx, channel, about.lower(), "failed", failure=failure)  # type: ignore[arg-type]
            return


def _sender(mail: Mail) -> dict[str, str]:
    """The sender as a contact. One without an address that can be answered has a name only."""
    name = {"name": mail.from_name} if mail.from_name else {}
    try:
        return {"email": normalise("email", mail.from_address or "")} | name
    except Invalid:
        return {"name": one_line(mail.from_name or mail.from_address or "Unknown sender", 200)}


def _details(mail: Mail, dropped: list[str]) -> Details:
    details: Details = {}
    if mail.subject:
        details["subject"] = mail.subject
    if mail.quoted:
        details["quoted"] = mail.quoted
    if mail.html is not None:
        details["html"] = True
        if mail.remote_images:
            details["remote_images"] = mail.remote_images
    if dropped:
        details["dropped"] = dropped
    return details


async def _bring_in(core: Core, mail: Mail, dropped: list[str]) -> list[Stored | None]:
    """The mail's files, written to disk, each at its place; None for one that is not kept, which is named."""
    stored: list[Stored | None] = []
    for file in mail.files:
        try:
            stored.append(await store(core, file.name, file.content))
        except Refusal as refused:
            dropped.append(f"{file.name}: {refused.detail}")
            stored.append(None)
    return stored


def _placed(html: str, files: Sequence[Stored | None]) -> str:
    """HTML whose images are called by their place among the files that were kept."""
    place = -1
    for number, each in enumerate(files):
        place += each is not None
        if (number, True) != (place, each is not None):
            html = html.replace(f'"cid:{number}"', f'"cid:{place}"' if each is not None else '""')
    return html


def _key(channel: Row, header: str) -> dict[str, str]:
    return {"ws": channel.workspace_id, "channel": channel.id, "header": header}
