"""What must be true of a workspace whatever happened in it, and quick ways to fill one."""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert

from dibs import clock, ids
from dibs.actor import system
from dibs.audit.replaying import replay
from dibs.audit.verification import verify
from dibs.contacts.tables import contacts
from dibs.conversations.tables import conversations
from dibs.tx import transaction
from tests.support.house import House

OWNER_CHANGES = ("claimed", "released", "reassigned", "resolved")


async def waiting(house: House, number: int, **columns: Any) -> list[str]:
    """The ids of that many new conversations, open and unclaimed, in the order of their ids."""
    now, ws = clock.now(), house.workspace_id
    people = [{"workspace_id": ws, "id": ids.new("ctc"), "created_at": now, "updated_at": now} for _ in range(number)]
    made = sorted(ids.new("conv") for _ in range(number))
    rows = [
        {"workspace_id": ws, "id": each, "contact_id": person["id"], "channel": "api", "status": "open", "priority": 1}
        | {"tags": [], "created_at": now, "last_message_at": now, "waiting_since": now, "unclaimed_since": now}
        | columns
        for each, person in zip(made, people, strict=True)
    ]
    async with transaction(house.core, system(ws, "Fixture")) as tx:
        for table, many in ((contacts, people), (conversations, rows)):
            columns_of = {name: bindparam(name, type_=table.c[name].type) for name in many[0]}
            await tx.run_many(insert(table).values(columns_of), many)
    return made


async def complaints(house: House, *, limit: int | None = None) -> list[str]:
    """Everything in the workspace that contradicts the rules of ownership; nothing means all is well."""
    found = await house.rows("SELECT * FROM conversations WHERE workspace_id = :ws")
    spells: dict[str, list[Any]] = defaultdict(list)
    for spell in await house.rows("SELECT * FROM claims WHERE workspace_id = :ws ORDER BY conversation_id, epoch"):
        spells[spell.conversation_id].append(spell)
    wrong = [line for row in found for line in _spells(row, spells[row.id])]
    held = Counter(spell.agent_id for of in spells.values() for spell in of if spell.ended_at is None)
    if limit is not None:
        wrong += [f"{agent} holds {number} of {limit}" for agent, number in held.items() if number > limit]
    return wrong + await _ledger(house, found)


def _spells(row: Any, spells: list[Any]) -> list[str]:
    still = [spell for spell in spells if spell.ended_at is None]
    wrong = []
    if [(row.assignee_id, row.epoch)] * (row.assignee_id is not None) != [(s.agent_id, s.epoch) for s in still]:
        wrong.append(f"{row.id} is held by {row.assignee_id} at {row.epoch}, with open spells {still}")
    for earlier, later in pairwise(spells):
        if earlier.ended_at is None or earlier.ended_at > later.started_at:
            wrong.append(f"{row.id}: spells overlap: {earlier} {later}")
    if row.assignee_id is not None and row.status not in ("open", "snoozed"):
        wrong.append(f"{row.id} is {row.status} and held")
    return wrong


async def _ledger(house: House, found: list[Any]) -> list[str]:
    """Audit and events tell the same story as the tables: each change of owner once, each change of a row once."""
    audits, changes = Counter[str](), Counter[str]()
    told: dict[str, list[int]] = defaultdict(list)
    for row in await house.rows(
        "SELECT conversation_id AS id, action, after FROM audit_rows WHERE workspace_id = :ws"
        " AND action LIKE 'conversation.%'"
    ):
        changes[row.id] += 1
        audits[row.id] += "assignee" in msgspec.json.decode(row.after)
    for row in await house.rows(
        "SELECT conversation_id AS id, kind, body FROM events WHERE workspace_id = :ws ORDER BY seq"
    ):
        kind, body = row.kind.removeprefix("conversation."), msgspec.json.decode(row.body)
        if kind in OWNER_CHANGES and body["conversation"]["epoch"] not in told[row.id][-1:]:
            told[row.id].append(body["conversation"]["epoch"])
    owners = await replay(house.core.database, house.workspace_id)
    wrong = []
    for row in found:
        epochs = [epoch for epoch in told[row.id] if epoch]
        if not row.epoch == audits[row.id] == len(epochs) or epochs != sorted(set(epochs)):
            wrong.append(f"{row.id} is at epoch {row.epoch}, audited {audits[row.id]} times, told {epochs}")
        # Every change of the row is a message or has an audit row of its own.
        if row.version - 1 != changes[row.id] + row.message_count:
            wrong.append(f"{row.id}: version {row.version}, {changes[row.id]} audits, {row.message_count} messages")
        if owners.get(row.id) != row.assignee_id:
            wrong.append(f"{row.id} is held by {row.assignee_id}, the audit says {owners.get(row.id)}")
    bad = await verify(house.core.database, house.workspace_id)
    return wrong + ([f"the audit is broken: {bad}"] if bad else [])
