"""A fresh installation: a migrated database, no workspace, and the code that dibs serve would have printed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dibs.first_run import code
from dibs.settings import Settings

SetUp = Callable[..., Awaitable[httpx.Response]]
ADDRESS = "192.0.2.7"


@pytest.fixture
def printed(settings: Settings) -> str:
    """The code."""
    return code.issued(settings)


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has never been here."""
    transport = httpx.ASGITransport(app, client=(ADDRESS, 4711), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://dibs.test") as client:
        yield client


@pytest.fixture
def set_up(browser: httpx.AsyncClient, printed: str) -> SetUp:
    """Sends the form of the first run, with changes; a field that is None is left out."""

    async def send(headers: dict[str, str] | None = None, **changes: Any) -> httpx.Response:
        form = {
            "code": printed,
            "workspace": "Acme",
            "name": "Olga Brandt",
            "email": "olga@acme.example",
            "password": "correct horse battery",
        } | changes
        body = {name: value for name, value in form.items() if value is not None}
        return await browser.post("/v1/first-run", json=body, headers=headers or {})

    return send
