"""The ownership of one conversation, over HTTP: each route opens the transaction, calls one verb, answers."""

from typing import Annotated, Any, Literal

from fastapi import Query, Response

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answer_nothing, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.clock import instant
from dibs.conversations import bodies, claims, lifecycle, observers, requests, shapes, takeovers
from dibs.conversations.locks import find
from dibs.conversations.next_claim import claim_next
from dibs.errors import Invalid

router = new_router("ownership")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Conversation}}
EMPTY = bodies.Guard()


@router.post("/conversations/claim-next", responses={**ONE, 204: {"description": "Nothing is eligible."}})
async def claim_the_next(call: AgentCall, body: bodies.ClaimNext = bodies.ClaimNext()) -> Response:
    """Claims the oldest unclaimed conversation that the caller may claim."""
    async with call.transaction() as tx:
        row = await claim_next(tx, skip={skipped.id for skipped in body.skip})
        if row is None:
            answer_nothing(tx)
        else:
            answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/claim", responses=ONE)
async def claim(call: AgentCall, conversation_id: str, body: bodies.Guard | None = None) -> Response:
    """Makes the caller the owner."""
    async with call.transaction() as tx:
        row = await claims.claim(tx, conversation_id, epoch=body.epoch if body else None)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/release", responses=ONE)
async def release(call: AgentCall, conversation_id: str, body: bodies.Release = bodies.Release()) -> Response:
    """Gives the caller's conversation back; `undo` takes a fresh claim back, `hand_back` gives it to the bot."""
    async with call.transaction() as tx:
        if body.undo:
            row = await claims.undo(tx, conversation_id, epoch=body.epoch)
        else:
            row = await claims.release(
                tx, conversation_id, epoch=body.epoch, hand_back=body.hand_back, reason=body.reason
            )
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/hand-back", responses=ONE)
async def hand_back(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Gives the conversation to the bot."""
    async with call.transaction() as tx:
        row = await claims.hand_back(tx, conversation_id, epoch=body.epoch)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/reassign", responses=ONE)
async def reassign(call: AgentCall, conversation_id: str, body: bodies.Reassign) -> Response:
    """Hands the conversation to a colleague; an admin also assigns an unclaimed one."""
    async with call.transaction() as tx:
        row = await claims.reassign(
            tx,
            conversation_id,
            body.agent_id,
            epoch=body.epoch,
            note=body.note,
            override_limit=body.override_limit,
        )
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/force-release", responses=ONE)
async def force_release(
    call: AgentCall,
    conversation_id: str,
    body: bodies.ForceRelease = bodies.ForceRelease(),
) -> Response:
    """An admin takes the conversation from its owner."""
    async with call.transaction() as tx:
        row = await claims.force_release(tx, conversation_id, epoch=body.epoch, reason=body.reason)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/resolve", responses=ONE)
async def resolve(call: AgentCall, conversation_id: str, body: bodies.Resolve = bodies.Resolve()) -> Response:
    """Closes the conversation."""
    async with call.transaction() as tx:
        row = await lifecycle.resolve(tx, conversation_id, epoch=body.epoch, note=body.note)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/reopen", responses=ONE)
async def reopen(call: AgentCall, conversation_id: str, body: bodies.Reopen = bodies.Reopen()) -> Response:
    """Opens a closed conversation again; with `claim` it is the caller's, or nothing happens."""
    async with call.transaction() as tx:
        row = await lifecycle.reopen(tx, conversation_id, epoch=body.epoch, claim=body.claim)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/archive", responses=ONE)
async def archive(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Hides a resolved conversation from the default views."""
    async with call.transaction() as tx:
        row = await lifecycle.archive(tx, conversation_id, epoch=body.epoch)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/snooze", responses=ONE)
async def snooze(call: AgentCall, conversation_id: str, body: bodies.Snooze) -> Response:
    """Hides the conversation until a time or until the customer writes."""
    until = instant(body.until) if body.until else None
    async with call.transaction() as tx:
        row = await lifecycle.snooze(
            tx, conversation_id, epoch=body.epoch, until=until, until_reply=body.until_customer_replies
        )
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.post("/conversations/{conversation_id}/wake", responses=ONE)
async def wake(call: AgentCall, conversation_id: str, body: bodies.Guard = EMPTY) -> Response:
    """Brings a snoozed conversation back now."""
    async with call.transaction() as tx:
        row = await lifecycle.wake(tx, conversation_id, epoch=body.epoch)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.get("/conversations/{conversation_id}/observers", responses={200: {"model": shapes.Observers}})
async def read_observers(call: AgentCall, conversation_id: str) -> Response:
    """The agents who observe the conversation."""
    row = await find(call.database, call.actor, conversation_id)
    watching = await observers.watching(call.database, row)
    return shown({"data": [{"id": agent.id, "name": agent.name} for agent in watching]})


@router.put("/conversations/{conversation_id}/observers/{agent_id}", responses=ONE)
async def observe(call: AgentCall, conversation_id: str, agent_id: str) -> Response:
    """Adds an observer."""
    async with call.transaction() as tx:
        row = await observers.join(tx, conversation_id, agent_id)
        answer(tx, shapes.conversation(row))
    return answered(tx)


@router.delete("/conversations/{conversation_id}/observers/{agent_id}", responses=ONE)
async def stop_observing(call: AgentCall, conversation_id: str, agent_id: str) -> Response:
    """Removes an observer."""
    async with call.transaction() as tx:
        row = await observers.leave(tx, conversation_id, agent_id)
        answer(tx, shapes.conversation(row))
    return answered(tx)


TAKEOVER: dict[int | str, dict[str, Any]] = {200: {"model": shapes.TakeoverRequest}}


@router.post(
    "/conversations/{conversation_id}/takeover-requests",
    status_code=201,
    responses={201: {"model": shapes.TakeoverRequest}, **TAKEOVER},
)
async def ask_takeover(
    call: AgentCall,
    conversation_id: str,
    body: bodies.AskTakeover = bodies.AskTakeover(),
) -> Response:
    """Asks the holder for the conversation; asking again answers the open request."""
    async with call.transaction() as tx:
        request, is_new = await takeovers.ask(tx, conversation_id, epoch=body.epoch, note=body.note or body.reason)
        answer(tx, shapes.takeover(request), 201 if is_new else 200)
    return answered(tx)


@router.get("/takeover-requests", responses={200: {"model": shapes.TakeoverPage}})
async def takeover_requests(
    call: AgentCall,
    state: Literal["open", "accepted", "declined", "cancelled", "lapsed"] | None = None,
    conversation: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Take-over requests of the workspace, newest first."""
    if cursor is not None and not ids.well_formed(cursor, "tor"):
        raise Invalid("cursor", "use the next_cursor of an earlier answer")
    call.actor.must("conversations:read")
    page = requests.page(call.actor.workspace_id, state=state, conversation_id=conversation, before=cursor)
    rows = await call.database.run(page.limit(limit + 1))
    more = rows[limit - 1].id if len(rows) > limit else None
    return shown({"data": [shapes.takeover(row) for row in rows[:limit]], "next_cursor": more})


@router.post("/takeover-requests/{request_id}/accept", responses={200: {"model": shapes.AcceptedTakeover}})
async def accept_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),
) -> Response:
    """The holder gives the conversation to the asker."""
    async with call.transaction() as tx:
        request, row = await takeovers.accept(tx, request_id, epoch=body.epoch, note=body.note or body.reason)
        answer(tx, {**shapes.takeover(request), "conversation": shapes.conversation(row)})
    return answered(tx)


@router.post("/takeover-requests/{request_id}/decline", responses=TAKEOVER)
async def decline_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),
) -> Response:
    """The holder keeps the conversation."""
    async with call.transaction() as tx:
        request = await takeovers.decline(tx, request_id, epoch=body.epoch, reason=body.reason or body.note)
        answer(tx, shapes.takeover(request))
    return answered(tx)


@router.post("/takeover-requests/{request_id}/cancel", responses=TAKEOVER)
async def cancel_takeover(
    call: AgentCall,
    request_id: str,
    body: bodies.AnswerTakeover = bodies.AnswerTakeover(),
) -> Response:
    """Who asked withdraws the request."""
    async with call.transaction() as tx:
        request = await takeovers.cancel(tx, request_id, epoch=body.epoch, reason=body.reason or body.note)
        answer(tx, shapes.takeover(request))
    return answered(tx)
