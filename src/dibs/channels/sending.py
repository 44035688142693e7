"""Hands messages to channels: what the outbox calls for its topic `channel`."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from dibs.accounts.tables import workspaces
from dibs.channels import statuses
from dibs.channels.connections import BY_ID, ChannelLocked, opened
from dibs.channels.port import Kind, Outgoing, Sent
from dibs.contacts.queries import BY_ID as CONTACT
from dibs.conversations.deliveries import READ, advance
from dibs.conversations.locks import READ as CONVERSATION
from dibs.db.compiled import Row
from dibs.delivery.worker import Deliverer, Refused
from dibs.files.sending import contents
from dibs.outbound import Outbound
from dibs.pools.rules import rules
from dibs.tx import Core, Tx

_WORKSPACE = select(workspaces.c.name).where(workspaces.c.id == bindparam("ws"))


def deliverer(kinds: Mapping[str, Kind], outbound: Outbound) -> Deliverer:
    """The deliverer for messages on any of these kinds of channels."""

    async def send(core: Core, entry: Row) -> Sent:
        try:
            outgoing = await _load(core, outbound, kinds, entry)
        except ChannelLocked as locked:
            raise Refused(locked.code, locked.detail) from None
        hand_over = kinds[outgoing.conversation.channel].send
        if hand_over is None:
            raise Refused("not_connected", "This channel sends nothing by itself.")
        return await hand_over(outgoing)

    return Deliverer(send, _done, _failed)


async def _load(core: Core, outbound: Outbound, kinds: Mapping[str, Kind], entry: Row) -> Outgoing:
    run, ws = core.database.run, {"ws": entry.workspace_id}
    (message,) = await run(READ, ws | {"message": entry.message_id})
    (conversation,) = await run(CONVERSATION, ws | {"id": message.conversation_id})
    (contact,) = await run(CONTACT, ws | {"id": conversation.contact_id})
    found = await run(BY_ID, ws | {"id": entry.target})
    if not found or not found[0].active:
        raise Refused("not_connected", "This channel was disconnected. Connect it again, then send again.")
    return Outgoing(
        connection=opened(core, outbound, kinds[found[0].kind], found[0]),
        entry_id=entry.id,
        attempt=entry.attempts,
        message=message,
        conversation=conversation,
        contact=contact,
        files=await contents(core, message),
        sender_name=await sender_name(core, message),
    )


async def sender_name(core: Core, message: Row) -> str:
    """Whom the customer hears: an agent by name only if the workspace says so, otherwise the workspace."""
    (workspace,) = await core.database.run(_WORKSPACE, {"ws": message.workspace_id})
    settings = (await rules(core.database.run, message.workspace_id)).settings
    if message.kind == "reply" and settings.show_agent_name:
        return str(message.author_name)
    return str(workspace.name)


async def _done(tx: Tx, entry: Row, said: Any) -> None:
    sent: Sent = said
    (message,) = await tx.run(READ, {"ws": tx.workspace_id, "message": entry.message_id})
    message = await advance(tx, message, sent.delivery, external_id=sent.external_id)
    if sent.also is not None:
        await sent.also(tx)
    if sent.external_id is not None:
        await statuses.catch_up(tx, entry.target, message, sent.external_id)


async def _failed(tx: Tx, entry: Row, refused: Refused) -> None:
    (message,) = await tx.run(READ, {"ws": tx.workspace_id, "message": entry.message_id})
    await advance(tx, message, "failed", failure={"code": refused.code, "detail": refused.detail})
