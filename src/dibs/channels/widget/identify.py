"""Which widget is called, from which page, by which visitor: before anything else of the request is looked at."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection

from dibs.accounts import rate_limits
from dibs.accounts.identify import address, is_from_another_site
from dibs.channels import connections
from dibs.channels.widget import visitors
from dibs.channels.widget.reading import settings_of
from dibs.db.compiled import Row
from dibs.errors import Forbidden, Invalid, NotFound, Unauthenticated
from dibs.settings import Settings
from dibs.tx import Core, Tx, transaction

PREFIX = "/widget/v1/{key}"
METHODS = b"GET, POST, OPTIONS"
# So long a browser need not ask again whether it may.
PREFLIGHT_SECONDS = b"7200"


class Visit(Request):
    """One request of a page that has the widget."""

    def __init__(self, request: Request, channel: Row) -> None:
        super().__init__(request.scope, request.receive)
        self.channel = channel
        self.core: Core = request.app.state.core
        self.settings: Settings = request.app.state.settings
        self.who = visitors.actor(channel.workspace_id, address(request), request.state.request_id)

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        """A transaction of the widget."""
        return transaction(self.core, self.who)

    async def visitor(self) -> Row:
        """The visitor by the token that came along. Refuses with 401, and with 429 who asks too often."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("Start a session first, and send its token.")
        found = await visitors.find(self.core, self.channel, token.strip())
        rate_limits.spend_visitor(self.settings, found.id)
        return found


class VisitorRoute(APIRoute):
    """A route that finds the widget first, lets in its pages only, and limits the rate per address."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def visited(request: Request) -> Response:
            core, settings = request.app.state.core, request.app.state.settings
            channel = await called(core, request.path_params["key"])
            request.state.rate_limit = cross_origin(request, channel)  # Every answer carries them, a refusal too.
            rate_limits.spend_visitors_address(settings, address(request))
            if b"%00" in request.scope["query_string"]:
                raise Invalid("query", "has a NUL character; leave it out")
            return await handle(Visit(request, channel))

        return visited


async def called(core: Core, key: str) -> Row:
    """The connected widget with this public key. Refuses with 404."""
    found = await connections.by_address(core, "widget", key) if key.isascii() and "\0" not in key else None
    if found is None:
        raise NotFound("There is no such widget. Copy its tag again from Workspace Settings > Channels.")
    return found


def cross_origin(caller: HTTPConnection, channel: Row) -> list[tuple[bytes, bytes]]:
    """The headers that let the widget's pages read an answer. Refuses pages of any other origin with 403."""
    origin = caller.headers.get("origin")
    always = [(b"vary", b"Origin")]
    if origin is None or not is_from_another_site(caller):
        return always
    if origin not in settings_of(channel).allowed_origins:
        raise Forbidden("This widget does not serve pages of this origin.", needs="allowed_origin")
    return [
        *always,
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-expose-headers", b"Retry-After"),
    ]


PREFLIGHT = [
    (b"access-control-allow-methods", METHODS),
    (b"access-control-allow-headers", b"Authorization, Content-Type"),
    (b"access-control-max-age", PREFLIGHT_SECONDS),
]


def router() -> APIRouter:
    """A router for pages that have the widget. Not in the OpenAPI document: docs/widget.md describes these."""
    return APIRouter(prefix=PREFIX, include_in_schema=False, route_class=VisitorRoute)
