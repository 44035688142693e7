"""Setting up an installation: its first workspace and that one's owner, once."""

from sqlalchemy import select

from dibs import ids
from dibs.accounts import workspaces
from dibs.accounts.tables import workspaces as workspaces_table
from dibs.actor import Actor
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.errors import NotFound
from dibs.migrations.versioning import VERSION_OF
from dibs.tx import Tx

_ANY = select(workspaces_table.c.id).limit(1)
# The only row that an empty installation has stands for all of it.
_INSTALLATION = VERSION_OF.with_for_update()


async def is_needed(database: Database) -> bool:
    """Whether the installation has no workspace yet."""
    return not await database.run(_ANY)


def founder(name: str, ip: str | None, request_id: str | None) -> Actor:
    """Who sets up: the owner of a workspace that is still to be made."""
    return Actor(
        type="agent",
        workspace_id=ids.new("ws"),
        id=ids.new("agt"),
        name=name,
        role="owner",
        ip=ip,
        request_id=request_id,
    )


async def set_up(tx: Tx, name: str, *, email: str, password_hash: str) -> Row:
    """Makes the first workspace, owned by the actor, whose row it returns.

    Refuses with 404 when there is one, also when somebody else is making it at this very moment.
    """
    await tx.run(_INSTALLATION)
    if await tx.one(_ANY) is not None:
        raise done()
    return await workspaces.begin(
        tx, name, email=email, owner_name=tx.actor.name, password_hash=password_hash, owner_id=tx.actor.id
    )


def done() -> NotFound:
    """The refusal of a second first run."""
    return NotFound("This installation is set up already. Sign in, or ask one of its admins for an invitation.")
