"""What a person typed into a search box as a query that both databases understand and no input can break.

Every indexed word carries the last characters of its workspace's id (migrations/search_ddl.py writes them), so a query
walks its own workspace's words only, however large the neighbours are. The filter by workspace_id stays: the mark only
saves work.
"""

import re
import unicodedata

from sqlalchemy import Dialect

MOST_TERMS = 8
LONGEST_TERM = 60
LONGEST_QUERY = 200

# What a word is made of, as a character class that Python and PostgreSQL read alike.
WORD_CHARACTERS = (
    r"0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2DFF\u3005-\u3007\u3021-\uD7FF"
    r"\uF900-\uFDFB\uFE70-\uFEFC\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC\U00020000-\U0003FFFF"
)
WORD = re.compile(f"[{WORD_CHARACTERS}]+")
MARKS = "".join(map(chr, range(0x300, 0x370)))
_FOLDED_RANGES = ((0xC0, 0x180), (0x386, 0x3D0), (0x400, 0x460), (0x1E9E, 0x1EFA))


def _folds() -> dict[str, str]:
    folds = {}
    for first, end in _FOLDED_RANGES:
        for character in map(chr, range(first, end)):
            plain = "".join(c for c in unicodedata.normalize("NFD", character.lower()) if c not in MARKS)
            if len(plain) == 1 and plain != character:
                folds[character] = plain
    return folds


FOLDS = _folds()
_FOLD = str.maketrans(FOLDS | dict.fromkeys(MARKS, ""))


def mark(workspace_id: str) -> str:
    """What the words of a workspace begin with in the index."""
    return "w" + workspace_id[-6:].lower()


def words(text: str) -> list[str]:
    """The words of a text, as they were written, at most eight."""
    return [word[:LONGEST_TERM] for word in WORD.findall(text[:LONGEST_QUERY])[:MOST_TERMS]]


def fold(text: str) -> str:
    """Lower case without accents, as PostgreSQL's index has it; SQLite's tokenizer does it by itself."""
    return text.lower().translate(_FOLD)


def query(text: str, workspace_id: str, dialect: Dialect) -> str | None:
    """The query for all words of `text`, the last one as a beginning; None when there is no word in it."""
    if not (found := words(text)):
        return None
    marked = [mark(workspace_id) + word for word in found]
    if dialect.name == "postgresql":
        return " & ".join(fold(word) for word in marked) + ":*"
    return " ".join(f'"{word}"' for word in marked) + " *"
