"""Refusals as RFC 9457 problem JSON, and what a failure that nobody expected looks like from outside."""

import sqlite3
from collections.abc import Iterator
from http import HTTPStatus

import asyncpg
import msgspec

from dibs.errors import Invalid, Refusal, Unavailable

CONTENT_TYPE = "application/problem+json"
# What makes a database unreachable or unwritable, rather than a statement wrong.
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.InvalidAuthorizationSpecificationError,
    sqlite3.OperationalError,
)
# Values that a column cannot hold. The checks at the edge should have refused them: whoever sees these logs it.
UNFIT = (asyncpg.DataError, asyncpg.exceptions.DataError, OverflowError)


class InternalError(Refusal):
    """Dibs failed. The request id is in the log lines that say why."""

    code, status, title = "internal_error", 500, "Internal error"


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method; the `Allow` header names those there are."""

    code, status, title = "method_not_allowed", 405, "Method not allowed"


class HttpError(Refusal):
    """Another refusal of the protocol itself."""

    code, status, title = "http_error", 400, "Bad request"

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.title = HTTPStatus(status).phrase


def encode(refusal: Refusal, request_id: str) -> bytes:
    """The problem document."""
    return msgspec.json.encode(
        {
            "type": f"/problems/{refusal.code}",
            "title": refusal.title,
            "status": refusal.status,
            "detail": refusal.detail,
            "code": refusal.code,
            "request_id": request_id,
            **refusal.members,
        }
    )


def headers(refusal: Refusal) -> dict[str, str]:
    """The headers that belong to a refusal."""
    if refusal.code in ("rate_limited", "idempotency_in_flight"):
        return {"Retry-After": str(refusal.members.get("retry_after", 1))}
    if refusal.code == "unavailable":
        return {"Retry-After": "1"}
    if refusal.code == "unauthenticated":
        return {"WWW-Authenticate": "Bearer"}
    return {}


def failure(error: Exception) -> Refusal:
    """What a client is told of an exception that is no refusal. Never the exception's own text."""
    if isinstance(error, LOST):
        return Unavailable("The database cannot be used at the moment; nothing was changed. Try again.")
    if isinstance(error, UNFIT):
        return Invalid("body", "a value is too large, or has a character that cannot be stored")
    return InternalError("Dibs failed on this request; nothing was changed. Tell your operator the request id.")


def kinds() -> dict[str, type[Refusal]]:
    """Every refusal that there is, by its code."""
    found: dict[str, type[Refusal]] = {}
    for kind in _below(Refusal):
        # Where several share a code, the one that stands higher speaks for it.
        found.setdefault(kind.code, kind)
    return dict(sorted(found.items()))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield from kind.__subclasses__()
    for each in kind.__subclasses__():
        yield from _below(each)
