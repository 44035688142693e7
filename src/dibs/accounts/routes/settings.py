"""The workspace's settings."""

from fastapi import Response

from dibs.accounts import workspaces
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as routes_of
from dibs.accounts.queries import workspace
from dibs.accounts.settings import SettingsChanges, WorkspaceSettings

router = routes_of("settings")


@router.get("/workspace/settings", responses={200: {"model": WorkspaceSettings}})
async def get_settings(call: AgentCall) -> Response:
    """All settings, with the defaults filled in."""
    row = await workspace(call.database.run, call.actor.workspace_id)
    return shown(WorkspaceSettings(**row.settings).model_dump())


@router.patch("/workspace/settings", responses={200: {"model": WorkspaceSettings}})
async def change_settings(call: AgentCall, changes: SettingsChanges) -> Response:
    """Changes the settings that are named. Admins may; it holds from the next transaction on."""
    async with call.transaction() as tx:
        answer(tx, (await workspaces.change_settings(tx, changes)).model_dump())
    return answered(tx)
