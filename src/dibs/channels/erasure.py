"""What channels remember of a customer who is erased. app.py registers both as reactions."""

from sqlalchemy import bindparam, delete, null, or_, select, update

from dibs.channels.tables import mails, message_html, visitor_conversations, visitors
from dibs.conversations.tables import messages
from dibs.db.types import Id, any_of
from dibs.files.erasure import erase
from dibs.tx import Change, Tx

ERASED = "erased"

_v, _vc, _a, _h = visitors.c, visitor_conversations.c, mails.c, message_html.c
_ws = bindparam("ws", type_=Id)
_VISITORS = select(_v.id).where(_v.workspace_id == _ws, any_of(_v.contact_id, "contacts"))
_FORGET_PLACES = delete(visitor_conversations).where(
    _vc.workspace_id == _ws, or_(any_of(_vc.visitor_id, "visitors"), any_of(_vc.conversation_id, "conversations"))
)
_FORGET_VISITORS = delete(visitors).where(_v.workspace_id == _ws, any_of(_v.id, "visitors"))
# That a mail was read stays known, by its Message-ID alone: or the next look into the mailbox would bring it back.
_EMPTY_MAILS = (
    update(mails)
    .where(_a.workspace_id == _ws, any_of(_a.conversation_id, "ids"))
    .values(conversation_id=null(), message_id=null(), refers_to=[], ignored_as=ERASED)
)
_OF_THEM = select(messages.c.id).where(messages.c.workspace_id == _ws, any_of(messages.c.conversation_id, "ids"))
_FORGET_HTML = delete(message_html).where(_h.workspace_id == _ws, _h.message_id.in_(_OF_THEM.scalar_subquery()))


async def forget_contacts(tx: Tx, change: Change) -> None:
    """Deletes the visitors of the widget as whom the contacts were known: their tokens open nothing any more."""
    them = {"ws": tx.workspace_id, "contacts": change.fields["contact_ids"]}
    found = [row.id for row in await tx.run(_VISITORS, them)]
    if not found:
        return
    change.fields["thrown"] += await erase(tx, [], found)
    await tx.run(_FORGET_PLACES, {"ws": tx.workspace_id, "visitors": found, "conversations": []})
    await tx.run(_FORGET_VISITORS, {"ws": tx.workspace_id, "visitors": found})


async def forget_conversations(tx: Tx, change: Change) -> None:
    """Deletes the HTML of the conversations' messages and what their mails said of each other."""
    params = {"ws": tx.workspace_id, "ids": change.fields["conversation_ids"]}
    await tx.run(_FORGET_HTML, params)
    await tx.run(_EMPTY_MAILS, params)
    places = {"visitors": [], "conversations": change.fields["conversation_ids"]}
    await tx.run(_FORGET_PLACES, {"ws": tx.workspace_id} | places)
