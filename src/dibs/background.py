"""What works without being asked, in every process: timers, deliveries, the bot, mailboxes, housekeeping."""

import asyncio

from dibs.bot import worker as bot
from dibs.channels.email import listener, reading
from dibs.channels.kinds import KINDS
from dibs.channels.sending import deliverer
from dibs.channels.whatsapp import media
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.conversations import sweeper
from dibs.delivery import outbox, worker
from dibs.operations import housekeeping
from dibs.outbound import Outbound
from dibs.settings import Settings
from dibs.tx import Core


async def start(core: Core, settings: Settings, outbound: Outbound) -> list["asyncio.Task[None]"]:
    """Starts all of it. Each task works until it is cancelled."""
    deliverers = {outbox.CHANNEL: deliverer(KINDS, outbound), media.TOPIC: media.deliverer(WHATSAPP, outbound)}
    delivering, deliveries = worker.start(core, settings, deliverers)
    core.wakers["outbox"] = delivering.wake
    return [
        sweeper.start(core, settings),
        housekeeping.start(core),
        deliveries,
        bot.start(core, settings, outbound),
        reading.start(core, outbound, settings),
        await listener.start(core, settings),
    ]
