"""Whose webhooks are taken: signed over the very bytes, with the app secret of the number that they are about."""

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest

from dibs.channels.whatsapp.signatures import sign, signed
from tests.support.graph import Graph, body_of, change, text
from tests.support.house import House
from tests.support.whatsapp import NUMBER, PATH, Line, connect

SECRET = "app-secret"
# Umlauts and emoji as they are; Meta escapes them, and what it signs is what it sends, whichever that is.
BODY = body_of(change(NUMBER, messages=[text("wamid.SIG", "Grüße 👋", 1_780_000_000)]))
ESCAPED = json.dumps(json.loads(BODY)).encode()
GOOD = sign(BODY, SECRET)
HEX = GOOD.removeprefix("sha256=")
SHA1 = hmac.new(SECRET.encode(), BODY, "sha1").hexdigest()
# Name, body, header, whether it is taken.
TABLE: list[tuple[str, bytes, str | None, bool]] = [
    ("as Meta signs", BODY, GOOD, True),
    ("the same document, escaped, with its own signature", ESCAPED, sign(ESCAPED, SECRET), True),
    ("the escaped document with the signature of the other bytes", ESCAPED, GOOD, False),
    ("a space more", BODY + b" ", GOOD, False),
    ("a byte changed", BODY.replace(b"wamid.SIG", b"wamid.SIH"), GOOD, False),
    ("no header", BODY, None, False),
    ("an empty header", BODY, "", False),
    ("no prefix", BODY, HEX, False),
    ("the prefix alone", BODY, "sha256=", False),
    ("the older digest", BODY, f"sha1={SHA1}", False),
    ("the older digest under the newer name", BODY, f"sha256={SHA1}", False),
    ("a digit short", BODY, GOOD[:-1], False),
    ("a digit too many", BODY, GOOD + "0", False),
    ("another secret", BODY, sign(BODY, "app-secret "), False),
    ("a digest without secret", BODY, "sha256=" + hashlib.sha256(BODY).hexdigest(), False),
    ("an empty secret", BODY, sign(BODY, ""), False),
]


async def _post(line: Line, body: bytes, header: str | None) -> httpx.Response:
    headers = {"content-type": "application/json"}
    if header is not None:
        headers["x-hub-signature-256"] = header
    return await line.house.http.post(PATH, content=body, headers=headers)


async def test_of_sixteen_signatures_each_is_judged_right(line: Line) -> None:
    assert len(TABLE) == 16
    right = 0
    for name, body, header, is_good in TABLE:
        before = len(await line.house.rows("SELECT id FROM messages WHERE workspace_id = :ws"))
        answer = await _post(line, body, header)
        after = len(await line.house.rows("SELECT id FROM messages WHERE workspace_id = :ws"))
        assert answer.status_code == (200 if is_good else 401), name
        assert is_good or after == before, f"{name}: refused, but stored"
        right += 1
    print(f"signatures: {right} of {len(TABLE)} judged right")
    assert (await line.conversation("wamid.SIG"))["message_count"] == 1


def test_a_secret_that_is_empty_signs_nothing() -> None:
    assert not signed(BODY, sign(BODY, ""), "")


@pytest.mark.parametrize(
    "header", ["sha256=" + "é" * 64, "sha256=" + "\u0661" * 64, GOOD + "\n", "SHA256=" + HEX, GOOD.upper()]
)
def test_what_is_no_digest_is_refused_without_an_error(header: str) -> None:
    assert not signed(BODY, header, SECRET)


async def test_each_number_of_a_batch_is_judged_by_its_own_secret(
    house: House, neighbour: House, line: Line, graph: Graph
) -> None:
    theirs = await connect(neighbour, graph, number="200", secret="other-secret")
    now = int(time.time())
    both = body_of(
        change(NUMBER, messages=[text("wamid.A", "For us", now)]),
        change("200", messages=[text("wamid.B", "Forged", now)]),
    )
    answer = await line.post(both)
    assert answer.status_code == 401
    assert (await line.conversation("wamid.A"))["message_count"] == 1
    assert not await neighbour.rows("SELECT id FROM messages WHERE workspace_id = :ws")
    # Told again with the other secret the rest is taken, and what was stored stays as it is.
    assert (await theirs.post(both)).status_code == 401
    assert (await line.conversation("wamid.A"))["message_count"] == 1
    assert (await theirs.conversation("wamid.B"))["message_count"] == 1


async def test_several_numbers_of_one_app_are_told_apart_in_one_body(house: House, line: Line, graph: Graph) -> None:
    second = await connect(house, graph, number="201")
    now = int(time.time())
    body = body_of(
        change(NUMBER, messages=[text("wamid.A", "On the first", now)]),
        change("201", messages=[text("wamid.B", "On the second", now)]),
    )
    assert (await line.post(body)).status_code == 200
    first, other = await line.conversation("wamid.A"), await second.conversation("wamid.B")
    assert first["id"] != other["id"]
    assert first["contact"] == other["contact"]
    message = await second.reply(other)
    await second.delivered(message, "sent")
    assert any(call == "POST /v26.0/201/messages" for call in graph.asked)


async def test_an_unknown_number_is_answered_and_left_out(line: Line) -> None:
    body = body_of(change("999", messages=[text("wamid.X", "Hello?", 1)]))
    assert (await line.post(body, "sha256=wrong")).status_code == 200
    assert not await line.house.rows("SELECT id FROM messages WHERE workspace_id = :ws")


async def test_a_paused_number_takes_nothing(line: Line) -> None:
    await line.house.ada.patch(f"/channels/{line.channel['id']}", {"active": False})
    assert (await line.post(BODY)).status_code == 200
    assert not await line.house.rows("SELECT id FROM messages WHERE workspace_id = :ws")


NO_WEBHOOKS: list[Any] = [
    b"",
    b"hello",
    b"[]",
    b"{}",
    b"null",
    b'{"entry":{}}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"entry": "x"}',
]


async def test_what_is_no_webhook_is_refused(line: Line) -> None:
    for body in NO_WEBHOOKS:
        answer = await line.post(body)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


async def test_a_large_batch_is_taken_and_a_larger_one_refused(line: Line) -> None:
    now = int(time.time())
    large = body_of(change(NUMBER, messages=[text("wamid.BIG", "x" * 1_000_000, now)]))
    assert (await line.post(large)).status_code == 200
    answer = await line.post(b" " * (4 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_other_methods_and_no_body_are_refused(house: House) -> None:
    assert (await house.http.put(PATH)).status_code == 405
    assert (await house.http.post(PATH)).status_code == 400


def _hands(token: str, **more: str) -> dict[str, str]:
    return {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444", **more}


async def test_the_handshake_gives_the_challenge_back_to_whoever_has_a_token(
    house: House, line: Line, graph: Graph
) -> None:
    await connect(house, graph, number="201")
    for number in (NUMBER, "201"):
        answer = await house.http.get(PATH, params=_hands(f"verify-{number}"))
        assert (answer.status_code, answer.text) == (200, "1158201444")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"


HANDSHAKES: list[Any] = [
    (_hands("verify-1"), 403),
    (_hands(""), 403),
    (_hands("ü"), 403),
    (_hands("verify-106540352242922", **{"hub.mode": "unsubscribe"}), 400),
    (_hands("verify-106540352242922", **{"hub.challenge": ""}), 400),
    (_hands("verify-106540352242922", **{"hub.challenge": "x" * 500}), 400),
    ({}, 400),
]


async def test_other_handshakes_are_refused(line: Line) -> None:
    for query, status in HANDSHAKES:
        answer = await line.house.http.get(PATH, params=query)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_disconnected_numbers_token_is_worth_nothing(line: Line) -> None:
    await line.house.ada.delete(f"/channels/{line.channel['id']}")
    answer = await line.house.http.get(PATH, params=_hands(f"verify-{NUMBER}"))
    assert answer.status_code == 403
