"""Bad input: a 4xx with a sentence that helps, and nothing changed."""

from typing import Any

import httpx

from tests.support.house import House

WRONG_BODIES: list[tuple[str, Any]] = [
    ("claim", {"unknown": 1}),
    ("claim", {"epoch": "7"}),
    ("claim", {"epoch": 1.5}),
    ("claim", {"epoch": -1}),
    ("claim", {"epoch": 2**63}),
    ("claim", {"epoch": 10**40}),
    ("claim", []),
    ("claim", "claim"),
    ("release", {"hand_back": "yes"}),
    ("release", {"reason": "because"}),
    ("reassign", {}),
    ("reassign", {"agent_id": None}),
    ("reassign", {"agent_id": 7}),
    ("reassign", {"agent_id": "agt_x", "note": "n" * 4_001}),
    ("reassign", {"agent_id": "agt_x", "note": ""}),
    ("snooze", {}),
    ("snooze", {"until": "tomorrow"}),
    ("snooze", {"until": "2026-13-45T99:00:00Z"}),
    ("snooze", {"until": "2030-01-01T10:00:00"}),
    ("snooze", {"until": "2001-01-01T00:00:00Z"}),
    ("snooze", {"until": "2030-01-01T10:00:00Z", "until_customer_replies": True}),
    ("resolve", {"note": "n" * 2_001}),
    ("resolve", {"note": "NUL \x00 here"}),
    ("reopen", {"claim": 1}),
    ("messages", {"kind": "reply"}),
    ("messages", {"kind": "shout", "text": "HI"}),
    ("messages", {"kind": "reply", "text": ""}),
    ("messages", {"kind": "reply", "text": "   \n "}),
    ("messages", {"kind": "reply", "text": "x" * 4_001}),
    ("messages", {"kind": "reply", "text": "NUL \x00 here"}),
    ("messages", {"kind": "note", "text": 12}),
    ("messages", {"kind": "reply", "text": "hi", "last_seen": "msg_nonsense"}),
    ("messages", {"kind": "reply", "text": "hi", "then": "explode"}),
    ("customer-messages", {"text": "hi", "external_id": ""}),
    ("customer-messages", {"text": "hi", "external_id": "x" * 201}),
]


async def test_wrong_bodies_are_refused_with_a_sentence_and_change_nothing(house: House) -> None:
    conversation = await house.conversation()
    before = await house.read(conversation["id"])
    for verb, body in WRONG_BODIES:
        answer = await house.sam.post(f"/conversations/{conversation['id']}/{verb}", body)
        assert answer.status_code == 422, (verb, body, answer.text)
        problem = answer.json()
        assert problem["code"] == "invalid"
        assert problem["errors"] and all(each["field"] and each["message"] for each in problem["errors"])
        assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert await house.read(conversation["id"]) == before


async def _raw(house: House, path: str, content: bytes, content_type: str | None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {house.sam.key}"}
    if content_type is not None:
        headers["Content-Type"] = content_type
    return await house.http.post(f"/v1{path}", content=content, headers=headers)


async def test_bodies_that_are_not_json_are_refused(house: House) -> None:
    conversation = await house.conversation()
    path = f"/conversations/{conversation['id']}/messages"
    good = b'{"kind": "note", "text": "hi"}'
    for content, content_type in (
        (b"{", "application/json"),
        (b"\xff\xfe{}", "application/json"),
        (b'{"kind": "note", "text": "\\ud800"}', "application/json"),
        (b'{"kind": "note", "text": "\\u0000"}', "application/json"),
        (b"[" * 50_000, "application/json"),
        (b'{"kind": "note", "text": NaN}', "application/json"),
        (good, "text/plain"),
        (b"kind=note&text=hi", "application/x-www-form-urlencoded"),
    ):
        answer = await _raw(house, path, content, content_type)
        assert 400 <= answer.status_code < 500, (content[:40], answer.status_code, answer.text)
        assert answer.json()["detail"]
    assert (await _raw(house, path, good, "application/json")).status_code == 201


async def test_a_body_of_a_megabyte_is_too_large(house: House) -> None:
    conversation = await house.conversation()
    answer = await _raw(
        house,
        f"/conversations/{conversation['id']}/messages",
        b'{"kind": "note", "text": "' + b"x" * 1_000_000 + b'"}',
        "application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.json()["limit"] < 1_000_000


async def test_wrong_queries_are_refused(house: House) -> None:
    await house.conversation()
    for query in (
        "limit=0",
        "limit=101",
        "limit=ten",
        "cursor=nonsense",
        "cursor=%00",
        "cursor=" + "A" * 3_000,
        "view=everything",
        "sort=luck",
        "channel=pigeon",
        "priority=extreme",
        "since=yesterday",
        "until=9999999999999999999999",
        "q=%00",
    ):
        answer = await house.ada.call("GET", f"/conversations?{query}")
        assert answer.status_code == 422, (query, answer.status_code, answer.text)
        assert answer.json()["code"] == "invalid"


async def test_strange_texts_that_are_texts_are_taken_as_they_are(house: House) -> None:
    conversation = await house.conversation()
    for text in ("🦊 שלום مرحبا", "'; DROP TABLE claims; --", "<script>alert(1)</script>", "a\u202eb", "x" * 4_000):
        answer = await house.sam.post(f"/conversations/{conversation['id']}/messages", {"kind": "note", "text": text})
        assert answer.status_code == 201, answer.text
        assert answer.json()["message"]["text"] == text


async def test_credentials_come_before_everything_else(house: House) -> None:
    conversation = await house.conversation()
    path = f"/v1/conversations/{conversation['id']}/claim"
    for header in (None, "Bearer", "Bearer ak_nonsense", "Bearer ak_ABCDEF_" + "x" * 32, "Basic abc", "Bearer \xff"):
        headers = {b"Content-Type": b"application/json"}
        if header is not None:
            headers[b"Authorization"] = header.encode("latin-1")
        for content in (b"", b"{", b'{"unknown": 1}'):
            answer = await house.http.post(path, content=content, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), (header, answer.text)
            assert "WWW-Authenticate" in answer.headers
