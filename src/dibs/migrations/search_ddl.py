"""The full-text indexes, which exist in each database's own form and outside the common tables.

SQLite: `search_documents` numbers what can be found, the contentless FTS5 table `search_index` has its words; triggers
keep both. PostgreSQL: a generated `search` column with a GIN index on messages and on contacts.
On both, every word begins with a mark of its workspace; contacts/terms.py says why and writes the queries.
"""

from dibs.contacts.terms import FOLDS, MARKS, WORD_CHARACTERS

# What separates words for SQLite's replace(); its tokenizer knows many more, these are those that people type.
SEPARATORS = (
    "\n\r\t.,;:!?()[]{}<>\"'`/\\|@#&+=*~^%$_-"
    # Spanish and French marks, the middle dot, the acute accent, the no-break space; then
    # dashes, curly quotes, the bullet and the ellipsis.
    "\u00bf\u00a1\u00ab\u00bb\u00b7\u00b4\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# SQLite's parser takes some thirty nested calls.
_CALLS_AT_ONCE = 15


def _marked_on_sqlite(row: str, text: str) -> str:
    """The words of a text, each with its workspace's mark in front, as an expression."""
    replaced = [(separator, " ") for separator in SEPARATORS] + [("  ", " ")] * 2
    steps: list[str] = []
    column = text
    for first in range(0, len(replaced), _CALLS_AT_ONCE):
        for old, new in replaced[first : first + _CALLS_AT_ONCE]:
            column = f"replace({column}, {_quoted(old)}, {_quoted(new)})"
        source = f" FROM spaced{len(steps) - 1}" if steps else ""
        steps.append(f"spaced{len(steps)} (text) AS (SELECT {column}{source})")
        column = "text"
    mark = f"'w' || lower(substr({row}.workspace_id, -6))"
    last = f"SELECT {mark} || replace(trim(text), ' ', ' ' || {mark}) FROM spaced{len(steps) - 1}"  # noqa: S608
    return f"(WITH {', '.join(steps)} {last})"


def _contact_text(row: str) -> str:
    parts = (f"coalesce({row}.{name}, '')" for name in ("name", "email", "phone", "external_id"))
    return "(" + " || ' ' || ".join(parts) + ")"


def _add_contact(row: str) -> str:
    return f"""
  INSERT INTO search_documents (workspace_id, kind, contact_id, at)
    SELECT {row}.workspace_id, 'contact', {row}.id, {row}.created_at WHERE {row}.merged_into IS NULL;
  INSERT INTO search_index (rowid, words)
    SELECT last_insert_rowid(), {_marked_on_sqlite(row, _contact_text(row))} WHERE {row}.merged_into IS NULL;"""


def _drop_contact(row: str) -> str:
    doc = f"(SELECT doc FROM search_documents WHERE kind = 'contact' AND contact_id = {row}.id)"  # noqa: S608
    return f"""
  INSERT INTO search_index (search_index, rowid, words)
    SELECT 'delete', {doc}, {_marked_on_sqlite(row, _contact_text(row))} WHERE {row}.merged_into IS NULL;
  DELETE FROM search_documents WHERE doc = {doc};"""  # noqa: S608


_DOC_OF_OLD_MESSAGE = "(SELECT doc FROM search_documents WHERE message_id = old.id)"

SQLITE = [
    """CREATE TABLE search_documents (
  doc INTEGER NOT NULL PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  conversation_id TEXT,
  message_id TEXT,
  contact_id TEXT,
  at INTEGER NOT NULL
)""",
    "CREATE INDEX search_documents_message ON search_documents (message_id) WHERE message_id IS NOT NULL",
    "CREATE INDEX search_documents_contact ON search_documents (contact_id) WHERE kind = 'contact'",
    """CREATE VIRTUAL TABLE search_index USING fts5(
  words, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)""",
    f"""CREATE TRIGGER search_message_added AFTER INSERT ON messages WHEN new.kind <> 'system' BEGIN
  INSERT INTO search_documents (workspace_id, kind, conversation_id, message_id, at)
    VALUES (new.workspace_id, CASE new.kind WHEN 'note' THEN 'note' ELSE 'message' END,
            new.conversation_id, new.id, new.created_at);
  INSERT INTO search_index (rowid, words) VALUES (last_insert_rowid(), {_marked_on_sqlite("new", "new.text")});
END""",  # noqa: S608
    f"""CREATE TRIGGER search_message_changed AFTER UPDATE OF text ON messages
  WHEN new.kind <> 'system' AND new.text <> old.text BEGIN
  INSERT INTO search_index (search_index, rowid, words)
    VALUES ('delete', {_DOC_OF_OLD_MESSAGE}, {_marked_on_sqlite("old", "old.text")});
  INSERT INTO search_index (rowid, words) VALUES ({_DOC_OF_OLD_MESSAGE}, {_marked_on_sqlite("new", "new.text")});
END""",  # noqa: S608
    f"""CREATE TRIGGER search_message_removed BEFORE DELETE ON messages WHEN old.kind <> 'system' BEGIN
  INSERT INTO search_index (search_index, rowid, words)
    VALUES ('delete', {_DOC_OF_OLD_MESSAGE}, {_marked_on_sqlite("old", "old.text")});
  DELETE FROM search_documents WHERE message_id = old.id;
END""",  # noqa: S608
    f"CREATE TRIGGER search_contact_added AFTER INSERT ON contacts BEGIN{_add_contact('new')}\nEND",
    f"""CREATE TRIGGER search_contact_changed
  AFTER UPDATE OF name, email, phone, external_id, merged_into ON contacts
BEGIN{_drop_contact("old")}{_add_contact("new")}
END""",
    f"CREATE TRIGGER search_contact_removed BEFORE DELETE ON contacts BEGIN{_drop_contact('old')}\nEND",
]
SQLITE_DROP = [
    *(
        f"DROP TRIGGER search_{what}"
        for what in (
            "message_added",
            "message_changed",
            "message_removed",
            "contact_added",
            "contact_changed",
            "contact_removed",
        )
    ),
    "DROP TABLE search_index",
    "DROP TABLE search_documents",
]


def _marked_on_postgres(text: str) -> str:
    # lower() knows ASCII only under the locale C, so letters beyond it are folded by this list on every server.
    plain, folded = "".join(FOLDS), "".join(FOLDS.values())
    accents = f"translate({text}, {_quoted(plain + MARKS)}, {_quoted(folded)})"
    lowered = f"lower(CASE WHEN octet_length({text}) = char_length({text}) THEN {text} ELSE {accents} END)"
    mark = "'w' || lower(right(workspace_id, 6))"
    return f"{mark} || regexp_replace({lowered}, '[^{WORD_CHARACTERS}]+', ' ' || {mark}, 'g')"


_MESSAGE_WORDS = f"CASE WHEN kind <> 'system' THEN to_tsvector('simple', {_marked_on_postgres('text')}) END"
_CONTACT_PLAIN = " || ' ' || ".join(f"coalesce({name}, '')" for name in ("name", "email", "phone", "external_id"))
_CONTACT_WORDS = (
    f"CASE WHEN merged_into IS NULL THEN to_tsvector('simple', {_marked_on_postgres(f'({_CONTACT_PLAIN})')}) END"
)

POSTGRES = [
    f"ALTER TABLE messages ADD COLUMN search tsvector GENERATED ALWAYS AS ({_MESSAGE_WORDS}) STORED",
    "CREATE INDEX messages_search ON messages USING gin (search)",
    f"ALTER TABLE contacts ADD COLUMN search tsvector GENERATED ALWAYS AS ({_CONTACT_WORDS}) STORED",
    "CREATE INDEX contacts_search ON contacts USING gin (search)",
]
POSTGRES_DROP = [
    "ALTER TABLE contacts DROP COLUMN search",
    "ALTER TABLE messages DROP COLUMN search",
]
