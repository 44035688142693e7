"""What is wrong with a mail channel: reading and sending each tell theirs, and take back only their own."""

import os
from socket import gaierror

from aiosmtplib import SMTPResponseException
from imap_tools.errors import UnexpectedCommandStatusError
from sqlalchemy import Text, bindparam, update

from dibs.channels import connections
from dibs.channels.email.charsets import one_line
from dibs.channels.tables import channels
from dibs.db.types import Id
from dibs.errors import Refusal
from dibs.tx import Core

READING, SENDING = "Mail cannot be read", "Mail cannot be sent"
LONGEST, LONGEST_REASON = 400, 300

_h = channels.c
_CLEAR = (
    update(channels)
    .where(_h.workspace_id == bindparam("ws", type_=Id), _h.id == bindparam("id", type_=Id))
    .where(_h.problem.like(bindparam("pattern", type_=Text)))
    .values(problem=None)
)


async def tell(core: Core, channel: connections.Named, what: str, reason: str) -> None:
    """Writes down that `what` (READING or SENDING) fails, and why."""
    await connections.tell(core, channel, f"{what}: {reason}"[:LONGEST])


async def clear(core: Core, channel: connections.Named, what: str) -> None:
    """Takes back that `what` fails."""
    async with core.database.transaction() as opened:
        await opened.run(_CLEAR, {"ws": channel.workspace_id, "id": channel.id, "pattern": f"{what}:%"})


def reason(error: Exception) -> str:
    """What a mail server said, or what became of the connection to it, for a person."""
    if isinstance(error, Refusal):
        return error.detail
    if isinstance(error, TimeoutError):
        return "the mail server does not answer."
    if isinstance(error, SMTPResponseException):
        said = f"{error.code} {error.message}"
    elif isinstance(error, UnexpectedCommandStatusError):
        said = " ".join(part.decode("utf-8", "replace") for part in error.command_result[1] if isinstance(part, bytes))
    elif isinstance(error, OSError) and error.errno and not isinstance(error, gaierror):
        said = os.strerror(error.errno)
    else:
        # The library was handed a connection, and misses its port.
        said = str(error).replace(" on port None", "")
    return one_line(said, LONGEST_REASON) or type(error).__name__
