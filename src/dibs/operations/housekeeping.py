"""What is thrown away once its time is over, looked at every hour in every process: the audit, refused claims,
visitors who never wrote.
"""

import asyncio
import random

import structlog

from dibs import clock
from dibs.analytics.refusals import purge_refusals
from dibs.audit.retention import purge as purge_audit
from dibs.channels.widget.visitors import purge as purge_visitors
from dibs.tasks import spawn
from dibs.tx import Core

log = structlog.get_logger()
EVERY_SECONDS = 3_600.0
FIRST_AFTER_SECONDS = 60.0


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
            audit, refusals = await purge_audit(core, clock.now()), await purge_refusals(core, clock.now())
            visitors = await purge_visitors(core, clock.now())
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the next hour must be there
            log.warning("housekeeping.failed", error=repr(error))
        else:
            if audit or refusals or visitors:
                log.info("housekeeping", audit_rows=audit, refusals=refusals, visitors=visitors)
