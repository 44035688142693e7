"""Articles from elsewhere: a web page, fetched by the guarded client, or a folder of files."""

import asyncio
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import httpx
from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import MarkdownConverter

from dibs.accounts.settings import WorkspaceSettings
from dibs.bot.articles import LONGEST_BODY, LONGEST_TITLE
from dibs.bot.passages import title_of
from dibs.bot.words import FALLBACK
from dibs.conversations.language import detect
from dibs.errors import Refusal
from dibs.outbound import AnswerTooLarge, Outbound

LARGEST_PAGE = 2 * 1024 * 1024
LARGEST_FILE = 1024 * 1024
ENDINGS = (".md", ".markdown", ".txt")
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = ("text/markdown", "text/plain", "text/x-markdown")
_NOT_CONTENT = ["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg"]


class ImportFailed(Refusal):
    """What was to be imported cannot be read, or is no text; nothing was changed."""

    code, status, title = "import_failed", 422, "Import failed"


async def from_url(outbound: Outbound, url: str) -> dict[str, Any]:
    """The page at an address as `title` and `body` (Markdown). Refuses with 422 what cannot be fetched or read."""
    try:
        answer = await outbound.request("GET", url, limit=LARGEST_PAGE, headers={"Accept": "text/markdown, text/html"})
    except AnswerTooLarge:
        raise ImportFailed(f"The page is larger than {LARGEST_PAGE} bytes. Import a part of it.") from None
    except (httpx.HTTPError, TimeoutError, OSError) as error:
        raise ImportFailed(f"The page could not be fetched ({type(error).__name__}). Check the address.") from None
    if answer.is_redirect:
        raise ImportFailed(f"The page has moved to {answer.headers.get('location', '?')[:500]}. Import that address.")
    if answer.status_code != 200:
        raise ImportFailed(f"The page answered with status {answer.status_code}. Check the address.")
    kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in _HTML + _TEXT:
        raise ImportFailed(f"The address leads to {kind[:100]}, not to a page or a text.")
    name = PurePosixPath(urlsplit(url).path).stem or str(urlsplit(url).hostname)
    # Taking a large page apart takes a while: not in the loop.
    return await asyncio.to_thread(_from_html if kind in _HTML else _from_text, answer.text, name)


def _from_html(text: str, name: str) -> dict[str, Any]:
    soup = BeautifulSoup(text, "html.parser")
    titled = soup.title.get_text(" ", strip=True) if soup.title else ""
    for element in soup.find_all(_NOT_CONTENT):
        element.decompose()
    content: Any = soup.find("main") or soup.find("article") or soup.body or soup
    heading = content.find("h1")
    title = heading.get_text(" ", strip=True) if isinstance(heading, Tag) else titled
    markdown = MarkdownConverter(heading_style="ATX", strip=["img"]).convert_soup(content)
    return _article(title or name, markdown)


def _from_text(text: str, name: str) -> dict[str, Any]:
    return _article(title_of(text) or name, text)


def _article(title: str, body: str) -> dict[str, Any]:
    lines = (line.rstrip() for line in body.replace("\0", "").splitlines())
    body = "\n".join(lines).strip()
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    if not body:
        raise ImportFailed("There is no text in it.")
    if len(body) > LONGEST_BODY:
        raise ImportFailed(f"It has more than {LONGEST_BODY} characters. Divide it into several articles.")
    return {"title": " ".join(title.replace("\0", "").split())[:LONGEST_TITLE], "body": body}


def from_file(path: Path, folder: Path, *, language: str | None, settings: WorkspaceSettings) -> dict[str, Any]:
    """One file of a folder as an article with `source` and `language`: `returns.es.md` says its own.

    Refuses with 422 what is too large or no UTF-8 text.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportFailed(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__})") from None
    if len(raw) > LARGEST_FILE:
        raise ImportFailed(f"{path.name}: is larger than {LARGEST_FILE} bytes")
    try:
        found = _from_text(text, path.stem.partition(".")[0].replace("-", " ").replace("_", " "))
    except ImportFailed as refusal:
        raise ImportFailed(f"{path.name}: {refusal.detail}") from None
    said = path.stem.rpartition(".")[2] if "." in path.stem else ""
    own = said if len(said) == 2 and said.isascii() and said.islower() else None
    chosen = own or language or language_of(found["body"], settings)
    return found | {"source": f"file:{path.relative_to(folder).as_posix()}", "language": chosen}


def language_of(text: str, settings: WorkspaceSettings) -> str:
    """The language of a text among the workspace's; English when it says too little."""
    detected = detect(text, settings.languages)
    return detected[0] if detected else FALLBACK
