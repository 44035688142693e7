"""A customer with everything they wrote, over HTTP: spam, export and erasure."""

from typing import Annotated, Any, Literal

from fastapi import Response
from fastapi.responses import StreamingResponse
from pydantic import BeforeValidator

from dibs.accounts.identify import AgentCall, answer, answered
from dibs.accounts.identify import router as new_router
from dibs.contacts.edit import lock as lock_contact
from dibs.contacts.shapes import Contact, contact
from dibs.conversations import bodies, erasure, shapes, spam
from dibs.conversations.export import export
from dibs.conversations.reading_shapes import ContactExport
from dibs.tx import transaction

router = new_router("contacts")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Conversation}}
EMPTY = bodies.Guard()


def _true(value: object) -> object:
    if value is not True:  # 1 equals it
        raise ValueError("say true: nothing brings an erased customer back")
    return value


class Confirmation(bodies.Body):
    """That it is meant: nothing brings an erased customer back."""

    confirm: Annotated[Literal[True], BeforeValidator(_true)]


@router.post("/conversations/{conversation_id}/spam", responses=ONE)
async def mark_spam(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Keeps the conversation apart: it is archived, a claim ends, what comes to it tells nobody."""
    async with call.transaction() as tx:
        answer(tx, shapes.conversation(await spam.mark(tx, conversation_id, epoch=body.epoch)))
    return answered(tx)


@router.post("/conversations/{conversation_id}/not-spam", responses=ONE)
async def unmark_spam(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Opens what was taken for spam again, unclaimed."""
    async with call.transaction() as tx:
        answer(tx, shapes.conversation(await spam.unmark(tx, conversation_id, epoch=body.epoch)))
    return answered(tx)


@router.post("/contacts/{contact_id}/export", responses={200: {"model": ContactExport}}, response_class=Response)
async def export_contact(call: AgentCall, contact_id: str) -> Response:
    """Everything that is known of a customer, notes too, as one JSON document."""
    async with transaction(call.core, call.actor) as tx:
        row = await lock_contact(tx, contact_id)
        tx.actor.must("admin", "admin")
        tx.audit("contact.exported", row.id)
    headers = {"Content-Disposition": f'attachment; filename="{row.id}.json"'}
    return StreamingResponse(export(call.core, row), media_type="application/json", headers=headers)


@router.post("/contacts/{contact_id}/erase", responses={200: {"model": Contact}})
async def erase_contact(call: AgentCall, contact_id: str, _: Confirmation) -> Response:
    """Erases a customer for good: messages, notes, files and what they are known by. Their conversations are closed."""
    row = await erasure.erase(call.core, call.actor, contact_id)
    async with call.transaction() as tx:
        answer(tx, contact(row))
    return answered(tx)
