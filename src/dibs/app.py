"""The assembled application: settings and database in, ASGI app out. Every slice is plugged in here alone."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from dibs.accounts.idempotency import Replay
from dibs.accounts.identify import IdentifyingRoute
from dibs.accounts.routes import agents, keys, me, public
from dibs.accounts.routes import settings as account_settings
from dibs.analytics import routes as analytics
from dibs.analytics.refusals import Refusals
from dibs.audit import routes as audit
from dibs.background import start as start_background
from dibs.bot.routes import articles, turns
from dibs.canned_replies import routes as canned_replies
from dibs.channels import routes as channels
from dibs.channels.email import routes as mail_html
from dibs.channels.whatsapp import routes as whatsapp
from dibs.channels.whatsapp import templates
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.channels.widget import socket as widget_live
from dibs.channels.widget.audience import Audience
from dibs.channels.widget.routes import identity as widget_identity
from dibs.channels.widget.routes import visits
from dibs.contacts import routes as contacts
from dibs.conversations import (
    language,
)
from dibs.conversations.routes import bulk, customers, messages, ownership, prospects, reading
from dibs.db.open import database
from dibs.delivery import routes as notifications_routes
from dibs.errors import Invalid, NotFound, Refusal
from dibs.files import routes as files
from dibs.first_run import routes as first_run
from dibs.keyring import keyring
from dibs.operations import metrics, openapi, problems
from dibs.operations import routes as operations
from dibs.operations.metrics import Metrics
from dibs.operations.requests import Requests
from dibs.outbound import Outbound
from dibs.pools import routes as pools
from dibs.reactions import connect
from dibs.realtime import socket as live
from dibs.realtime import watch
from dibs.saved_views import routes as saved_views
from dibs.settings import Settings
from dibs.tx import Change, Core, Tx
from dibs.web.routes import pages as web
from dibs.web.routes import widget

# The first are looked at first: what is asked most often stands on top.
ROUTERS: Sequence[APIRouter] = (
    # Before those of one conversation, which would take /conversations/bulk/claim for the conversation "bulk".
    bulk.router,
    ownership.router,
    reading.router,
    messages.router,
    prospects.router,
    customers.router,
    notifications_routes.router,
    contacts.router,
    canned_replies.router,
    saved_views.router,
    pools.router,
    channels.router,
    whatsapp.router,
    whatsapp.webhook,
    turns.router,
    articles.router,
    mail_html.router,
    files.router,
    files.links,
    widget_identity.router,
    visits.visits,
    visits.preflights,
    public.router,
    first_run.router,
    me.router,
    me.heartbeats,
    agents.router,
    keys.keys,
    keys.invites,
    account_settings.router,
    analytics.router,
    audit.router,
    operations.router,
    live.router,
    widget_live.router,
    widget.router,
    web.assets,
    web.files,
    # Last: it takes every address of a page that nobody above took.
    web.app_pages,
)
# New objects between two looks of the garbage collector.
COLLECT_AFTER = 10_000
BODY_UNREADABLE = "There was an error parsing the body"


def create(settings: Settings) -> FastAPI:
    """The application for these settings. Opening it (lifespan) opens the database and starts the background work."""
    app = FastAPI(
        title="Dibs",
        version="0.1.0",
        description="A shared inbox in which a conversation has at most one human owner.",
        lifespan=_lifespan,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Metrics and request lines are operations/requests.py's.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings = settings
    app.state.outbound = Outbound(settings)
    app.state.core = core = Core(
        database(settings),
        data_dir=settings.data_dir,
        max_upload_bytes=settings.max_upload_bytes,
        fill_template=templates.filler(WHATSAPP, app.state.outbound),
    )
    app.state.refusals = Refusals(core)
    app.state.metrics = Metrics()
    app.state.metrics.read(lambda: metrics.database_load(core.database))
    app.add_middleware(Requests, settings=settings, metrics=app.state.metrics)
    for router in ROUTERS:
        # Not include_router: that matches every path twice, and these bring their prefixes with them.
        app.router.routes.extend(router.routes)
    connect(core)
    _count_claims(core, app.state.metrics)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Replay, _replayed)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _framework_refused)
    _complete_openapi(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    core: Core = app.state.core
    settings: Settings = app.state.settings
    await core.database.open()
    core.keyring = keyring(settings)
    app.state.hub = await watch.start(core, settings)
    app.state.metrics.read(lambda: metrics.live_load(app.state.hub))
    app.state.audience = audience = Audience(core, app.state.hub)
    background = [*await start_background(core, settings, app.state.outbound), audience.start()]
    # A second's work, done before the first customer writes.
    await asyncio.to_thread(language.load)
    # What start-up made lives as long as the process: the collector need not walk it in the middle of a claim.
    gc.collect()
    gc.freeze()
    # And what requests leave is mostly gone without it: looking every 700 objects found next to nothing.
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        await _end(app, background)
        gc.set_threshold(*usual)
        gc.unfreeze()


async def _end(app: FastAPI, background: Sequence[asyncio.Task[None]]) -> None:
    for task in background:
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)
    await app.state.hub.stop()
    await app.state.refusals.close()
    await app.state.outbound.close()
    await app.state.core.database.close()


def _count_claims(core: Core, counted: Metrics) -> None:
    by_way = lru_cache(counted.claims.labels)  # looking a counter up by its label costs more than counting

    async def count(_: Tx, change: Change) -> None:
        by_way(change.fields.get("via", "unknown")).inc()

    core.react("conversation.claimed", count)


def problem(request: Request, refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    """A refusal as RFC 9457 problem JSON."""
    request.app.state.metrics.refusals.labels(refusal.code).inc()
    return Response(
        problems.encode(refusal, request.state.request_id),
        refusal.status,
        problems.headers(refusal) | (headers or {}),
        media_type=problems.CONTENT_TYPE,
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    actor, conversation_id = getattr(request.state, "actor", None), request.path_params.get("conversation_id")
    if actor is not None and conversation_id is not None:
        request.app.state.refusals.refused(actor, conversation_id, error)
    return problem(request, error)


async def _replayed(_: Request, error: Exception) -> Response:
    assert isinstance(error, Replay)
    return Response(error.body, error.status, {"Idempotent-Replay": "true"}, media_type="application/json")


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [_fault(each) for each in error.errors()[:20]]
    refusal = Invalid("body", "malformed")
    refusal.detail = "; ".join(f"{each['field']}: {each['message']}" for each in errors)
    refusal.members = {"errors": errors}
    return problem(request, refusal)


def _fault(error: dict[str, Any]) -> dict[str, str]:
    """What pydantic found, in the words of the API. Never what was sent: it may be a password."""
    location, message = error["loc"], error["msg"]
    field = ".".join(str(part)[:100] for part in location[1:11]) or str(location[0])
    if error["type"] == "json_invalid":
        return {"field": "body", "message": f"is not JSON (at character {location[-1]}): {error['ctx']['error']}"}
    if isinstance(error.get("input"), bytes):
        return {"field": "body", "message": "send JSON with the header Content-Type: application/json"}
    return {"field": field, "message": message}


async def _framework_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Refusal):
        return problem(request, error.__cause__)  # raised in the middle of reading a body
    if error.status_code == NotFound.status:
        return problem(request, NotFound("There is nothing at this address. See /docs for those there are."))
    if error.status_code == 405:
        return _wrong_method(request)
    if error.detail == BODY_UNREADABLE:
        return problem(request, Invalid("body", "cannot be read as JSON"))
    return problem(request, problems.HttpError(error.status_code, str(error.detail)), dict(error.headers or {}))


def _wrong_method(request: Request) -> Response:
    methods = {"OPTIONS"}
    for route in request.app.routes:
        if isinstance(route, APIRoute) and route.matches(request.scope)[0] is not Match.NONE:
            methods |= route.methods or set()
    if "GET" in methods:
        methods.add("HEAD")
    allow = {"Allow": ", ".join(sorted(methods))}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=allow)
    refusal = problems.MethodNotAllowed(f"This address takes {allow['Allow']}, not {request.method}.")
    return problem(request, refusal, allow)


def _complete_openapi(app: FastAPI) -> None:
    generate, routes = app.openapi, app.routes

    def openapi_document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = openapi.complete(generate(), _public(routes))
        return app.openapi_schema

    app.openapi = openapi_document  # type: ignore[method-assign]


def _public(routes: Sequence[BaseRoute]) -> set[tuple[str, str]]:
    """Which routes identify nobody."""
    return {
        (route.path_format, method.lower())
        for route in routes
        if isinstance(route, APIRoute) and not isinstance(route, IdentifyingRoute)
        for method in route.methods or ()
    }
