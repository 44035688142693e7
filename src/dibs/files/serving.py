"""How a content is handed to a browser: never run, never sniffed, shown only if it is a picture."""

from urllib.parse import quote

from dibs.db.compiled import Row
from dibs.files.types import SHOWN, TEXT

# In seconds; a file never changes, but a link to it ends.
_KEPT = 3_600


def headers(row: Row, *, elsewhere: bool) -> dict[str, str]:
    """The headers of a file's content. `elsewhere`: pages of other sites may show it, for the widget."""
    return {
        "Content-Disposition": disposition(row),
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin" if elsewhere else "same-origin",
        "Cache-Control": f"private, max-age={_KEPT}",
    }


def media_type(row: Row) -> str:
    """The Content-Type, as the content was judged when it came."""
    return f"{TEXT}; charset=utf-8" if row.type == TEXT else str(row.type)


def disposition(row: Row) -> str:
    """Content-Disposition: pictures are shown, everything else is saved; the name in the form of RFC 5987."""
    plain = "".join(each if each.isascii() and each.isprintable() and each not in '"\\%;' else "_" for each in row.name)
    how = "inline" if row.type in SHOWN else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(row.name, safe='')}"
