"""WhatsApp over HTTP: the webhook that Meta calls, and the templates of a connected number."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from dibs import ids
from dibs.accounts import rate_limits
from dibs.accounts.identify import Call, Cursor, Limit, address, shown
from dibs.accounts.identify import router as new_router
from dibs.channels import connections
from dibs.channels.connections import opened
from dibs.channels.whatsapp import templates, webhooks
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.channels.whatsapp.payloads import Unreadable
from dibs.channels.whatsapp.shapes import MessageTemplates
from dibs.errors import Invalid, NotFound, Refusal

webhook = APIRouter(prefix="/channels/whatsapp", include_in_schema=False)
router = new_router("channels")
LONGEST_CHALLENGE = 200


class NoWebhook(Refusal):
    """The body or the query is none that Meta sends."""

    code, status, title = "invalid", 400, "Not a webhook"


@webhook.get("/webhook")
async def shake_hands(request: Request) -> Response:
    """Meta asks whether this address is ours, before it tells anything: the challenge goes back to who has a token."""
    rate_limits.spend_sign_in(request.app.state.settings, address(request))
    query = request.query_params
    challenge, token = query.get("hub.challenge", ""), query.get("hub.verify_token", "")
    if query.get("hub.mode") != "subscribe" or not challenge or len(challenge) > LONGEST_CHALLENGE:
        raise NoWebhook("Meta calls this with hub.mode=subscribe, hub.verify_token and hub.challenge.")
    await webhooks.shake_hands(request.app.state.core, request.app.state.outbound, token)
    return PlainTextResponse(challenge)


@webhook.post("/webhook")
async def receive(request: Request) -> Response:
    """Meta tells what happened: answered with 200 once it is stored."""
    body = await request.body()
    signature = request.headers.get("x-hub-signature-256")
    try:
        await webhooks.receive(request.app.state.core, request.app.state.outbound, body, signature)
    except Unreadable as error:
        raise NoWebhook(f"Send a webhook of the WhatsApp Cloud API: {error}.") from None
    return Response()


@router.get("/channels/{channel_id}/templates", responses={200: {"model": MessageTemplates}})
async def list_templates(call: Call, channel_id: str, limit: Limit = 100, cursor: Cursor = None) -> Response:
    """The message templates that WhatsApp has approved for a connected number, asked for at Meta."""
    found = []
    if ids.well_formed(channel_id, "chn"):
        found = await call.database.run(connections.BY_ID, {"ws": call.actor.workspace_id, "id": channel_id})
    if not found or found[0].removed_at is not None:
        raise NotFound("There is no such channel in this workspace.")
    call.actor.must("conversations:read")
    if found[0].kind != WHATSAPP.name:
        raise Invalid("channel_id", "only WhatsApp has templates")
    connection = opened(call.core, call.app.state.outbound, WHATSAPP, found[0])
    return shown(await templates.page(connection, limit=limit, cursor=cursor))
