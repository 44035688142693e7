"""What the product really sends to the database for one claim, recorded at the driver, to be repeated without it.

A claim is made and rolled back; the values that differ from claim to claim are recognised and become slots.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import update

from bench import people
from dibs.conversations.claims import claim
from dibs.db.open import Transaction
from dibs.db.postgres import PostgresTransaction
from dibs.ledger import counters
from dibs.tx import Core, Tx

Slot = Literal["workspace", "conversation", "agent", "clm", "aud", "evt", "event_seq", "audit_seq"]
# Counters begin at numbers that nothing else has, so that what is made of them is recognised.
EVENTS, AUDITS = 7_000_000_000_000, 8_000_000_000_000
_BEGIN_AT = update(counters)
_FRESH = re.compile("(clm|aud|evt)_[0-9A-Z]{26}")


@dataclass(frozen=True, slots=True)
class Filled:
    """An argument that each claim fills anew; `many` when it is a list of one."""

    slot: Slot
    many: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement and its arguments."""

    sql: str
    arguments: tuple[Any, ...]

    @property
    def tells_numbers(self) -> bool:
        """Whether it returns event_seq and audit_seq, in this order."""
        return "UPDATE counters" in self.sql and "event_seq" in self.sql.partition("RETURNING")[2]


class _Undo(Exception):
    """Ends the recording."""


class _Recorder:
    """Stands between a transaction and its driver's connection, and keeps what passes."""

    def __init__(self) -> None:
        self.connection: Any = None
        self.sent: list[tuple[str, Sequence[Any]]] = []

    def stand_before(self, opened: Transaction) -> None:
        """Records what this transaction sends from now on."""
        name = "_connection" if isinstance(opened, PostgresTransaction) else "_writer"
        self.connection = getattr(opened, name)
        setattr(opened, name, self)

    async def fetch(self, sql: str, *arguments: Any) -> Any:
        """As asyncpg."""
        self.sent.append((sql, arguments))
        return await self.connection.fetch(sql, *arguments)

    def execute(self, sql: str, arguments: Sequence[Any] = ()) -> Any:
        """As sqlite3."""
        self.sent.append((sql, arguments))
        return self.connection.execute(sql, arguments)


async def recorded(core: Core, number: int) -> list[Sent]:
    """The statements of a claim of conversation `number`, which stays unclaimed, between BEGIN and COMMIT."""
    # The first claim also reads the workspace's settings, which a process then keeps.
    await _claimed_and_undone(core, number)
    sent = await _claimed_and_undone(core, number)
    return [Sent(sql, tuple(_slot(value, number) for value in arguments)) for sql, arguments in sent]


async def _claimed_and_undone(core: Core, number: int) -> list[tuple[str, Sequence[Any]]]:
    actor = people.actor_of(people.agent_of(number))
    recorder = _Recorder()
    try:
        async with core.database.transaction() as opened:
            begin = _BEGIN_AT.where(counters.c.workspace_id == actor.workspace_id)
            await opened.run(begin.values(event_seq=EVENTS, audit_seq=AUDITS))
            recorder.stand_before(opened)
            tx = Tx(core, actor, opened)
            await claim(tx, people.id_of("conv", number))
            await tx.write_ledger()
            raise _Undo  # noqa: TRY301 - it ends the transaction
    except _Undo:
        return recorder.sent


def _slot(value: Any, number: int) -> Any:
    """What a recorded argument stands for; itself when every claim sends the same."""
    agent = people.agent_of(number)
    known: dict[Any, Slot] = {
        people.id_of("ws", agent // people.AGENTS): "workspace",
        people.id_of("conv", number): "conversation",
        people.id_of("agt", agent): "agent",
        EVENTS + 1: "event_seq",
        AUDITS + 1: "audit_seq",
    }
    if isinstance(value, (str, int)):
        if value in known:
            return Filled(known[value])
        if isinstance(value, str) and (found := _FRESH.fullmatch(value)):
            return Filled(found[1])  # type: ignore[arg-type]
    many = msgspec.json.decode(value) if isinstance(value, str) and value.startswith('["conv_') else value
    if isinstance(many, list) and many == [people.id_of("conv", number)]:
        return Filled("conversation", many=True)
    return value
