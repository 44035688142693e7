"""Who changed each of the workspace's settings last, and when, from the audit."""

from sqlalchemy import Integer, bindparam, select
from typing_extensions import TypedDict

from dibs import clock
from dibs.accounts.settings import WorkspaceSettings
from dibs.actor import ActorShape
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.ledger import audit_rows

# So many changes are looked through, newest first; settings are few and seldom changed.
MOST = 1_000

_a = audit_rows.c
_CHANGES = (
    select(_a.at, _a.actor, _a.after)
    .where(_a.workspace_id == bindparam("ws", type_=Id), _a.action == "settings.updated")
    .order_by(_a.seq.desc())
    .limit(bindparam("most", type_=Integer))
)


class SettingChange(TypedDict):
    """The newest change of one setting."""

    setting: str
    at: str
    actor: ActorShape


class SettingChanges(TypedDict):
    """One for each setting that was ever changed, as far back as the audit is kept; the newest first."""

    data: list[SettingChange]


async def settings_changes(database: Database, workspace_id: str) -> list[SettingChange]:
    """The newest change of each setting. One that has not been changed in the last 1,000 changes is left out."""
    found: dict[str, SettingChange] = {}
    for row in await database.scan(_CHANGES, {"ws": workspace_id, "most": MOST}):
        for setting in row.after or {}:
            if setting in WorkspaceSettings.model_fields:
                found.setdefault(setting, {"setting": setting, "at": clock.iso(row.at), "actor": row.actor})
    return list(found.values())
