"""Who is calling: from a Bearer key or a session cookie to an Actor, before anything else of the request is looked at.

A route declares its actor by asking for a `Call`. Routers made by `router()` identify first, so that a request without
credentials is 401 whatever its body looks like.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import bindparam, select
from starlette.requests import HTTPConnection

from dibs import clock, cursors
from dibs.accounts import activity, idempotency, rate_limits, tokens
from dibs.accounts.sessions import LIFETIME as SESSION_LIFETIME
from dibs.accounts.tables import agents, api_keys, sessions
from dibs.actor import Actor
from dibs.db.open import Database
from dibs.errors import Forbidden, Invalid, Unauthenticated
from dibs.settings import Settings
from dibs.tx import Core, Tx, transaction

COOKIE = "dibs_session"
digest = tokens.digest
READING = frozenset({"GET", "HEAD", "OPTIONS"})

_AGENT = (agents.c.id, agents.c.name, agents.c.role, agents.c.active, agents.c.workspace_id)
_BY_KEY = (
    select(*_AGENT, api_keys.c.id.label("credential_id"), api_keys.c.scopes, api_keys.c.revoked_at)
    .join(agents, (agents.c.workspace_id == api_keys.c.workspace_id) & (agents.c.id == api_keys.c.agent_id))
    .where(api_keys.c.hash == bindparam("hash"))
)
_BY_SESSION = (
    select(*_AGENT, sessions.c.id.label("credential_id"), sessions.c.expires_at)
    .join(agents, (agents.c.workspace_id == sessions.c.workspace_id) & (agents.c.id == sessions.c.agent_id))
    .where(sessions.c.token_hash == bindparam("hash"))
)


async def by_key(database: Database, key: str) -> Actor:
    """The agent behind an API key. Refuses an unknown or revoked key and a deactivated agent with 401."""
    rows = await database.run(_BY_KEY, {"hash": digest(key)}) if key.startswith("ak_") else []
    if not rows or rows[0].revoked_at is not None or not rows[0].active:
        raise Unauthenticated("This API key is unknown or revoked. Make a new one under Workspace Settings > API keys.")
    return _actor(rows[0], via="api", scopes=frozenset(rows[0].scopes))


async def by_session(database: Database, token: str) -> Actor:
    """The agent behind a session cookie. Refuses an ended session and a deactivated agent with 401."""
    rows = await database.run(_BY_SESSION, {"hash": digest(token)})
    if not rows or rows[0].expires_at <= clock.now() or not rows[0].active:
        raise Unauthenticated("Your session has ended. Sign in again.")
    return _actor(rows[0], via="ui", scopes=None)


def _actor(row: Any, via: str, scopes: frozenset[str] | None) -> Actor:
    return Actor(
        type="agent",
        id=row.id,
        name=row.name,
        via=via,
        workspace_id=row.workspace_id,
        role=row.role,
        scopes=scopes,
        credential_id=row.credential_id,
    )


class Call(Request):
    """One request of an identified actor: the framework hands it over as it is, with no dependency to solve."""

    def __init__(self, request: Request, actor: Actor) -> None:
        super().__init__(request.scope, request.receive)
        self.actor = actor
        self.core: Core = request.app.state.core
        self.settings: Settings = request.app.state.settings
        self.database = self.core.database

    def transaction(self, body_digest: str | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction of this actor. A repeated Idempotency-Key ends it with the first answer.

        `body_digest` stands for a body that was read as it came and is not in memory.
        """
        key = self.headers.get("idempotency-key")
        if key is None or self.method != "POST":
            return transaction(self.core, self.actor)
        return self._once(key, body_digest)

    @asynccontextmanager
    async def _once(self, key: str, body_digest: str | None) -> AsyncIterator[Tx]:
        body_digest = body_digest or digest_body(await self.body())
        asked = idempotency.Asked(self.url.path, key, body_digest, _credential(self))
        with idempotency.in_flight(self.actor, asked):
            async with transaction(self.core, self.actor) as tx:
                await idempotency.replay(tx, asked)
                yield tx
                await idempotency.keep(tx, asked)


def digest_body(body: bytes) -> str:
    """A request body's SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


class IdentifyingRoute(APIRoute):
    """A route that knows its caller before it reads the body, and limits the rate per credential."""

    writing_is_work = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def identified(request: Request) -> Response:
            actor = await identify(request)
            request.state.rate_limit = []  # Every answer carries them, a refusal too.
            rate_limits.spend(request.app.state.settings, actor, request.state.rate_limit)
            request.state.actor = actor
            if b"%00" in request.scope["query_string"]:  # PostgreSQL stores no NUL and compares with none
                raise Invalid("query", "has a NUL character; leave it out")
            if self.writing_is_work and request.method not in READING:
                await activity.touch(request.app.state.core, actor)
            return await handle(Call(request, actor))

        return identified


class HeartbeatRoute(IdentifyingRoute):
    """As IdentifyingRoute, but the body says whether its caller works: a page in the background writes too."""

    writing_is_work = False


async def identify(request: Request) -> Actor:
    """The actor of a request, with address and request id. Refuses with 401, and cross-site writes with 403."""
    database: Database = request.app.state.core.database
    credential = _credential(request)
    if "authorization" in request.headers:
        actor = await by_key(database, credential)
    else:
        refuse_cross_site(request)
        actor = await by_session(database, credential)
    return msgspec.structs.replace(actor, ip=address(request), request_id=request.state.request_id)


def _credential(request: Request) -> str:
    """The key or session token that came with a request. Refuses with 401 when there is none."""
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, key = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("Send the header Authorization: Bearer ak_…")
        return key.strip()
    if token := request.cookies.get(COOKIE):
        return token
    raise Unauthenticated("Send the header Authorization: Bearer ak_…, or sign in.")


def refuse_cross_site(request: Request) -> None:
    """Refuses a write that another site made with the visitor's cookie: browsers say where a write comes from."""
    if request.method in READING:
        return
    site = request.headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none") or is_from_another_site(request):
        raise Forbidden("This write came from another site. Use the app itself, or an API key.", needs="same_origin")


def is_from_another_site(caller: HTTPConnection) -> bool:
    """Whether the page that calls says to be another host's: a request, or the opening of a socket."""
    origin = caller.headers.get("origin")
    # Not parsed: it may be anything, and only `scheme://` and the very host will do.
    return origin is not None and origin.partition("://")[2] != caller.headers.get("host")


def limit_attempts(request: Request) -> None:
    """For routes without credentials: refuses another site's writes, and with 429 an address that tries too often."""
    refuse_cross_site(request)
    rate_limits.spend_sign_in(request.app.state.settings, address(request))


def address(request: HTTPConnection) -> str | None:
    """The caller's address; behind a trusted proxy the one that the proxy saw."""
    if request.app.state.settings.trust_proxy and (forwarded := request.headers.get("x-forwarded-for")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.client.host if request.client else None


AgentCall = Call
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=cursors.LONGEST, description="`next_cursor` of the page before.")]


def router(tag: str, route_class: type[IdentifyingRoute] = IdentifyingRoute) -> APIRouter:
    """A router under /v1 whose routes all identify their caller first."""
    return APIRouter(prefix="/v1", tags=[tag], route_class=route_class)


def answered(tx: Tx) -> Response:
    """The answer that the transaction stored with `answer`, once it has committed."""
    assert tx.answer is not None
    status, body = tx.answer
    return Response(body, status, media_type="application/json" if body else None)


def answer(tx: Tx, shape: Any, status: int = 200, *, secret: bool = False) -> None:
    """Encodes the answer once, inside the transaction, so that an Idempotency-Key can repeat it byte for byte.

    `secret` says that it, or what was asked, shows something that nobody may read a second time: it is kept sealed.
    """
    tx.answer = (status, msgspec.json.encode(shape))
    tx.answer_is_secret = secret


def answer_nothing(tx: Tx) -> None:
    """Stores 204, the answer of a write that found nothing to do, for an Idempotency-Key to repeat."""
    tx.answer = (204, b"")


def shown(shape: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The answer of a reading route."""
    return Response(msgspec.json.encode(shape), status, headers, media_type="application/json")


def is_over_tls(request: Request) -> bool:
    """Whether cookies must stay on TLS: the operator says so, or the request came over it."""
    settings: Settings = request.app.state.settings
    forwarded = request.headers.get("x-forwarded-proto", "") if settings.trust_proxy else ""
    return settings.cookie_secure or request.url.scheme == "https" or forwarded.rpartition(",")[2].strip() == "https"


def with_cookie(request: Request, response: Response, token: str) -> Response:
    """The answer that signs a browser in: it carries the session's cookie."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_LIFETIME // clock.SECOND,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_over_tls(request),
    )
    return response


def link(request: Request, path: str) -> str:
    """A link to a page of the web app, at the installation's public address where that is set."""
    settings: Settings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/") + path
