"""The sanitised HTML of a message: kept beside it, shown in a frame of its own."""

import asyncio
import base64
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import bindparam, insert, select

from dibs import ids
from dibs.channels.email.markup import document
from dibs.channels.tables import message_html
from dibs.conversations.locks import not_found
from dibs.conversations.tables import messages
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.files.sending import contents
from dibs.files.types import SHOWN
from dibs.tx import Core, Tx

# Images that came along are part of the document; what is more than that is among the attachments only.
LARGEST_IMAGE, LARGEST_TOGETHER = 3_000_000, 12_000_000

_t, _m = message_html.c, messages.c
_INSERT = insert(message_html).values({column.name: bindparam(column.name, type_=column.type) for column in _t})
_READ = (
    select(messages, _t.html)
    .join(message_html, (_t.workspace_id == _m.workspace_id) & (_t.message_id == _m.id))
    .where(
        _m.workspace_id == bindparam("ws", type_=Id),
        _m.conversation_id == bindparam("conversation", type_=Id),
        _m.id == bindparam("message", type_=Id),
    )
)


async def keep(tx: Tx, message_id: str, html: str) -> None:
    """Keeps a new message's HTML, which is sanitised."""
    await tx.run(_INSERT, {"workspace_id": tx.workspace_id, "message_id": message_id, "html": html})


async def shown(core: Core, conversation: Row, message_id: str, *, remote: bool) -> str:
    """A message's HTML as a whole document, with the images that came along in it; `remote`: the others too.

    Refuses with 404 a message that is not of this conversation, or did not come as HTML.
    """
    found = []
    if ids.well_formed(message_id, "msg"):
        key = {"ws": conversation.workspace_id, "conversation": conversation.id, "message": message_id}
        found = await core.database.run(_READ, key)
    if not found:
        raise not_found("HTML message")
    files = await contents(core, found[0])
    return await asyncio.to_thread(_document, found[0].html, found[0].attachments, files, remote=remote)


def _document(html: str, attachments: list[dict[str, str]], files: list[tuple[Row, Path]], *, remote: bool) -> str:
    by_id = {row.id: (row, path) for row, path in files}
    images: dict[int, str] = {}
    room = LARGEST_TOGETHER
    for place, each in enumerate(attachments):
        if f'"cid:{place}"' in html and each["id"] in by_id:
            row, path = by_id[each["id"]]
            if row.type in SHOWN and row.size <= min(room, LARGEST_IMAGE):
                room -= row.size
                images[place] = _data(row.type, path)
    return document(html, _there(images), remote=remote)


def _data(kind: str, path: Path) -> str:
    try:
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except FileNotFoundError:
        return ""


def _there(images: Mapping[int, str]) -> dict[int, str]:
    return {place: source for place, source in images.items() if source}
