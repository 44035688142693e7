"""Whatever is sent, the answer is a problem with a sentence that helps, and nothing is changed."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.house import House

JSON = {"Content-Type": "application/json"}
DEEP = b"[" * 50_000
LONG_NUMBER = b'{"contact": ' + b"9" * 5_000 + b"}"


async def send(house: House, body: bytes, **headers: str) -> httpx.Response:
    given = JSON | {"Authorization": f"Bearer {house.sam.key}"} | headers
    return await house.http.post("/v1/conversations", content=body, headers=given)


def is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, object] = answer.json()
    assert problem["code"] == code
    assert problem["type"] == f"/problems/{code}"
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


@pytest.mark.parametrize(
    "body",
    [
        b'{"contact": ',
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"contact": {"name": "\xff"}}',
        '{"contact": 1}'.encode("utf-16"),
        b'{"contact": {"name": "a\x00b"}}',
        DEEP,
        LONG_NUMBER,
        b'{"contact": {"name": "x"}, "message": {"text": "hi"}, "surprise": true}',
        b'{"contact": {"name": 5}, "message": {"text": "hi"}}',
        b'{"contact": {"name": "x"}, "message": {"text": NaN}}',
    ],
    ids=range(14),
)
async def test_a_malformed_body_is_invalid(house: House, body: bytes) -> None:
    problem = is_problem(await send(house, body), 422, "invalid")
    assert problem["errors"]
    assert await house.rows("SELECT 1 AS one FROM conversations WHERE workspace_id = :ws") == []


@pytest.mark.parametrize("character", ["\\u0000", "\\ud800", "\\udc00", "\\udc00\\ud800"])
async def test_a_text_that_no_database_can_store_is_invalid_and_named(house: House, character: str) -> None:
    body = f'{{"contact": {{"name": "Ana"}}, "message": {{"text": "before{character}after"}}}}'
    problem = is_problem(await send(house, body.encode()), 422, "invalid")
    assert problem["errors"] == [
        {
            "field": "message.text",
            "message": "has a NUL character or half of a surrogate pair; leave it out",
        }
    ]


async def test_such_a_character_in_a_name_of_a_field_is_invalid(house: House) -> None:
    is_problem(await send(house, b'{"con\\u0000tact": 1, "\\ud800": 2}'), 422, "invalid")


async def test_a_pair_of_surrogates_and_an_escaped_backslash_are_fine(house: House) -> None:
    answer = await send(house, b'{"contact": {"name": "\\ud83d\\ude00"}, "message": {"text": "a \\\\u0000 path"}}')
    assert answer.status_code == 201
    assert answer.json()["contact"]["name"] == "😀"
    assert answer.json()["preview"] == "a \\u0000 path"


async def test_a_number_beyond_64_bits_is_invalid(house: House) -> None:
    conversation = await house.conversation()
    for epoch in (2**63, -(2**63) - 1, 10**30):
        answer = await house.sam.post(f"/conversations/{conversation['id']}/claim", {"epoch": epoch})
        is_problem(answer, 422, "invalid")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
async def test_another_content_type_is_told_which_one_to_send(house: House, content_type: str) -> None:
    answer = await send(house, b'{"contact": {"name": "x"}}', **{"Content-Type": content_type})
    assert "application/json" in str(is_problem(answer, 422, "invalid")["detail"])


async def test_credentials_are_looked_at_before_the_body(house: House) -> None:
    answer = await send(house, b'{"contact": "\\u0000', Authorization="Bearer ak_nobody")
    is_problem(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_nul_in_the_query_is_invalid(house: House) -> None:
    is_problem(await house.sam.call("GET", "/contacts?q=a%00b"), 422, "invalid")
    is_problem(await house.http.get("/v1/contacts?q=%00"), 401, "unauthenticated")


@pytest.mark.parametrize("odd", ["%00", "%ff", "..%2f..", "conv_", "conv_" + "0" * 25, "💥", "a" * 3_000])
async def test_a_malformed_id_is_not_found(house: House, odd: str) -> None:
    is_problem(await house.sam.get(f"/conversations/{odd}"), 404, "not_found")
    is_problem(await house.sam.post(f"/conversations/{odd}/claim"), 404, "not_found")


async def test_a_body_beyond_the_limit_is_too_large_and_says_the_limit(house: House) -> None:
    text = json.dumps({"contact": {"name": "x"}, "message": {"text": "a" * 300_000}}).encode()
    assert is_problem(await send(house, text), 413, "too_large")["limit"] == 262_144


async def test_a_body_that_does_not_say_its_length_is_cut_off_at_the_limit(house: House) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 1
            yield b" " * 10_000

    headers = JSON | {"Authorization": f"Bearer {house.sam.key}"}
    answer = await house.http.post("/v1/conversations", content=chunks(), headers=headers)
    assert is_problem(answer, 413, "too_large")["limit"] == 262_144


async def test_an_unknown_address_is_not_found_with_and_without_a_slash(house: House) -> None:
    for path in ("/nothing", "/v1/me/", "/v1", "/v1/conversations/", "//"):
        is_problem(await house.http.get(f"http://dibs.test{path}"), 404, "not_found")


async def test_another_method_is_told_which_there_are(house: House) -> None:
    answer = await house.http.delete("/v1/me")
    is_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    answer = await house.http.put("/v1/agents")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


async def test_options_names_the_methods(house: House) -> None:
    answer = await house.http.options("/v1/agents")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD, OPTIONS, POST", b"")
    is_problem(await house.http.options("/nothing"), 404, "not_found")


async def test_head_is_get_without_the_body(house: House) -> None:
    got, head = await house.sam.get("/me"), await house.sam.call("HEAD", "/me")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]
    assert (await house.http.head("/v1/me")).status_code == 401
