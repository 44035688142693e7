"""The widget's files, for pages of any origin, and a page to try it on."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from dibs.channels import connections
from dibs.errors import NotFound
from dibs.tx import Core
from dibs.web import demo_page
from dibs.web.built import built
from dibs.web.negotiation import sent

# The widget's build writes here, and packages carry it.
FOLDER = Path(connections.__file__).parent / "widget/dist"
LOADER = "widget.js"
# The loader names the rest by digest: a new version is on every page within minutes.
FOREVER, SOON = "public, max-age=31536000, immutable", "public, max-age=300, stale-while-revalidate=86400"
ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'",
}

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
async def loader(request: Request) -> Response:
    """What a page's one script tag loads: the button, and the rest when somebody means to use it."""
    return _file(request, LOADER, SOON)


@router.get("/widget/{name}")
async def file(request: Request, name: str) -> Response:
    """The widget itself."""
    return _file(request, name, FOREVER)


@router.get("/widget-demo")
async def demo(request: Request, key: Annotated[str | None, Query(max_length=60)] = None) -> Response:
    """A sample page with the installation's first widget, or with that of a key."""
    core: Core = request.app.state.core
    widgets = await core.database.run(connections.ACTIVE, {"kind": "widget"})
    found = [each.address for each in widgets if key in (None, each.address)]
    return HTMLResponse(demo_page.page(found[0] if found else None), headers=demo_page.HEADERS)


def _file(request: Request, name: str, caching: str) -> Response:
    found = built(FOLDER, LOADER).get(name)
    if found is None:
        raise NotFound("The widget has no such file. In a source tree build it: python3 dev.py setup.")
    status, body, headers = sent(found, request.headers)
    return Response(body, status, headers | {"Cache-Control": caching} | ANYWHERE)
