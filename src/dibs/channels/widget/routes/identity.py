"""The widget's identity secret over HTTP: for admins, shown once."""

from typing import Any

from fastapi import Response
from typing_extensions import TypedDict

from dibs import ids
from dibs.accounts.identify import Call, answer, answered
from dibs.accounts.identify import router as new_router
from dibs.channels import connections
from dibs.channels.widget.settings import KIND, new_secret
from dibs.errors import NotFound

router = new_router("channels")


class IdentitySecret(TypedDict):
    """The secret with which the host page's server signs who somebody is. It is not shown again."""

    identity_secret: str


ONE: dict[int | str, dict[str, Any]] = {200: {"model": IdentitySecret}}


@router.post("/channels/{channel_id}/identity-secret", responses=ONE)
async def renew(call: Call, channel_id: str) -> Response:
    """Makes a widget a new identity secret and shows it, once. What was signed with the old one proves nothing now."""
    found = []
    if ids.well_formed(channel_id, "chn"):
        found = await call.database.run(connections.BY_ID, {"ws": call.actor.workspace_id, "id": channel_id})
    if not found or found[0].removed_at is not None or found[0].kind != KIND.name:
        raise NotFound("There is no such widget in this workspace.")
    call.actor.must("admin", "admin")
    secret = new_secret()
    async with call.transaction() as tx:
        row = await connections.lock(tx, channel_id)
        kept = connections.opened(call.core, call.app.state.outbound, KIND, row).settings
        renewed = kept.model_copy(update={"identity_secret": secret})
        await connections.edit(tx, KIND, row, settings=renewed, reason="identity secret renewed")
        answer(tx, {"identity_secret": secret.get_secret_value()}, secret=True)
    return answered(tx)
