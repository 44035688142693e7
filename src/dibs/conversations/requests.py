"""Take-over requests as rows: read, closed, and all lapsed when a claim changes or ends."""

from typing import Any

from sqlalchemy import Select, Text, bindparam, select, update

from dibs.accounts.tables import agents
from dibs.conversations import shapes
from dibs.conversations.tables import takeover_requests
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.tx import Tx

_t = takeover_requests.c
_ws = bindparam("ws", type_=Id)


def _name_of(column: Any, label: str) -> Any:
    return (
        (select(agents.c.name).where(agents.c.workspace_id == _t.workspace_id, agents.c.id == column))
        .scalar_subquery()
        .label(label)
    )


_NAMES = (_name_of(_t.asker_id, "asker_name"), _name_of(_t.assignee_id, "assignee_name"))
REQUESTS = select(takeover_requests, *_NAMES)
READ = REQUESTS.where(_t.workspace_id == _ws, _t.id == bindparam("id", type_=Id))
OPEN_OF = REQUESTS.where(
    _t.workspace_id == _ws,
    _t.conversation_id == bindparam("conversation", type_=Id),
    _t.asker_id == bindparam("asker", type_=Id),
    _t.state == "open",
)
_CLOSE = (
    update(takeover_requests)
    .where(_t.workspace_id == _ws, _t.id == bindparam("request", type_=Id), _t.state == "open")
    .values(
        state=bindparam("new_state", type_=Text),
        reason=bindparam("why", type_=Text),
        answered_at=bindparam("at", type_=Instant),
    )
    .returning(takeover_requests, *_NAMES)
)
_LAPSE_ALL = (
    update(takeover_requests)
    .where(_t.workspace_id == _ws, _t.conversation_id == bindparam("conversation", type_=Id), _t.state == "open")
    .values(state="lapsed", answered_at=bindparam("at", type_=Instant))
    .returning(takeover_requests, *_NAMES)
)


def page(workspace_id: str, *, state: str | None, conversation_id: str | None, before: str | None) -> "Select[Any]":
    """Requests, newest first, of a state and a conversation when given, older than the id `before`."""
    found = REQUESTS.where(_t.workspace_id == workspace_id).order_by(_t.id.desc())
    if state is not None:
        found = found.where(_t.state == state)
    if conversation_id is not None:
        found = found.where(_t.conversation_id == conversation_id)
    return found if before is None else found.where(_t.id < before)


async def close(tx: Tx, request_id: str, state: str, reason: str | None = None) -> Row | None:
    """Answers an open request and emits `takeover.answered`; None when it was open no more."""
    params = {"ws": tx.workspace_id, "request": request_id, "new_state": state, "why": reason, "at": tx.now}
    closed = await tx.one(_CLOSE, params)
    if closed is not None:
        await _answered(tx, closed)
    return closed


async def lapse_all(tx: Tx, row: Row) -> None:
    """Any change or end of a claim closes every request for it."""
    params = {"ws": tx.workspace_id, "conversation": row.id, "at": tx.now}
    for lapsed in await tx.run(_LAPSE_ALL, params):
        await _answered(tx, lapsed)


async def _answered(tx: Tx, request: Row) -> None:
    shape = shapes.takeover(request)
    tx.audit(
        "takeover.answered",
        request.id,
        conversation_id=request.conversation_id,
        before={"state": "open"},
        after={"state": request.state, "asker": shape["asker"], "assignee": shape["assignee"]},
        reason=request.reason,
    )
    await tx.emit("takeover.answered", {"takeover_request": shape}, about=request.conversation_id)
