"""Refusals: what a person did cannot be done, and why. Each is rendered once, in app.py, as RFC 9457 problem JSON."""

from typing import Any


class Refusal(Exception):
    """An expected refusal. Subclasses stand beside the rule they speak for and set `code`, `status`, `title`."""

    code = "refused"
    status = 409
    title = "That cannot be done"

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members


class Unauthenticated(Refusal):
    """No, malformed, unknown or revoked credentials."""

    code, status, title = "unauthenticated", 401, "Sign in first"


class Forbidden(Refusal):
    """The actor's role or scope does not reach; `needs` names what would."""

    code, status, title = "forbidden", 403, "Not allowed"


class NotFound(Refusal):
    """Not there, or not in this workspace: the two look the same on purpose."""

    code, status, title = "not_found", 404, "Not found"


class Invalid(Refusal):
    """The request is malformed, or asks for what the present state does not allow."""

    code, status, title = "invalid", 422, "Invalid request"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", errors=[{"field": field, "message": message}])


class TooLarge(Refusal):
    """The body is larger than `limit` bytes."""

    code, status, title = "too_large", 413, "Too large"


class RateLimited(Refusal):
    """Too many requests; come back in `retry_after` seconds."""

    code, status, title = "rate_limited", 429, "Too many requests"


class Unavailable(Refusal):
    """The database cannot be reached; nothing was changed."""

    code, status, title = "unavailable", 503, "Unavailable"
