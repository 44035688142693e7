"""A reply to the customer: only by the owner, or by the first to answer what nobody holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, select, update

from dibs import ids
from dibs.accounts.tables import agents
from dibs.conversations import lifecycle, message_shapes
from dibs.conversations.changes import change, record
from dibs.conversations.claims import claim_locked, reassign_locked, require_eligible
from dibs.conversations.locks import lock
from dibs.conversations.messages import store, to_customer, written_before
from dibs.conversations.refusals import (
    UnseenMessages,
    refuse_closed,
    refuse_held,
    refuse_late,
    refuse_old_epoch,
)
from dibs.conversations.tables import claims, messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Forbidden, Invalid
from dibs.files.sending import send
from dibs.pools.rules import rules
from dibs.tx import Tx

MOST_UNSEEN = 20

_m, _s = messages.c, claims.c
_ws, _conversation = bindparam("ws", type_=Id), bindparam("conversation", type_=Id)
_SEQ_OF = select(_m.seq).where(
    _m.workspace_id == _ws, _m.conversation_id == _conversation, _m.id == bindparam("message", type_=Id)
)
_EXTERNAL_ID_OF = select(_m.external_id).where(
    _m.workspace_id == _ws, _m.conversation_id == _conversation, _m.id == bindparam("message", type_=Id)
)
_UNSEEN = (
    select(messages)
    .where(_m.workspace_id == _ws, _m.conversation_id == _conversation, _m.seq > bindparam("seq", type_=Integer))
    .where(_m.kind == "reply", _m.author_id.is_distinct_from(bindparam("author", type_=Id)))
    .order_by(_m.seq)
    .limit(MOST_UNSEEN)
)
_PREFERENCES = select(agents.c.preferences).where(agents.c.workspace_id == _ws, agents.c.id == bindparam("agent"))
_MARK_REPLIED = (
    update(claims)
    .where(_s.workspace_id == _ws, _s.conversation_id == _conversation, _s.ended_at.is_(None), _s.replied.is_(False))
    .values(replied=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply as its author meant it: the text, and what they believed when they sent it."""

    text: str
    epoch: int | None = None
    client_id: str | None = None
    last_seen: str | None = None
    override: bool = False
    take_over: bool = False
    then: str | None = None
    # The message of this conversation that it answers.
    reply_to: str | None = None
    # What the channel is sent in place of the text, which says the same.
    template: message_shapes.Template | None = None
    # Files that the author brought in.
    attachments: Sequence[str] = ()


async def reply(tx: Tx, conversation_id: str, sent: Reply) -> tuple[Row, Row, bool]:
    """Sends a reply and returns the message, the conversation and whether the message is new.

    Refuses closed, held by another (409 with the holder; an admin's `take_over` reassigns first), an old `epoch`,
    another agent's reply that the author had not seen (unless `override`), files that are not the author's, and for an
    unclaimed conversation whatever a claim would be refused for. A claim that comes with it is the same transaction:
    both or neither.
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "admin" if sent.take_over else "agent")
    if sent.client_id and (first := await written_before(tx, row, sent.client_id)):
        return first, row, False
    refuse_closed(row)
    if not sent.take_over:
        refuse_held(row, tx.actor)
    refuse_old_epoch(row, sent.epoch, tx.actor)
    await _refuse_unseen(tx, row, sent)
    if sent.template is None:
        refuse_late(row, tx.now)
    details = await _details(tx, row, sent)
    row = await make_answerable(tx, row, take_over=sent.take_over)
    message_id, attachments = await send(tx, row, sent.attachments, tx.actor.id)
    message, row = await store(
        tx,
        row,
        kind="reply",
        text=sent.text,
        id=message_id,
        attachments=attachments,
        client_id=sent.client_id,
        changes={"waiting_since": None},
        **to_customer(row, details),
    )
    await mark_replied(tx, row)
    if sent.then == "resolve":
        row = await lifecycle.resolve_locked(tx, row)
    return message, row, True


async def _details(tx: Tx, row: Row, sent: Reply) -> message_shapes.Details:
    """What a reply has beside its text. Refuses with 422 to answer what is not there, or what no channel knows."""
    details = message_shapes.Details()
    if sent.template is not None:
        details["template"] = sent.template
    if sent.reply_to is not None:
        key = {"ws": tx.workspace_id, "conversation": row.id, "message": sent.reply_to}
        answered = await tx.one(_EXTERNAL_ID_OF, key) if ids.well_formed(sent.reply_to, "msg") else None
        if answered is None:
            raise Invalid("reply_to", "name a message of this conversation, or leave it out")
        if answered.external_id is None:
            raise Invalid("reply_to", "this message has no id on its channel, so nothing can answer it there")
        details["reply_to"] = answered.external_id
    return details


async def mark_replied(tx: Tx, row: Row) -> None:
    """Notes that the customer was answered under the running claim, if there is one: it can no longer be undone."""
    if row.assignee_id is not None:
        await tx.run(_MARK_REPLIED, {"ws": tx.workspace_id, "conversation": row.id})


async def make_answerable(tx: Tx, row: Row, *, take_over: bool = False) -> Row:
    """Makes sure that the actor may answer: as owner, by taking over, by claiming, or by pausing the bot."""
    if row.assignee_id == tx.actor.id:
        return row
    if take_over:
        if tx.actor.id is None:
            raise Forbidden("Only a person takes over.", needs="agent")
        return await reassign_locked(tx, row, tx.actor.id)
    preferences = await tx.run(_PREFERENCES, {"ws": tx.workspace_id, "agent": tx.actor.id})
    if preferences and preferences[0].preferences.get("auto_claim_on_reply"):
        return await claim_locked(tx, row, via="reply")
    await require_eligible(tx, row)
    if not row.bot_paused and (await rules(tx.run, tx.workspace_id)).settings.pause_bot_on_claim:
        paused = await change(tx, row, bot_paused=True)
        await record(tx, "conversation.bot_paused", row, paused, reason="human_reply")
        return paused
    return row


async def _refuse_unseen(tx: Tx, row: Row, sent: Reply) -> None:
    if sent.last_seen is None or sent.override:
        return
    base: dict[str, Any] = {"ws": tx.workspace_id, "conversation": row.id}
    seen = None
    if ids.well_formed(sent.last_seen, "msg"):
        seen = await tx.one(_SEQ_OF, base | {"message": sent.last_seen})
    if seen is None:
        raise Invalid("last_seen", "name a message of this conversation, or leave it out")
    unseen = await tx.run(_UNSEEN, base | {"seq": seen.seq, "author": tx.actor.id})
    if unseen:
        raise UnseenMessages(
            f"{unseen[-1].author_name} answered since you looked. Read it, then send again with override.",
            messages=[message_shapes.message(each) for each in unseen],
        )
