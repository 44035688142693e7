"""Why somebody could or could not claim a conversation, over HTTP."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from dibs.accounts.identify import AgentCall, shown
from dibs.accounts.identify import router as new_router
from dibs.conversations import prospect_shapes as shapes
from dibs.conversations import prospects
from dibs.conversations.locks import find
from dibs.pools.bodies import CreatePool
from dibs.pools.rules import Pool

router = new_router("eligibility")


@router.get("/conversations/{conversation_id}/eligibility", responses={200: {"model": shapes.Prospects}})
async def eligibility(call: AgentCall, conversation_id: str) -> Response:
    """For every agent whether they could claim the conversation now, and if not why."""
    row = await find(call.database, call.actor, conversation_id)
    return shown({"data": await prospects.of(call.database, row)})


@router.get("/unclaimable-conversations", responses={200: {"model": shapes.UnclaimableConversations}})
async def unclaimable(call: AgentCall) -> Response:
    """Waiting conversations that no active agent may claim under the pools as they are."""
    call.actor.must("conversations:read")
    return shown({"data": await prospects.unclaimable(call.database, call.actor.workspace_id)})


class ProposedPool(CreatePool):
    """A pool as the editor has it; `id` when it would replace one."""

    id: Annotated[str, Field(max_length=100)] | None = None


@router.post("/unclaimable-conversations", responses={200: {"model": shapes.UnclaimableConversations}})
async def would_be_unclaimable(call: AgentCall, body: ProposedPool) -> Response:
    """Waiting conversations that no active agent could claim any more if this pool were saved. Nothing is."""
    call.actor.must("admin", "admin")
    conditions = body.conditions
    proposed = Pool(
        id=body.id or "pool_proposed",
        name=body.name,
        members=frozenset(body.members),
        skill=body.skill,
        tags=frozenset(conditions.tags),
        priorities=frozenset(conditions.priorities),
        languages=frozenset(conditions.languages),
        channels=frozenset(conditions.channels),
    )
    return shown({"data": await prospects.unclaimable(call.database, call.actor.workspace_id, proposed)})
