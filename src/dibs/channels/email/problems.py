"""What is wrong with a mail channel: reading and sending each tell theirs, and take back only their own."""

from sqlalchemy import Text, bindparam, update

from dibs.channels import connections
from dibs.channels.tables import channels
from dibs.db.types import Id
from dibs.tx import Core

READING, SENDING = "Mail cannot be read", "Mail cannot be sent"
LONGEST = 400

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
