"""Take-over requests: one agent asks the holder for a conversation; the holder accepts or declines, or it lapses."""

from typing import Any

from sqlalchemy import bindparam, insert

from dibs import clock, ids
from dibs.conversations import requests, shapes
from dibs.conversations.changes import noted
from dibs.conversations.locks import lock, lock_receiver, not_found
from dibs.conversations.messages import add_note
from dibs.conversations.ownership import eligible_receiver, give, require_pools
from dibs.conversations.refusals import RequestClosed, not_claimed, refuse_old_epoch
from dibs.conversations.tables import takeover_requests
from dibs.db.compiled import Row
from dibs.errors import Forbidden, Invalid
from dibs.pools.rules import Rules
from dibs.tx import Tx

_t = takeover_requests.c
_INSERT = insert(takeover_requests).values({column.name: bindparam(column.name, type_=column.type) for column in _t})


async def ask(tx: Tx, conversation_id: str, *, epoch: int | None = None, note: str | None = None) -> tuple[Row, bool]:
    """Asks the holder for the conversation; asking again returns the open request. Returns it and whether it is new.

    Refuses an unclaimed conversation (409 `not_claimed`), one's own (422), an agent outside the pools (403).
    """
    row = await lock(tx, conversation_id)
    tx.actor.must("conversations:write", "agent")
    if row.assignee_id is None:
        raise not_claimed()
    refuse_old_epoch(row, epoch, tx.actor)
    if row.assignee_id == tx.actor.id:
        raise Invalid("conversation_id", "you hold this conversation yourself")
    already = {"ws": tx.workspace_id, "conversation": row.id, "asker": tx.actor.id}
    if (request := await tx.one(requests.OPEN_OF, already)) is not None:
        return request, False
    asker = await lock_receiver(tx, tx.actor.id)
    found = await eligible_receiver(tx, asker)
    require_pools(found, row, asker)
    return await _open(tx, row, found, note), True


async def _open(tx: Tx, row: Row, found: Rules, note: str | None) -> Row:
    request_id = ids.new("tor")
    values = {
        "workspace_id": tx.workspace_id,
        "id": request_id,
        "conversation_id": row.id,
        "asker_id": tx.actor.id,
        "assignee_id": row.assignee_id,
        "state": "open",
        "note": note,
        "reason": None,
        "expires_at": tx.now + found.settings.takeover_timeout_minutes * clock.MINUTE,
        "created_at": tx.now,
        "answered_at": None,
    }
    await tx.run(_INSERT, values)
    request = await _read(tx, request_id)
    shape = shapes.takeover(request)
    # The note stays with the request: what the audit holds, it holds for good.
    after = {"state": "open", "asker": shape["asker"], "assignee": shape["assignee"]}
    tx.audit("takeover.requested", request_id, conversation_id=row.id, after=after)
    await tx.emit("takeover.requested", {"takeover_request": shape}, conversation=row)
    return request


async def accept(tx: Tx, request_id: str, *, epoch: int | None = None, note: str | None = None) -> tuple[Row, Row]:
    """The holder gives the conversation to the asker. Returns the request and the conversation.

    Refuses anybody else (403), a request that is not open (409), an asker outside the pools (403) or at the limit
    (409 naming the asker; the request stays open).
    """
    request, row = await _locked(tx, request_id)
    _only(tx, request.assignee_id, "Only the holder answers a take-over request.")
    _refuse_closed(request)
    refuse_old_epoch(row, epoch, tx.actor)
    asker = await lock_receiver(tx, request.asker_id)
    found = await eligible_receiver(tx, asker)
    require_pools(found, row, asker)
    # Closed first, so that the change of owner lapses only the requests of others.
    accepted = await requests.close(tx, request.id, "accepted")
    said = noted(note)
    (given,) = await give(
        tx, [row], asker, found, via="takeover", kind="conversation.reassigned", former_ends_as="taken_over", note=said
    )
    if said:
        given = await add_note(tx, given, said)
    return accepted, given


async def decline(tx: Tx, request_id: str, *, epoch: int | None = None, reason: str | None = None) -> Row:
    """The holder keeps the conversation."""
    request, row = await _locked(tx, request_id)
    _only(tx, request.assignee_id, "Only the holder answers a take-over request.")
    _refuse_closed(request)
    refuse_old_epoch(row, epoch, tx.actor)
    return await requests.close(tx, request.id, "declined", reason)


async def cancel(tx: Tx, request_id: str, *, epoch: int | None = None, reason: str | None = None) -> Row:
    """The asker withdraws the request."""
    request, row = await _locked(tx, request_id)
    _only(tx, request.asker_id, "Only who asked withdraws a take-over request.")
    _refuse_closed(request)
    refuse_old_epoch(row, epoch, tx.actor)
    return await requests.close(tx, request.id, "cancelled", reason)


async def lapse(tx: Tx, request_id: str) -> Row | None:
    """A timer closes a request that nobody answered in time; None when there was nothing to close."""
    request, _ = await _locked(tx, request_id)
    if request.state != "open" or request.expires_at > tx.now:
        return None
    return await requests.close(tx, request.id, "lapsed")


async def _read(tx: Tx, request_id: str) -> Any:
    row = None
    if ids.well_formed(request_id, "tor"):
        row = await tx.one(requests.READ, {"ws": tx.workspace_id, "id": request_id})
    if row is None:
        raise not_found("take-over request")
    return row


async def _locked(tx: Tx, request_id: str) -> tuple[Row, Row]:
    """The request as it is once its conversation is locked: whoever changes either holds that lock."""
    request = await _read(tx, request_id)
    row = await lock(tx, request.conversation_id)
    return await _read(tx, request_id), row


def _only(tx: Tx, agent_id: str, sentence: str) -> None:
    tx.actor.must("conversations:write", "agent")
    if tx.actor.id != agent_id and tx.actor.type != "system":
        raise Forbidden(sentence, needs="assignee" if sentence.startswith("Only the holder") else "asker")


def _refuse_closed(request: Row) -> None:
    if request.state != "open":
        raise RequestClosed(f"This request is {request.state}. Ask again if it still matters.", state=request.state)
