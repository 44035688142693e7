"""What the generated OpenAPI document does not know by itself: credentials, problems, repeats, tags."""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem. Further members depend on `code`.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "A page about this code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person, which says what to do."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "request_id": {"type": "string"},
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
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    components["securitySchemes"] = SCHEMES
    document["security"] = [{"key": []}, {"session": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete_operation(operation, method, is_public=(path, method) in public)
    tags = sorted({tag for ops in document["paths"].values() for each in ops.values() for tag in each.get("tags", ())})
    document["tags"] = [{"name": tag} for tag in tags]
    return document


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
