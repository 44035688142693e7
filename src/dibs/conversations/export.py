"""Everything that is known of a customer as one JSON document, read and sent a page at a time."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from sqlalchemy import Integer, bindparam, select

from dibs import clock
from dibs.contacts.shapes import contact
from dibs.contacts.tables import contact_identities
from dibs.conversations import message_shapes, shapes
from dibs.conversations.locks import SEEN
from dibs.conversations.tables import conversations, messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.files.links import link
from dibs.files.shapes import file
from dibs.files.tables import files
from dibs.tx import Core

BATCH = 100

_c, _m, _f, _i = conversations.c, messages.c, files.c, contact_identities.c
_ws, _most = bindparam("ws", type_=Id), bindparam("most", type_=Integer)
_conversation = bindparam("conversation", type_=Id)
_IDENTITIES = (
    select(_i.kind, _i.value)
    .where(_i.workspace_id == _ws, _i.contact_id == bindparam("contact", type_=Id))
    .order_by(_i.kind, _i.value)
)
_CONVERSATIONS = (
    SEEN.where(_c.workspace_id == _ws, _c.contact_id == bindparam("contact", type_=Id))
    .where(_c.id > bindparam("after", type_=Id))
    .order_by(_c.id)
    .limit(_most)
)
_MESSAGES = (
    select(messages)
    .where(_m.workspace_id == _ws, _m.conversation_id == _conversation, _m.seq > bindparam("seq", type_=Integer))
    .order_by(_m.seq)
    .limit(_most)
)
_FILES = (
    select(files)
    .where(_f.workspace_id == _ws, _f.conversation_id == _conversation, _f.id > bindparam("after", type_=Id))
    .order_by(_f.id)
    .limit(_most)
)


async def export(core: Core, row: Row) -> AsyncIterator[bytes]:
    """The contact with its identities, conversations, messages (notes too) and files: a reading_shapes.ContactExport.

    The links to the files are good for an hour. What is written meanwhile may be in it or not.
    """
    ws = row.workspace_id
    known = await core.database.run(_IDENTITIES, {"ws": ws, "contact": row.id})
    identities = [{"kind": each.kind, "value": each.value} for each in known]
    head = {"exported_at": clock.iso(clock.now()), "contact": contact(row), "identities": identities}
    yield _open(head, "conversations")
    separator, after = b"", ""
    while page := await core.database.run(_CONVERSATIONS, {"ws": ws, "contact": row.id, "after": after, "most": BATCH}):
        for each in page:
            yield separator
            async for part in _conversation_of(core, each):
                yield part
            separator = b","
        after = page[-1].id
    yield b"]}"


async def _conversation_of(core: Core, row: Row) -> AsyncIterator[bytes]:
    run, this = core.database.run, {"ws": row.workspace_id, "conversation": row.id, "most": BATCH}
    yield _open(shapes.conversation(row), "messages")
    separator, seq, after = b"", 0, ""
    while page := await run(_MESSAGES, this | {"seq": seq}):
        yield separator + b",".join(msgspec.json.encode(message_shapes.message(each)) for each in page)
        separator, seq = b",", page[-1].seq
    yield b'],"files":['
    separator = b""
    while page := await run(_FILES, this | {"after": after}):
        yield separator + b",".join(msgspec.json.encode(file(each, link(core, each))) for each in page)
        separator, after = b",", page[-1].id
    yield b"]}"


def _open(shape: Any, last: str) -> bytes:
    """A document without its end, whose last member is a list that is about to follow."""
    return msgspec.json.encode(shape)[:-1] + f',"{last}":['.encode()
