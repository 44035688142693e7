"""SQLite's search index for many rows at once.

The triggers that fill it take a tenth of a millisecond per row, most of it for finding words in SQL. Here the same
words come from Python, to the letter: what the triggers delete later must be what was put in. While a batch is
written, within its transaction, the triggers do not exist.
"""

import sqlite3
from typing import Any

from dibs.contacts.tables import contacts
from dibs.conversations.tables import messages
from dibs.migrations.search_ddl import SEPARATORS

_SPACED = str.maketrans(dict.fromkeys(SEPARATORS, " "))
_TRIGGERS = ("search_message_added", "search_contact_added")
_DOCUMENTS = (
    "INSERT INTO search_documents (doc, workspace_id, kind, conversation_id, message_id, contact_id, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)

Rows = dict[Any, list[dict[str, Any]]]


def marked(workspace_id: str, text: str) -> str:
    """The words of a text, each with its workspace's mark in front, as the triggers write them."""
    spaced = text.translate(_SPACED).replace("  ", " ").replace("  ", " ").strip(" ")
    mark = "w" + workspace_id[-6:].lower()
    return mark + spaced.replace(" ", " " + mark)


def suspend(connection: sqlite3.Connection) -> list[str]:
    """Drops the triggers in the open transaction and returns the statements that make them again."""
    marks = ", ".join("?" for _ in _TRIGGERS)
    found = connection.execute(f"SELECT sql FROM sqlite_master WHERE name IN ({marks})", _TRIGGERS).fetchall()  # noqa: S608
    for name in _TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for (sql,) in found]


def index(connection: sqlite3.Connection, rows: Rows) -> None:
    """Adds messages and contacts to the index, as the triggers would have."""
    (last,) = connection.execute("SELECT coalesce(max(doc), 0) FROM search_documents").fetchone()
    documents: list[tuple[Any, ...]] = []
    texts: list[tuple[int, str]] = []
    for row in rows[contacts]:
        last += 1
        documents.append((last, row["workspace_id"], "contact", None, None, row["id"], row["created_at"]))
        known = " ".join(row[name] or "" for name in ("name", "email", "phone", "external_id"))
        texts.append((last, marked(row["workspace_id"], known)))
    for row in rows[messages]:
        last += 1
        kind = "note" if row["kind"] == "note" else "message"
        documents.append((last, row["workspace_id"], kind, row["conversation_id"], row["id"], None, row["created_at"]))
        texts.append((last, marked(row["workspace_id"], row["text"])))
    connection.executemany(_DOCUMENTS, documents)
    connection.executemany("INSERT INTO search_index (rowid, words) VALUES (?, ?)", texts)
