"""The bell: an agent's own notifications, newest first."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypedDict

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.delivery.notifications import PAGE, mark_seen
from dibs.delivery.shapes import NotificationPage, shape
from dibs.errors import Invalid

router = new_router("notifications")
NEWEST = "ntf_~"


class Seen(BaseModel):
    """One by `id`, or all up to and with `upto`."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(max_length=100)] | None = None
    upto: Annotated[str, Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Seen":
        if (self.id is None) == (self.upto is None):
            raise ValueError("give either id or upto")
        for name in (self.id, self.upto):
            if name is not None and not ids.well_formed(name, "ntf"):
                raise ValueError("name a notification, such as ntf_…")
        return self


class SeenAnswer(TypedDict):
    seen: int


@router.get("/notifications", responses={200: {"model": NotificationPage}})
async def page(
    call: AgentCall,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The caller's notifications."""
    if cursor is not None and not ids.well_formed(cursor, "ntf"):
        raise Invalid("cursor", "use the next_cursor of an earlier answer")
    who = {"ws": call.actor.workspace_id, "agent": call.actor.id}
    rows = await call.database.run(PAGE, who | {"before": cursor or NEWEST, "most": limit + 1})
    more = rows[limit - 1].id if len(rows) > limit else None
    return shown({"data": [shape(row._asdict()) for row in rows[:limit]], "next_cursor": more})


@router.post("/notifications/seen", responses={200: {"model": SeenAnswer}})
async def seen(call: AgentCall, body: Seen) -> Response:
    """Marks the caller's notifications as seen."""
    async with call.transaction() as tx:
        answer(tx, {"seen": await mark_seen(tx, one=body.id, upto=body.upto)})
    return answered(tx)
