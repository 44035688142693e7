"""Files as parts of messages: brought in first, sent with a message, then seen by whoever sees that conversation."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update

from dibs import ids
from dibs.db.compiled import Row
from dibs.db.types import Id, any_of
from dibs.errors import Invalid
from dibs.files import shapes
from dibs.files.content import Stored, path_of
from dibs.files.tables import files
from dibs.files.unsent import refuse_too_many
from dibs.tx import Core, Tx

MOST = 10

_f = files.c
_ws = bindparam("ws", type_=Id)
INSERT = insert(files).values({column.name: bindparam(column.name, type_=column.type) for column in _f})
_OF_MESSAGE = select(files).where(_f.workspace_id == _ws, any_of(_f.id, "ids"))
_SEND = (
    update(files)
    .where(_f.workspace_id == _ws, any_of(_f.id, "ids"), _f.owner_id == bindparam("owner", type_=Id))
    .where(_f.message_id.is_(None))
    .values(conversation_id=bindparam("conversation", type_=Id), message_id=bindparam("message", type_=Id))
    .returning(files)
)


async def bring_in(tx: Tx, stored: Stored, owner_id: str | None) -> Row:
    """Writes a stored file down as `owner_id`'s, who can send it with a message.

    Refuses with 409 where too many were brought in and not sent. The caller throws the content away when this fails.
    """
    await refuse_too_many(tx, stored.size, owner_id)
    return await _write(tx, stored, owner_id, None, None)


async def attach(
    tx: Tx, row: Row, stored: Sequence[Stored], *, message_id: str | None = None
) -> tuple[str | None, list[shapes.Attachment]]:
    """Files that came with what a customer wrote: their shapes, and the id that the message must be given.

    Without files the id is None: the message makes its own. `message_id` is given when the message was there before.
    """
    if not stored:
        return None, []
    message_id = message_id or ids.new("msg")
    written = [await _write(tx, each, tx.actor.id, row.id, message_id) for each in stored]
    return message_id, [shapes.attachment(each) for each in written]


async def send(
    tx: Tx, row: Row, file_ids: Sequence[str], owner_id: str | None
) -> tuple[str | None, list[shapes.Attachment]]:
    """Files that `owner_id` brought in and now sends with a message: as `attach`.

    Refuses with 422 what is not there, is somebody else's or was sent before.
    """
    wanted = list(dict.fromkeys(file_ids))
    if not wanted:
        return None, []
    message_id = ids.new("msg")
    known = [each for each in wanted if ids.well_formed(each, "file")]
    params = {"ws": tx.workspace_id, "ids": known, "owner": owner_id, "conversation": row.id, "message": message_id}
    sent = {each.id: each for each in await tx.run(_SEND, params)}
    if missing := [each for each in wanted if each not in sent]:
        raise Invalid("attachments", f"{missing[0]} is no file that you brought in and have not sent yet")
    return message_id, [shapes.attachment(sent[each]) for each in wanted]


async def contents(core: Core, message: Row) -> list[tuple[Row, Path]]:
    """A message's files, each with where its content lies."""
    wanted = [each["id"] for each in message.attachments]
    if not wanted:
        return []
    found = {row.id: row for row in await core.database.run(_OF_MESSAGE, {"ws": message.workspace_id, "ids": wanted})}
    return [(found[each], path_of(core, found[each].stored_as)) for each in wanted if each in found]


async def _write(
    tx: Tx, stored: Stored, owner_id: str | None, conversation_id: str | None, message_id: str | None
) -> Row:
    file_id = ids.new("file")
    await tx.run(
        INSERT,
        {
            "workspace_id": tx.workspace_id,
            "id": file_id,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "owner_id": owner_id,
            "name": stored.name,
            "type": stored.type,
            "size": stored.size,
            "digest": stored.digest,
            "stored_as": stored.stored_as,
            "width": stored.width,
            "height": stored.height,
            "created_at": tx.now,
        },
    )
    (row,) = await tx.run(_OF_MESSAGE, {"ws": tx.workspace_id, "ids": [file_id]})
    return row
