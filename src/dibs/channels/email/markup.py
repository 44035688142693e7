"""HTML of mails: what is harmless of it, the same as text, and a document to show it in a frame of its own.

Nothing of a sender's runs, loads or covers anything: nh3 keeps a list of tags, attributes and style properties; images
that came along are named by their place among the attachments (`cid:0`), others keep their address and are not loaded
unless somebody asks. The frame's policy (routes.py) forbids the same once more.
"""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

import nh3

LONGEST_HTML = 1_000_000
# A picture of nothing, one pixel wide: stands where a remote image is not loaded.
BLOCKED = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _words(
    "a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em font h1 "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot "
    "th thead tr tt u ul var"
)
_SILENT = _words(
    "script style title noscript template iframe object embed svg math textarea select xmp noembed noframes"
)
_SIZES = {"width", "height", "align", "valign", "bgcolor", "style", "dir", "lang", "title"}
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"style", "dir", "lang", "title", "align"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height", "border"}),
    "font": frozenset({"color", "face", "size"}),
    "table": frozenset({*_SIZES, "border", "cellpadding", "cellspacing"}),
    **dict.fromkeys(("td", "th"), frozenset({*_SIZES, "colspan", "rowspan", "nowrap"})),
    **dict.fromkeys(("tr", "tbody", "thead", "tfoot", "col", "colgroup"), frozenset({*_SIZES, "span"})),
    **dict.fromkeys(("ol", "ul", "li"), frozenset({"type", "start", "value"})),
    "hr": frozenset({"width", "size", "noshade"}),
}
_STYLES = _words(
    "background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse "
    "border-color border-left border-left-color border-left-style border-left-width border-radius border-right "
    "border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color "
    "border-top-style border-top-width border-width color direction font-family font-size font-style font-variant "
    "font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right "
    "margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top table-layout "
    "text-align text-decoration text-indent text-transform vertical-align white-space width word-break"
)
# Parsing takes the square of the depth. Real mails are nested some dozens of times.
DEEPEST = 1_000
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# These end by themselves, or never begin anything.
_SHALLOW = _words("p li td th tr br img hr meta link input dd dt option col area base wbr source tbody thead tfoot")
_LINKS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_REMOTE = re.compile(r"https?://", re.IGNORECASE)
_SMALL_IMAGE = re.compile(r"data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]{1,400000}", re.IGNORECASE)
_PLACE = re.compile(r"cid:(\d{1,4})")
_URL_IN_STYLE = re.compile(r"url\s*\(|expression|\\|@import|image-set|/\*", re.IGNORECASE)

Source = Callable[[str], str | None]


def sanitised(html: str, places: Mapping[str, int]) -> tuple[str, int]:
    """What is harmless of a mail's HTML, and how many remote images it has.

    `places` tells by Content-ID which attachment an image is.
    """
    remote = 0

    def source(value: str) -> str | None:
        nonlocal remote
        if value.lower().startswith("cid:"):
            place = places.get(value[4:].strip().strip("<>").lower())
            return None if place is None else f"cid:{place}"
        if _REMOTE.match(value):
            remote += 1
            return value
        return value if _SMALL_IMAGE.fullmatch(value) else None

    return _cleaned(html, source), remote


def is_too_much(html: str) -> bool:
    """Whether HTML is so long, or nested so deeply, that nobody meant it to be read."""
    depth = 0
    if len(html) > LONGEST_HTML:
        return True
    for found in _TAG.finditer(html):
        if found[2].lower() not in _SHALLOW:
            depth += -1 if found[1] and depth else 1
        if depth > DEEPEST:
            return True
    return False


def stripped(html: str) -> str:
    """HTML without whatever looks like a tag: for what is too much to be read properly."""
    return _tidy(re.sub(r"<[^<>]{0,2000}>", " ", html))


def document(html: str, images: Mapping[int, str], *, remote: bool) -> str:
    """A whole document of stored HTML. `images` are the sources of those that came along, by place."""

    def source(value: str) -> str | None:
        if found := _PLACE.fullmatch(value):
            return images.get(int(found[1]), BLOCKED)
        if _REMOTE.match(value):
            return value if remote else BLOCKED
        return value

    # Once more: what was stored by an older version was judged by its lists.
    return _DOCUMENT.replace("{body}", _cleaned(html, source))


def _cleaned(html: str, source: Source) -> str:
    def judged(tag: str, name: str, value: str) -> str | None:
        value = value.strip()
        if name == "style" and _URL_IN_STYLE.search(value):
            return None
        if name == "src":
            return source(value) if tag == "img" else None
        if name == "href":
            return value if _LINKS.match(value) else None
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        attribute_filter=judged,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=_STYLES,
    )


_DOCUMENT = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light"><title>Mail</title><style>
body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}
img{max-width:100%}table{max-width:100%}pre{white-space:pre-wrap}
blockquote{margin:0 0 0 8px;padding-left:12px;border-left:3px solid #ccc}
img[src^="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP"]{min-width:20px;min-height:20px;border:1px dashed #999}
</style></head><body>{body}</body></html>
"""


_BLOCKS = _words("address blockquote caption center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul")
_APART = _words("p h1 h2 h3 h4 h5 h6 blockquote ul ol table pre")


def to_text(html: str) -> str:
    """Sanitised HTML as text: paragraphs, lists, links with their addresses, quotes behind `>`."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    """Writes lines. Quotes are written apart and marked when they end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[list[str]] = [[]]
        self._links: list[tuple[str, int]] = []
        self._as_it_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self._line(apart=tag in _APART)
        if tag == "blockquote":
            self._open.append([])
        elif tag == "br":
            self._out.append("\n")
        elif tag == "li":
            self._out.append("- ")
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self._out)))
        elif tag == "img" and given.get("alt"):
            self._out.append(f"[{given['alt']}]")
        self._as_it_is += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote" and len(self._open) > 1:
            quoted = _tidy("".join(self._open.pop()))
            self._out.append("\n".join(f"> {line}".rstrip() for line in quoted.split("\n")) if quoted else "")
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag in ("td", "th"):
            self._out.append(" ")
        self._as_it_is -= tag == "pre"
        if tag in _BLOCKS:
            self._line(apart=tag in _APART)

    def handle_data(self, data: str) -> None:
        if self._as_it_is > 0:
            self._out.append(data)
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if text == " " and (not self._out or self._out[-1].endswith(("\n", " "))):
            return
        self._out.append(text)

    @property
    def _out(self) -> list[str]:
        return self._open[-1]

    def _line(self, *, apart: bool) -> None:
        if self._out and (apart or not self._out[-1].endswith("\n")):
            self._out.append("\n\n" if apart else "\n")

    def _end_link(self, href: str, start: int) -> None:
        shown = "".join(self._out[start:]).strip()
        plain = href.removeprefix("mailto:").removeprefix("tel:").rstrip("/")
        if plain and plain not in shown and shown not in plain:
            self._out.append(f" ({plain})" if shown else plain)

    def text(self) -> str:
        """All that was written."""
        while len(self._open) > 1:
            self.handle_endtag("blockquote")
        return _tidy("".join(self._out))


def _tidy(text: str) -> str:
    lines = [line.strip(" ") for line in text.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
