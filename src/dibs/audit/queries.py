"""Reading audit rows: pages and exports newest first, and the chain in its own order."""

import base64
import binascii
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, or_, select

from dibs import ids
from dibs.db.compiled import Row
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.errors import Invalid
from dibs.ledger import audit_rows, counters

_a, _n = audit_rows.c, counters.c

HEAD = select(counters).where(_n.workspace_id == bindparam("ws", type_=Id))
CHAIN = (
    select(audit_rows)
    .where(_a.workspace_id == bindparam("ws", type_=Id), _a.seq > bindparam("after", type_=BigInteger))
    .where(_a.seq <= bindparam("until", type_=BigInteger))
    .order_by(_a.seq)
    .limit(bindparam("most", type_=Integer))
)
# One statement, so one snapshot: a row written meanwhile is never taken for one outside the chain.
OUTSIDE = (
    select(audit_rows)
    .join(counters, _n.workspace_id == _a.workspace_id)
    .where(_a.workspace_id == bindparam("ws", type_=Id))
    .where(or_(_a.seq <= _n.audit_purged_seq, _a.seq > _n.audit_seq))
    .order_by(_a.seq)
    .limit(1)
)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: `since` inclusive, `until` exclusive, in milliseconds. `action` may end in `.*`."""

    conversation: str | None = None
    actor: str | None = None
    action: str | None = None
    since: int | None = None
    until: int | None = None


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.conversation is not None:
        found.append(_a.conversation_id == wanted.conversation)
    if wanted.actor is not None:
        found.append(_a.actor_id == wanted.actor)
    if wanted.action is not None and wanted.action.endswith(".*"):
        found.append(_a.action.startswith(wanted.action[:-1], autoescape=True))
    elif wanted.action is not None:
        found.append(_a.action == wanted.action)
    if wanted.since is not None:
        found.append(_a.at >= wanted.since)
    if wanted.until is not None:
        found.append(_a.at < wanted.until)
    return found


def newest_first(workspace_id: str, wanted: Filter, before: int | None, most: int) -> Select[Any]:
    """The newest `most` rows that match, older than row number `before`."""
    found = select(audit_rows).where(_a.workspace_id == workspace_id, *_conditions(wanted))
    if before is not None:
        found = found.where(_a.seq < before)
    return found.order_by(_a.seq.desc()).limit(most)


async def page(
    database: Database, workspace_id: str, wanted: Filter, *, before: int | None = None, most: int = 50
) -> list[Row]:
    """Rows that match, newest first. An id that no agent or conversation can have matches nothing."""
    foreign = (wanted.conversation is not None and not ids.well_formed(wanted.conversation, "conv")) or (
        wanted.actor is not None and not ids.well_formed(wanted.actor, "agt")
    )
    return [] if foreign else await database.scan(newest_first(workspace_id, wanted, before, most))


def cursor(seq: int) -> str:
    """An opaque cursor for the row number at which the next page begins."""
    return base64.urlsafe_b64encode(msgspec.json.encode([seq])).decode().rstrip("=")


def row_number(cursor: str) -> int:
    """The row number in a cursor. Refuses with 422 what `cursor` did not make."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        (seq,) = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=tuple[int])
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise Invalid("cursor", "send the next_cursor of the page before, unchanged") from None
    if not 0 <= seq < 2**63:
        raise Invalid("cursor", "send the next_cursor of the page before, unchanged")
    return seq
