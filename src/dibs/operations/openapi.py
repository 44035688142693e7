"""What the generated OpenAPI document does not know by itself: credentials, problems, repeats, tags."""

import json
import re
from typing import Any

from dibs.operations import catalogue, problems

_AGENT = {"$ref": "#/components/schemas/AgentName"}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem. Further members depend on `code`.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "A page about this code."},
        "title": {"type": "string"},
        "status": {
            "anyOf": [{"type": "integer"}, {"type": "string", "enum": ["resolved", "archived", "open", "snoozed"]}],
            "description": "As the answer's; with `conversation_closed` and `not_resolved` the conversation's.",
        },
        "detail": {"type": "string", "description": "A sentence for a person, which says what to do."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "request_id": {"type": "string"},
        "needs": {"type": "string", "description": "`forbidden`: the role or scope that would do."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "assignee": {"anyOf": [_AGENT, {"type": "null"}], "description": "Who holds it now."},
        "claimed_at": {"type": "string"},
        "epoch": {"type": "integer"},
        "pools": {"type": "array", "items": {"$ref": "#/components/schemas/PoolName"}},
        "agent_id": {"type": "string", "description": "Whom a pool or the limit keeps out."},
        "limit": {"type": "integer"},
        "held": {"type": "integer"},
        "given": {"type": "integer"},
        "state": {"type": "string", "description": "`request_closed`: what became of it."},
        "messages": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Message"},
            "description": "`unseen_messages`: what somebody else wrote meanwhile.",
        },
        "retry_after": {"type": "integer", "description": "Seconds."},
    },
    "additionalProperties": True,
}
SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, `ak_…`. It acts as its agent: its scopes and the agent's role both bind.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "dibs_session", "description": "The web app's sign-in."},
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Repeating a POST with the same key gives the first answer again. Kept for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_REFUSED = {
    "description": "Refused: see `code`.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def complete(document: dict[str, Any], public: set[tuple[str, str]]) -> dict[str, Any]:
    """The document with all of that added. `public` are the (path, method) pairs that need no credentials."""
    document = _named_simply(document)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update({name: each for name, each in catalogue.schemas().items() if name not in schemas})
    schemas["Problem"] = _problem()
    components["securitySchemes"] = SCHEMES
    document["security"] = [{"key": []}, {"session": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete_operation(operation, method, is_public=(path, method) in public)
    tags = sorted({tag for ops in document["paths"].values() for each in ops.values() for tag in each.get("tags", ())})
    document["tags"] = [{"name": tag} for tag in tags]
    return document


def _problem() -> dict[str, Any]:
    code = PROBLEM["properties"]["code"] | {"enum": list(problems.kinds())}  # type: ignore[index]
    return PROBLEM | {"properties": PROBLEM["properties"] | {"code": code}}  # type: ignore[operator]


def _named_simply(document: dict[str, Any]) -> dict[str, Any]:
    """Where a shape is both sent and given, what is given is named its changes: some members may be left out there."""
    text = json.dumps(document)
    text = re.sub(r'(["/]\w+)-Output"', r'\1"', text)
    named: dict[str, Any] = json.loads(re.sub(r'(["/]\w+)-Input"', r'\1Changes"', text))
    return named


def _complete_operation(operation: dict[str, Any], method: str, *, is_public: bool) -> None:
    answers = operation["responses"]
    # The framework's own 422 has another shape than the one that is sent.
    if "HTTPValidationError" in str(answers.get("422", "")):
        del answers["422"]
    answers["default"] = _REFUSED
    if is_public:
        operation["security"] = []
    elif method == "post":
        operation.setdefault("parameters", []).append(IDEMPOTENCY)
