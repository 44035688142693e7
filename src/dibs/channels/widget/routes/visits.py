"""What pages with the widget call. Nothing that is answered here names an agent."""

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from dibs import ids
from dibs.accounts.identify import answer, answered, shown
from dibs.accounts.tokens import digest
from dibs.channels import connections
from dibs.channels.widget import reading, visitors, writing
from dibs.channels.widget.identify import PREFIX, PREFLIGHT, Visit, called, cross_origin, router
from dibs.channels.widget.identity import require_proof
from dibs.channels.widget.links import GOOD_FOR, require_link
from dibs.channels.widget.queries import FILE, VISITOR
from dibs.channels.widget.settings import KIND, WidgetSettings
from dibs.channels.widget.shapes import WidgetSession
from dibs.channels.widget.visitors import Person
from dibs.channels.widget.writing import Writing
from dibs.conversations import message_shapes
from dibs.conversations.messages import LONGEST_TEXT
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound
from dibs.files import sending
from dibs.files.content import path_of, store, throw_away
from dibs.files.types import SHOWN

visits = router()
preflights = APIRouter(include_in_schema=False)

CONFIG_SECONDS = 300
Text = Annotated[str, Field(strict=True, max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Email = Annotated[str, Field(strict=True, min_length=3, max_length=254, pattern=r"^[^\x00-\x20\x7f]*$")]
ClientId = Annotated[str, Field(strict=True, min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Page = Annotated[str, Field(strict=True, max_length=2_000)]


class Body(BaseModel):
    """What is sent; nothing else is taken."""

    model_config = ConfigDict(extra="forbid")


class Start(Body):
    """A page was opened; with the token of an earlier visit that one goes on."""

    token: Annotated[str, Field(strict=True, max_length=100)] | None = None
    page_url: Page | None = None
    language: Annotated[str, Field(strict=True, max_length=35, pattern=r"^[A-Za-z0-9-]+$")] | None = None


class Said(Body):
    """What the page says of who is here, unproven."""

    name: Name | None = None
    email: Email | None = None


class Message(Body):
    """What the visitor wrote."""

    text: Text = ""
    client_id: ClientId
    files: Annotated[list[Annotated[str, Field(strict=True, max_length=40)]], Field(max_length=sending.MOST)] = []
    page_url: Page | None = None
    person: Said = Said()


class Offline(Body):
    """A message that is left while nobody is there, with the address to answer to."""

    name: Name
    email: Email
    message: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
    client_id: ClientId
    page_url: Page | None = None


class Seen(Body):
    """The last message that was shown."""

    id: Annotated[str, Field(strict=True, max_length=40)]


class Proven(Body):
    """Who the visitor is; `hash` signs the user's id, or without one the address."""

    user_id: Annotated[str, Field(strict=True, min_length=1, max_length=255)] | None = None
    email: Email | None = None
    name: Name | None = None
    hash: Annotated[str, Field(strict=True, max_length=200)]


@visits.get("/config")
async def config(visit: Visit) -> Response:
    """How the widget looks; asked for by every page that has it, and kept by browsers for five minutes."""
    kept = {"Cache-Control": f"public, max-age={CONFIG_SECONDS}"}
    return shown(await reading.config(visit.core, visit.channel), headers=kept)


@visits.post("/session")
async def start(visit: Visit, body: Start) -> Response:
    """Starts a visit or goes on with one. A token that is not known any more begins anew."""
    told: dict[str, Any] = {"page_url": _page(body.page_url), "language": body.language}
    visitor, token = await _known(visit, body.token), None
    async with visit.transaction() as tx:
        if visitor is None:
            visitor, token = await visitors.start(tx, visit.channel, **told)
        else:
            await visitors.come_back(tx, visitor, **told)
    return shown(await _session(visit, visitor, token), 201 if token else 200)


@visits.post("/identify")
async def identify(visit: Visit, body: Proven) -> Response:
    """Proves who the visitor is. Without a proof nothing changes, and nobody's history is shown."""
    visitor = await visit.visitor()
    subject = body.user_id if body.user_id is not None else body.email
    if subject is None:
        raise Invalid("user_id", "give the user's id, or their email")
    settings = connections.opened(visit.core, visit.app.state.outbound, KIND, visit.channel).settings
    assert isinstance(settings, WidgetSettings)
    require_proof(settings.identity_secret.get_secret_value(), subject, body.hash)
    person = Person(body.user_id, body.email, body.name)
    now, token = await visitors.identify(visit.core, visit.who, visit.channel, visitor, person)
    return shown(await _session(visit, now, token))


@visits.get("/messages")
async def messages(
    visit: Visit,
    before: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=reading.LONGEST_PAGE)] = reading.PAGE,
) -> Response:
    """The newest messages, or those before one."""
    visitor = await visit.visitor()
    return shown(await reading.page(visit.core, visit.channel, visitor, before=before, most=limit))


@visits.post("/messages", status_code=201)
async def write(visit: Visit, body: Message) -> Response:
    """Stores what the visitor wrote; the same `client_id` again is 200 with the first."""
    sent = Writing(
        text=body.text,
        client_id=body.client_id,
        file_ids=tuple(body.files),
        page_url=_page(body.page_url),
        said=Person(email=body.person.email, name=body.person.name),
    )
    return await _write(visit, sent)


@visits.post("/offline", status_code=201)
async def leave(visit: Visit, body: Offline) -> Response:
    """Stores what was left while nobody was there. The address is shown to the team, and proves nothing."""
    if not reading.settings_of(visit.channel).offline_form:
        raise Invalid("message", "this widget has no offline form; send a message instead")
    person = Person(email=body.email, name=body.name)
    page = _page(body.page_url)
    return await _write(visit, Writing(text=body.message, client_id=body.client_id, page_url=page, said=person))


@visits.post("/seen")
async def seen(visit: Visit, body: Seen) -> Response:
    """The team's messages up to that one were shown: for widgets whose socket is away."""
    visitor = await visit.visitor()
    async with visit.transaction() as tx:
        await reading.has_got(tx, visitor, body.id, "read")
    return Response(status_code=204)


@visits.post("/files", status_code=201)
async def upload(visit: Visit, name: Annotated[str, Query(min_length=1, max_length=255)]) -> Response:
    """Takes the raw bytes of a file, to be sent with a message afterwards."""
    visitor = await visit.visitor()
    stored = await store(visit.core, PurePath(name).name or name, visit.stream())
    try:
        async with visit.transaction() as tx:
            row = await writing.keep_file(tx, visitor, stored)
            answer(tx, {"id": row.id, "name": row.name, "type": row.type, "size": row.size}, 201)
    except BaseException:
        await throw_away(visit.core, stored.stored_as)
        raise
    return answered(tx)


@visits.get("/files/{file_id}")
async def download(visit: Visit, file_id: str, until: int, signature: Annotated[str, Query(max_length=64)]) -> Response:
    """A file's content, for whoever has its signed link."""
    require_link(visit.core, visit.channel.id, file_id, until, signature)
    wanted = {"ws": visit.channel.workspace_id, "channel": visit.channel.id, "file": file_id}
    found = await visit.core.database.run(FILE, wanted) if ids.well_formed(file_id, "file") else []
    path = path_of(visit.core, found[0].stored_as) if found else None
    if path is None or not path.is_file():
        raise NotFound("This file is no longer here.")
    return FileResponse(
        path,
        media_type=found[0].type,
        filename=found[0].name,
        content_disposition_type="inline" if found[0].type in SHOWN else "attachment",
        headers={
            "Cache-Control": f"private, max-age={GOOD_FOR // 1_000}, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


@preflights.options(PREFIX + "/{rest:path}")
async def preflight(request: Request, key: str) -> Response:
    """Tells a browser whether a page may call: those of the widget's own origins."""
    allowed = cross_origin(request, await called(request.app.state.core, key))
    response = Response(status_code=204)
    response.raw_headers += [*allowed, *PREFLIGHT]
    return response


async def _write(visit: Visit, sent: Writing) -> Response:
    visitor = await visit.visitor()
    look = await reading.sight(visit.core, visit.channel)
    async with visit.transaction() as tx:
        received = await writing.write(tx, visit.channel, visitor, sent)
        shape = look.message(message_shapes.message(received.message))
        answer(tx, {"message": shape}, 201 if received.is_new else 200)
    return answered(tx)


async def _known(visit: Visit, token: str | None) -> Row | None:
    found = await visit.core.database.run(VISITOR, {"hash": digest(token)}) if token else []
    if found and (found[0].workspace_id, found[0].channel_id) == (visit.channel.workspace_id, visit.channel.id):
        return found[0]
    return None


async def _session(visit: Visit, visitor: Row, token: str | None) -> WidgetSession:
    core, channel = visit.core, visit.channel
    found = await reading.page(core, channel, visitor)
    return {
        "token": token,
        "config": await reading.config(core, channel),
        "open": await reading.is_open(core, channel.workspace_id),
        "verified": visitor.verified,
        "messages": found["messages"],
        "more": found["more"],
    }


def _page(url: str | None) -> str | None:
    """The page's address if it is one of the web; what else a page may say is left out."""
    return url if url and url.startswith(("https://", "http://")) and url.isprintable() else None
