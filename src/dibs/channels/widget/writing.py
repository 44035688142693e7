"""What visitors write: stored once by their own id for it, in their conversation or in a new one."""

from dataclasses import dataclass, field

from dibs.channels.inbound import Inbound, Received, receive
from dibs.channels.widget import visitors
from dibs.channels.widget.queries import UNSENT, visible
from dibs.channels.widget.visitors import Person
from dibs.conversations.message_shapes import Details
from dibs.conversations.messages import clean_text
from dibs.db.compiled import Row
from dibs.errors import RateLimited
from dibs.files.content import Stored
from dibs.files.sending import bring_in
from dibs.tx import Tx

# Files that wait for their message: so many at once, and no more.
MOST_UNSENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A message as the visitor sends it."""

    text: str
    client_id: str
    file_ids: tuple[str, ...] = ()
    page_url: str | None = None
    said: Person = field(default_factory=Person)


async def write(tx: Tx, channel: Row, visitor: Row, sent: Writing) -> Received:
    """Stores what a visitor wrote; the same `client_id` again returns the first.

    It goes on in the newest conversation that they may see, which wakes or reopens; without one it begins one.
    """
    text = sent.text.strip() if sent.file_ids else clean_text(sent.text)
    row = await visitors.lock(tx, visitor)
    contact = await visitors.contact_of(tx, row, sent.said)
    row = await visitors.lock(tx, visitor)
    # Never the contact's newest: an unproven visitor must not get into a conversation that is not theirs.
    known = await visible(tx.run, row)
    details: Details = {"page_url": sent.page_url} if sent.page_url else {}
    received = await receive(
        tx,
        channel,
        Inbound(
            contact=contact.id,
            text=text,
            external_id=sent.client_id,
            conversation_id=known[0] if known else None,
            continues=False,
            file_ids=sent.file_ids,
            brought_by=row.id,
            details=details,
        ),
    )
    await visitors.began(tx, row, received.conversation.id)
    return received


async def keep_file(tx: Tx, visitor: Row, stored: Stored) -> Row:
    """Writes a file down as the visitor's, to be sent with a message. Refuses with 429 when ten wait already."""
    if len(await tx.run(UNSENT, {"ws": tx.workspace_id, "visitor": visitor.id})) >= MOST_UNSENT:
        raise RateLimited(f"{MOST_UNSENT} files wait to be sent. Send or leave those first.", retry_after=60)
    return await bring_in(tx, stored, visitor.id)
