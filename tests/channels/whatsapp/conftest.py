"""A connected number in front of a small Graph API on loopback."""

from collections.abc import AsyncIterator

import pytest

from dibs.settings import Settings
from tests.support.graph import Graph, serving
from tests.support.house import House
from tests.support.whatsapp import Line, connect


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As everywhere, but the Graph API is on loopback."""
    return settings.model_copy(update={"allow_private_targets": True, "max_upload_bytes": 100_000})


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    """The Graph API."""
    async with serving(Graph()) as found:
        yield found


@pytest.fixture
async def line(house: House, graph: Graph) -> Line:
    """A connected number."""
    return await connect(house, graph)
