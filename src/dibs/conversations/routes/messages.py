"""Writing over HTTP: new conversations, replies, notes, customer messages, edits and drafts."""

from typing import Any

from fastapi import Response

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.conversations import bodies, creation, drafts, edit, message_shapes, messages, replies, retry, shapes
from dibs.conversations.locks import find, not_found
from dibs.conversations.replies import Reply

router = new_router("messages")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Conversation}}
WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {"model": shapes.Written, "description": "A repeated client_id or external_id: the first."},
    201: {"model": shapes.Written},
}
RETRIED: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Written}}


@router.post("/conversations", status_code=201, responses={**ONE, 201: {"model": shapes.Conversation}})
async def create(call: AgentCall, body: bodies.CreateConversation) -> Response:
    """A conversation that a customer began, or with `direction: outbound` one that the caller begins and claims."""
    contact = body.contact if isinstance(body.contact, str) else body.contact.model_dump(exclude_none=True)
    text, template = body.text or "", None
    if body.template is not None:
        call.actor.must("conversations:write", "agent")
        asked = body.template.model_dump()
        text, template = await call.core.fill_template(call.core, call.actor.workspace_id, body.channel, None, asked)
    async with call.transaction() as tx:
        if body.message is None:
            row = await creation.create_outbound(
                tx,
                contact,
                Reply(text=text, template=template, attachments=body.attachments),
                channel=body.channel,
                channel_id=body.channel_id,
                tags=body.tags,
                subject=body.subject,
            )
            is_new = True
        else:
            row, is_new = await creation.create(
                tx,
                contact,
                text=body.message.text,
                external_id=body.message.external_id,
                channel=body.channel,
                tags=body.tags,
                subject=body.subject,
            )
        answer(tx, shapes.conversation(row), 201 if is_new else 200)
    return answered(tx)


@router.patch("/conversations/{conversation_id}", responses=ONE)
async def edit_one(call: AgentCall, conversation_id: str, body: bodies.Edit) -> Response:
    """Changes tags, priority, language or subject, claimed or not."""
    async with call.transaction() as tx:
        row = await edit.edit(tx, conversation_id, **body.model_dump(exclude_unset=True))
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/messages", status_code=201, responses=WRITTEN)
async def write(call: AgentCall, conversation_id: str, body: bodies.WriteMessage) -> Response:
    """Sends a reply to the customer, or adds an internal note."""
    text, template = await _text(call, conversation_id, body)
    async with call.transaction() as tx:
        if body.kind == "note":
            message, row, is_new = await messages.write_note(
                tx,
                conversation_id,
                text,
                client_id=body.client_id,
                mentions=body.mentions,
                attachments=body.attachments,
            )
        else:
            message, row, is_new = await replies.reply(
                tx,
                conversation_id,
                Reply(
                    text=text, template=template, **body.model_dump(exclude={"kind", "text", "template", "mentions"})
                ),
            )
        answer(
            tx,
            {"message": message_shapes.message(message), "conversation": shapes.conversation(row)},
            201 if is_new else 200,
        )
    return answered(tx)


async def _text(
    call: AgentCall, conversation_id: str, body: bodies.WriteMessage
) -> tuple[str, message_shapes.Template | None]:
    """The text of a message. A template's is asked for at its channel, so before the transaction."""
    if body.template is None:
        return body.text or "", None
    row = await find(call.database, call.actor, conversation_id)
    call.actor.must("conversations:write", "agent")
    asked = body.template.model_dump()
    return await call.core.fill_template(call.core, row.workspace_id, row.channel, row.channel_id, asked)


@router.post("/conversations/{conversation_id}/messages/{message_id}/retry", responses=RETRIED)
async def retry_delivery(
    call: AgentCall, conversation_id: str, message_id: str, body: bodies.Guard = bodies.Guard()
) -> Response:
    """Sends a reply whose delivery failed once more; one that is on its way or has arrived stays as it is."""
    async with call.transaction() as tx:
        message, row = await retry.retry(tx, conversation_id, message_id, epoch=body.epoch)
        answer(tx, {"message": message_shapes.message(message), "conversation": shapes.conversation(row)})
    return answered(tx)


@router.post("/conversations/{conversation_id}/customer-messages", status_code=201, responses=WRITTEN)
async def customer_wrote(call: AgentCall, conversation_id: str, body: bodies.CustomerMessage) -> Response:
    """Brings in what the customer wrote on the API channel."""
    async with call.transaction() as tx:
        message, row, is_new = await creation.customer_message(
            tx, conversation_id, body.text, external_id=body.external_id
        )
        answer(
            tx,
            {"message": message_shapes.message(message), "conversation": shapes.conversation(row)},
            201 if is_new else 200,
        )
    return answered(tx)


DRAFT: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Draft}}


@router.put("/conversations/{conversation_id}/draft", responses=DRAFT)
async def save_draft(call: AgentCall, conversation_id: str, body: bodies.SaveDraft) -> Response:
    """Keeps the caller's draft."""
    async with call.transaction() as tx:
        answer(tx, shapes.draft(await drafts.save(tx, conversation_id, kind=body.kind, text=body.text)))
    return answered(tx)


@router.delete("/conversations/{conversation_id}/draft", responses=DRAFT)
async def discard_draft(call: AgentCall, conversation_id: str) -> Response:
    """Throws the caller's draft away, and answers with an empty one."""
    async with call.transaction() as tx:
        answer(tx, shapes.empty_draft(await drafts.discard(tx, conversation_id), tx.now))
    return answered(tx)


@router.get("/conversations/{conversation_id}/draft", responses=DRAFT)
async def read_draft(call: AgentCall, conversation_id: str) -> Response:
    """The caller's draft for this conversation. Refuses with 404 when there is none."""
    who = {"ws": call.actor.workspace_id, "conversation": conversation_id, "agent": call.actor.id}
    found = await call.database.run(drafts.READ, who) if ids.well_formed(conversation_id, "conv") else []
    if not found:
        raise not_found("draft")
    call.actor.must("conversations:read")
    return shown(shapes.draft(found[0]))


@router.get("/conversations/{conversation_id}/drafts", responses={200: {"model": shapes.AgentDrafts}})
async def read_drafts(call: AgentCall, conversation_id: str) -> Response:
    """Who has a draft for this conversation. Its holder also reads what others meant to reply; notes stay private."""
    row = await find(call.database, call.actor, conversation_id)
    who = {"ws": row.workspace_id, "conversation": row.id, "me": call.actor.id, "most": drafts.MOST_SHOWN}
    found = await call.database.run(drafts.OF_ALL, who)
    return shown({"data": [shapes.agent_draft(each) for each in found]})


@router.get("/conversations/{conversation_id}", responses=ONE)
async def read(call: AgentCall, conversation_id: str) -> Response:
    """One conversation."""
    return shown(shapes.conversation(await find(call.database, call.actor, conversation_id)))
