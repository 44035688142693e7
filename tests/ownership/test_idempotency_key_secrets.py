"""Idempotency-Key on answers that show a secret once: repeated byte for byte, and unreadable in the database."""

from typing import Any

import httpx
import pytest

from dibs.accounts import sealing
from dibs.accounts.identify import digest_body
from tests.ownership.checks import refused
from tests.support.house import PASSWORD, House, Person

SCOPES = {"scopes": ["conversations:read"]}
NEWCOMER = {"name": "Nia", "email": "nia@dibs.example", "role": "agent"}


def requests(house: House) -> dict[str, tuple[str, dict[str, Any] | None, str]]:
    """What shows a secret: where it is asked for, with which body, and the member that shows it."""
    return {
        "a key": ("/api-keys", SCOPES, "key"),
        "an invitation": ("/invitations", {"email": "guest@dibs.example"}, "token"),
        "a reset link": (f"/agents/{house.kim.id}/password-reset", None, "token"),
        "a first password": ("/agents", NEWCOMER, "password"),
    }


async def ask(person: Person, path: str, body: Any, key: str = "k-1") -> httpx.Response:
    return await person.post(path, body, idempotency_key=key)


async def stored(house: House) -> list[bytes]:
    rows = await house.rows("SELECT answer FROM idempotency_keys WHERE workspace_id = :ws")
    return [bytes(row.answer) for row in rows]


everything_secret = pytest.mark.parametrize("what", ["a key", "an invitation", "a reset link", "a first password"])


@everything_secret
async def test_the_secret_is_answered_again_and_stored_nowhere(house: House, what: str) -> None:
    path, body, member = requests(house)[what]
    first = await ask(house.ada, path, body)
    assert first.status_code == 201
    secret = first.json()[member]
    (kept,) = await stored(house)
    assert sealing.is_sealed(kept)
    for part in (secret, secret[:12], first.text[:20]):
        assert part.encode() not in kept
    again = await ask(house.ada, path, body)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replay"] == "true"
    assert len(await stored(house)) == 1


@everything_secret
async def test_another_credential_of_the_same_person_does_not_read_it(house: House, what: str) -> None:
    path, body, member = requests(house)[what]
    first = await ask(house.ada, path, body)
    other = (await house.ada.post("/api-keys", {"scopes": ["admin"]})).json()["key"]
    elsewhere = Person(**vars(house.ada) | {"key": other})
    problem = await refused(house, ask(elsewhere, path, body), "idempotency_mismatch")
    assert first.json()[member] not in str(problem)
    assert (await ask(house.ada, path, body)).content == first.content


async def test_a_password_that_was_sent_cannot_be_guessed_from_what_is_stored(house: House) -> None:
    new = NEWCOMER | {"password": "easy to guess"}
    change = {"current": house.sam.password, "new": "just as easy"}
    assert (await ask(house.ada, "/agents", new)).status_code == 201
    assert (await ask(house.sam, "/agents/me/password", change)).status_code == 200
    rows = await house.rows("SELECT body_hash FROM idempotency_keys WHERE workspace_id = :ws")
    sent = {digest_body(httpx.Request("POST", "http://dibs.test", json=body).content) for body in (new, change)}
    assert len(rows) == 2
    assert not sent & {row.body_hash for row in rows}
    other = await refused(house, ask(house.ada, "/agents", new | {"name": "Mia"}), "idempotency_mismatch")
    assert "another body" in other["detail"]
    assert (await ask(house.ada, "/agents", new)).status_code == 201


async def test_a_session_reads_its_own_again(house: House) -> None:
    signed_in = await house.http.post("/v1/sessions", json={"email": house.ada.email, "password": PASSWORD})
    cookie = signed_in.headers["set-cookie"].partition(";")[0]
    headers = {"Cookie": cookie, "Idempotency-Key": "k-1"}
    first, again = [await house.http.post("/v1/api-keys", json=SCOPES, headers=headers) for _ in range(2)]
    assert (first.status_code, again.content) == (201, first.content)
    assert first.json()["key"].encode() not in b"".join(await stored(house))


async def test_what_shows_no_secret_is_repeated_for_every_credential(house: House) -> None:
    other = (await house.ada.post("/api-keys", {"scopes": ["conversations:write"]})).json()["key"]
    elsewhere = Person(**vars(house.ada) | {"key": other})
    first = await ask(house.ada, "/tags", {"name": "vip"})
    assert (await ask(elsewhere, "/tags", {"name": "vip"})).content == first.content


async def test_every_answer_that_shows_a_secret_is_sealed(house: House) -> None:
    """A new one that forgets to say `secret` fails here: its shape has a member of such a name."""
    document = (await house.http.get("/openapi.json")).json()
    shapes = document["components"]["schemas"]
    revealing = {
        name for name, shape in shapes.items() if {"key", "token", "password"} & set(shape.get("properties", {}))
    }
    shown = {
        (path.removeprefix("/v1"), content["application/json"]["schema"]["$ref"].rpartition("/")[2])
        for path, methods in document["paths"].items()
        for answer in methods.get("post", {}).get("responses", {}).values()
        if "$ref" in (content := answer.get("content", {})).get("application/json", {}).get("schema", {})
    }
    asked = {path.replace(house.kim.id, "{agent_id}") for path, _, _ in requests(house).values()}
    assert {path for path, shape in shown if shape in revealing} == asked


@pytest.mark.parametrize(
    ("credential", "purpose", "at"), [("other", "p", None), ("mine", "q", None), ("mine", "p", 30), ("mine", "p", -1)]
)
def test_what_is_sealed_opens_for_its_credential_and_purpose_only(
    credential: str, purpose: str, at: int | None
) -> None:
    sealed = bytearray(sealing.seal(b'{"key":"ak_1"}', "mine", "p"))
    assert sealing.unseal(bytes(sealed), "mine", "p") == b'{"key":"ak_1"}'
    if at is not None:
        sealed[at] ^= 1
    assert sealing.unseal(bytes(sealed), credential, purpose) is None
