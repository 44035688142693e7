"""Loading what the document names: kept for ever, compressed as the browser likes it, and nothing else of the disk."""

import gzip
from collections.abc import MutableMapping
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dibs.web.negotiation import chosen, has_it
from tests.web.conftest import BROTLI, SCRIPT, Build

ASSET = "/assets/index-1a2b3c.js"


async def asked(http: httpx.AsyncClient, path: str, encoding: str, **headers: str) -> httpx.Response:
    """The answer with its body as it was sent."""
    request = http.build_request("GET", path, headers={"Accept-Encoding": encoding} | headers)
    answer = await http.send(request, stream=True)
    answer._content = b"".join([chunk async for chunk in answer.aiter_raw()])
    await answer.aclose()
    return answer


async def test_an_asset_is_kept_for_a_year(http: httpx.AsyncClient, build: Build) -> None:
    build()
    answer = await http.get(ASSET)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_file_beside_the_document_is_asked_for_again(http: httpx.AsyncClient, build: Build) -> None:
    build()
    answer = await http.get("/favicon.svg")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    again = await http.get("/favicon.svg", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (ASSET, "text/javascript; charset=utf-8"),
        ("/assets/index-9f8e7d.css", "text/css; charset=utf-8"),
        ("/assets/inter-123456.woff2", "font/woff2"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
async def test_every_file_says_what_it_is(http: httpx.AsyncClient, build: Build, path: str, media_type: str) -> None:
    build()
    answer = await http.get(path)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepts", "sent", "body"),
    [
        ("gzip, deflate, br, zstd", "br", BROTLI),
        ("gzip", "gzip", None),
        ("x-gzip", "gzip", None),
        ("br;q=0.5, gzip;q=0.8", "gzip", None),
        ("br;q=0, *", "gzip", None),
        ("*", "br", BROTLI),
        ("BR", "br", BROTLI),
        ("", None, SCRIPT.encode()),
        ("identity", None, SCRIPT.encode()),
        ("zstd, deflate", None, SCRIPT.encode()),
        ("br;q=0, gzip;q=0", None, SCRIPT.encode()),
        ("br;q=0.2, identity", None, SCRIPT.encode()),
        ("br;q=nonsense", None, SCRIPT.encode()),
        (";;,,=", None, SCRIPT.encode()),
    ],
)
async def test_it_comes_in_the_encoding_that_the_browser_likes_best(
    http: httpx.AsyncClient, build: Build, accepts: str, sent: str | None, body: bytes | None
) -> None:
    build()
    answer = await asked(http, ASSET, accepts)
    assert answer.headers.get("content-encoding") == sent
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) == len(answer.content)
    if body is None:
        assert gzip.decompress(answer.content).decode() == SCRIPT
    else:
        assert answer.content == body


async def test_a_file_of_one_encoding_does_not_vary(http: httpx.AsyncClient, build: Build) -> None:
    build()
    answer = await asked(http, "/assets/inter-123456.woff2", "gzip, br")
    assert "vary" not in answer.headers
    assert "content-encoding" not in answer.headers
    assert answer.content == b"wOF2\0\1"


async def test_each_encoding_has_a_tag_of_its_own(http: httpx.AsyncClient, build: Build) -> None:
    build()
    tags = [(await asked(http, ASSET, accepts)).headers["etag"] for accepts in ("br", "gzip", "identity")]
    assert len(set(tags)) == 3
    assert (await asked(http, ASSET, "br", **{"If-None-Match": tags[0]})).status_code == 304
    assert (await asked(http, ASSET, "gzip", **{"If-None-Match": tags[0]})).status_code == 200
    assert (await asked(http, ASSET, "br", **{"If-None-Match": '"other"'})).status_code == 200


async def test_head_says_the_same_without_the_file(http: httpx.AsyncClient, build: Build) -> None:
    build()
    answer = await http.head(ASSET, headers={"Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(SCRIPT)


@pytest.mark.parametrize("path", ["/assets/index-000000.js", "/assets/nothing", "/assets/x/index-1a2b3c.js"])
async def test_an_unknown_asset_is_not_the_document_and_is_not_kept(
    http: httpx.AsyncClient, build: Build, path: str
) -> None:
    build()
    answer = await http.get(path, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "reload" in answer.json()["detail"]
    assert answer.headers["cache-control"] == "no-store"


async def raw(app: FastAPI, path: str) -> tuple[int, bytes]:
    """Status and body for a path that no client library would let through."""
    said: dict[str, Any] = {"body": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: MutableMapping[str, Any]) -> None:
        said["status"] = message.get("status", said.get("status"))
        said["body"] += message.get("body", b"")

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    await app(scope | {"headers": [], "http_version": "1.1", "scheme": "http", "root_path": ""}, receive, send)
    return said["status"], said["body"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../.stamp",
        "/assets/../../secret.txt",
        "/assets/../../../../../../etc/passwd",
        "/assets//etc/passwd",
        "/assets/./index-1a2b3c.js",
        "/assets/..\\..\\secret.txt",
        "/assets/index-1a2b3c.js/",
        "/assets/index-1a2b3c.js\0",
        "/assets/index-1a2b3c.js\0.css",
        "/assets/index-1a2b3c.js.br",
        "/assets/index-1a2b3c.js.gz",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/../secret.txt",
        "/..",
        "//etc/passwd",
        "/.stamp",
        "/secret.txt",
        "/C:\\secret.txt",
        "/\ud800.js",
        "/assets/" + "../" * 200 + "etc/passwd",
        "/assets/" + "x" * 10_000,
    ],
)
async def test_nothing_outside_of_the_built_files_can_be_had(
    app: FastAPI, build: Build, folder: Any, path: str
) -> None:
    build()
    (folder.parent / "secret.txt").write_text("the secret is hunter2")
    path = path.encode("utf-8", "replace").decode()
    status, body = await raw(app, path)
    assert status == 404
    assert b"hunter2" not in body
    assert b"not_found" in body


def test_nothing_is_chosen_that_is_not_offered() -> None:
    for header in ("br", "gzip;q=1.0", "*;q=0.1", "identity;q=0, *;q=0", ",", "q=1", "a" * 5_000):
        assert chosen(header, ["identity"]) == "identity"
        assert chosen(header, ["gzip", "identity"]) in ("gzip", "identity")


@pytest.mark.parametrize(
    ("header", "same"), [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ("", False), ("a", False)]
)
def test_a_tag_is_compared_as_a_whole(header: str, same: bool) -> None:
    assert has_it(header, '"a"') is same
