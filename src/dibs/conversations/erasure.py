"""Erasing a customer: everything they wrote and everything written about them goes, what the numbers stand on stays.

Conversations keep their ids, owners, spells and times; the audit keeps a row that says who erased whom, by ids alone.
First the contact goes, so that nothing more can come to it; then its conversations, a few in each transaction. Whoever
is interrupted in the middle runs it again: what is erased already stays as it is. Slices above do their part as
reactions to `contact.erased` (fields `contact_ids`) and `conversations.erased` (`conversation_ids`, locked).
"""

import re
from collections.abc import Sequence

from sqlalchemy import Integer, Text, and_, bindparam, case, delete, literal, null, select, tuple_, update

from dibs.actor import Actor
from dibs.contacts import shapes
from dibs.contacts.edit import lock as lock_contact
from dibs.contacts.identities import KINDS, free_identities, write
from dibs.contacts.tables import contacts
from dibs.conversations.changes import change, emit
from dibs.conversations.lifecycle import resolve_locked
from dibs.conversations.locks import lock_many
from dibs.conversations.refusals import CLOSED
from dibs.conversations.tables import conversations, drafts, messages, takeover_requests
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.files.content import throw_away
from dibs.files.erasure import erase as erase_files
from dibs.ledger import events, idempotency_keys
from dibs.tx import Change, Core, Tx, transaction

NAME = "Erased contact"
BATCH, ANSWERS_AT_ONCE = 20, 500

_c, _m, _k, _t, _d, _e, _i = (
    each.c for each in (conversations, messages, contacts, takeover_requests, drafts, events, idempotency_keys)
)
_ws, _contact, _most = bindparam("ws", type_=Id), bindparam("contact", type_=Id), bindparam("most", type_=Integer)
_MERGED = select(_k.id).where(_k.workspace_id == _ws, _k.merged_into == _contact)
_EMPTY_MERGED = (
    update(contacts)
    .where(_k.workspace_id == _ws, _k.merged_into == _contact)
    .values(name=NAME, email=null(), phone=null(), external_id=null())
)
_FORGET_CONTACT = delete(events).where(
    _e.workspace_id == _ws, _e.kind == "contact.updated", _e.body.contains(bindparam("quoted", type_=Text))
)
_THEIRS = (
    select(_c.id)
    .where(_c.workspace_id == _ws, _c.contact_id == _contact, _c.id > bindparam("after", type_=Id))
    .order_by(_c.id)
    .limit(_most)
)
# Numbers, times, kinds and authors stay: the analytics stand on them.
_EMPTY_MESSAGES = (
    update(messages)
    .where(_m.workspace_id == _ws, any_of(_m.conversation_id, "ids"))
    .values(
        text="",
        attachments=[],
        details={"erased": True},
        client_id=null(),
        external_id=null(),
        author_name=case((_m.author_type == "contact", literal(NAME)), else_=_m.author_name),
    )
)
_EMPTY_REQUESTS = (
    update(takeover_requests)
    .where(_t.workspace_id == _ws, any_of(_t.conversation_id, "ids"))
    .values(note=null(), reason=null())
)
_FORGET_DRAFTS = delete(drafts).where(_d.workspace_id == _ws, any_of(_d.conversation_id, "ids"))
_FORGET_EVENTS = delete(events).where(_e.workspace_id == _ws, any_of(_e.conversation_id, "ids"))
_answer = (_i.actor_id, _i.route, _i.key)
_here = tuple_(*(bindparam(f"after_{each.name}", type_=each.type) for each in _answer))
_ANSWERS = (
    select(*_answer, _i.answer).where(_i.workspace_id == _ws, tuple_(*_answer) > _here).order_by(*_answer).limit(_most)
)
_FORGET_ANSWER = delete(idempotency_keys).where(
    and_(_i.workspace_id == _ws, *(each == bindparam(f"this_{each.name}", type_=each.type) for each in _answer))
)
_ABOUT = re.compile(rb"(?:conv|ctc)_[0-9A-Z]{26}")


async def erase(core: Core, actor: Actor, contact_id: str) -> Row:
    """Erases a contact, and those merged into it, for good; returns what is left. An erased one may be erased again.

    Refuses an unknown one with 404 and anybody but admins with 403. What is open or held is resolved first.
    """
    row, about, thrown = await _erase_contact(core, actor, contact_id)
    after = ""
    while batch := await core.database.run(
        _THEIRS, {"ws": actor.workspace_id, "contact": row.id, "after": after, "most": BATCH}
    ):
        found = [each.id for each in batch]
        thrown += await _erase_conversations(core, actor, found)
        about |= set(found)
        after = found[-1]
    for stored_as in thrown:
        await throw_away(core, stored_as)
    await _forget_answers(core, actor.workspace_id, about)
    return row


async def _erase_contact(core: Core, actor: Actor, contact_id: str) -> tuple[Row, set[str], list[str]]:
    async with transaction(core, actor) as tx:
        row = await lock_contact(tx, contact_id)
        tx.actor.must("admin", "admin")
        params = {"ws": tx.workspace_id, "contact": row.id}
        them = [row.id, *(each.id for each in await tx.run(_MERGED, params))]
        await tx.run(_EMPTY_MERGED, params)
        await free_identities(tx, row.id)
        nothing = dict.fromkeys(KINDS)
        erased = await write(tx, row, **nothing, name=NAME, erased_at=row.erased_at or tx.now)
        for each in them:
            await tx.run(_FORGET_CONTACT, {"ws": tx.workspace_id, "quoted": f'"{each}"'})
        thrown = await erase_files(tx, [], them)
        await _react(tx, "contact.erased", {"contact_ids": them, "thrown": thrown})
        if row.erased_at is None:
            tx.audit("contact.erased", row.id)
        await tx.emit("contact.updated", {"contact": shapes.contact(erased)})
    return erased, set(them), thrown


async def _erase_conversations(core: Core, actor: Actor, found: Sequence[str]) -> list[str]:
    async with transaction(core, actor) as tx:
        rows = await lock_many(tx, found)
        params = {"ws": tx.workspace_id, "ids": list(rows)}
        for statement in (_EMPTY_MESSAGES, _EMPTY_REQUESTS, _FORGET_DRAFTS, _FORGET_EVENTS):
            await tx.run(statement, params)
        thrown = await erase_files(tx, list(rows), [])
        await _react(tx, "conversations.erased", {"conversation_ids": list(rows), "thrown": thrown})
        for row in rows.values():
            await _erase_conversation(tx, row)
    return thrown


async def _erase_conversation(tx: Tx, row: Row) -> None:
    """Empties a locked conversation, before anything is said of it again, and closes it."""
    if row.subject is not None or row.preview is not None:
        row = await change(tx, row, subject=None, preview=None)
        if row.status in CLOSED:
            await emit(tx, "conversation.updated", row)
    if row.status not in CLOSED:
        await resolve_locked(tx, row, reason="contact_erased")


async def _react(tx: Tx, kind: str, fields: dict[str, list[str]]) -> None:
    for reaction in tx.core.reactions.get(kind, ()):
        await reaction(tx, Change(kind, None, fields))


async def _forget_answers(core: Core, workspace_id: str, about: set[str]) -> None:
    """Deletes the kept answers of repeatable requests that speak of these contacts and conversations."""
    place: dict[str, str] = {f"after_{each.name}": "" for each in _answer}
    while rows := await core.database.scan(_ANSWERS, {"ws": workspace_id, "most": ANSWERS_AT_ONCE} | place):
        speaking = [row for row in rows if _speaks(row, about)]
        if speaking:
            async with core.database.transaction() as opened:
                for row in speaking:
                    this = {f"this_{each.name}": getattr(row, each.name) for each in _answer}
                    await opened.run(_FORGET_ANSWER, {"ws": workspace_id} | this)
        place = {f"after_{each.name}": getattr(rows[-1], each.name) for each in _answer}


def _speaks(row: Row, about: set[str]) -> bool:
    named = {each.decode() for each in _ABOUT.findall(row.route.encode() + b" " + bytes(row.answer))}
    return not named.isdisjoint(about)
