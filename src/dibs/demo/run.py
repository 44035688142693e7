"""The demo: a server on an embedded database, a workspace with a past, and people who keep it alive."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import select, update

from dibs.app import create
from dibs.channels.tables import channels
from dibs.conversations.tables import conversations
from dibs.db.open import database
from dibs.demo import cast, traffic
from dibs.demo.customers import Doors, connect
from dibs.demo.furnish import furnish
from dibs.demo.outside import Outside
from dibs.migrations.apply import migrate
from dibs.operations.serving import Server, configured, url_of
from dibs.seeding.cast import Member
from dibs.seeding.seed import Wish, seed
from dibs.settings import Settings
from dibs.tasks import spawn
from dibs.tx import Core
from dibs.web.built import built

# A month with some 3,000 conversations, and a morning's backlog: enough on each channel to claim fifty at once.
DAYS, PER_DAY, WAITING = 30, 130, 300

_c, _h = conversations.c, channels.c
_ADOPT = (
    update(conversations)
    .where(_c.channel_id.is_(None), _c.channel.in_(["widget", "whatsapp", "email"]))
    .values(
        channel_id=select(_h.id)
        .where(_h.workspace_id == _c.workspace_id, _h.kind == _c.channel, _h.active)
        .order_by(_h.id)
        .limit(1)
        .scalar_subquery()
    )
)


async def prepared(settings: Settings) -> list[Member]:
    """The cast, with workspace and past; made when the folder has none yet."""
    await migrate(settings)
    path = settings.data_dir / "demo.json"
    kept = cast.load(path)
    if kept is None:
        core = Core(database(settings))
        await core.database.open()
        try:
            wish = Wish(WAITING, DAYS, per_day=PER_DAY, name=cast.WORKSPACE)
            kept = cast.Kept(*await seed(core, cast.HIRES, wish))
        finally:
            await core.database.close()
        cast.save(path, kept)
    return kept.members


async def run(
    settings: Settings, listener: socket.socket, members: list[Member], *, quiet: bool, ready: Callable[[], None]
) -> None:
    """Serves and lives until it is told to stop; calls `ready` once it serves, and Ctrl-C ends it well."""
    server = Server(configured(lambda: create(settings), settings))
    url = url_of(listener)
    living = spawn(_live(server, _Day(settings, url, members, quiet), ready), "demo-traffic")
    try:
        await server.serve(sockets=[listener])
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


@dataclass(frozen=True)
class _Day:
    """What a day of the demo begins with."""

    settings: Settings
    url: str
    members: list[Member]
    quiet: bool


async def _live(server: Server, day: _Day, ready: Callable[[], None]) -> None:
    while not (server.started or server.should_exit):  # noqa: ASYNC110 - uvicorn tells it by a flag
        await asyncio.sleep(0.05)
    if server.should_exit:
        return
    ready()
    stop = spawn(_until_stopped(server), "demo-stop")
    life = spawn(_begin_and_live(day), "demo-life")
    try:
        # Before the server closes its connections, so that nobody is cut off in the middle of a sentence.
        await asyncio.wait([stop, life], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stop, life):
            task.cancel()
        await asyncio.gather(stop, life, return_exceptions=True)


async def _begin_and_live(day: _Day) -> None:
    owner = next(each for each in day.members if each.role == "owner")
    async with (
        Outside(day.url, day.settings.smtp_listen_port) as outside,
        httpx.AsyncClient(base_url=day.url, trust_env=False, timeout=30) as client,
    ):
        await furnish(client, owner, cast.pools(day.members))
        key = await connect(client, outside, owner)
        await _adopt(day.settings)
        await traffic.live(client, Doors(client, outside, key, owner), day.members, quiet=day.quiet)


async def _adopt(settings: Settings) -> None:
    """The backlog came in before there were channels: it goes out by those that there are now."""
    core = Core(database(settings))
    await core.database.open()
    try:
        async with core.database.transaction() as opened:
            await opened.run(_ADOPT)
    finally:
        await core.database.close()


async def _until_stopped(server: Server) -> None:
    while not server.should_exit:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.05)


def invitation(url: str, members: list[Member], folder: Path) -> list[str]:
    """What is printed: where to go and as whom."""
    people = {cast.first_name(member): member for member in members}
    yours = [people[name] for name in cast.YOURS]
    sample = people["ana"].key
    return [
        f"Dibs Demo runs at {url}",
        "",
        *(
            [
                f"Open {url} in two browsers, or one private window beside the other,",
                "and sign in as two of these:",
            ]
            if built()
            else ["The web app is not built: run python3 dev.py setup, then reload. The sign-ins:"]
        ),
        "",
        *(f"  {member.role:6} {member.email:24} password {member.password}" for member in yours),
        "",
        f"Be a customer at {url}/widget-demo in a third window: the bot answers, until somebody claims.",
        "",
        "For programs",
        "",
        *(f"  {member.email:31} API key {member.key}" for member in yours),
        f"  API reference {url}/docs · data in {folder}",
        f'  curl -H "Authorization: Bearer {sample}" "{url}/v1/conversations?view=unclaimed&limit=5"',
        f'  curl -X POST -H "Authorization: Bearer {sample}" {url}/v1/conversations/claim-next',
        "",
        "Customers and colleagues are at work. Ctrl-C stops the demo.",
    ]
