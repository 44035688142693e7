"""What a hostile customer writes: 300 payloads in classes, to be put through every field that a customer controls.

`payloads.txt` holds them, one a line under the heading of its class; a line with characters that no editor shows is a
JSON string. Each calls `alert` when it runs, or loads something from evil.example when it is let.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page

FILE = Path(__file__).with_name("payloads.txt")
HERE = ("127.0.0.1", "localhost")
# Run in every page and frame before anything else: what a payload does is told to the test.
_TELL = """
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = () => window.toldByPayload(location.href);
}
"""
# Where the elements of every page, also inside of shadow roots, would lead or what they would run.
_LOOK = """() => {
  const found = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) found.push(`${element.tagName} ${name}=${value}`);
        const leads = ["href", "src", "action", "formaction", "xlink:href", "data"].includes(name);
        const scheme = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
        if (leads && /^(javascript|vbscript|data:text|data:image\\/svg)/.test(scheme))
          found.push(`${element.tagName} ${name}=${value}`);
      }
    }
  };
  walk(document);
  return found;
}"""


@cache
def by_class() -> dict[str, tuple[str, ...]]:
    """The payloads of each class."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            current = found.setdefault(line[4:], [])
        else:
            current.append(_read(line))
    return {name: tuple(lines) for name, lines in found.items()}


@cache
def all_of_them() -> tuple[str, ...]:
    """All payloads, class after class."""
    return tuple(payload for lines in by_class().values() for payload in lines)


def _read(line: str) -> str:
    return str(json.loads(line)) if line.startswith('"') and line.endswith('"') and "\\u" in line else line


class Watch:
    """Notes what payloads do in a browser context: `ran` where one was executed, `left` what was asked of elsewhere."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.left: list[str] = []

    async def begin(self, context: BrowserContext) -> None:
        """Watches every page and frame that is opened in the context from now on."""
        await context.expose_binding("toldByPayload", self._told)
        await context.add_init_script(_TELL)
        context.on("request", lambda request: self._asked(request.url))

    def _told(self, source: dict[str, Any], place: str) -> None:
        self.ran.append(place)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in HERE:
            self.left.append(url)


async def armed(page: Page) -> list[str]:
    """Handlers of events and addresses that would run something, in the page and in each frame that lets us look."""
    found: list[str] = []
    for frame in page.frames:
        found += await frame.evaluate(_LOOK)
    return found
