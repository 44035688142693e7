"""The app in a real browser: a server with a seeded inbox per file, a window per person."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.support import chromium
from tests.support.chat import TITLE, Come, Team, Visit
from tests.support.desk import Desk
from tests.support.furniture import furnish
from tests.support.host_page import HostPage
from tests.support.server import ROOT, RunningServer, _environment
from tests.support.walk import Walk

# The owner, an admin, and agents.
PEOPLE, CONVERSATIONS = 6, 400
Sit = Callable[..., Awaitable[Desk]]
Begin = Callable[[int], Awaitable[Walk]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all: a browser belongs to the loop that started it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture
def backend() -> str:
    """The app talks to the server, whatever that stores in; the race also runs on PostgreSQL."""
    return "sqlite"


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A database file with people and conversations, and what `dibs seed` said of them."""
    folder = tmp_path_factory.mktemp("seeded")
    made = seed(folder, PEOPLE, CONVERSATIONS)
    return folder / "dibs.db", made


@pytest.fixture(scope="session")
def with_history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """As `seeded`, with a past that figures can be made of; for files that name it as their `seeded`."""
    folder = tmp_path_factory.mktemp("with-history")
    made = seed(folder, PEOPLE, 150, "--history", "30")
    return folder / "dibs.db", made


@pytest.fixture(scope="module")
def rooms(server: RunningServer, seeded: tuple[Path, dict[str, Any]]) -> dict[str, str]:
    """A conversation in each state, on this file's server: see tests/support/furniture.py."""
    return furnish(server.url, seeded[1]["agents"])


def seed(folder: Path, people: int, conversations: int, *more: str) -> dict[str, Any]:
    """Runs `dibs seed` in a folder."""
    arguments = ("--agents", str(people), "--conversations", str(conversations), "--json", *more)
    done = subprocess.run(
        [sys.executable, "-m", "dibs", "seed", *arguments],
        env=_environment() | {"DIBS_DATA_DIR": str(folder)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def server(seeded: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of this file's own, with a copy of the seeded inbox."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(seeded[0], folder / "dibs.db")
    with RunningServer(folder, SIGN_IN_LIMIT_PER_MINUTE=0) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for the run."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sit(
    browser: Browser, server: RunningServer, seeded: tuple[Path, dict[str, Any]], request: pytest.FixtureRequest
) -> AsyncIterator[Sit]:
    """Lets people of the seed sit down, by number: 0 is the owner, 1 an admin, the rest are agents.

    Further arguments are the browser context's (viewport, color_scheme …). At the end every page must have been well.
    """
    desks: list[Desk] = []

    async def take_a_seat(number: int, **options: Any) -> Desk:
        person = seeded[1]["agents"][number]
        given = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
        context = await browser.new_context(**given)
        signed = await context.request.post(
            f"{server.url}/v1/sessions", data={"email": person["email"], "password": person["password"]}
        )
        assert signed.ok, await signed.text()
        page = await context.new_page()
        desk = Desk(person["name"], person["id"], person["key"], server.url, context, page)
        desk.watch()
        desks.append(desk)
        return desk

    yield take_a_seat
    for desk in desks:
        await keep_picture(desk, request.node.name)
        await desk.context.close()
    for desk in desks:
        desk.the_page_is_well()


async def keep_picture(desk: Desk, name: str) -> None:
    """Takes a last picture into DIBS_TEST_SCREENSHOTS, when that is set."""
    folder = os.environ.get("DIBS_TEST_SCREENSHOTS")
    if folder is not None and not desk.page.is_closed():
        await desk.page.screenshot(path=Path(folder) / f"{name}-{desk.name}.png".replace("/", "-"))


@pytest.fixture(autouse=True)
def _patience() -> None:
    """How long an expectation may take; a slow machine is no failure, a wrong screen is."""
    expect.set_options(timeout=15_000)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """Both themes."""
    return str(request.param)


@pytest.fixture
def begin(sit: Sit, theme: str, rooms: dict[str, str]) -> Begin:
    """Lets somebody of the seed begin a walk."""

    async def take_a_walk(number: int) -> Walk:
        return Walk(await sit(number, color_scheme=theme), theme)

    return take_a_walk


@pytest.fixture(scope="module")
def team(server: RunningServer, seeded: tuple[Any, dict[str, Any]]) -> Iterator[Team]:
    """The team of this file's server."""
    people = seeded[1]["agents"]
    with ExitStack() as stack:
        made = Team(server, people[1], people[2], {"settings": {"allowed_origins": []}}, stack)
        body = {"kind": "widget", "name": "Website", "settings": {"title": TITLE}}
        made.channel = made.call("POST", "/channels", body, key=made.admin["key"])
        yield made


@pytest.fixture(scope="module")
def shop(team: Team) -> HostPage:
    """An ordinary page."""
    return team.page()


@pytest_asyncio.fixture(loop_scope="session")
async def come(browser: Browser) -> AsyncIterator[Come]:
    """Lets a visitor come to a page; at the end every page must have been well."""
    visits: list[Visit] = []

    async def arrive(address: str, context: BrowserContext | None = None, **options: Any) -> Visit:
        given = {"viewport": {"width": 1000, "height": 760}, "reduced_motion": "reduce", "locale": "en-GB"} | options
        context = context or await browser.new_context(**given)
        visit = Visit(await context.new_page(), context)
        visit.watch()
        visits.append(visit)
        await visit.page.goto(address)
        await expect(visit.launcher).to_be_visible()
        return visit

    yield arrive
    for visit in visits:
        await visit.context.close()
    for visit in visits:
        assert visit.troubles == []
