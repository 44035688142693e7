"""Sample data: a fresh workspace with colleagues, a past and people who wait, and a way to say no to it."""

import httpx
import pytest
from sqlalchemy import select

from dibs.accounts.tables import agents, api_keys
from dibs.audit.verification import verify
from dibs.first_run import sample
from dibs.tx import Core
from tests.first_run.conftest import SetUp


async def test_there_is_an_inbox_to_work_in(browser: httpx.AsyncClient, set_up: SetUp) -> None:
    assert (await set_up(sample_data=True)).status_code == 201
    waiting = (await browser.get("/v1/conversations?view=unclaimed&limit=100")).json()["data"]
    assert len(waiting) == sample.WISH.conversations
    resolved = (await browser.get("/v1/conversations?view=resolved&limit=100")).json()
    assert len(resolved["data"]) == 100
    claimed = await browser.post(f"/v1/conversations/{waiting[0]['id']}/claim")
    assert (claimed.status_code, claimed.json()["assignee"]["name"]) == (200, "Olga Brandt")


async def test_analytics_have_something_to_say(browser: httpx.AsyncClient, set_up: SetUp) -> None:
    await set_up(sample_data=True)
    rows = (await browser.get("/v1/analytics/agents?window=30d")).json()["agents"]
    assert sum(row["claimed"]["spells"] > 0 for row in rows) > 3


async def test_nobody_can_sign_in_as_an_invented_colleague(core: Core, set_up: SetUp) -> None:
    await set_up(sample_data=True)
    people = await core.database.run(select(agents))
    assert len(people) == 7
    assert [row.email for row in people if row.role == "owner"] == ["olga@acme.example"]
    assert await core.database.run(select(api_keys)) == []


async def test_the_audit_still_verifies_and_goes_on(core: Core, browser: httpx.AsyncClient, set_up: SetUp) -> None:
    me = (await set_up(sample_data=True)).json()
    assert (await browser.patch(f"/v1/agents/{me['agent']['id']}", json={"name": "Olga B."})).status_code == 200
    assert await verify(core.database, me["workspace"]["id"]) is None


@pytest.mark.parametrize("asked", [None, False])
async def test_without_asking_there_is_none(browser: httpx.AsyncClient, set_up: SetUp, asked: bool | None) -> None:
    assert (await set_up(sample_data=asked)).status_code == 201
    assert (await browser.get("/v1/conversations?view=any")).json()["data"] == []
    assert len((await browser.get("/v1/agents")).json()["data"]) == 1


async def test_a_refused_first_run_leaves_no_sample_either(core: Core, set_up: SetUp) -> None:
    assert (await set_up(sample_data=True, code="nonsense")).status_code == 403
    assert await core.database.run(select(agents)) == []


async def test_a_sample_that_fails_keeps_nobody_out(
    browser: httpx.AsyncClient, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(sample, "add", broken)
    assert (await set_up(sample_data=True)).status_code == 201
    assert (await browser.get("/v1/me")).json()["role"] == "owner"
