"""Browsers, and a look at what accounts left in the audit and the events."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from dibs.ledger import audit_rows, events
from tests.support.house import PASSWORD, House, Person

Browser = Callable[..., httpx.AsyncClient]
SignedIn = Callable[[Person], Awaitable[httpx.AsyncClient]]
Rows = Callable[[str], Awaitable[list[Any]]]
Fields = Callable[[httpx.Response], set[str]]
ADDRESS = "192.0.2.7"


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    """Opens browsers, each with cookies of its own and no key."""
    async with AsyncExitStack() as opened:

        def another(**kwargs: Any) -> httpx.AsyncClient:
            transport = httpx.ASGITransport(app, client=(ADDRESS, 4711))
            client = httpx.AsyncClient(transport=transport, **{"base_url": "http://dibs.test"} | kwargs)
            opened.push_async_callback(client.aclose)
            return client

        yield another


@pytest.fixture
def signed_in(browser: Browser) -> SignedIn:
    """A browser in which somebody has signed in."""

    async def sign_in(person: Person) -> httpx.AsyncClient:
        client = browser()
        answer = await client.post("/v1/sessions", json={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return client

    return sign_in


@pytest.fixture
def audited(house: House) -> Rows:
    """The audit rows of one action in the house, oldest first."""

    async def rows(action: str) -> list[Any]:
        wanted = (audit_rows.c.workspace_id == house.workspace_id, audit_rows.c.action == action)
        return await house.core.database.run(select(audit_rows).where(*wanted).order_by(audit_rows.c.seq))

    return rows


@pytest.fixture
def emitted(house: House) -> Rows:
    """The events of one kind in the house, oldest first."""

    async def rows(kind: str) -> list[Any]:
        wanted = (events.c.workspace_id == house.workspace_id, events.c.kind == kind)
        return await house.core.database.run(select(events).where(*wanted).order_by(events.c.seq))

    return rows


@pytest.fixture
def refused_fields() -> Fields:
    """The fields that a 422 names."""

    def fields(response: httpx.Response) -> set[str]:
        assert response.status_code == 422, response.text
        assert response.headers["content-type"] == "application/problem+json"
        return {each["field"] for each in response.json()["errors"]}

    return fields
