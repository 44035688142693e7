"""Around every request: its id, its log line and metrics, limits of its body, headers, and the answer to a failure."""

import os
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from dibs.errors import Refusal
from dibs.operations import problems
from dibs.operations.bodies import (
    UNREAD,
    WEBHOOKS,
    Message,
    Receive,
    guarded,
    is_upload,
    refuse_announced,
    upload_limit,
)
from dibs.operations.metrics import Metrics
from dibs.settings import Settings

Scope = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger()
_SANE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
# API answers run nothing, are embedded nowhere and kept nowhere. What does brings headers of its own.
_UNLESS_GIVEN = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
    (b"x-frame-options", b"DENY"),
)
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
# Anybody can make up a method; a label must not be made of it.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_TLS = (b"strict-transport-security", b"max-age=31536000")


class Requests:
    """ASGI middleware, one layer for all of it: a claim passes here 1,000 times a second."""

    def __init__(self, app: App, *, settings: Settings, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics
        self.limit, self.upload_limit = settings.max_body_bytes, upload_limit(settings.max_upload_bytes)
        self.headers = (*_ALWAYS, _TLS) if settings.cookie_secure else _ALWAYS
        self.log = log.bind()  # once, not for every line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _Request(self, scope).run(receive, send)
            return
        if scope["type"] == "websocket":
            _begin(scope, _header(scope, b"x-request-id"))
        await self.app(scope, receive, send)

    def said(self, scope: Scope, method: str, status: int, began: float) -> None:
        """Counts a request and logs its one line."""
        seconds = time.perf_counter() - began
        route = getattr(scope.get("route"), "path_format", None) or "unmatched"
        self.metrics.answered(method if method in _METHODS else "OTHER", route, status, seconds)
        actor = scope["state"].get("actor")
        self.log.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 2),
            workspace=actor and actor.workspace_id,
            agent=actor and actor.id,
        )


class _Request:
    """One request on its way through."""

    def __init__(self, around: Requests, scope: Scope) -> None:
        self.around = around
        self.method: str = scope["method"]
        self.is_head = self.method == "HEAD"
        # HEAD is GET without the body; the server drops that by its own copy of the method.
        self.scope = {**scope, "method": "GET"} if self.is_head else scope
        self.status = 0

    async def run(self, receive: Receive, send: Send) -> None:
        """Lets the application answer, or answers in its stead."""
        began = time.perf_counter()
        headers = dict(self.scope["headers"])
        self.request_id = _begin(self.scope, headers.get(b"x-request-id"))
        self.send = send
        try:
            limit, media_type = self.around.limit, headers.get(b"content-type", b"")
            if (larger := WEBHOOKS.get(self.scope["path"])) is not None:
                limit, media_type = larger, UNREAD
            elif is_upload(self.method, self.scope["path"]):
                # Whatever it calls itself, it is a file's bytes and nothing to parse.
                limit, media_type = self.around.upload_limit, UNREAD
            refuse_announced(headers.get(b"content-length", b""), limit)
            body = guarded(receive, limit, media_type)
            await self.around.app(self.scope, body, self.pass_on)
        except Refusal as refusal:
            await self.refuse(refusal)
        except Exception as error:
            log.exception("request.failed", error=type(error).__name__)
            if self.status:
                raise  # Too late for another answer: the server cuts the connection.
            await self.refuse(problems.failure(error))
        finally:
            self.around.said(self.scope, self.method, self.status, began)

    async def pass_on(self, message: Message) -> None:
        """Sends on what the application answers, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = message.get("headers", ())
            headers = [*given, (b"x-request-id", self.request_id.encode()), *self.around.headers]
            headers += self.scope["state"].get("rate_limit", ())
            names = {name for name, _ in given}
            headers += [each for each in _UNLESS_GIVEN if each[0] not in names]
            message = {**message, "headers": headers}
        elif self.is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Answers with a problem document."""
        self.around.metrics.refusals.labels(refusal.code).inc()
        body = problems.encode(refusal, self.request_id)
        headers = [
            (b"content-type", problems.CONTENT_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            *((name.lower().encode(), value.encode()) for name, value in problems.headers(refusal).items()),
        ]
        if refusal.status == 413:
            # What is left of the body is not read.
            headers.append((b"connection", b"close"))
        await self.pass_on({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self.pass_on({"type": "http.response.body", "body": body})


def _begin(scope: Scope, asked: bytes | None) -> str:
    given = (asked or b"").decode("latin-1")
    request_id = given if _SANE_ID.fullmatch(given) else os.urandom(13).hex().upper()
    scope.setdefault("state", {})["request_id"] = request_id
    # The server runs each request in a context of its own, so nothing of an earlier one is in the way.
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def _header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for key, value in scope["headers"] if key == name), None)
