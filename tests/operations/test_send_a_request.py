"""What every answer carries, what a request leaves in log and metrics, and what a failure looks like."""

import json
import re
import sqlite3
from typing import Any

import asyncpg
import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import text

from dibs.operations import problems
from dibs.operations.logs import configure
from dibs.settings import Settings
from dibs.tx import Core
from tests.support.house import House


def fails(app: FastAPI, error: BaseException) -> None:
    """Adds a route that raises."""

    async def broken() -> None:
        raise error

    app.add_api_route("/broken", broken, methods=["GET"])


async def test_every_answer_has_a_request_id_and_the_headers_that_protect_a_browser(house: House) -> None:
    for path in ("/healthz", "/nothing", "/v1/me", "/docs", "/problems", "/openapi.json", "/metrics"):
        headers = (await house.http.get(path)).headers
        assert re.fullmatch(r"[0-9A-Z]{26}", headers["x-request-id"]), path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
    assert (await house.http.get("/metrics")).headers["cache-control"] == "no-store"


async def test_a_sane_request_id_is_kept(house: House) -> None:
    answer = await house.http.get("/healthz", headers={"X-Request-Id": "abc-1.2:3_4"})
    assert answer.headers["x-request-id"] == "abc-1.2:3_4"


@pytest.mark.parametrize("odd", ["", "a b", "<script>", "x" * 129, "é", 'a"b'])
async def test_any_other_request_id_is_replaced(house: House, odd: str) -> None:
    answer = await house.http.get("/healthz", headers={b"X-Request-Id": odd.encode("latin-1")})
    assert re.fullmatch(r"[0-9A-Z]{26}", answer.headers["x-request-id"])


async def test_the_request_id_reaches_the_audit(house: House) -> None:
    conversation = await house.conversation()
    await house.sam.post(f"/conversations/{conversation['id']}/claim", None, X_Request_Id="from-the-test")
    rows = await house.rows("SELECT request_id FROM audit_rows WHERE workspace_id = :ws ORDER BY seq DESC LIMIT 1")
    assert rows[0].request_id == "from-the-test"


async def test_a_failure_is_500_with_a_request_id_and_without_its_reason(app: FastAPI, http: httpx.AsyncClient) -> None:
    fails(app, RuntimeError("the secret is hunter2"))
    with structlog.testing.capture_logs() as lines:
        answer = await http.get("/broken")
    assert answer.status_code == 500
    problem = answer.json()
    assert problem["code"] == "internal_error"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert "hunter2" not in answer.text
    failed = next(line for line in lines if line["event"] == "request.failed")
    assert failed["exc_info"] is True
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.ConnectionDoesNotExistError("gone"),
        asyncpg.AdminShutdownError("restart"),
        asyncpg.TooManyConnectionsError("full"),
        asyncpg.DeadlockDetectedError("dead"),
        sqlite3.OperationalError("disk I/O error"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_lost_database_is_503_unavailable(app: FastAPI, http: httpx.AsyncClient, error: Exception) -> None:
    fails(app, error)
    answer = await http.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    assert str(error) not in answer.text


async def test_a_request_leaves_one_line_without_credentials_or_texts(house: House) -> None:
    conversation = await house.conversation()
    with structlog.testing.capture_logs() as lines:
        await house.sam.post(
            f"/conversations/{conversation['id']}/messages", {"kind": "note", "text": "a very private matter"}
        )
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["method"] == "POST"
    assert line["route"] == "/v1/conversations/{conversation_id}/messages"
    assert line["status"] == 201
    assert line["ms"] > 0
    assert (line["workspace"], line["agent"]) == (house.workspace_id, house.sam.id)
    written = repr(lines)
    assert "private matter" not in written
    assert house.sam.key not in written
    assert conversation["id"] not in written


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_log_lines_are_json_or_for_people(log_format: Any, capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        configure(Settings(log_format=log_format))
        structlog.contextvars.bind_contextvars(request_id="r1")
        structlog.get_logger().info("something", number=1)
        structlog.get_logger().debug("too fine")
    finally:
        structlog.contextvars.clear_contextvars()
        structlog.configure(**before)
    (line,) = capsys.readouterr().err.splitlines()
    if log_format == "json":
        said = json.loads(line)
        assert (said["event"], said["number"], said["level"], said["request_id"]) == ("something", 1, "info", "r1")
    else:
        assert "something" in line
        assert "number" in line


async def test_metrics_count_claims_refusals_and_requests(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await house.kim.post(f"/conversations/{conversation['id']}/claim")
    told = (await house.http.get("/metrics")).text
    assert 'dibs_claims_total{via="api"} 1.0' in told
    assert 'dibs_refusals_total{code="already_claimed"} 1.0' in told
    route = "/v1/conversations/{conversation_id}/claim"
    assert f'dibs_requests_total{{method="POST",route="{route}",status="409"}} 1.0' in told
    assert f'dibs_request_seconds_count{{method="POST",route="{route}"}} 2.0' in told
    for gauge in ("dibs_sockets", "dibs_socket_queue_depth", "dibs_event_lag_seconds", "dibs_database_"):
        assert f"\n{gauge}" in told
    assert house.workspace_id not in told


async def test_unknown_addresses_and_methods_do_not_fill_the_metrics(house: House) -> None:
    for number in range(3):
        await house.http.get(f"/nothing/{number}")
        await house.http.request(f"WAT{number}", "/nothing")
    told = (await house.http.get("/metrics")).text
    assert "/nothing/" not in told
    assert 'route="unmatched"' in told
    assert "WAT" not in told


async def test_every_refusal_has_its_page(http: httpx.AsyncClient) -> None:
    kinds = problems.kinds()
    assert {"already_claimed", "not_found", "invalid", "unavailable", "too_large", "stale_epoch"} <= kinds.keys()
    for code, kind in kinds.items():
        page = await http.get(f"/problems/{code}")
        assert page.status_code == 200, code
        assert kind.title in page.text
        assert (await http.get("/problems")).text.count(f'"/problems/{code}"') == 1
    assert (await http.get("/problems/nonsense")).status_code == 404


async def test_it_is_alive_and_ready(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).json() == {"status": "ok"}
    assert (await http.get("/readyz")).json() == {"status": "ready"}


async def test_it_is_not_ready_before_its_migrations(core: Core, http: httpx.AsyncClient) -> None:
    async with core.database.transaction() as opened:
        await opened.run(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = await http.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "dibs migrate" in answer.json()["detail"]
    assert (await http.get("/healthz")).status_code == 200


async def test_it_is_not_ready_without_a_schema(core: Core, http: httpx.AsyncClient) -> None:
    async with core.database.transaction() as opened:
        await opened.run(text("DROP TABLE alembic_version"))
    assert (await http.get("/readyz")).status_code == 503
