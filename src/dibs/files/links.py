"""Links to a file's content that need no credentials, for pictures in pages, the widget and mails.

Signed by the installation, good for an hour or a little more, and only as long as the file belongs to the conversation
for which the link was made: whoever has the link sees that file until then and nothing else.
"""

from urllib.parse import quote

from sqlalchemy import bindparam, select

from dibs import clock, ids
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import NotFound
from dibs.files.tables import files
from dibs.tx import Core

LIFETIME = clock.HOUR
# Links made within this time are the same one, so that a browser keeps what it has.
ALIKE = LIFETIME // 2
_PURPOSE = "file link"
BY_ID = select(files).where(
    files.c.workspace_id == bindparam("ws", type_=Id), files.c.id == bindparam("file", type_=Id)
)


def link(core: Core, row: Row) -> str:
    """The path of a file's content, with a signature; put the installation's address in front where it leaves it."""
    expires = (clock.now() // ALIKE + 1) * ALIKE + LIFETIME
    name = quote(row.name, safe="")
    return f"/files/{row.workspace_id}/{row.id}/{expires}/{core.keyring.sign(_signed(row, expires), _PURPOSE)}/{name}"


async def opened(core: Core, workspace_id: str, file_id: str, expires: str, signature: str) -> Row:
    """The file that a link leads to. Refuses with 404 what was not signed here, is over, or is there no more."""
    rows = []
    if ids.well_formed(workspace_id, "ws") and ids.well_formed(file_id, "file"):
        rows = await core.database.run(BY_ID, {"ws": workspace_id, "file": file_id})
    known = bool(rows) and expires.isascii() and expires.isdigit() and len(expires) < 16
    if not known or not core.keyring.signed(_signed(rows[0], int(expires)), signature, _PURPOSE):
        raise NotFound("There is no such file, or the link to it is over. Ask for the file again.")
    if int(expires) <= clock.now():
        raise NotFound("The link to this file is over. Ask for the file again.")
    return rows[0]


def _signed(row: Row, expires: int) -> str:
    return f"{row.workspace_id}\n{row.id}\n{row.conversation_id or ''}\n{expires}"
