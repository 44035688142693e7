"""The database server goes away under a running server: 503, nothing half done, and well again when it is back."""

import httpx
import pytest
from fastapi import FastAPI

from dibs.app import create
from dibs.errors import Unavailable
from dibs.settings import Settings
from tests.support.house import House
from tests.support.postgres import PostgresServer


@pytest.fixture
def backend() -> str:
    """SQLite is in the process: it cannot go away alone."""
    return "postgres"


async def test_a_database_that_is_gone_is_503_and_back_is_200(
    house: House, settings: Settings, postgres: PostgresServer
) -> None:
    if postgres.given:
        pytest.skip("a given server is not taken away")
    conversation = await house.conversation()
    path = f"/conversations/{conversation['id']}"
    name = settings.database_url.rpartition("/")[2]
    postgres._admin(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    postgres._admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        for answer in (
            await house.sam.post(f"{path}/claim"),
            await house.sam.get(path),
            await house.http.get("/readyz"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
            assert answer.headers["retry-after"]
        assert (await house.http.get("/healthz")).status_code == 200
    finally:
        postgres._admin(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert (await house.http.get("/readyz")).status_code == 200
    assert (await house.read(conversation["id"]))["assignee"] is None
    assert (await house.sam.post(f"{path}/claim")).status_code == 200


async def test_a_server_that_cannot_reach_its_database_does_not_start(app: FastAPI) -> None:
    nowhere = create(Settings(database_url="postgresql://nobody@127.0.0.1:1/nowhere"))
    with pytest.raises(Unavailable):
        async with nowhere.router.lifespan_context(nowhere):
            pass


async def test_no_detail_of_the_database_reaches_the_caller(http: httpx.AsyncClient, app: FastAPI) -> None:
    await app.state.core.database.close()
    answer = await http.get("/readyz")
    assert answer.status_code == 503
    assert "postgres" not in answer.text.lower()
