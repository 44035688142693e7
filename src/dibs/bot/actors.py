"""Who acts when the bot does."""

from collections.abc import Iterator
from contextlib import contextmanager

from dibs.accounts.settings import WorkspaceSettings
from dibs.actor import Actor, system
from dibs.tx import Tx


def bot(tx: Tx, settings: WorkspaceSettings, kind: str) -> Actor:
    """The workspace's bot, by the name that customers read; `via` says which one it is."""
    return Actor(
        type="bot",
        workspace_id=tx.workspace_id,
        name=settings.bot.name,
        via=kind,
        ip=tx.actor.ip,
        request_id=tx.actor.request_id,
    )


def rule(tx: Tx) -> Actor:
    """The rules by which a conversation goes to people."""
    return system(tx.workspace_id, "Escalation")


@contextmanager
def acting(tx: Tx, actor: Actor) -> Iterator[None]:
    """Within the block `actor` is the one who acts."""
    was, tx.actor = tx.actor, actor
    try:
        yield
    finally:
        tx.actor = was
