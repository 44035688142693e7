"""A tag is put on a conversation while it is renamed or deleted. PostgreSQL: on SQLite one of the two waits anyway."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from dibs.conversations import bulk, creation, tags
from dibs.conversations.edit import edit
from dibs.tx import Tx, transaction
from tests.support.house import House

pytestmark = pytest.mark.parametrize("backend", ["postgres"])
Put = Callable[[Tx, str], Coroutine[Any, Any, Any]]
_WAITING = (
    "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event_type = 'Lock' AND application_name = 'dibs'"
)


async def by_edit(tx: Tx, conversation_id: str) -> None:
    await edit(tx, conversation_id, tags=["late", " vip "])


async def by_bulk(tx: Tx, conversation_id: str) -> None:
    await bulk.bulk_tag(tx, [conversation_id], add=["vip"])


async def by_creation(tx: Tx, _: str) -> None:
    await creation.create(tx, {"name": "Cy"}, text="Hello", tags=["vip"])


put_on = pytest.mark.parametrize("put", [by_edit, by_bulk, by_creation])


async def made(house: House) -> tuple[str, str]:
    """A conversation without tags, and the id of the tag vip, which nobody carries."""
    conversation = await house.conversation()
    answer = await house.sam.post("/tags", {"name": "vip"})
    await house.ada.post("/agents/me/heartbeat")
    await house.sam.post("/agents/me/heartbeat")
    return conversation["id"], answer.json()["id"]


async def waits_or_ends(house: House, asked: "asyncio.Task[httpx.Response]") -> None:
    """Returns when the database makes the request wait for a lock, or it has been answered."""
    while not asked.done() and not (await house.rows(_WAITING))[0].n:
        continue


async def carried(house: House) -> set[str]:
    """The names that conversations carry, in their rows and in the look-up; both must say the same."""
    listed = {tag for row in (await house.sam.get("/conversations", view="any")).json()["data"] for tag in row["tags"]}
    rows = await house.rows("SELECT DISTINCT tag FROM conversation_tags WHERE workspace_id = :ws")
    assert {row.tag for row in rows} == listed
    return listed


async def known(house: House) -> set[str]:
    return {row["name"] for row in (await house.sam.get("/tags")).json()["data"]}


@put_on
async def test_a_tag_put_on_before_the_renaming_ends_gets_the_new_name(house: House, put: Put) -> None:
    conversation_id, tag_id = await made(house)
    async with transaction(house.core, await house.sam.actor()) as tx:
        await put(tx, conversation_id)
        renaming = asyncio.create_task(house.ada.patch(f"/tags/{tag_id}", {"name": "important"}))
        await waits_or_ends(house, renaming)
        assert not renaming.done()
    assert (await renaming).status_code == 200
    assert await carried(house) - {"late"} == {"important"}
    assert "vip" not in await known(house)


@put_on
async def test_a_tag_put_on_before_the_deletion_ends_goes_with_it(house: House, put: Put) -> None:
    conversation_id, tag_id = await made(house)
    async with transaction(house.core, await house.sam.actor()) as tx:
        await put(tx, conversation_id)
        deleting = asyncio.create_task(house.ada.delete(f"/tags/{tag_id}"))
        await waits_or_ends(house, deleting)
        assert not deleting.done()
    assert (await deleting).status_code == 200
    assert await carried(house) - {"late"} == set()
    assert "vip" not in await known(house)


async def test_a_tag_put_on_after_the_renaming_began_is_a_tag_of_its_own(house: House) -> None:
    conversation_id, tag_id = await made(house)
    async with transaction(house.core, await house.ada.actor()) as tx:
        await tags.rename(tx, tag_id, "important")
        editing = asyncio.create_task(house.sam.patch(f"/conversations/{conversation_id}", {"tags": ["vip"]}))
        await waits_or_ends(house, editing)
        assert not editing.done()
    assert (await editing).json()["tags"] == ["vip"]
    assert await known(house) == {"important", "vip"}


async def test_two_renamings_of_one_tag_are_one_after_the_other(house: House) -> None:
    conversation_id, tag_id = await made(house)
    await house.sam.patch(f"/conversations/{conversation_id}", {"tags": ["vip"]})
    async with transaction(house.core, await house.ada.actor()) as tx:
        await tags.rename(tx, tag_id, "important")
        second = asyncio.create_task(house.ada.patch(f"/tags/{tag_id}", {"name": "urgent"}))
        await waits_or_ends(house, second)
    assert (await second).json()["name"] == "urgent"
    assert (await carried(house), await known(house)) == ({"urgent"}, {"urgent"})


async def test_a_tag_deleted_meanwhile_is_not_found(house: House) -> None:
    _, tag_id = await made(house)
    async with transaction(house.core, await house.ada.actor()) as tx:
        await tags.remove(tx, tag_id)
        renaming = asyncio.create_task(house.ada.patch(f"/tags/{tag_id}", {"name": "important"}))
        await waits_or_ends(house, renaming)
    assert (await renaming).status_code == 404


async def test_a_name_made_meanwhile_is_refused_and_nothing_is_renamed(house: House) -> None:
    conversation_id, tag_id = await made(house)
    await house.sam.patch(f"/conversations/{conversation_id}", {"tags": ["vip"]})
    async with transaction(house.core, await house.sam.actor()) as tx:
        await tags.create(tx, "important")
        renaming = asyncio.create_task(house.ada.patch(f"/tags/{tag_id}", {"name": "important"}))
        await waits_or_ends(house, renaming)
    answer = await renaming
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert (await carried(house), await known(house)) == ({"vip"}, {"important", "vip"})
