"""An article's Markdown as plain text, in passages that can stand alone as an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# A passage grows to about this many characters, block by block; a longer block is a passage by itself.
ABOUT = 600
LONGEST = 1_500
_markdown = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some neighbouring paragraphs below one heading; `heading` is empty before the first."""

    heading: str
    text: str


@lru_cache(maxsize=128)
def passages(body: str) -> tuple[Passage, ...]:
    """The passages of an article, in order. HTML in it is left out, links are written after their words."""
    found: list[Passage] = []
    heading, blocks = "", list[str]()
    for is_heading, text in _blocks(_markdown.parse(body)):
        if blocks and (is_heading or sum(map(len, blocks)) + len(text) > ABOUT):
            found.append(Passage(heading, "\n".join(blocks)))
            blocks = []
        if is_heading:
            heading = text
        else:
            blocks.append(shortened(text, LONGEST))
    if blocks or not found:
        found.append(Passage(heading, "\n".join(blocks)))
    return tuple(found)


def title_of(body: str) -> str | None:
    """The first heading of a Markdown text."""
    return next((text for is_heading, text in _blocks(_markdown.parse(body)) if is_heading and text), None)


def shortened(text: str, most: int) -> str:
    """At most `most` characters, ended after a whole sentence where there is one, else after a word."""
    if len(text) <= most:
        return text
    head = text[:most]
    ends = [head.rfind(mark) + 1 for mark in (". ", "! ", "? ", "\n", "。")]
    if max(ends) > most // 3:
        return head[: max(ends)].strip()
    return head[: most - 1].rsplit(" ", 1)[0].strip() + "…"


def _blocks(tokens: list[Token]) -> Iterator[tuple[bool, str]]:
    """Whether it is a heading, and its text, for each block that has any."""
    marks: list[str] = []
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrs.get("start", 1)
            marks.append("- " if token.type[0] == "b" else f"{start}. ")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_close" and marks[-1][0].isdigit():
            marks[-1] = f"{int(marks[-1][:-2]) + 1}. "
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield False, token.content.strip()
        elif token.type == "inline" and (text := _inline(token.children or [])):
            is_heading = tokens[index - 1].type == "heading_open"
            yield is_heading, text if is_heading or not marks else marks[-1] + text


_PLAIN = {"softbreak": " ", "hardbreak": "\n"}


def _inline(tokens: list[Token]) -> str:
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type in _PLAIN:
            parts.append(_PLAIN[token.type])
        elif token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(parts)))
        elif token.type == "link_close":
            href, begin = links.pop()
            if href.startswith(("https://", "http://")) and "".join(parts[begin:]) != href:
                parts.append(f" ({href})")
    return "".join(parts).strip()
