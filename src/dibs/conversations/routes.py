"""The ownership of one conversation, over HTTP: each route opens the transaction, calls one verb, answers."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Response

from dibs.accounts.identify import AgentCall, Call, answer, answered
from dibs.accounts.identify import router as new_router
from dibs.clock import instant
from dibs.conversations import bodies, claims, lifecycle, observers, shapes, takeovers
from dibs.conversations.next_claim import claim_next
from dibs.db.compiled import Row
from dibs.tx import Tx

router = new_router("ownership")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Conversation}}
EMPTY = bodies.Guard()


async def changed(call: Call, verb: Callable[[Tx], Awaitable[Row]]) -> Response:
    """Runs a verb in the call's transaction and answers with the conversation that it returns."""
    async with call.transaction() as tx:
        answer(tx, shapes.conversation(await verb(tx)))
    return answered(tx)


@router.post("/conversations/claim-next", responses={**ONE, 204: {"description": "Nothing is eligible."}})
async def claim_the_next(call: AgentCall, body: bodies.ClaimNext = bodies.ClaimNext()) -> Response:  # noqa: B008
    """Claims the oldest unclaimed conversation that the caller may claim."""
    async with call.transaction() as tx:
        row = await claim_next(tx, skip={skipped.id for skipped in body.skip})
        if row is not None:
            answer(tx, shapes.conversation(row))
    return Response(status_code=204) if row is None else answered(tx)


@router.post("/conversations/{conversation_id}/claim", responses=ONE)
async def claim(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Makes the caller the owner."""
    async with call.transaction() as tx:
        row = await claims.claim(tx, conversation_id, epoch=body.epoch)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/release", responses=ONE)
async def release(call: AgentCall, conversation_id: str, body: bodies.Release = bodies.Release()) -> Response:  # noqa: B008
    """Gives the caller's conversation back; `undo` takes a fresh claim back, `hand_back` gives it to the bot."""
    if body.undo:
        return await changed(call, lambda tx: claims.undo(tx, conversation_id, epoch=body.epoch))
    return await changed(
        call,
        lambda tx: claims.release(tx, conversation_id, epoch=body.epoch, hand_back=body.hand_back, reason=body.reason),
    )


@router.post("/conversations/{conversation_id}/hand-back", responses=ONE)
async def hand_back(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Gives the conversation to the bot."""
    return await changed(call, lambda tx: claims.hand_back(tx, conversation_id, epoch=body.epoch))


@router.post("/conversations/{conversation_id}/reassign", responses=ONE)
async def reassign(call: AgentCall, conversation_id: str, body: bodies.Reassign) -> Response:
    """Hands the conversation to a colleague; an admin also assigns an unclaimed one."""
    return await changed(
        call,
        lambda tx: claims.reassign(
            tx,
            conversation_id,
            body.agent_id,
            epoch=body.epoch,
            note=body.note,
            override_limit=body.override_limit,
        ),
    )


@router.post("/conversations/{conversation_id}/force-release", responses=ONE)
async def force_release(
    call: AgentCall,
    conversation_id: str,
    body: bodies.ForceRelease = bodies.ForceRelease(),  # noqa: B008
) -> Response:
    """An admin takes the conversation from its owner."""
    return await changed(
        call, lambda tx: claims.force_release(tx, conversation_id, epoch=body.epoch, reason=body.reason)
    )


@router.post("/conversations/{conversation_id}/resolve", responses=ONE)
async def resolve(call: AgentCall, conversation_id: str, body: bodies.Resolve = bodies.Resolve()) -> Response:  # noqa: B008
    """Closes the conversation."""
    return await changed(call, lambda tx: lifecycle.resolve(tx, conversation_id, epoch=body.epoch, note=body.note))


@router.post("/conversations/{conversation_id}/reopen", responses=ONE)
async def reopen(call: AgentCall, conversation_id: str, body: bodies.Reopen = bodies.Reopen()) -> Response:  # noqa: B008
    """Opens a closed conversation again; with `claim` it is the caller's, or nothing happens."""
    return await changed(call, lambda tx: lifecycle.reopen(tx, conversation_id, epoch=body.epoch, claim=body.claim))


@router.post("/conversations/{conversation_id}/archive", responses=ONE)
async def archive(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Hides a resolved conversation from the default views."""
    return await changed(call, lambda tx: lifecycle.archive(tx, conversation_id, epoch=body.epoch))


@router.post("/conversations/{conversation_id}/snooze", responses=ONE)
async def snooze(call: AgentCall, conversation_id: str, body: bodies.Snooze) -> Response:
    """Hides the conversation until a time or until the customer writes."""
    until = instant(body.until) if body.until else None
    return await changed(
        call,
        lambda tx: lifecycle.snooze(
            tx, conversation_id, epoch=body.epoch, until=until, until_reply=body.until_customer_replies
        ),
    )


@router.post("/conversations/{conversation_id}/wake", responses=ONE)
async def wake(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Brings a snoozed conversation back now."""
    return await changed(call, lambda tx: lifecycle.wake(tx, conversation_id, epoch=body.epoch))


@router.put("/conversations/{conversation_id}/observers/{agent_id}", responses=ONE)
async def observe(call: AgentCall, conversation_id: str, agent_id: str) -> Response:
    """Adds an observer."""
    return await changed(call, lambda tx: observers.join(tx, conversation_id, agent_id))


@router.delete("/conversations/{conversation_id}/observers/{agent_id}", responses=ONE)
async def stop_observing(call: AgentCall, conversation_id: str, agent_id: str) -> Response:
    """Removes an observer."""
    return await changed(call, lambda tx: observers.leave(tx, conversation_id, agent_id))


TAKEOVER: dict[int | str, dict[str, Any]] = {200: {"model": shapes.TakeoverRequest}}


@router.post(
    "/conversations/{conversation_id}/takeover-requests",
    status_code=201,
    responses={201: {"model": shapes.TakeoverRequest}, **TAKEOVER},
)
async def ask_takeover(
    call: AgentCall,
    conversation_id: str,
    body: bodies.AskTakeover = bodies.AskTakeover(),  # noqa: B008
) -> Response:
    """Asks the holder for the conversation; asking again answers the open request."""
    async with call.transaction() as tx:
        request, is_new = await takeovers.ask(tx, conversation_id, epoch=body.epoch, note=body.note)
        answer(tx, shapes.takeover(request), 201 if is_new else 200)
    return answered(tx)


@router.post("/takeover-requests/{request_id}/accept", responses={200: {"model": shapes.AcceptedTakeover}})
async def accept_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),  # noqa: B008
) -> Response:
    """The holder gives the conversation to the asker."""
    async with call.transaction() as tx:
        request, row = await takeovers.accept(tx, request_id, note=body.note)
        answer(tx, {**shapes.takeover(request), "conversation": shapes.conversation(row)})
    return answered(tx)


@router.post("/takeover-requests/{request_id}/decline", responses=TAKEOVER)
async def decline_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),  # noqa: B008
) -> Response:
    """The holder keeps the conversation."""
    async with call.transaction() as tx:
        answer(tx, shapes.takeover(await takeovers.decline(tx, request_id, reason=body.reason)))
    return answered(tx)


@router.post("/takeover-requests/{request_id}/cancel", responses=TAKEOVER)
async def cancel_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),  # noqa: B008
) -> Response:
    """Who asked withdraws the request."""
    async with call.transaction() as tx:
        answer(tx, shapes.takeover(await takeovers.cancel(tx, request_id, reason=body.reason)))
    return answered(tx)
