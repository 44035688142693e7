"""What merging and deleting contacts means for their conversations. app.py registers both as reactions."""

from sqlalchemy import bindparam, exists, select, update

from dibs.contacts.edit import ContactInUse
from dibs.conversations.tables import conversations, messages
from dibs.db.types import Id, any_of
from dibs.tx import Change, Tx

_c, _m = conversations.c, messages.c
_other = messages.alias("other")
_ws, _contact, _into = bindparam("ws", type_=Id), bindparam("contact", type_=Id), bindparam("into", type_=Id)
_LOCK = (
    select(_c.id)
    .where(_c.workspace_id == _ws, _c.contact_id == _contact)
    .order_by(_c.id)
    .with_for_update(key_share=True, of=conversations)
)
_MOVE = update(conversations).where(_c.workspace_id == _ws, any_of(_c.id, "ids")).values(contact_id=_into)
# The channel's id of a message is remembered with its contact: a redelivery after the merge is still known.
_MOVE_MESSAGES = (
    update(messages)
    .where(_m.workspace_id == _ws, any_of(_m.conversation_id, "ids"), _m.contact_id == _contact)
    .where(
        ~exists().where(
            _other.c.workspace_id == _ws,
            _other.c.channel == _m.channel,
            _other.c.contact_id == _into,
            _other.c.external_id == _m.external_id,
        )
    )
    .values(contact_id=_into)
)
_ANY = select(_c.id).where(_c.workspace_id == _ws, _c.contact_id == _contact).limit(1)


async def follow_merge(tx: Tx, change: Change) -> None:
    """Gives the merged contact's conversations to the one that remains: each stays a conversation, with its owner."""
    merged, into = change.fields["contact_id"], change.fields["into"]
    moved = [row.id for row in await tx.run(_LOCK, {"ws": tx.workspace_id, "contact": merged})]
    if moved:
        await tx.run(_MOVE, {"ws": tx.workspace_id, "ids": moved, "into": into})
        await tx.run(_MOVE_MESSAGES, {"ws": tx.workspace_id, "ids": moved, "contact": merged, "into": into})


async def keep_customers(tx: Tx, change: Change) -> None:
    """Refuses to delete a contact who has conversations."""
    if await tx.one(_ANY, {"ws": tx.workspace_id, "contact": change.fields["contact_id"]}):
        raise ContactInUse("This contact has conversations. Merge it into another contact, or keep it.")
