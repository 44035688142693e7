"""Messages as they are stored: numbered within their conversation, announced; only their delivery goes on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select

from dibs import ids
from dibs.accounts.tables import agents
from dibs.actor import Actor
from dibs.conversations import message_shapes
from dibs.conversations.changes import Note, change, emit, record
from dibs.conversations.language import detect
from dibs.conversations.locks import lock
from dibs.conversations.refusals import CLOSED
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.errors import Invalid
from dibs.files.sending import send
from dibs.files.shapes import Attachment
from dibs.pools.rules import rules
from dibs.tx import Tx

LONGEST_TEXT = 4_000
PREVIEW_CHARACTERS = 140
NOT_CONNECTED: message_shapes.Failure = {
    "code": "not_connected",
    "detail": "This channel is not connected. Connect it under Workspace Settings > Channels, then send again.",
}

_m = messages.c
_INSERT = insert(messages).values({column.name: bindparam(column.name, type_=column.type) for column in _m})
_OF = select(messages).where(
    _m.workspace_id == bindparam("ws", type_=Id), _m.conversation_id == bindparam("conversation", type_=Id)
)
BY_CLIENT_ID = _OF.where(
    _m.author_id == bindparam("author", type_=Id), _m.client_id == bindparam("client_id", type_=_m.client_id.type)
)
BY_EXTERNAL_ID = select(messages).where(
    _m.workspace_id == bindparam("ws", type_=Id),
    _m.channel == bindparam("channel", type_=_m.channel.type),
    _m.contact_id == bindparam("contact", type_=Id),
    _m.external_id == bindparam("external_id", type_=_m.external_id.type),
)
_ACTIVE = select(agents.c.id).where(
    agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.active, any_of(agents.c.id, "ids")
)
# What the customer wrote last: enough to tell the language, however long the conversation.
_RECENT_CUSTOMER = _OF.where(_m.kind == "customer").order_by(_m.seq.desc()).limit(10)


async def store(tx: Tx, row: Row, *, kind: str, text: str, **fields: Any) -> tuple[Row, Row]:
    """Adds a message of the actor to a locked conversation; returns the message and the conversation as it is now.

    `fields` may give `id`, `client_id`, `external_id`, `delivery`, `attachments`, `details`, `sent_at`: when the
    channel says that it was written, `changes`: more columns of the conversation to write, and `told`: more members of
    the event.
    """
    # Never before what stands above it, although its transaction began earlier. Only what a channel brings late is.
    latest = max(tx.now, row.last_message_at)
    at = min(fields.get("sent_at") or latest, latest)
    message: dict[str, Any] = {
        "workspace_id": tx.workspace_id,
        "id": fields.get("id") or ids.new("msg"),
        "conversation_id": row.id,
        "seq": row.message_count + 1,
        "kind": kind,
        "text": text,
        **_written_by(tx.actor),
        "client_id": fields.get("client_id"),
        "external_id": fields.get("external_id"),
        "channel": row.channel,
        "contact_id": row.contact_id,
        "epoch": row.epoch,
        "attachments": fields.get("attachments", []),
        "details": fields.get("details"),
        "delivery": fields.get("delivery", "sent"),
        "created_at": at,
    }
    await tx.run(_INSERT, message)
    changes: dict[str, Any] = {"message_count": row.message_count + 1, **fields.get("changes", {})}
    if kind != "note":
        changes |= _lately(row, message)
    changed = await change(tx, row, **changes)
    stored = _AsRow(message)
    told = fields.get("told", {})
    return stored, await emit(tx, "message.created", changed, message=message_shapes.message(stored), **told)


def _written_by(actor: Actor) -> dict[str, Any]:
    return {"author_type": actor.type, "author_id": actor.id, "author_name": actor.name or "", "via": actor.via}


def _lately(row: Row, message: dict[str, Any]) -> dict[str, Any]:
    if row.message_count and message["created_at"] < row.last_message_at:
        return {}
    line = preview(message["text"] or _names(message["attachments"]))
    return {"last_message_at": message["created_at"], "preview": line}


def _names(attachments: Sequence[Attachment]) -> str:
    return ", ".join(each["name"] for each in attachments)


def outcome(row: Row) -> message_shapes.Delivery:
    """How far a message for the customer is once it is stored.

    Whoever uses the API channel or the widget reads it from here; other channels are handed it by the outbox; a channel
    that is not connected takes nothing.
    """
    if row.channel == "api":
        return "sent"
    if row.channel_id is None:
        return "failed"
    return "sent" if row.channel == "widget" else "queued"


def to_customer(row: Row, details: message_shapes.Details | None = None) -> dict[str, Any]:
    """The fields of `store` for a message that goes to the customer: how far it is and, when it failed, why."""
    delivery = outcome(row)
    told: message_shapes.Details = {**(details or {}), **({"failure": NOT_CONNECTED} if delivery == "failed" else {})}
    return {"delivery": delivery, "details": told or None}


class _AsRow:
    """A message just written, read like a row."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)


def preview(text: str) -> str:
    """One line of at most 140 characters for lists."""
    line = " ".join(text[: 4 * PREVIEW_CHARACTERS].split())
    return line if len(line) <= PREVIEW_CHARACTERS else line[: PREVIEW_CHARACTERS - 1] + "…"


async def write_note(
    tx: Tx,
    conversation_id: str,
    text: str,
    *,
    client_id: str | None = None,
    mentions: Sequence[str] | None = None,
    attachments: Sequence[str] = (),
) -> tuple[Row, Row, bool]:
    """Adds an internal note: anyone but a viewer, whatever the state. Returns message, conversation, whether new.

    `mentions` are the agents to tell; without it those whom the text names. Refuses who is no active agent with 422,
    and `attachments` that are no files of the author's own.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    if client_id and (first := await written_before(tx, row, client_id)):
        return first, row, False
    told = {} if mentions is None else {"mentions": await _known(tx, mentions)}
    message_id, files = await send(tx, row, attachments, tx.actor.id)
    message, changed = await store(
        tx, row, kind="note", id=message_id, text=text, client_id=client_id, told=told, attachments=files
    )
    return message, changed, True


async def _known(tx: Tx, agent_ids: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(agent_ids))
    known = {row.id for row in await tx.run(_ACTIVE, {"ws": tx.workspace_id, "ids": wanted})}
    if unknown := [each for each in wanted if each not in known]:
        raise Invalid("mentions", f"{unknown[0]} is not an active agent of this workspace")
    return wanted


async def add_note(tx: Tx, row: Row, note: Note) -> Row:
    """Adds a note that came along with something else to a locked conversation, which it returns."""
    return (await store(tx, row, kind="note", id=note.id, text=note.text))[1]


async def written_before(tx: Tx, row: Row, client_id: str) -> Row | None:
    """The actor's message with that `client_id` in this conversation, or None."""
    params = {"ws": tx.workspace_id, "conversation": row.id, "author": tx.actor.id, "client_id": client_id}
    return await tx.one(BY_CLIENT_ID, params)


async def receive(
    tx: Tx, row: Row, text: str, *, external_id: str | None = None, **fields: Any
) -> tuple[Row, Row, bool]:
    """Adds what the customer (the actor) wrote to a locked conversation; a redelivery changes nothing.

    Wakes a snoozed conversation, reopens a closed one unclaimed, with the bot as it was; spam stays where it is.
    `fields` as for `store`. Returns message, conversation, whether new.
    """
    if external_id:
        key = {"ws": tx.workspace_id, "channel": row.channel, "contact": row.contact_id, "external_id": external_id}
        if first := await tx.one(BY_EXTERNAL_ID, key):
            return first, row, False
    changes: dict[str, Any] = dict(fields.pop("changes", {}))
    told: dict[str, Any] = {}
    if not row.spam:
        told = {"reopened": True} if row.status in CLOSED else {}
        row = await _awaken(tx, row)
        changes |= {} if row.waiting_since else {"waiting_since": tx.now}
        changes |= await _language(tx, row, text)
    fields |= {"external_id": external_id, "delivery": "delivered", "changes": changes, "told": told}
    message, changed = await store(tx, row, kind="customer", text=text, **fields)
    return message, changed, True


async def _awaken(tx: Tx, row: Row) -> Row:
    if row.status == "snoozed":
        new: dict[str, Any] = {"status": "open", "snoozed_until": None}
        kind = "conversation.woken"
    elif row.status in CLOSED:
        new = {"status": "open", "unclaimed_since": tx.now, "resolved_at": None, "resolved_by": None}
        kind = "conversation.reopened"
    else:
        return row
    if row.assignee_id is None and row.unclaimed_since is None:
        new["unclaimed_since"] = tx.now
    awake = await change(tx, row, **new)
    await record(tx, kind, row, awake, reason="customer_wrote")
    return awake


async def _language(tx: Tx, row: Row, text: str) -> dict[str, Any]:
    if row.language_edited:
        return {}
    found = await rules(tx.run, tx.workspace_id)
    recent = await tx.run(_RECENT_CUSTOMER, {"ws": tx.workspace_id, "conversation": row.id})
    joined = "\n".join([*(message.text for message in reversed(recent)), text])
    detected = detect(joined, found.settings.languages)
    if detected is None:
        return {}
    language, confidence = detected
    return {"language": language, "language_confidence": confidence}


def clean_text(text: str, field: str = "text") -> str:
    """The text without surrounding blank space. Refuses an empty one with 422."""
    if not (cleaned := text.strip()):
        raise Invalid(field, "write something")
    return cleaned
