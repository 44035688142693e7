"""Email as a kind of channel."""

from aiosmtplib import SMTPException

from dibs.channels.email import mailbox, problems, sending
from dibs.channels.email.charsets import one_line
from dibs.channels.email.settings import EmailSettings, address, of
from dibs.channels.port import ChannelRefused, Connection, Kind
from dibs.errors import Refusal


async def verify(connection: Connection) -> None:
    """Logs in where mail is read and where it is sent. Refuses with what the server said."""
    settings = of(connection.settings)
    if settings.inbound == "imap":
        try:
            async with mailbox.opened(connection.outbound, settings):
                pass
        except Refusal:
            raise
        except mailbox.TROUBLE as error:
            raise _refused("The mailbox cannot be read", settings.imap_host, settings.imap_port, error) from None
    try:
        async with sending.connected(connection.outbound, settings):
            pass
    except Refusal:
        raise
    except (SMTPException, OSError) as error:
        raise _refused("Mail cannot be sent", settings.smtp_host, settings.smtp_port, error) from None


def _refused(what: str, host: str | None, port: int, error: Exception) -> ChannelRefused:
    said = problems.reason(error).rstrip(".")
    where = f"{host}, port {port}"
    return ChannelRefused(one_line(f"{what}: {where} says: {said}. Check the server, the user and the password.", 500))


KIND = Kind(name="email", settings=EmailSettings, address=address, verify=verify, send=sending.send)
