"""Visitors: who sits at the other end of a widget. Anonymous until the host page proves who they are."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Text, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from dibs import clock, ids
from dibs.accounts.tokens import digest
from dibs.actor import Actor, system
from dibs.channels.tables import visitor_conversations, visitors
from dibs.channels.widget.queries import LOCK_VISITOR, VISITOR
from dibs.contacts.identities import claim_identity, find_or_create, live, normalise, write
from dibs.contacts.merging import merge
from dibs.contacts.tables import contact_identities
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.errors import Invalid, Unauthenticated
from dibs.tx import Core, Tx, transaction

# One who never wrote is forgotten after that; a new visit makes a new one.
FORGET_AFTER = 90 * clock.DAY

_v, _o, _i = visitors.c, visitor_conversations.c, contact_identities.c
_ws, _this = bindparam("ws", type_=Id), bindparam("visitor", type_=Id)
_INSERT = insert(visitors).values({column.name: bindparam(column.name, type_=column.type) for column in _v})
_SEEN_AGAIN = (
    update(visitors)
    .where(_v.workspace_id == _ws, _v.id == _this)
    .values(
        page_url=bindparam("new_page", type_=Text),
        language=bindparam("new_language", type_=Text),
        last_seen_at=bindparam("at", type_=Instant),
    )
)
_IS_CONTACT = (
    update(visitors)
    .where(_v.workspace_id == _ws, _v.id == _this)
    .values(contact_id=bindparam("contact", type_=Id), verified=bindparam("proven", type_=Boolean))
    .returning(visitors)
)
_BEGAN = (
    upsert(visitor_conversations)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _o})
    .on_conflict_do_nothing()
)
_KNOWN_BY = select(_i.kind).where(_i.workspace_id == _ws, _i.contact_id == bindparam("contact", type_=Id)).limit(1)
_FORGET = delete(visitors).where(_v.last_seen_at < bindparam("before", type_=Instant), _v.contact_id.is_(None))


@dataclass(frozen=True, slots=True)
class Person:
    """What the host page, or the visitor, says of who they are."""

    user_id: str | None = None
    email: str | None = None
    name: str | None = None


def actor(workspace_id: str, ip: str | None = None, request_id: str | None = None) -> Actor:
    """Who does what a visitor asks for, until their contact is known."""
    made = system(workspace_id, "Widget", "widget")
    return Actor(
        type=made.type,
        workspace_id=workspace_id,
        name=made.name,
        via=made.via,
        role=made.role,
        ip=ip,
        request_id=request_id,
    )


async def find(core: Core, channel: Row, token: str) -> Row:
    """The visitor with this token, on this widget. Refuses with 401."""
    found = await core.database.run(VISITOR, {"hash": digest(token)})
    if not found or (found[0].workspace_id, found[0].channel_id) != (channel.workspace_id, channel.id):
        raise Unauthenticated("This visit has ended. Start a new one.")
    return found[0]


async def start(tx: Tx, channel: Row, *, page_url: str | None, language: str | None) -> tuple[Row, str]:
    """A new visitor of a widget, and their token."""
    token = f"vt_{secrets.token_urlsafe(32)}"
    await tx.run(
        _INSERT,
        {
            "token_hash": digest(token),
            "workspace_id": tx.workspace_id,
            "id": ids.new("vis"),
            "channel_id": channel.id,
            "contact_id": None,
            "verified": False,
            "page_url": page_url,
            "language": language,
            "created_at": tx.now,
            "last_seen_at": tx.now,
        },
    )
    (made,) = await tx.run(VISITOR, {"hash": digest(token)})
    return made, token


async def come_back(tx: Tx, visitor: Row, *, page_url: str | None, language: str | None) -> None:
    """A known visitor opens a page."""
    params = {"ws": tx.workspace_id, "visitor": visitor.id, "at": tx.now}
    await tx.run(_SEEN_AGAIN, params | {"new_page": page_url, "new_language": language})


async def lock(tx: Tx, visitor: Row) -> Row:
    """The visitor, locked: two tabs that write at once are one contact. Refuses with 401 when they are gone."""
    row = await tx.one(LOCK_VISITOR, {"ws": tx.workspace_id, "visitor": visitor.id})
    if row is None:
        raise Unauthenticated("This visit has ended. Start a new one.")
    return row


async def contact_of(tx: Tx, visitor: Row, said: Person) -> Row:
    """The locked visitor's contact, made when they have none yet.

    What an unproven visitor says of themselves is only shown: it takes no identity and finds nobody.
    """
    if visitor.contact_id is None:
        contact = await find_or_create(tx, {"name": said.name})
        await _becomes(tx, visitor, contact.id, proven=False)
    else:
        contact = await live(tx, visitor.contact_id)
    return await _display(tx, contact, said, may_replace=not visitor.verified)


async def began(tx: Tx, visitor: Row, conversation_id: str) -> None:
    """The visitor wrote in this conversation: they may see it from now on."""
    await tx.run(
        _BEGAN, {"workspace_id": tx.workspace_id, "visitor_id": visitor.id, "conversation_id": conversation_id}
    )


async def identify(core: Core, who: Actor, channel: Row, visitor: Row, person: Person) -> tuple[Row, str | None]:
    """Makes a visitor the contact that the host page has proven them to be.

    What they wrote unproven comes along. One who was proven to be somebody else becomes a new visitor, whose token is
    returned: a shared computer must not show one user's conversations to the next.
    """
    proven = {"external_id": person.user_id} if person.user_id is not None else {"email": person.email}
    async with transaction(core, who) as tx:
        contact = await find_or_create(tx, proven | {"name": person.name})
        for kind, value in proven.items():
            # It may have been shown already without being theirs.
            await claim_identity(tx, contact.id, kind, normalise(kind, value or ""))
        contact = await _display(tx, contact, person, may_replace=False)
    async with transaction(core, who) as tx:
        row, token = await lock(tx, visitor), None
        if row.verified and row.contact_id != contact.id and (await live(tx, row.contact_id)).id != contact.id:
            row, token = await start(tx, channel, page_url=row.page_url, language=row.language)
        elif not row.verified and row.contact_id is not None:
            await _bring_along(tx, row.contact_id, contact.id)
        return await _becomes(tx, row, contact.id, proven=True), token


async def _bring_along(tx: Tx, was: str, now: str) -> None:
    """Merges the nameless contact of an unproven visitor into who they turned out to be; never one who is known."""
    if was == now or await tx.one(_KNOWN_BY, {"ws": tx.workspace_id, "contact": was}):
        return
    try:
        await merge(tx, was, now)
    except Invalid:
        return  # one of the two was merged by somebody else meanwhile, and visitors follow merges


async def _becomes(tx: Tx, visitor: Row, contact_id: str, *, proven: bool) -> Row:
    params = {"ws": tx.workspace_id, "visitor": visitor.id, "contact": contact_id, "proven": proven}
    (row,) = await tx.run(_IS_CONTACT, params)
    return row


async def _display(tx: Tx, contact: Row, said: Person, *, may_replace: bool) -> Row:
    """Shows the name and address that were said, where nothing better is known."""
    new: dict[str, Any] = {}
    if said.name and (contact.name is None):
        new["name"] = normalise("name", said.name)
    if said.email and (contact.email is None or may_replace) and said.email != contact.email:
        address = normalise("email", said.email)
        # An address that is an identity of theirs is better known than what was typed.
        if contact.email is None or not await tx.one(_KNOWN_BY, {"ws": tx.workspace_id, "contact": contact.id}):
            new["email"] = address
    return await write(tx, contact, **new) if new else contact


async def purge(core: Core, now: int) -> int:
    """Forgets visitors who never wrote and have not come for 90 days; returns how many."""
    async with core.database.transaction() as opened:
        return len(await opened.run(_FORGET.returning(_v.id), {"before": now - FORGET_AFTER}))
