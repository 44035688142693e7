"""The catalogue of live frames in the OpenAPI document: every kind has a shape, and the shapes refuse what is wrong.

That what is emitted fits it is checked wherever a test has a house: see the fixture `house`.
"""

import json
from typing import Any

import pytest
from fastapi import FastAPI

from dibs.events import KINDS
from dibs.operations import catalogue
from tests.support.catalogue import frame_validator, judge
from tests.support.house import House

NAMES = {
    *("ConversationEvent", "MessageEvent", "TakeoverEvent", "ObserverEvent", "NotificationEvent", "AgentEvent"),
    *("SettingsEvent", "TurnEvent", "PresenceFrame", "ResetFrame", "PingFrame", "LiveEvent", "LiveFrame"),
}


def shapes(app: FastAPI) -> dict[str, Any]:
    found: dict[str, Any] = app.openapi()["components"]["schemas"]
    return found


def test_every_kind_has_one_shape(app: FastAPI) -> None:
    mapping = shapes(app)["LiveEvent"]["discriminator"]["mapping"]
    assert list(mapping) == list(KINDS)
    assert shapes(app).keys() >= NAMES


def test_events_and_answers_share_their_shapes(app: FastAPI) -> None:
    routes = shapes(app)
    for name, schema in catalogue.schemas().items():
        assert schema == routes[name], name


def test_names_are_words_and_references_lead_somewhere(app: FastAPI) -> None:
    document = json.dumps(app.openapi())
    for name in shapes(app):
        assert name.isalnum(), f"{name}: two shapes of this name? Give each its own"
        assert f'/schemas/{name}"' in document or name in {"LiveFrame", "LiveEvent"} | NAMES, f"{name} is not used"
    referred = {part.partition('"')[0] for part in document.split("#/components/schemas/")[1:]}
    assert referred <= shapes(app).keys()


def test_what_is_answered_is_there_whatever_its_value(app: FastAPI) -> None:
    """Members that may be missing are listed here; all others are in every answer."""
    missing = {"Counts": {"stale"}, "AgentEvent": {"preferences"}, "PresenceFrame": {"draft"}}
    for name in ("Me", "Agent", "Preferences", "WorkspaceSettings", "BusinessHours", "Conversation", *missing):
        schema = shapes(app)[name]
        assert schema["properties"].keys() - set(schema["required"]) == missing.get(name, set()), name
    assert shapes(app)["Agent"]["properties"]["availability"]["enum"] == ["available", "away", "off_shift"]


def test_answers_have_shapes(app: FastAPI) -> None:
    """No answer is just anything: programs in other languages are generated from the document."""
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                for media_type, content in answer.get("content", {}).items():
                    assert content.get("schema"), f"{method} {path} {status} {media_type}"


async def test_what_no_shape_has_is_refused(house: House) -> None:
    await house.conversation()
    rows = await house.rows("SELECT seq, body FROM events WHERE workspace_id = :ws ORDER BY seq DESC LIMIT 1")
    good = {"type": "event", "cursor": rows[0].seq, **json.loads(rows[0].body)}
    judge(good)
    for change in (
        {"kind": "message.exploded"},
        {"kind": "observer.joined"},
        {"cursor": "7"},
        {"at": None},
        {"actor": {"type": "martian", "id": None, "name": "", "via": "ui"}},
        {"conversation": {**good["conversation"], "status": "lost"}},
        {"conversation": {**good["conversation"], "secret": 1}},
        {"message": None},
        {"unknown": 1},
    ):
        assert not frame_validator().is_valid(good | change), change
    for left_out in good:
        assert not frame_validator().is_valid({name: good[name] for name in good if name != left_out}), left_out
    with pytest.raises(AssertionError, match="unknown"):
        judge(good | {"unknown": 1})
