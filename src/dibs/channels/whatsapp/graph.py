"""One call to the Graph API, and what its errors mean: never, later, or somebody must renew the access.

The codes are those of Meta's list "WhatsApp error codes".
"""

import json
from typing import Any, Protocol

from pydantic import SecretStr

from dibs.channels.port import Connection

CALL_SECONDS, MEDIA_SECONDS = 15.0, 45.0
LARGEST_ANSWER = 4 * 1024 * 1024
LONGEST_DETAIL = 400
# Too many calls or messages at the moment, or WhatsApp itself is ill.
PASSING = frozenset({1, 2, 4, 17, 32, 613, 80007, 80008, 130429, 131000, 131016, 131048, 131056, 131057, 133004})
# The token has expired or lacks a right.
ACCESS = frozenset({0, 3, 10, 190, *range(200, 300)})
# The codes that agents meet, in words that say what to do.
IN_WORDS = {
    131026: "WhatsApp cannot deliver to this number: it has no WhatsApp, or has not accepted its terms.",
    131047: "The customer last wrote more than 24 hours ago: WhatsApp takes only a template now. Choose one.",
    131051: "WhatsApp takes no messages of this kind.",
    131053: "WhatsApp does not take this file.",
}


class _HasAccess(Protocol):
    graph_url: str
    access_token: SecretStr


class GraphError(Exception):
    """The Graph API refused a call: its HTTP status, its own code and a sentence for a person."""

    def __init__(self, status: int, code: int | None, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail

    @property
    def is_access(self) -> bool:
        """Whether an admin must renew the token or its rights first."""
        return self.status == 401 or self.code in ACCESS

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later."""
        return self.status == 429 or self.status >= 500 or self.code in PASSING


async def call(connection: Connection, method: str, path: str, **more: Any) -> dict[str, Any]:
    """Calls the Graph API for a connected number and returns its answer. Raises GraphError, or what the network did."""
    settings: _HasAccess = connection.settings  # type: ignore[assignment]
    more = {"seconds": CALL_SECONDS, "limit": LARGEST_ANSWER} | more
    url = f"{settings.graph_url}/{path}"
    answer = await connection.outbound.request(method, url, headers=authorised(connection), **more)
    return read(answer.status_code, answer.content)


def authorised(connection: Connection) -> dict[str, str]:
    """The header that shows the number's token."""
    settings: _HasAccess = connection.settings  # type: ignore[assignment]
    return {"Authorization": f"Bearer {settings.access_token.get_secret_value()}"}


def read(status: int, content: bytes) -> dict[str, Any]:
    """An answer's document. Raises GraphError for an error, and for what is none of the Graph API's."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        document = None
    told = document.get("error") if isinstance(document, dict) else None
    if isinstance(told, dict):
        raise _error(status, told)
    if not isinstance(document, dict) or status >= 300:
        raise GraphError(status if status >= 300 else 502, None, f"an answer with status {status} that says nothing")
    return document


def _error(status: int, told: dict[str, Any]) -> GraphError:
    code = told.get("code")
    code = code if isinstance(code, int) else None
    return GraphError(status, code, in_words(code, told))


def in_words(code: int | None, told: dict[str, Any]) -> str:
    """What an error of the Graph API or of a status says, as a sentence."""
    data = told.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    said = [each for each in (details, told.get("message"), told.get("title")) if isinstance(each, str) and each]
    return IN_WORDS.get(code or -1) or (said[0][:LONGEST_DETAIL] if said else f"error {code}")
