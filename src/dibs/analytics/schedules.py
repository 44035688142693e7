"""The schedule of a workspace through time: its hours now, and by the audit of its settings what they were before."""

from typing import Any

from pydantic import ValidationError
from sqlalchemy import bindparam, select

from dibs.accounts.settings import BusinessHours, WorkspaceSettings
from dibs.analytics.business import FOREVER, Hours, Schedule
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.ledger import audit_rows

_a = audit_rows.c
_CHANGES = (
    select(_a.at, _a.before, _a.after)
    .where(_a.workspace_id == bindparam("ws", type_=Id), _a.action == "settings.updated")
    .order_by(_a.seq.desc())
)


async def schedule(database: Database, workspace_id: str, settings: WorkspaceSettings) -> Schedule:
    """The business hours in force at each instant, as far back as the audit is kept."""
    versions = []
    zone, business = settings.time_zone, settings.business_hours
    newest = FOREVER
    for row in await database.scan(_CHANGES, {"ws": workspace_id}):
        if {"time_zone", "business_hours"}.isdisjoint(row.after or {}):
            continue
        # Instants of commits may disagree with their order by a little; a schedule must not.
        newest = min(newest, row.at)
        versions.append(Hours(newest, zone, business))
        zone, business = _before(row, zone, business)
    versions.append(Hours(-FOREVER, zone, business))
    return Schedule(versions[::-1])


def _before(row: Any, zone: str, business: BusinessHours) -> tuple[str, BusinessHours]:
    before = {"time_zone": zone, "business_hours": business}
    for name in before.keys() & row.after.keys():
        # A setting without a value before had the default.
        before[name] = (row.before or {}).get(name) or getattr(WorkspaceSettings(), name)
    try:
        old = WorkspaceSettings.model_validate(before)
    except ValidationError:  # such as a zone that is no longer known
        return zone, business
    return old.time_zone, old.business_hours
