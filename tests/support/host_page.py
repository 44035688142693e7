"""Somebody's web site with the widget on it: another origin on loopback, with whatever styles and policy it likes."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

# Everything that a page's own styles can do to what is on it.
HOSTILE = """
* { display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important;
    position: static !important; transform: scale(0) !important; filter: blur(40px) !important; color: red !important;
    font: 1px fantasy !important; width: 0 !important; height: 0 !important; overflow: hidden !important;
    z-index: -1 !important; animation: spin 1s infinite !important; clip-path: inset(50%) !important;
    content-visibility: hidden !important; mask: linear-gradient(transparent, transparent) !important; }
html { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important;
    filter: none !important; width: auto !important; height: 100vh !important; clip-path: none !important;
    content-visibility: visible !important; mask: none !important; pointer-events: auto !important; }
button, textarea, p, div, section { all: unset !important; display: none !important; }
@keyframes spin { to { opacity: 0; } }
"""


class HostPage:
    """Serves one page for every path; `styles` come as a file, so that a policy may forbid those inside."""

    def __init__(self, widget_url: str, key: str, *, styles: str = "", policy: str = "", before: str = "") -> None:
        self.styles, self.policy, self.before = styles, policy, before
        self.tag = f'<script src="{widget_url}/widget.js" data-key="{key}" async></script>'
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, text = page.answer(self.path)
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                if page.policy:
                    self.send_header("Content-Security-Policy", page.policy)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def origin(self) -> str:
        """What browsers call it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str) -> tuple[str, str]:
        """What there is at a path: the type and the text."""
        if path.startswith("/style.css"):
            return "text/css", self.styles
        if path.startswith("/before.js"):
            return "text/javascript", self.before
        if path.startswith("/favicon"):
            return "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"
        language = "es" if path.startswith("/es") else "de" if path.startswith("/de") else "en"
        before = '<script src="/before.js"></script>' if self.before else ""
        styles = '<link rel="stylesheet" href="/style.css">' if self.styles else ""
        head = f'<meta name="viewport" content="width=device-width"><title>A shop</title>{styles}{before}{self.tag}'
        main = '<main><h1>Shoes</h1><p>Good ones. <a href="#more">More</a></p></main>'
        return (
            "text/html",
            f'<!doctype html><html lang="{language}" data-theme="light"><head>{head}</head>{main}</html>',
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
