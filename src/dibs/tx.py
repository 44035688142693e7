"""The transaction: the only place that commits. What changed, its audit rows and its events are one commit.

async with transaction(core, actor) as tx:      # begins
    row = await claims.claim(tx, id)            # conditional statements, tx.record(...)
                                                # leaving: counters, audit, events, COMMIT, then the doorbell
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Executable

from dibs import clock, ids, ledger
from dibs.actor import Actor
from dibs.db.compiled import Params, Row
from dibs.db.open import Database, Transaction
from dibs.errors import Invalid
from dibs.events import Doorbell
from dibs.keyring import Keyring

Fields = dict[str, Any]
# Up to so many audit rows and events are written as one statement, where the database is a round trip away.
FEW = 4
# How the audit calls whoever is no member of the workspace.
CUSTOMER = "Customer"


@dataclass(slots=True)
class Change:
    """One thing that happened in a transaction, as reactions see it.

    A reaction that changes the conversation puts it here as it is then: the next one and the cause go on with that.
    """

    kind: str
    conversation: Row | None
    fields: Fields


Reaction = Callable[["Tx", Change], Awaitable[None]]


async def _no_channel(_: "Tx", __: str, ___: str | None) -> str | None:
    return None


async def _no_templates(*_: Any) -> tuple[str, Any]:
    raise Invalid("template", "no channel here has templates")


@dataclass(slots=True)
class Core:
    """What a process has: the database, the doorbell and, by event kind, what happens in the same transaction.

    Reactions are how a slice below causes something in a slice above (a claim notifies); app.py registers them.
    """

    database: Database
    doorbell: Doorbell = field(default_factory=Doorbell)
    reactions: dict[str, list[Reaction]] = field(default_factory=dict)
    on_activity: list[Callable[["Core", Actor], Awaitable[None]]] = field(default_factory=list)
    # After the commit that took an agent's right to hold conversations; gets who did it and the agent's id.
    on_member_removed: list[Callable[["Core", Actor, str], Awaitable[None]]] = field(default_factory=list)
    # In the transaction that changes a workspace's settings; gets them as they were and as they are now.
    on_settings_changed: list[Callable[["Tx", Any, Any], Awaitable[None]]] = field(default_factory=list)

    # Background work of this process by name, to be woken after a commit that left it something to do.
    wakers: dict[str, Callable[[], None]] = field(default_factory=dict)
    # The connected channel of a kind by which a new conversation goes out, the one with that id if one is given; None
    # where there is none.
    channel_of: Callable[["Tx", str, str | None], Awaitable[str | None]] = field(default=_no_channel)
    # A channel's message template, filled in: its text, and what its channel is sent; see channels/whatsapp/templates.
    fill_template: Callable[["Core", str, str, str | None, Fields], Awaitable[tuple[str, Any]]] = field(
        default=_no_templates
    )
    keyring: Keyring = field(default_factory=lambda: Keyring(os.urandom(32)))
    # Where files lie, and how large one may be.
    data_dir: Path = field(default_factory=Path)
    max_upload_bytes: int = 20_971_520

    def react(self, kind: str, reaction: Reaction) -> None:
        """Runs `reaction` in the transaction of every change of that kind."""
        self.reactions.setdefault(kind, []).append(reaction)


class Tx:
    """An open transaction of one actor in one workspace, with the instant at which it began."""

    def __init__(self, core: Core, actor: Actor, transaction: Transaction) -> None:
        self.core = core
        self.actor = actor
        self.workspace_id = actor.workspace_id
        self.now = clock.now()
        self.run = transaction.run
        self.run_many = transaction.run_many
        self.run_together = transaction.run_together
        self.answer: tuple[int, bytes] | None = None
        self.answer_is_secret = False
        self._woken: set[str] = set()
        self._audits: list[Fields] = []
        self._events: list[Fields] = []

    async def one(self, statement: Executable, params: Params | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.run(statement, params)
        return rows[0] if rows else None

    def wake(self, name: str) -> None:
        """Wakes the background work of that name once this is committed; other processes find it at their next look."""
        self._woken.add(name)

    def call_wakers(self) -> None:
        """Wakes whom `wake` named."""
        for name in self._woken & self.core.wakers.keys():
            self.core.wakers[name]()

    def audit(
        self,
        action: str,
        target: str,
        *,
        conversation_id: str | None = None,
        before: Fields | None = None,
        after: Fields | None = None,
        reason: str | None = None,
    ) -> None:
        """Adds a row to the audit, written when the transaction ends. `target` is the id of what was changed."""
        actor = self.actor
        self._audits.append(
            {
                "id": ids.new("aud"),
                "at": self.now,
                "actor": _audited(actor),
                "actor_id": actor.id,
                "action": action,
                "target": target,
                "conversation_id": conversation_id,
                "before": before,
                "after": after,
                "reason": reason,
                "ip": None if actor.type == "contact" else actor.ip,
                "request_id": actor.request_id,
            }
        )

    async def emit(
        self,
        kind: str,
        fields: Fields,
        *,
        conversation: Row | None = None,
        about: str | None = None,
        only_agent: str | None = None,
        actor: Fields | None = None,
    ) -> Row | None:
        """Adds an event, then runs the reactions to it; returns the conversation as they left it.

        `fields` are its members; `only_agent` narrows who sees it: an agent's id, or events.BOTS. `about` is the
        conversation's id where its row is not at hand.
        """
        frame = {"kind": kind, "at": clock.iso(self.now), "actor": actor or self.actor.shape(), **fields}
        self._events.append(
            {
                "id": ids.new("evt"),
                "at": self.now,
                "kind": kind,
                "conversation_id": conversation.id if conversation is not None else about,
                "agent_id": only_agent,
                "body": msgspec.json.encode(frame).decode(),
            }
        )
        change = Change(kind, conversation, fields)
        for reaction in self.core.reactions.get(kind, ()):
            await reaction(self, change)
        return change.conversation

    async def write_ledger(self) -> int:
        """Numbers and writes what was recorded, last of all, and returns the newest event's cursor."""
        if not self._audits and not self._events:
            return 0
        ws = self.workspace_id
        bump = {"ws": ws, "new_events": len(self._events), "new_audits": len(self._audits)}
        head = await self.one(ledger.BUMP, bump)
        assert head is not None, f"workspace {ws} has no counters"
        seal: list[tuple[Executable, Fields]] = []
        if self._audits:
            previous, first = head.audit_hash, head.audit_seq - len(self._audits) + 1
            for seq, row in enumerate(self._audits, first):
                previous = row["hash"] = ledger.chain(previous, seq, row)
                row |= {"workspace_id": ws, "seq": seq}
            seal = [(ledger.SEAL, {"ws": ws, "new_hash": previous})]
        for seq, row in enumerate(self._events, head.event_seq - len(self._events) + 1):
            row |= {"workspace_id": ws, "seq": seq}
        if len(self._audits) + len(self._events) <= FEW:
            audits = [(ledger.INSERT_AUDIT, row) for row in self._audits]
            await self.run_together([*audits, *seal, *((ledger.INSERT_EVENT, row) for row in self._events)])
        else:
            await self.run_many(ledger.INSERT_AUDIT, self._audits)
            await self.run_together(seal)
            await self.run_many(ledger.INSERT_EVENT, self._events)
        return int(head.event_seq) if self._events else 0


def _audited(actor: Actor) -> Fields:
    """Who acted, as the audit keeps it for good: a customer by id alone, who may have to be erased."""
    shape: Fields = {**actor.shape()}
    return shape | {"name": CUSTOMER} if actor.type == "contact" else shape


@asynccontextmanager
async def transaction(core: Core, actor: Actor) -> AsyncIterator[Tx]:
    """Opens a transaction; leaving the block commits all of it, an exception undoes all of it."""
    async with core.database.transaction() as opened:
        tx = Tx(core, actor, opened)
        yield tx
        cursor = await tx.write_ledger()
    if cursor:
        core.doorbell.ring(tx.workspace_id, cursor)
    tx.call_wakers()
