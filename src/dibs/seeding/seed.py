"""Fills a database fast: a workspace with people, open conversations and, if asked, a past."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dibs import clock
from dibs.conversations.tables import tags
from dibs.seeding.bulk import Batch, Writer, writing
from dibs.seeding.cast import Hire, Member, found, workspace_name
from dibs.seeding.fresh import new_id
from dibs.seeding.inbox import Customers, every_tag, inbox
from dibs.seeding.past import Past
from dibs.tasks import spawn
from dibs.tx import Core


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made: `conversations` open ones now, `per_day` ended ones on each of `history` days."""

    conversations: int
    history: int = 0
    per_day: int | None = None
    name: str | None = None
    # Conversations that each may hold; None for the usual.
    limit: int | None = None


async def seed(core: Core, hires: Sequence[Hire], wish: Wish) -> tuple[str, list[Member]]:
    """Makes a workspace with these people and conversations; returns its id and them. The database must be open."""
    now = clock.now()
    began = now - (wish.history + 1) * clock.DAY
    workspace_id, members = await found(core, wish.name or workspace_name(), hires, began, wish.limit)
    await fill(core, workspace_id, members, wish, now=now)
    return workspace_id, members


async def fill(core: Core, workspace_id: str, members: Sequence[Member], wish: Wish, *, now: int) -> None:
    """Makes the conversations of a workspace that has none yet, and in which nobody works meanwhile."""
    began = now - (wish.history + 1) * clock.DAY
    chance = random.Random(workspace_id)  # noqa: S311 - invented customers, no secrets
    customers = Customers(chance, workspace_id)
    async with writing(core.database) as writer:
        await writer.write(_tags(workspace_id, began))
        if wish.history:
            past = Past(chance, customers, members, wish.per_day)
            await _write_all(writer, past.days(now, wish.history))
            await past.close_books(core, writer)
        await _write_all(writer, inbox(chance, customers, wish.conversations, now))
        await writer.analyze()


async def _write_all(writer: Writer, batches: Iterator[Batch]) -> None:
    """Writes batch after batch; while the database works on one, the next is made. No batch needs another."""
    writing_now: set[asyncio.Task[None]] = set()
    try:
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            if len(writing_now) == writer.at_once:
                done, writing_now = await asyncio.wait(writing_now, return_when=asyncio.FIRST_COMPLETED)
                for each in done:
                    each.result()
            writing_now.add(spawn(writer.write(batch), "seed-batch"))
    finally:
        await asyncio.gather(*writing_now)


def _tags(workspace_id: str, at: int) -> Batch:
    batch = Batch()
    for name in every_tag():
        batch.add(tags, {"workspace_id": workspace_id, "name": name, "id": new_id("tag", at), "created_at": at})
    return batch


def as_json(workspace_id: str, members: Sequence[Member], conversations: int) -> dict[str, object]:
    """What `dibs seed --json` prints."""
    shown = [
        {name: getattr(each, name) for name in ("id", "name", "email", "password", "key", "role")} for each in members
    ]
    return {"workspace_id": workspace_id, "agents": shown, "conversations": conversations}
