"""Settings > Team > Pools, over HTTP."""

from typing import Annotated

from fastapi import Query, Response

from dibs import ids
from dibs.accounts.identify import AgentCall, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.errors import Invalid, NotFound
from dibs.pools import pools, shapes
from dibs.pools.bodies import CreatePool, EditPool

router = new_router("pools")


@router.get("/pools", responses={200: {"model": shapes.PoolPage}})
async def page(
    call: AgentCall,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """The workspace's pools."""
    if cursor is not None and not ids.well_formed(cursor, "pool"):
        raise Invalid("cursor", "use the next_cursor of an earlier answer")
    call.actor.must("conversations:read")
    rows = await call.database.run(pools.ALL, {"ws": call.actor.workspace_id, "after": cursor or ""})
    more = rows[limit - 1].id if len(rows) > limit else None
    return shown({"data": [shapes.shape(row) for row in rows[:limit]], "next_cursor": more})


@router.post("/pools", status_code=201, responses={201: {"model": shapes.Pool}})
async def create(call: AgentCall, body: CreatePool) -> Response:
    """Adds a pool."""
    async with call.transaction() as tx:
        answer(tx, shapes.shape(await pools.create(tx, body.model_dump())), 201)
    return answered(tx)


@router.get("/pools/{pool_id}", responses={200: {"model": shapes.Pool}})
async def read(call: AgentCall, pool_id: str) -> Response:
    """One pool."""
    rows = []
    if ids.well_formed(pool_id, "pool"):
        rows = await call.database.run(pools.READ, {"ws": call.actor.workspace_id, "id": pool_id})
    if not rows:
        raise NotFound("There is no such pool in this workspace.")
    call.actor.must("conversations:read")
    return shown(shapes.shape(rows[0]))


@router.patch("/pools/{pool_id}", responses={200: {"model": shapes.Pool}})
async def edit(call: AgentCall, pool_id: str, body: EditPool) -> Response:
    """Changes a pool."""
    async with call.transaction() as tx:
        answer(tx, shapes.shape(await pools.edit(tx, pool_id, body.model_dump(exclude_unset=True))))
    return answered(tx)


@router.delete("/pools/{pool_id}", responses={200: {"model": shapes.Pool}})
async def remove(call: AgentCall, pool_id: str) -> Response:
    """Removes a pool, and answers with it as it was."""
    async with call.transaction() as tx:
        answer(tx, shapes.shape(await pools.remove(tx, pool_id)))
    return answered(tx)
