"""Articles over HTTP: everybody who reads conversations reads them, admins write them."""

import asyncio
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dibs.accounts.fields import Language, StrictBool
from dibs.accounts.identify import Call, Cursor, Limit, answer, answered, shown
from dibs.accounts.identify import router as new_router
from dibs.bot import articles, imports, shapes
from dibs.errors import Invalid
from dibs.outbound import Outbound
from dibs.pools.rules import rules

router = new_router("articles")
ONE: dict[int | str, dict[str, Any]] = {200: {"model": shapes.Article}}


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("no NUL characters and no lone surrogates, please")
    if not text.strip():
        raise ValueError("write something")
    return text


Title = Annotated[str, Field(min_length=1, max_length=articles.LONGEST_TITLE, strict=True), AfterValidator(_storable)]
Body = Annotated[str, Field(min_length=1, max_length=articles.LONGEST_BODY, strict=True), AfterValidator(_storable)]


class NewArticle(BaseModel):
    """An article to write; `body` is Markdown. Without a language it is detected."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    body: Body
    language: Language | None = None
    published: StrictBool = True
    hand_to_human: StrictBool = False


class ArticleChanges(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    title: Title = ""
    body: Body = ""
    language: Language = ""
    published: StrictBool = True
    hand_to_human: StrictBool = False


class ImportPage(BaseModel):
    """A web page to import; what was imported from there before is changed. Without a language it is detected."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(min_length=1, max_length=2_000, strict=True)]
    language: Language | None = None
    published: StrictBool | None = None
    hand_to_human: StrictBool | None = None


class Page(BaseModel):
    """A page of the list."""

    model_config = ConfigDict(extra="forbid")

    cursor: Cursor = None
    limit: Limit = 50


@router.get("/articles", responses={200: {"model": shapes.Articles}})
async def list_articles(call: Call, asked: Annotated[Page, Query()]) -> Response:
    """The articles without their texts, the oldest first."""
    call.actor.must("conversations:read")
    rows, following = await articles.page(call.database, call.actor.workspace_id, asked.cursor, asked.limit)
    return shown({"data": [shapes.article_head(row) for row in rows], "next_cursor": following})


@router.post("/articles", status_code=201, responses={201: {"model": shapes.Article}})
async def create_article(call: Call, body: NewArticle) -> Response:
    """Writes an article. The bot answers from it at once, unless it is not published."""
    call.actor.must("admin", "admin")
    given = body.model_dump()
    given["language"] = given["language"] or await _language(call, f"{body.title}\n{body.body}")
    async with call.transaction() as tx:
        answer(tx, shapes.article(await articles.create(tx, **given)), 201)
    return answered(tx)


@router.post("/articles/import", status_code=201, responses={**ONE, 201: {"model": shapes.Article}})
async def import_article(call: Call, body: ImportPage) -> Response:
    """Fetches a web page and keeps its text as an article; 200 when one from there was changed."""
    call.actor.must("admin", "admin")
    outbound: Outbound = call.app.state.outbound
    # Fetched before the transaction: another host may take seconds.
    found = await imports.from_url(outbound, body.url)
    found |= body.model_dump(exclude={"url"}, exclude_none=True)
    found["language"] = found.get("language") or await _language(call, found["body"])
    async with call.transaction() as tx:
        row, is_new = await articles.bring_in(tx, body.url, found)
        answer(tx, shapes.article(row), 201 if is_new else 200)
    return answered(tx)


@router.get("/articles/{article_id}", responses=ONE)
async def show_article(call: Call, article_id: str) -> Response:
    """One article."""
    row = await articles.find(call.database.run, call.actor.workspace_id, article_id)
    call.actor.must("conversations:read")
    return shown(shapes.article(row))


@router.patch("/articles/{article_id}", responses=ONE)
async def edit_article(call: Call, article_id: str, body: ArticleChanges) -> Response:
    """Changes an article."""
    given = body.model_dump(exclude_unset=True)
    if not given:
        raise Invalid("body", "give what is to be changed")
    async with call.transaction() as tx:
        answer(tx, shapes.article(await articles.edit(tx, article_id, given)))
    return answered(tx)


@router.delete("/articles/{article_id}", responses=ONE)
async def delete_article(call: Call, article_id: str) -> Response:
    """Deletes an article; what was answered from it stays."""
    async with call.transaction() as tx:
        answer(tx, shapes.article(await articles.remove(tx, article_id)))
    return answered(tx)


async def _language(call: Call, text: str) -> str:
    settings = (await rules(call.database.run, call.actor.workspace_id)).settings
    return await asyncio.to_thread(imports.language_of, text, settings)
