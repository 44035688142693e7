"""Sample data for a fresh workspace: colleagues, a month that went by, and an inbox where somebody waits."""

from dibs import clock
from dibs.seeding.cast import COLLEAGUES, hire
from dibs.seeding.seed import Wish, fill
from dibs.tx import Core

# Some 300 conversations: enough for lists, search and analytics, and made within a second or two.
WISH = Wish(conversations=24, history=30, per_day=14)


async def add(core: Core, workspace_id: str) -> None:
    """Fills the workspace, in which nobody works yet. The colleagues cannot sign in: nobody knows their password."""
    now = clock.now()
    members = await hire(core, workspace_id, COLLEAGUES, now, keys=False)
    await fill(core, workspace_id, members, WISH, now=now)
