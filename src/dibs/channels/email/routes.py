"""The HTML of a mail over HTTP: a document for a sandboxed frame."""

from typing import Any, Literal

from fastapi import Response

from dibs.accounts.identify import Call
from dibs.accounts.identify import router as new_router
from dibs.channels.email import bodies
from dibs.conversations.locks import find

router = new_router("messages")
HTML: dict[int | str, dict[str, Any]] = {
    200: {"description": "A document for a sandboxed frame.", "content": {"text/html": {"schema": {"type": "string"}}}}
}
# No script, form, plug-in or font, nothing from elsewhere, an origin of its own; links open outside the frame.
_POLICY = (
    "default-src 'none'; img-src {images}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_IMAGES = {"blocked": "data:", "allowed": "data: http: https:"}


@router.get("/conversations/{conversation_id}/messages/{message_id}/html", responses=HTML, response_class=Response)
async def show_html(
    call: Call, conversation_id: str, message_id: str, images: Literal["blocked", "allowed"] = "blocked"
) -> Response:
    """A message that came as HTML, sanitised, as a document. `images=allowed` loads those that lie elsewhere."""
    conversation = await find(call.database, call.actor, conversation_id)
    html = await bodies.shown(call.core, conversation, message_id, remote=images == "allowed")
    headers = {
        "Content-Security-Policy": _POLICY.format(images=_IMAGES[images]),
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(html, media_type="text/html", headers=headers)
