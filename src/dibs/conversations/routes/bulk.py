"""Bulk actions over HTTP: always 200 with an outcome for each id, or refused whole."""

from typing import Any

from fastapi import Response

from dibs.accounts.identify import AgentCall, answer, answered
from dibs.accounts.identify import router as new_router
from dibs.clock import instant
from dibs.conversations import bodies, bulk, shapes

router = new_router("bulk")
CLAIMED: dict[int | str, dict[str, Any]] = {200: {"model": shapes.BulkClaimed}}
DONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.BulkDone}}


@router.post("/conversations/bulk/claim", responses=CLAIMED)
async def claim(call: AgentCall, body: bodies.Many) -> Response:
    """Claims up to 50 conversations, as many as the caller has room for."""
    async with call.transaction() as tx:
        answer(tx, await bulk.bulk_claim(tx, body.conversation_ids))
    return answered(tx)


@router.post("/conversations/bulk/release", responses=DONE)
async def release(call: AgentCall, body: bodies.ManyRelease) -> Response:
    """Releases up to 200 of the caller's conversations."""
    async with call.transaction() as tx:
        answer(
            tx,
            await bulk.bulk_release(tx, body.conversation_ids, hand_back=body.hand_back, reason=body.reason),
        )
    return answered(tx)


@router.post("/conversations/bulk/reassign", responses=DONE)
async def reassign(call: AgentCall, body: bodies.ManyReassign) -> Response:
    """Hands up to 200 conversations to one colleague."""
    async with call.transaction() as tx:
        answer(
            tx,
            await bulk.bulk_reassign(
                tx,
                body.conversation_ids,
                body.agent_id,
                note=body.note,
                override_limit=body.override_limit,
            ),
        )
    return answered(tx)


@router.post("/conversations/bulk/resolve", responses=DONE)
async def resolve(call: AgentCall, body: bodies.ManyResolve) -> Response:
    """Resolves up to 200 conversations."""
    async with call.transaction() as tx:
        answer(tx, await bulk.bulk_resolve(tx, body.conversation_ids, note=body.note))
    return answered(tx)


@router.post("/conversations/bulk/snooze", responses=DONE)
async def snooze(call: AgentCall, body: bodies.ManySnooze) -> Response:
    """Snoozes up to 200 conversations."""
    until = instant(body.until) if body.until else None
    async with call.transaction() as tx:
        done = await bulk.bulk_snooze(tx, body.conversation_ids, until=until, until_reply=body.until_customer_replies)
        answer(tx, done)
    return answered(tx)


@router.post("/conversations/bulk/tag", responses=DONE)
async def tag(call: AgentCall, body: bodies.ManyTag) -> Response:
    """Adds and removes tags on up to 200 conversations."""
    async with call.transaction() as tx:
        answer(tx, await bulk.bulk_tag(tx, body.conversation_ids, add=body.add, remove=body.remove))
    return answered(tx)
