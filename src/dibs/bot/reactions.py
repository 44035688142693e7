"""What makes the bot begin, or step back: reactions in the transaction of their cause."""

from dibs.bot import escalation, turns
from dibs.db.compiled import Row
from dibs.pools.rules import rules
from dibs.tx import Change, Core, Tx


def register(core: Core) -> None:
    """Before the notifications, which tell people whom the bot has just handed to them."""
    core.react("message.created", _customer_wrote)
    core.react("conversation.updated", _tagged)
    core.react("conversation.bot_resumed", _resumed)
    core.react("conversation.released", _released)
    core.react("conversation.resolved", _resolved)


async def _customer_wrote(tx: Tx, change: Change) -> None:
    row = change.conversation
    if row is None or change.fields["message"]["kind"] != "customer" or row.bot_paused:
        return
    settings = (await rules(tx.run, tx.workspace_id)).settings
    if not turns.serves(row, settings):
        return
    why = await escalation.why_in(tx, row, change.fields["message"]["text"], settings)
    if why is not None:
        change.conversation = await escalation.escalate(tx, row, why)
    else:
        await turns.resume(tx, row, settings)


async def _tagged(tx: Tx, change: Change) -> None:
    row = change.conversation
    if row is None or not row.tags:
        return
    settings = (await rules(tx.run, tx.workspace_id)).settings
    if turns.serves(row, settings) and (why := await escalation.why_of_tags(tx, row, settings)):
        change.conversation = await escalation.escalate(tx, row, why)


async def _resumed(tx: Tx, change: Change) -> None:
    if change.conversation is not None:
        await escalation.clear(tx, change.conversation.id)
        await _go_on(tx, change.conversation)


async def _released(tx: Tx, change: Change) -> None:
    """Handed back; or undone, and what was written in between goes to the bot as if nothing had been."""
    if change.fields.get("ended_as") == "handed_back":
        await _resumed(tx, change)
    elif change.fields.get("ended_as") == "undone" and change.conversation is not None:
        await _go_on(tx, change.conversation)


async def _go_on(tx: Tx, row: Row) -> None:
    await turns.resume(tx, row, (await rules(tx.run, tx.workspace_id)).settings)


async def _resolved(tx: Tx, change: Change) -> None:
    if change.conversation is not None:
        await escalation.clear(tx, change.conversation.id)
