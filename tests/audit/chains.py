"""A workspace with some audit rows, and a hand that reaches past everything that guards them."""

from typing import Any

from sqlalchemy import select, text

from dibs import clock
from dibs.accounts import provision
from dibs.actor import Actor
from dibs.ledger import GENESIS, audit_rows, chain
from dibs.tx import Core, transaction

PASSWORD = "correct horse battery"
TRIGGERS = ("audit_rows_never_change", "audit_rows_are_kept")


async def workspace(core: Core, name: str = "House") -> str:
    """A new workspace's id."""
    made = await provision.create_workspace(
        core, name, f"{name.lower()}@dibs.example", owner_name="Olga", password=PASSWORD
    )
    return made.workspace_id


async def write(core: Core, workspace_id: str, rows: int, *, per_transaction: int = 1, **fields: Any) -> None:
    """Adds audit rows as any change would."""
    actor = Actor(type="agent", workspace_id=workspace_id, id="agt_" + "0" * 26, name="Sam", via="api", role="agent")
    for first in range(0, rows, per_transaction):
        async with transaction(core, actor) as tx:
            for number in range(first, min(first + per_transaction, rows)):
                tx.audit("tag.created", f"tag {number}", **{"after": {"number": number, "ratio": 0.5}} | fields)


async def tamper(core: Core, *statements: str, **params: Any) -> None:
    """Runs SQL without the triggers that would have refused it."""
    on = "" if core.database.dialect.name == "sqlite" else " ON audit_rows"
    async with core.database.transaction() as opened:
        for name in TRIGGERS:
            await opened.run(text(f"DROP TRIGGER IF EXISTS {name}{on}"))
        for statement in statements:
            used = {key: value for key, value in params.items() if f":{key}" in statement}
            await opened.run(text(statement).bindparams(**used))


async def rows(core: Core, workspace_id: str) -> list[Any]:
    """The audit rows, in order."""
    column = audit_rows.c
    return await core.database.run(select(audit_rows).where(column.workspace_id == workspace_id).order_by(column.seq))


async def age(core: Core, workspace_id: str, *, days: int, through: int) -> None:
    """Makes the audit as if rows up to number `through` had been written `days` ago: with a chain that holds."""
    known = GENESIS
    for row in await rows(core, workspace_id):
        at = row.at - days * clock.DAY if row.seq <= through else row.at
        known = chain(known, row.seq, row._asdict() | {"at": at})
        await tamper(
            core,
            "UPDATE audit_rows SET at = :at, hash = :hash WHERE workspace_id = :ws AND seq = :seq",
            at=at,
            hash=known,
            ws=workspace_id,
            seq=row.seq,
        )
    await tamper(core, "UPDATE counters SET audit_hash = :hash WHERE workspace_id = :ws", hash=known, ws=workspace_id)
