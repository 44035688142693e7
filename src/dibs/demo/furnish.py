"""What the demo's workspace is given before its day begins: pools, and the articles that the bot answers from."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import httpx

from dibs.seeding.cast import Member

# What these are about is for people.
FOR_PEOPLE = ("hacked-account.en.md",)


async def furnish(client: httpx.AsyncClient, owner: Member, pools: Sequence[dict[str, object]]) -> None:
    """Makes what is not there yet."""
    headers = {"Authorization": f"Bearer {owner.key}"}
    there = {pool["name"] for pool in await _all(client, "/v1/pools", headers)}
    for pool in pools:
        if pool["name"] not in there:
            (await client.post("/v1/pools", json=pool, headers=headers)).raise_for_status()
    written = {article["title"] for article in await _all(client, "/v1/articles", headers)}
    for article in articles():
        if article["title"] not in written:
            (await client.post("/v1/articles", json=article, headers=headers)).raise_for_status()


def articles() -> list[dict[str, Any]]:
    """The sample knowledge base: files named after what they are about and their language."""
    found = []
    for path in sorted(files("dibs.demo").joinpath("articles").iterdir(), key=lambda each: each.name):
        title, _, body = path.read_text("utf-8").removeprefix("# ").partition("\n")
        language = path.name.split(".")[1]
        hand_over = path.name in FOR_PEOPLE
        found.append({"title": title, "body": body.strip(), "language": language, "hand_to_human": hand_over})
    return found


async def _all(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    page: list[dict[str, Any]] = (await client.get(path, headers=headers)).raise_for_status().json()["data"]
    return page
