"""What is thrown away once its time is over, looked at every hour in every process."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import structlog

from dibs import clock
from dibs.analytics.refusals import purge_refusals
from dibs.audit.retention import purge as purge_audit
from dibs.channels import statuses
from dibs.channels.whatsapp import reactions
from dibs.channels.widget import visitors
from dibs.files import unsent
from dibs.tasks import spawn
from dibs.tx import Core

log = structlog.get_logger()
EVERY_SECONDS = 3_600.0
FIRST_AFTER_SECONDS = 60.0
# By what they throw away; each says how much that was, where it counts.
PURGES: dict[str, Callable[[Core, int], Awaitable[int | None]]] = {
    "audit_rows": purge_audit,
    "refusals": purge_refusals,
    "early_statuses": statuses.purge,
    "early_reactions": reactions.purge,
    "visitors": visitors.purge,
    "unsent_files": unsent.purge,
    "orphans": unsent.purge_orphans,
}


def start(core: Core) -> "asyncio.Task[None]":
    """Works in the background until the task is cancelled."""
    return spawn(_run(core), "housekeeping")


async def _run(core: Core) -> None:
    pause = FIRST_AFTER_SECONDS
    while True:
        # Apart, so that several processes do not look at the same instant.
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - not a secret
        pause = EVERY_SECONDS
        try:
            gone = {name: await purge(core, clock.now()) for name, purge in PURGES.items()}
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the next hour must be there
            log.warning("housekeeping.failed", error=repr(error))
        else:
            if any(gone.values()):
                log.info("housekeeping", **{name: number for name, number in gone.items() if number})
