"""Opening a page of the web app: one document for all of them, never old, and nothing inline may run."""

import httpx
import pytest

from tests.web.conftest import DOCUMENT, Build

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/",
    "/inbox",
    "/inbox/unclaimed/conv_01ABC",
    "/settings/team/pools",
    "/welcome?code=abcd",
    "/inbox/",
    "/v1ewers",
]
NO_PAGES = [
    "//",
    "//evil.example",
    "//evil/inbox",
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/v1/conversations/nonsense/claims",
    "/docs/nothing",
    "/openapi.json/x",
    "/problems/a/b",
    "/healthz/x",
    "/readyz/x",
    "/metrics/x",
    "/assets",
    "/assets/",
    "/favicon.ico",
    "/robots.txt",
    "/inbox/index.php",
    "/.env",
    "/.git/config.yml",
]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_the_document(http: httpx.AsyncClient, build: Build, path: str) -> None:
    build()
    answer = await http.get(path, headers=BROWSER)
    assert (answer.status_code, answer.text) == (200, DOCUMENT)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_the_document_is_asked_for_again_each_time(http: httpx.AsyncClient, build: Build) -> None:
    build()
    first = await http.get("/", headers=BROWSER)
    assert first.headers["cache-control"] == "no-cache"
    again = await http.get("/inbox", headers=BROWSER | {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_new_build_is_seen_without_a_restart(http: httpx.AsyncClient, build: Build) -> None:
    build()
    first = await http.get("/", headers=BROWSER)
    build("<!doctype html><title>newer</title>", **{"index-newer1": "export {}"})
    again = await http.get("/", headers=BROWSER | {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, "newer" in again.text) == (200, True)
    assert (await http.get("/assets/index-newer1.js")).status_code == 200


async def test_the_policy_lets_nothing_inline_and_no_other_host_run(http: httpx.AsyncClient, build: Build) -> None:
    build()
    policy = (await http.get("/", headers=BROWSER)).headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


async def test_head_says_the_same_without_the_document(http: httpx.AsyncClient, build: Build) -> None:
    build()
    full, head = await http.get("/", headers=BROWSER), await http.head("/", headers=BROWSER)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(full.content)
    assert head.headers["etag"] == full.headers["etag"]


async def test_the_first_page_is_also_for_who_takes_anything(http: httpx.AsyncClient, build: Build) -> None:
    build()
    for headers in ({}, {"Accept": "*/*"}):
        assert (await http.get("/", headers=headers)).text == DOCUMENT


@pytest.mark.parametrize("path", NO_PAGES)
async def test_an_address_that_is_no_page_stays_a_problem(http: httpx.AsyncClient, build: Build, path: str) -> None:
    build()
    # Whole: a client would take what follows two slashes for a host.
    answer = await http.get(f"http://dibs.test{path}", headers=BROWSER)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/plain", "text/event-stream", ""])
async def test_a_program_at_a_wrong_address_gets_a_problem(http: httpx.AsyncClient, build: Build, accept: str) -> None:
    build()
    answer = await http.get("/conversations", headers={"Accept": accept})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WAT"])
async def test_pages_can_only_be_read(http: httpx.AsyncClient, build: Build, method: str) -> None:
    build()
    for path in ("/", "/inbox", "/favicon.svg"):
        answer = await http.request(method, path, headers=BROWSER)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_wrong_method_of_the_api_stays_one(http: httpx.AsyncClient, build: Build) -> None:
    build()
    answer = await http.get("/v1/sessions/ses_1", headers=BROWSER)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/docs", "/problems", "/openapi.json"])
async def test_what_stands_above_the_pages_is_not_covered_by_them(
    http: httpx.AsyncClient, build: Build, path: str
) -> None:
    build()
    answer = await http.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.text != DOCUMENT


async def test_an_app_that_is_not_built_says_how(http: httpx.AsyncClient, folder: object) -> None:
    answer = await http.get("/inbox", headers=BROWSER)
    assert answer.status_code == 404
    assert "python3 dev.py setup" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "unsafe" not in answer.headers["content-security-policy"]


async def test_building_it_while_the_server_runs_is_enough(http: httpx.AsyncClient, build: Build) -> None:
    assert (await http.get("/", headers=BROWSER)).status_code == 404
    build()
    assert (await http.get("/", headers=BROWSER)).status_code == 200


async def test_the_api_document_lists_no_page(http: httpx.AsyncClient, build: Build) -> None:
    build()
    paths = (await http.get("/openapi.json")).json()["paths"]
    assert [path for path in paths if not path.startswith("/v1/")] == []
