"""Headers of mails as they should have been written: unfolded, decoded, 8-bit bytes and bad words notwithstanding."""

import re
from collections.abc import Iterable
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from dibs.channels.email.charsets import decoded

LONGEST_VALUE = 20_000
MOST_ADDRESSES = 200

_ADDRESS = re.compile(r"[^\s<>\"@,;:()\[\]\\]{1,64}@[^\s<>\"@,;:()\[\]\\]{1,189}")
_BRACKETED = re.compile(r"<\s*([^<>\s]{1,2000})\s*>")
_BARE_ID = re.compile(r"^\s*([^\s<>]+@[^\s<>]+)\s*$")
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]")


class Headers:
    """The headers of a message or of a part, by lower-case name."""

    def __init__(self, message: Message) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._values.setdefault(str(name).lower(), []).append(_readable(str(value)))

    def all(self, name: str) -> list[str]:
        """Every value under this name, undecoded, in order."""
        return self._values.get(name, [])

    def first(self, name: str) -> str:
        """The first value, undecoded; empty when there is none."""
        return (self.all(name) or [""])[0]

    def names(self) -> Iterable[str]:
        """The names that are there."""
        return self._values.keys()

    def text(self, name: str) -> str:
        """The first value, decoded."""
        return words(self.first(name))

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """Everybody named there: display name, decoded, and address, in lower case."""
        return [each for name in names for value in self.all(name) for each in _people(value)][:MOST_ADDRESSES]

    def ids(self, name: str) -> list[str]:
        """The Message-IDs in this header, without angle brackets, in order."""
        found: list[str] = []
        for value in map(words, self.all(name)):
            found += _BRACKETED.findall(value) or _BARE_ID.findall(value)
        return list(dict.fromkeys(found))


def words(value: str) -> str:
    """A value with its encoded words (=?…?=) read."""
    if "=?" not in value:
        return value
    try:
        parts = decode_header(value)
    except (HeaderParseError, MessageError, ValueError, LookupError):
        return value
    return "".join(part if isinstance(part, str) else decoded(part, charset) for part, charset in parts)


def _readable(value: str) -> str:
    """Unfolded; bytes beyond ASCII as the text that they mean."""
    if len(value) > LONGEST_VALUE:
        # Of a long chain of References the newest stand at the end.
        value = f"{value[: LONGEST_VALUE // 2]} {value[-LONGEST_VALUE // 2 :]}"
    value = _FOLD.sub("", value)
    if value.isascii():
        return value
    return decoded(value.encode("utf-8", "surrogateescape"), None)


def _people(value: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError, AttributeError):
        pairs = []
    found = [(words(name).strip(), address.lower()) for name, address in pairs if _ADDRESS.fullmatch(address)]
    # What the parser makes nothing of has an address in it all the same, more often than not.
    return found or [("", address.lower()) for address in _ADDRESS.findall(value)[:MOST_ADDRESSES]]
