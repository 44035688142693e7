"""Bytes of mails as text, whatever their sender says they are. Nothing here fails: what cannot be read is replaced."""

import codecs
import re

# What senders write, and what it means to Python; the Western ones as everybody means them.
_ALIASES = {
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
}
# Codecs that are no charset of any mail, some of them slow on purpose-made text.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "undefined"})
# Often claimed for text that is something else.
_WEAK = frozenset({"ascii", "cp1252"})
_FALLBACK = "cp1252"
# Line ends and tabs stay. Half of a surrogate pair is no text.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decoded(raw: bytes, charset: str | None) -> str:
    """The text that these bytes mean: as declared if that works, else as UTF-8, else as Western European."""
    name = _known(charset)
    order = [name, "utf-8"] if name and name not in _WEAK else ["utf-8", name or _FALLBACK]
    for each in order:
        try:
            return raw.decode(each)
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode(name if name and name not in _WEAK else _FALLBACK, "replace")


def clean(text: str) -> str:
    """Text that can be stored: plain line ends, no control characters, no half surrogates."""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int) -> str:
    """As `clean`, on one line, at most so many characters."""
    line = " ".join(clean(text).split())
    line = "".join(character for character in line if character.isprintable())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _known(charset: str | None) -> str | None:
    wanted = (charset or "").strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_ALIASES.get(wanted, wanted))
    except (LookupError, ValueError, UnicodeError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _NO_CHARSETS else None
