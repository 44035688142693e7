"""Events held against the catalogue in the OpenAPI document: no member missing, none undeclared."""

import json
from functools import cache
from typing import Any

import jsonschema_rs

from dibs.operations import catalogue
from dibs.realtime.visibility import told


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


class _Row:
    def __init__(self, seq: int, agent_id: str | None, body: str) -> None:
        self.seq, self.agent_id, self.body = seq, agent_id, body


def _document(name: str) -> dict[str, Any]:
    schemas = json.loads(json.dumps(catalogue.schemas()))
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
