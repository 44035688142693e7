"""Mail out over SMTP, and what the other side says to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib

from dibs.channels.email import mails, problems, tls
from dibs.channels.email.composing import Composed, compose
from dibs.channels.email.settings import EmailSettings, of, revealed
from dibs.channels.port import Outgoing, Sent
from dibs.delivery.worker import Later, Refused
from dibs.errors import Refusal
from dibs.outbound import Outbound
from dibs.tx import Tx

TIMEOUT_SECONDS = 30.0


async def send(outgoing: Outgoing) -> Sent:
    """Hands a message over to the channel's mail server. A 5xx of its is for ever, everything else for later."""
    if outgoing.contact.email is None:
        raise Refused("no_address", "This contact has no mail address. Add one to the contact, then send again.")
    connection = outgoing.connection
    this = {"ws": connection.workspace_id, "conversation": outgoing.conversation.id}
    found = await connection.core.database.run(mails.LAST_IN, this)
    try:
        composed = await asyncio.to_thread(compose, outgoing, found[0] if found else None)
    except ValueError as error:
        raise Refused("bad_address", f"No mail can be sent to {outgoing.contact.email}: {error}") from None
    await _hand_over(outgoing, composed)

    async def write_down(tx: Tx) -> None:
        await mails.claim(
            tx,
            connection.id,
            composed.message_id,
            direction="out",
            refers_to=list(composed.refers_to),
            conversation_id=outgoing.conversation.id,
            message_id=outgoing.message.id,
        )

    return Sent(external_id=composed.message_id, also=write_down)


async def _hand_over(outgoing: Outgoing, composed: Composed) -> None:
    connection, settings = outgoing.connection, of(outgoing.connection.settings)
    try:
        async with connected(connection.outbound, settings) as client:
            try:
                await client.send_message(composed.mail, sender=settings.address, recipients=[composed.to])
            except aiosmtplib.SMTPRecipientsRefused as refused:
                raise refused.recipients[0] from None
    except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPConnectError) as error:
        # No fault of this message: it waits until the channel works again.
        await problems.tell(connection.core, connection, problems.SENDING, problems.reason(error))
        raise Later(problems.reason(error)) from None
    except (aiosmtplib.SMTPNotSupported, UnicodeError) as error:
        raise Refused("not_supported", problems.reason(error)) from None
    except aiosmtplib.SMTPResponseException as error:
        if 500 <= error.code < 600:
            raise Refused(str(error.code), problems.reason(error)) from None
        raise Later(problems.reason(error)) from None
    except (aiosmtplib.SMTPException, Refusal, OSError) as error:
        await problems.tell(connection.core, connection, problems.SENDING, problems.reason(error))
        raise Later(problems.reason(error)) from None
    await problems.clear(connection.core, connection, problems.SENDING)


@asynccontextmanager
async def connected(outbound: Outbound, settings: EmailSettings) -> AsyncIterator[aiosmtplib.SMTP]:
    """A session with the mail server that these settings name, logged in."""
    sock = await outbound.open_socket(settings.smtp_host, settings.smtp_port)
    client = aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=None,
        sock=sock,
        use_tls=settings.smtp_tls == "implicit",
        start_tls=settings.smtp_tls == "starttls",
        tls_context=tls.context() if settings.smtp_tls != "none" else None,
        username=settings.smtp_user,
        password=revealed(settings.smtp_password) or None,
        local_hostname=settings.domain,
        timeout=TIMEOUT_SECONDS,
    )
    try:
        await client.connect()
        yield client
        # Taken is taken, whatever becomes of the farewell.
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await client.quit()
    finally:
        client.close()
        sock.close()
