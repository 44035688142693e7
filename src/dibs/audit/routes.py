"""The audit over HTTP: read it, export it, verify it; and each conversation's history."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Header, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from dibs import clock
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as identifying
from dibs.audit import export, queries, shapes
from dibs.audit.history import history, known
from dibs.audit.settings_changes import SettingChanges, settings_changes
from dibs.audit.verification import check, verdict

router = identifying("audit")
FOUND: dict[int | str, dict[str, Any]] = {
    200: {"model": shapes.AuditPage, "content": {export.CSV: export.TEXT, export.LINES: export.TEXT}}
}


def _in_range(moment: datetime) -> datetime:
    # Year 1 and 9999 can be written with offsets that leave the calendar.
    if not 1970 <= moment.year <= 9998:
        raise ValueError("use a year from 1970 to 9998")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_range)]
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, Field(max_length=200)]


class AuditQuery(BaseModel):
    """What part of the audit is asked for. A misspelt filter is refused: it would have exported everything."""

    model_config = ConfigDict(extra="forbid")

    conversation: Annotated[str, Field(max_length=100)] | None = None
    actor: Annotated[str, Field(max_length=100)] | None = None
    action: Annotated[str, Field(max_length=100, pattern=r"^[a-z_]+(\.[a-z_]+)*(\.\*)?$")] | None = None
    since: Moment | None = None
    until: Moment | None = None
    cursor: Cursor | None = None
    limit: Limit = 50

    def wanted(self) -> queries.Filter:
        """As queries.py asks."""
        return queries.Filter(
            conversation=self.conversation,
            actor=self.actor,
            action=self.action,
            since=None if self.since is None else clock.instant(self.since),
            until=None if self.until is None else clock.instant(self.until),
        )


class HistoryQuery(BaseModel):
    """A page of a history."""

    model_config = ConfigDict(extra="forbid")

    cursor: Cursor | None = None
    limit: Limit = 50


class Nothing(BaseModel):
    """A body without members, or none at all."""

    model_config = ConfigDict(extra="forbid")


@router.get("/audit", responses=FOUND, response_class=Response)
async def read_audit(
    call: AgentCall, query: Annotated[AuditQuery, Query()], accept: Annotated[str | None, Header()] = None
) -> Response:
    """The audit, newest first. `Accept: text/csv` or `application/x-ndjson` exports everything that matches."""
    before = None if query.cursor is None else queries.row_number(query.cursor)
    call.actor.must("admin", "admin")
    workspace_id, wanted, media_type = call.actor.workspace_id, query.wanted(), export.chosen(accept)
    if media_type != export.JSON:
        body = export.export(call.database, workspace_id, wanted, media_type)
        name = "audit.csv" if media_type == export.CSV else "audit.jsonl"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept"}
        return StreamingResponse(body, media_type=media_type, headers=headers)
    rows = await queries.page(call.database, workspace_id, wanted, before=before, most=query.limit + 1)
    data = [shapes.audit_row(row) for row in rows[: query.limit]]
    more = queries.cursor(rows[query.limit - 1].seq) if len(rows) > query.limit else None
    return shown({"data": data, "next_cursor": more}, headers={"Vary": "Accept"})


@router.post("/audit/verify", responses={200: {"model": shapes.Verdict}}, response_class=Response)
async def verify_audit(call: AgentCall, _: Nothing | None = None) -> Response:
    """Recomputes the whole chain and names the first row that does not fit."""
    call.actor.must("admin", "admin")
    found = verdict(*await check(call.database, call.actor.workspace_id))
    async with call.transaction() as tx:
        answer(tx, found)
    return answered(tx)


@router.get(
    "/conversations/{conversation_id}/history",
    responses={200: {"model": shapes.HistoryPage}},
    response_class=Response,
)
async def read_history(call: AgentCall, conversation_id: str, query: Annotated[HistoryQuery, Query()]) -> Response:
    """Who claimed, released, handed on, resolved it, and why, oldest first."""
    after = 0 if query.cursor is None else queries.row_number(query.cursor)
    workspace_id = call.actor.workspace_id
    await known(call.database, workspace_id, conversation_id)
    call.actor.must("conversations:read")
    entries, more = await history(call.database, workspace_id, conversation_id, after=after, most=query.limit)
    return shown({"data": entries, "next_cursor": None if more is None else queries.cursor(more)})


@router.get("/workspace/settings/changes", responses={200: {"model": SettingChanges}}, response_class=Response)
async def read_settings_changes(call: AgentCall) -> Response:
    """Who changed each setting last, and when. Everybody who may see the settings may see this."""
    return shown({"data": await settings_changes(call.database, call.actor.workspace_id)})
