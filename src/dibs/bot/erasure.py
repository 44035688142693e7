"""What the bot remembers of conversations that are erased. app.py registers it as a reaction."""

from sqlalchemy import bindparam, case, func, null, update

from dibs.bot.tables import bot_turns, escalations
from dibs.db.types import Id, Instant, any_of
from dibs.tx import Change, Tx

_t, _e = bot_turns.c, escalations.c
_ws = bindparam("ws", type_=Id)
# A turn that runs delivers nothing any more.
_EMPTY_TURNS = (
    update(bot_turns)
    .where(_t.workspace_id == _ws, any_of(_t.conversation_id, "ids"))
    .values(
        articles=[],
        error=null(),
        state=case((_t.state == "open", "expired"), else_=_t.state),
        ended_at=func.coalesce(_t.ended_at, bindparam("at", type_=Instant), type_=Instant),
    )
)
_EMPTY_CARDS = (
    update(escalations).where(_e.workspace_id == _ws, any_of(_e.conversation_id, "ids")).values(reason="", articles=[])
)


async def forget(tx: Tx, change: Change) -> None:
    """Empties the turns and the hand-off cards of the conversations; their times and triggers stay."""
    params = {"ws": tx.workspace_id, "ids": change.fields["conversation_ids"]}
    await tx.run(_EMPTY_TURNS, params | {"at": tx.now})
    await tx.run(_EMPTY_CARDS, params)
