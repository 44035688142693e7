"""The web app: its pages, which are all one document, and the files that document loads. Needs no credentials."""

from collections.abc import MutableMapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.routing import Match

from dibs.errors import NotFound
from dibs.operations import pages
from dibs.web.built import INDEX, File, built
from dibs.web.negotiation import sent

# Everything comes from here: no inline script or style, no other host, no frame around it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    # Also the live socket: browsers count ws on the same host as the same origin.
    "connect-src 'self'; "
    # The HTML of mails, in frames of their own.
    "frame-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The build puts a digest of the content into these files' names.
FOREVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
# First parts of addresses that are never a page of the app; a double slash would make another host of its second one.
NO_PAGES = frozenset(
    {"", "v1", "widget", "assets", "docs", "openapi.json", "problems", "files", "healthz", "readyz", "metrics"}
)

UNCACHED = pages.HEADERS | {"Cache-Control": ASK_AGAIN}

Scope = MutableMapping[str, Any]


class PageRoute(APIRoute):
    """Matches what a browser opens as a page; everything else stays the API's 404 or 405."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any route, for addresses of pages only."""
        return super().matches(scope) if _is_page(scope) else (Match.NONE, {})


class FileRoute(APIRoute):
    """Matches files that were built beside the document, such as its icon."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As any route, for what there is."""
        is_file = scope["type"] == "http" and scope["path"][1:] in built() and scope["method"] == "GET"
        return super().matches(scope) if is_file else (Match.NONE, {})


def _is_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"*/*").lower()
    if scope["path"] == "/":
        return b"text/html" in accept or b"*/*" in accept
    parts = scope["path"][1:].split("/")
    return b"text/html" in accept and parts[0] not in NO_PAGES and "." not in parts[-1]


assets = APIRouter(include_in_schema=False)
files = APIRouter(include_in_schema=False, route_class=FileRoute)
# Asked last of all.
app_pages = APIRouter(include_in_schema=False, route_class=PageRoute)


@assets.get("/assets/{name:path}")
async def asset(request: Request, name: str) -> Response:
    """A script, style sheet or font of the app."""
    found = built().get(f"assets/{name}")
    if found is None:
        raise NotFound("The web app has no such file. After an upgrade, reload the page.")
    return _sent(request, found, FOREVER)


@files.get("/{name}")
async def file(request: Request, name: str) -> Response:
    """A file beside the document."""
    return _sent(request, built()[name], ASK_AGAIN)


@app_pages.get("/{page:path}")  # noqa: FAST003 - only the browser looks at it
async def page(request: Request) -> Response:
    """The app. Which of its pages is asked for, it finds out in the browser."""
    found = built().get(INDEX)
    return _sent(request, found, ASK_AGAIN) if found else HTMLResponse(pages.unbuilt(), 404, UNCACHED)


def _sent(request: Request, found: File, caching: str) -> Response:
    status, body, headers = sent(found, request.headers)
    return Response(body, status, headers | {"Cache-Control": caching, "Content-Security-Policy": POLICY})
