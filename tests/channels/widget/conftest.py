"""A widget of the house, with a shop's page in front of it."""

from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from dibs.operations.answering import AnsweringProtocol
from dibs.realtime.wire import LiveProtocol
from tests.support.house import House
from tests.support.visitors import Widget, widget_of


@pytest.fixture
async def widget(house: House) -> Widget:
    """A widget that serves one shop."""
    return await widget_of(house.ada)


@pytest.fixture
async def url(app: FastAPI) -> AsyncIterator[str]:
    """The running application behind the real server, for sockets."""
    config = uvicorn.Config(
        app, port=0, lifespan="off", http=AnsweringProtocol, ws=LiveProtocol, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    await server.shutdown()


@pytest.fixture
def page(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """A page without a visitor."""
    return http
