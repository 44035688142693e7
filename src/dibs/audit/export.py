"""The audit as a file: CSV for spreadsheets, or one JSON object per line. Read and sent in batches."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec

from dibs.audit import queries, shapes
from dibs.db.compiled import Row
from dibs.db.open import Database

BATCH = 500
CSV, LINES, JSON = "text/csv", "application/x-ndjson", "application/json"
# How the OpenAPI document says that an answer is a text.
TEXT = {"schema": {"type": "string"}}
COLUMNS = (
    *("id", "at", "actor_type", "actor_id", "actor_name", "actor_via", "action", "target", "conversation_id"),
    *("before", "after", "reason", "ip", "request_id", "hash"),
)


def chosen(accept: str | None) -> str:
    """The media type an Accept header likes best among CSV, lines of JSON and JSON; JSON when it names none."""
    best, best_weight = JSON, 0.0
    for part in (accept or "").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((_weight(each[2:]) for each in parameters if each.startswith("q=")), 1.0)
        if name in (CSV, LINES, JSON) and weight > best_weight:
            best, best_weight = name, weight
    return best


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def csv_lines(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows of text as CSV, guarded by `cell`."""
    file = io.StringIO()
    csv.writer(file).writerows([[cell(value) for value in row] for row in rows])
    return file.getvalue().encode()


async def export(
    database: Database, workspace_id: str, wanted: queries.Filter, media_type: str
) -> AsyncIterator[bytes]:
    """Everything that matches, newest first, a batch at a time. Rows written meanwhile are not in it."""
    encode: Callable[[Sequence[Row]], bytes] = _as_csv if media_type == CSV else _as_lines
    if media_type == CSV:
        yield csv_lines([COLUMNS])
    before: int | None = None
    while rows := await queries.page(database, workspace_id, wanted, before=before, most=BATCH):
        yield encode(rows)
        before = rows[-1].seq


def _as_lines(rows: Sequence[Row]) -> bytes:
    return b"".join(msgspec.json.encode(shapes.audit_row(row)) + b"\n" for row in rows)


def _as_csv(rows: Sequence[Row]) -> bytes:
    return csv_lines([_cells(row) for row in rows])


def _cells(row: Row) -> list[object]:
    shape = shapes.audit_row(row)
    actor = {f"actor_{name}": value for name, value in shape["actor"].items()}
    documents = {
        name: None if value is None else msgspec.json.encode(value).decode()
        for name, value in (("before", shape["before"]), ("after", shape["after"]))
    }
    flat = shape | actor | documents
    return [flat.get(name) for name in COLUMNS]
