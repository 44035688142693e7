"""Files of conversations that are erased: the rows go with the transaction, the contents after its commit."""

from sqlalchemy import bindparam, delete, or_

from dibs.db.types import Id, any_of
from dibs.files.tables import files
from dibs.tx import Tx

_f = files.c
_ERASE = (
    delete(files)
    .where(_f.workspace_id == bindparam("ws", type_=Id))
    .where(or_(any_of(_f.conversation_id, "conversations"), any_of(_f.owner_id, "owners")))
    .returning(_f.stored_as)
)


async def erase(tx: Tx, conversation_ids: list[str], owner_ids: list[str]) -> list[str]:
    """Deletes the files of conversations, and what these owners brought in and did not send.

    Returns under which names their contents lie; the caller throws them away once that is committed. Should it die in
    between, they are found as contents without a row a day later.
    """
    params = {"ws": tx.workspace_id, "conversations": conversation_ids, "owners": owner_ids}
    return [row.stored_as for row in await tx.run(_ERASE, params)]
