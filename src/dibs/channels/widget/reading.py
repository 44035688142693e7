"""What visitors read, and what the team learns of that: which of its messages have arrived, which were seen."""

from typing import Any, Literal

from sqlalchemy import bindparam, select

from dibs import clock, ids
from dibs.accounts.tables import workspaces
from dibs.analytics.business import FOREVER, Hours, openings
from dibs.channels.widget.links import link
from dibs.channels.widget.queries import BEFORE, NEWEST, ONE, SINCE, UP_TO, visible
from dibs.channels.widget.settings import WidgetSettings
from dibs.channels.widget.shapes import Sight, WidgetConfig, WidgetMessages
from dibs.contacts.identities import live
from dibs.conversations import message_shapes
from dibs.conversations.creation import as_customer
from dibs.conversations.deliveries import RANK, advance
from dibs.db.compiled import Row
from dibs.errors import NotFound
from dibs.pools.rules import rules
from dibs.tx import Core, Tx

PAGE, LONGEST_PAGE = 30, 100
# Two conversations may commit out of order: resuming looks back a little, and the widget knows messages by their ids.
OVERLAP = clock.MINUTE
# Beyond that a widget that was away reads its newest page anew.
MOST_MISSED = 200

_WORKSPACE = select(workspaces.c.name).where(workspaces.c.id == bindparam("ws"))


def settings_of(channel: Row) -> WidgetSettings:
    """A widget's settings, but for its secret."""
    return WidgetSettings(**channel.settings)


async def sight(core: Core, channel: Row) -> Sight:
    """How messages look to visitors now: the workspace may show its agents' names, or stop to."""
    shows = (await rules(core.database.run, channel.workspace_id)).settings.show_agent_name
    team = await _team(core, channel)
    return Sight(team, shows, lambda file_id: link(core, channel.address, channel.id, file_id))


async def config(core: Core, channel: Row) -> WidgetConfig:
    """What the widget must know to show itself."""
    settings = settings_of(channel)
    return {
        "name": await _team(core, channel),
        "colour": settings.colour,
        "position": settings.position,
        "greeting": settings.greeting,
        "languages": list(settings.languages),
        "offline_form": settings.offline_form,
    }


async def _team(core: Core, channel: Row) -> str:
    if title := settings_of(channel).title:
        return title
    (workspace,) = await core.database.run(_WORKSPACE, {"ws": channel.workspace_id})
    return str(workspace.name)


async def is_open(core: Core, workspace_id: str) -> bool:
    """Whether it is business time now."""
    settings = (await rules(core.database.run, workspace_id)).settings
    now = clock.now()
    hours = Hours(-FOREVER, settings.time_zone, settings.business_hours)
    return any(True for _ in openings(hours, now, now + 1))


async def page(
    core: Core, channel: Row, visitor: Row, *, before: str | None = None, most: int = PAGE
) -> WidgetMessages:
    """The newest messages that a visitor may see, or those before one. Refuses an unknown one with 404."""
    params = await _params(core, visitor)
    statement = NEWEST
    if before is not None:
        statement, params = BEFORE, params | _here(await _one(core, params, before))
    found = (await core.database.run(statement, params | {"most": most + 1}))[::-1]
    shown = found[-most:]
    look = await sight(core, channel)
    return {
        "messages": [look.message(message_shapes.message(each)) for each in shown],
        "more": len(found) > len(shown),
    }


async def since(core: Core, channel: Row, visitor: Row, after: str | None) -> tuple[WidgetMessages, bool]:
    """What a widget that was away has missed since the message `after`, and whether it must forget what it has."""
    params = await _params(core, visitor)
    known = await core.database.run(ONE, params | {"message": after}) if after else []
    if known:
        missed = {"at": known[0].created_at - OVERLAP, "most": MOST_MISSED}
        rows = await core.database.run(SINCE, params | missed)
        if len(rows) < MOST_MISSED:
            look = await sight(core, channel)
            return {"messages": [look.message(message_shapes.message(each)) for each in rows], "more": False}, False
    return await page(core, channel, visitor), True


async def has_got(tx: Tx, visitor: Row, message_id: str, to: Literal["delivered", "read"]) -> None:
    """Everything of the team up to that message has arrived, or was seen. What the visitor cannot see is ignored."""
    if visitor.contact_id is None or not ids.well_formed(message_id, "msg"):
        return
    conversations = await visible(tx.run, visitor)
    params: dict[str, Any] = {"ws": tx.workspace_id, "conversations": conversations, "message": message_id}
    row = await tx.one(ONE, params)
    if row is None:
        return
    earlier = [name for name, rank in RANK.items() if RANK["sent"] <= rank < RANK[to] and name != "failed"]
    contact = await live(tx, visitor.contact_id)
    async with as_customer(tx, contact):
        for each in await tx.run(UP_TO, params | _here(row) | {"from": earlier, "most": LONGEST_PAGE}):
            await advance(tx, each, to)


def _here(row: Row) -> dict[str, Any]:
    return {"at": row.created_at, "seq": row.seq, "message": row.id}


async def _params(core: Core, visitor: Row) -> dict[str, Any]:
    return {"ws": visitor.workspace_id, "conversations": await visible(core.database.run, visitor)}


async def _one(core: Core, params: dict[str, Any], message_id: str) -> Row:
    found = await core.database.run(ONE, params | {"message": message_id})
    if not found:
        raise NotFound("There is no such message.")
    return found[0]
