"""Which conversation a mail belongs to. Never by its subject.

Who shows a token that we signed may join its conversation, whoever they are: it was in a mail of ours, and whoever has
that was given it by the customer. Who only refers to a mail by its id, which is no secret, joins that conversation if
it is their own; from anybody else it begins a new one.
"""

from dibs.channels.email import tokens
from dibs.channels.email.mails import OF_CHANNEL, REFERRED
from dibs.channels.email.parsing import Mail
from dibs.db.compiled import Row
from dibs.tx import Tx


async def find(tx: Tx, channel: Row, mail: Mail, contact: Row) -> str | None:
    """The conversation that this mail of `contact` goes on with; None: a new one."""
    return await by_token(tx, channel, mail) or await _by_reference(tx, channel, mail, contact)


async def by_token(tx: Tx, channel: Row, mail: Mail) -> str | None:
    """The conversation whose token the mail shows, if we signed it for this channel and it is still there."""
    shown = [*tokens.in_addresses(mail.recipients, channel.address), *tokens.in_message_ids(mail.refers_to)]
    for token in dict.fromkeys(shown):
        conversation_id = tokens.read(tx.core.keyring, channel.id, token)
        params = {"ws": tx.workspace_id, "channel": channel.id, "conversation": conversation_id}
        if conversation_id is not None and await tx.one(OF_CHANNEL, params) is not None:
            return conversation_id
    return None


async def _by_reference(tx: Tx, channel: Row, mail: Mail, contact: Row) -> str | None:
    if not mail.refers_to:
        return None
    params = {"ws": tx.workspace_id, "channel": channel.id, "headers": list(mail.refers_to)}
    theirs = {row.message_id_header: row.id for row in await tx.run(REFERRED, params) if row.contact_id == contact.id}
    return next((theirs[each] for each in mail.refers_to if each in theirs), None)
