"""Hands a message to WhatsApp: text, files with a caption, or a template. Each part is one call."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select

from dibs.channels import connections
from dibs.channels.port import Outgoing, Sent
from dibs.channels.whatsapp import graph
from dibs.channels.whatsapp.account import account
from dibs.channels.whatsapp.media import refused
from dibs.channels.whatsapp.reactions import catch_up
from dibs.conversations.deliveries import READ
from dibs.conversations.message_shapes import Template
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.delivery.worker import Refused
from dibs.outbound import TargetRefused
from dibs.tx import Tx

LONGEST_CAPTION = 1_024
_MB = 1_048_576
# What WhatsApp shows as more than a document, up to so many bytes.
SHOWN = {
    "image": (5 * _MB, frozenset({"image/jpeg", "image/png"})),
    "video": (16 * _MB, frozenset({"video/mp4", "video/3gpp"})),
    "audio": (16 * _MB, frozenset({"audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"})),
}
_m = messages.c
# The last of the customer's messages says where an answer goes; their contact may have other numbers too.
_LAST = (
    select(_m.details)
    .where(_m.workspace_id == bindparam("ws", type_=Id), _m.conversation_id == bindparam("conversation", type_=Id))
    .where(_m.kind == "customer")
    .order_by(_m.created_at.desc(), _m.seq.desc())
    .limit(1)
)


async def send(outgoing: Outgoing) -> Sent:
    """Hands a message over. Its parts bear the entry's id, which WhatsApp gives back with every status."""
    connection, settings = outgoing.connection, account(outgoing.connection)
    try:
        envelope = await _envelope(outgoing)
        # All files first: what is refused is refused before anything has reached the customer.
        kinds = [(kind_of(row), row, await _upload(outgoing, row, path)) for row, path in outgoing.files]
        wamid = None
        for part in _parts(outgoing, kinds):
            said = await graph.call(connection, "POST", f"{settings.phone_number_id}/messages", json=envelope | part)
            wamid = wamid or _named(said)
    except graph.GraphError as error:
        raise await refused(connection, error) from error
    except TargetRefused as error:
        raise Refused(error.code, error.detail) from error

    await connections.tell_of(connection, None)

    return accepted(connection.id, outgoing.message.id, wamid)


def accepted(channel_id: str, message_id: str, wamid: str | None) -> Sent:
    """What is written down of a message that WhatsApp has taken, with what it told of it meanwhile."""

    async def also(tx: Tx) -> None:
        if wamid is not None:
            (message,) = await tx.run(READ, {"ws": tx.workspace_id, "message": message_id})
            await catch_up(tx, channel_id, message, wamid)

    return Sent(external_id=wamid, also=also)


async def _envelope(outgoing: Outgoing) -> dict[str, Any]:
    """What every part has: the receiver, the message that it answers, and the entry's id."""
    key = {"ws": outgoing.message.workspace_id, "conversation": outgoing.conversation.id}
    last = await outgoing.connection.core.database.run(_LAST, key)
    receiver = (last[0].details or {}).get("sender") if last else None
    receiver = receiver or outgoing.contact.phone
    if receiver is None:
        raise Refused("no_number", "This contact has no phone number. Add it, then send again.")
    envelope: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": outgoing.entry_id,
        # Whoever hides the number is reached by their user id.
        **({"to": receiver} if receiver.startswith("+") else {"recipient": receiver}),
    }
    if answered := (outgoing.message.details or {}).get("reply_to"):
        envelope["context"] = {"message_id": answered}
    return envelope


def _parts(outgoing: Outgoing, files: list[tuple[str, Row, str]]) -> Iterator[dict[str, Any]]:
    text, details = outgoing.message.text, outgoing.message.details or {}
    if template := details.get("template"):
        yield {"type": "template", "template": filled(template)}
        text = ""
    captioned = next((kind for kind, _, _ in files if kind != "audio"), None)
    if text and (captioned is None or len(text) > LONGEST_CAPTION):
        yield {"type": "text", "text": {"preview_url": False, "body": text}}
        text = ""
    for kind, row, media_id in files:
        given: dict[str, Any] = {"id": media_id}
        if kind == "document":
            given["filename"] = row.name
        if text and kind != "audio":
            given["caption"], text = text, ""
        yield {"type": kind, kind: given}


def filled(template: Template) -> dict[str, Any]:
    """A template as the Cloud API takes it. Variables with numbers for names are told by their order alone."""
    components = []
    for part in ("header", "body"):
        values = [each for each in template["values"] if each["part"] == part]
        parameters = [
            {"type": "text", "text": each["value"]}
            | ({} if each["name"].isdigit() else {"parameter_name": each["name"]})
            for each in values
        ]
        if parameters:
            components.append({"type": part, "parameters": parameters})
    return {"name": template["name"], "language": {"code": template["language"]}, "components": components}


def kind_of(row: Row) -> str:
    """As what WhatsApp shows a file."""
    for kind, (most, types) in SHOWN.items():
        if row.type in types and row.size <= most:
            return kind
    return "document"


async def _upload(outgoing: Outgoing, row: Row, path: Path) -> str:
    content = await asyncio.to_thread(path.read_bytes)
    said = await graph.call(
        outgoing.connection,
        "POST",
        f"{account(outgoing.connection).phone_number_id}/media",
        data={"messaging_product": "whatsapp", "type": row.type},
        files={"file": (row.name, content, row.type)},
        seconds=graph.MEDIA_SECONDS,
    )
    if not isinstance(said.get("id"), str):
        raise graph.GraphError(502, None, "an answer to an upload without an id")
    return str(said["id"])


def _named(said: dict[str, Any]) -> str | None:
    """WhatsApp's id of what it accepted; without one its statuses are told by the entry's id."""
    named = said.get("messages")
    first = named[0] if isinstance(named, list) and named and isinstance(named[0], dict) else {}
    wamid = first.get("id")
    return wamid if isinstance(wamid, str) else None
