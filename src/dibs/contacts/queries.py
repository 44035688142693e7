"""Reading contacts: one, by identity, a page, and those that match a search."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    tuple_,
)

from dibs import cursors
from dibs.contacts import terms
from dibs.contacts.tables import contact_identities, contacts
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id, any_of

# A list narrowed by `q` considers this many contacts, those added last.
CONSIDERED = 1_000

_k, _i = contacts.c, contact_identities.c
_KINDS = ("external_id", "email", "phone")
_ws = bindparam("ws", type_=Id)
BY_ID = select(contacts).where(_k.workspace_id == _ws, _k.id == bindparam("id", type_=Id))
# Whoever adds something to a contact shares its row; merging it waits for them.
HOLD = BY_ID.with_for_update(read=True, key_share=True, of=contacts)
LOCK_MANY = (
    select(contacts).where(_k.workspace_id == _ws, any_of(_k.id, "ids")).order_by(_k.id).with_for_update(of=contacts)
)
BY_IDENTITIES = select(_i.kind, _i.value, _i.contact_id).where(
    _i.workspace_id == _ws,
    or_(
        *(and_(_i.kind == kind, _i.value == bindparam(kind, type_=Text)) for kind in ("external_id", "email", "phone"))
    ),
)


def _page(*, after: bool, found: bool) -> Select[Any]:
    statement = select(contacts).where(_k.workspace_id == _ws, _k.merged_into.is_(None))
    place = (_k.created_at, _k.id)
    if after:
        here = tuple_(bindparam("key", type_=BigInteger), bindparam("after", type_=Id))
        statement = statement.where(tuple_(*place) < here)
    if found:
        statement = statement.where(any_of(_k.id, "ids"))
    return statement.order_by(*(part.desc() for part in place)).limit(bindparam("most", type_=Integer))


_PAGES = {(after, found): _page(after=after, found=found) for after in (False, True) for found in (False, True)}

_q = bindparam("q", type_=Text)
_d = table("search_documents", *(column(name, Id) for name in ("doc", "workspace_id", "kind", "contact_id")))
_f = table("search_index", column("rowid", BigInteger), column("search_index", Text))
_FOUND = {
    # Contacts are few among the documents of a workspace, so their kind narrows before the limit.
    "sqlite": select(_d.c.contact_id)
    .join_from(_f, _d, _d.c.doc == _f.c.rowid)
    .where(_f.c.search_index.op("MATCH")(_q), _d.c.workspace_id == _ws, _d.c.kind == "contact")
    .order_by(_f.c.rowid.desc())
    .limit(CONSIDERED),
    "postgresql": select(_k.id.label("contact_id"))
    .where(
        _k.workspace_id == _ws,
        literal_column("contacts.search").op("@@")(func.to_tsquery(literal_column("'simple'"), _q)),
    )
    .order_by(_k.id.desc())
    .limit(CONSIDERED),
}


def contact_text() -> Any:
    """What search shows of a contact: name, address, number and external id in one line."""
    text: Any = func.coalesce(_k.name, "", type_=Text)
    for part in (_k.email, _k.phone, _k.external_id):
        text = text + case((part.is_(None), ""), else_=literal(" ", Text) + part)
    return text


async def contacts_page(
    database: Database, workspace_id: str, *, q: str | None, cursor: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """One page of contacts, the newest first, and the cursor of the next."""
    name = cursors.fingerprint(workspace_id, "contacts", q)
    params: dict[str, Any] = {"ws": workspace_id, "most": limit + 1}
    if cursor is not None:
        params["key"], params["after"] = cursors.decode(cursor, name, int, str)
    if q is not None:
        query = terms.query(q, workspace_id, database.dialect)
        if query is None:
            return [], None
        found = await database.scan(_FOUND[database.dialect.name], {"ws": workspace_id, "q": query})
        params["ids"] = [row.contact_id for row in found]
    rows = await database.run(_PAGES[cursor is not None, q is not None], params)
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, cursors.encode(name, rows[-1].created_at, rows[-1].id)
