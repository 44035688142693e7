"""What is thrown away once its time is over, looked at every hour in every process: audit, refused claims, files."""

import asyncio
import random

import structlog

from dibs import clock
from dibs.analytics.refusals import purge_refusals
from dibs.audit.retention import purge as purge_audit
from dibs.channels import statuses
from dibs.channels.whatsapp import reactions
from dibs.files import unsent as unsent_files
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
            await statuses.purge(core, clock.now())
            await reactions.purge(core, clock.now())
            audit, refusals = await purge_audit(core, clock.now()), await purge_refusals(core, clock.now())
            unsent, orphans = (
                await unsent_files.purge(core, clock.now()),
                await unsent_files.purge_orphans(core, clock.now()),
            )
        except Exception as error:  # noqa: BLE001 - a database that is away comes back; the next hour must be there
            log.warning("housekeeping.failed", error=repr(error))
        else:
            if audit or refusals or unsent or orphans:
                log.info("housekeeping", audit_rows=audit, refusals=refusals, unsent_files=unsent, orphans=orphans)
