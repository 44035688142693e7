"""Events and answers held against the OpenAPI document: no member missing, none undeclared."""

import json
import re
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

from dibs.app import create
from dibs.operations import catalogue
from dibs.realtime.visibility import told
from dibs.settings import Settings


@cache
def frame_validator() -> jsonschema_rs.Validator:
    """Judges any frame. Stricter than the document: a member that a shape does not name is wrong."""
    return jsonschema_rs.validator_for(_document("LiveFrame"))


@cache
def validator_of(kind: str) -> jsonschema_rs.Validator:
    """Judges events of one kind, so that what is wrong has a name."""
    (reference,) = {catalogue.schemas()["LiveEvent"]["discriminator"]["mapping"][kind]}
    return jsonschema_rs.validator_for(_document(reference.rpartition("/")[2]))


def judge(event: dict[str, Any]) -> None:
    """Fails with what is wrong when an event is not as the catalogue says."""
    faults = [f"{error.instance_path}: {error.message}" for error in validator_of(event["kind"]).iter_errors(event)]
    assert not faults, f"{event['kind']} is not as the catalogue says: {faults}\n{json.dumps(event, indent=1)}"
    assert frame_validator().is_valid(event)


def judge_row(seq: int, body: str) -> None:
    """As `judge`, for an event as it is stored."""
    judge(json.loads(told(_Row(seq, None, body)).part))


def judge_answer(answer: httpx.Response) -> None:
    """Fails when a JSON answer to a request that was understood is not as the document says."""
    media_type = answer.headers.get("content-type", "")
    if answer.status_code >= 300 or not answer.content or media_type != "application/json":
        return
    method, path = answer.request.method.lower(), answer.request.url.path
    template = next((each for each in _paths() if _matches(each, path)), None)
    assert template is not None, f"{path} is not in the document"
    validator = _answer_validator(template, method, str(answer.status_code))
    assert validator is not None, f"{method} {template} answers {answer.status_code}, which the document does not know"
    faults = [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(answer.json())]
    assert not faults, f"{method} {template} answers not as documented: {faults}"


@cache
def _whole() -> dict[str, Any]:
    document = json.loads(json.dumps(create(Settings()).openapi()))
    _seal(document["components"]["schemas"])
    found: dict[str, Any] = document
    return found


@cache
def _paths() -> list[str]:
    # Those with fewer parameters first: /conversations/counts is no conversation.
    return sorted(_whole()["paths"], key=lambda path: path.count("{"))


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) is not None


@cache
def _answer_validator(template: str, method: str, status: str) -> jsonschema_rs.Validator | None:
    answers = _whole()["paths"][template][method]["responses"]
    schema = answers.get(status, {}).get("content", {}).get("application/json", {}).get("schema")
    return schema and jsonschema_rs.validator_for({**schema, "components": _whole()["components"]})


class _Row:
    def __init__(self, seq: int, agent_id: str | None, body: str) -> None:
        self.seq, self.agent_id, self.body = seq, agent_id, body


def _document(name: str) -> dict[str, Any]:
    schemas = json.loads(json.dumps(catalogue.schemas()))
    _seal(schemas)
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}


def _seal(schemas: dict[str, Any]) -> None:
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False
