"""A bot's turn is told to keys with the scope `bot`, live and replayed, and to no other socket of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dibs.events import BOTS
from dibs.tx import transaction
from tests.realtime.client import connected

if TYPE_CHECKING:
    from tests.realtime.cast import Workspace
    from tests.support.server import RunningServer


async def tell(workspace: Workspace, number: int) -> None:
    """Something for everybody, around a turn for bots."""
    async with transaction(workspace.core, workspace.actor) as tx:
        await tx.emit("settings.updated", {"n": number})
        await tx.emit("conversation.turn", {"n": number + 1}, only_agent=BOTS)
        await tx.emit("settings.updated", {"n": number + 2})


async def test_only_bots_are_told(server: RunningServer, workspace: Workspace) -> None:
    bot = await workspace.person("Robby", scopes=("bot", "conversations:read"))
    person = await workspace.person("Pia", scopes=("conversations:read",))
    await tell(workspace, 1)
    async with (
        connected(server.live_url, key=bot.key) as robby,
        connected(server.live_url, key=person.key) as pia,
        connected(server.live_url, cookie=bot.cookie) as signed_in,
    ):
        for each in (robby, pia, signed_in):
            await each.resume(0)
            await each.until(lambda client: 3 in client.numbers)
        await tell(workspace, 4)
        for each in (robby, pia, signed_in):
            await each.until(lambda client: 6 in client.numbers)
        assert robby.numbers == [1, 2, 3, 4, 5, 6]
        assert pia.numbers == signed_in.numbers == [1, 3, 4, 6]
