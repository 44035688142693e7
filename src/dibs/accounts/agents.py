"""Members of a workspace: adding, changing and removing them, and their own preferences."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql

from dibs import ids
from dibs.accounts import shapes
from dibs.accounts.preferences import Preferences
from dibs.accounts.queries import agent as member
from dibs.accounts.queries import workspace
from dibs.accounts.settings import WorkspaceSettings
from dibs.accounts.tables import agents, api_keys, password_resets, sessions
from dibs.actor import Actor, Role
from dibs.db.compiled import Row
from dibs.errors import Invalid
from dibs.tx import Core, Tx

# What everybody may change about themselves.
OWN = frozenset({"name", "availability"})
# What decides whether somebody may hold conversations.
MEMBERSHIP = frozenset({"role", "active"})
MANAGING = frozenset({"admin", "owner"})


async def add(
    tx: Tx,
    *,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
    skills: Sequence[str] = (),
    languages: Sequence[str] = (),
    availability: str = "available",
    agent_id: str | None = None,
) -> Row:
    """Adds a member, once the caller has made sure of the right to (`must_manage`, an invitation).

    Whoever was removed comes back as the same agent, with their history. Refuses a member's address with 422.
    `email`, `skills` and `languages` come normalised.
    """
    values = {
        "name": name,
        "role": role,
        "active": True,
        "availability": availability,
        "skills": list(skills),
        "languages": list(languages),
        "password_hash": password_hash,
        "removed_at": None,
    }
    row = await _insert(tx, agent_id or ids.new("agt"), email, values) or await _bring_back(tx, email, values)
    if row is None:
        raise Invalid("email", "somebody with this address is already a member")
    shape = shapes.agent(row)
    tx.audit("agent.created", row.id, after=dict(shape))
    await tx.emit("agent.updated", {"agent": shape})
    return row


async def _insert(tx: Tx, agent_id: str, email: str, values: dict[str, Any]) -> Row | None:
    settings = WorkspaceSettings(**(await workspace(tx.run, tx.workspace_id)).settings)
    fixed = {
        "workspace_id": tx.workspace_id,
        "id": agent_id,
        "email": email,
        "preferences": {"auto_claim_on_reply": settings.auto_claim_default},
        "last_active_at": 0,
        "created_at": tx.now,
    }
    statement = postgresql.insert(agents).values(fixed | values)
    return await tx.one(statement.on_conflict_do_nothing(index_elements=["workspace_id", "email"]).returning(*agents.c))


async def _bring_back(tx: Tx, email: str, values: dict[str, Any]) -> Row | None:
    return await tx.one(
        update(agents)
        .where(agents.c.workspace_id == tx.workspace_id, agents.c.email == email, agents.c.removed_at.is_not(None))
        .values(values)
        .returning(*agents.c)
    )


async def change(tx: Tx, agent_id: str, changes: Mapping[str, Any]) -> Row:
    """Changes `name`, `role`, `active`, `skills`, `languages`, `availability` of a member.

    Everybody may change their own name and availability, admins the rest; who is or becomes admin or owner takes an
    owner. Refuses with 422 what would leave the workspace without an owner. Follow it with `release_what_they_hold`.
    """
    if changes.keys() & MEMBERSHIP:
        await workspace(tx.run, tx.workspace_id, locked=True)
    row = await member(tx.run, tx.workspace_id, agent_id, locked=True)
    if row.id != tx.actor.id or not changes.keys() <= OWN:
        tx.actor.must("admin", "admin")
    new = {name: value for name, value in changes.items() if value != getattr(row, name)}
    if new.keys() & MEMBERSHIP:
        _must_manage_both(tx.actor, row, new.get("role", row.role))
        if new.get("role", "owner") != "owner" or "active" in new:
            await _keep_an_owner(tx, row)
    return await _store(tx, row, new, "agent.updated") if new else row


async def remove(tx: Tx, agent_id: str) -> Row:
    """Removes a member: they can no longer sign in and are listed nowhere, but what they did keeps their name.

    Follow it with `release_what_they_hold`.
    """
    await workspace(tx.run, tx.workspace_id, locked=True)
    row = await member(tx.run, tx.workspace_id, agent_id, locked=True)
    tx.actor.must("admin", "admin")
    _must_manage_both(tx.actor, row, row.role)
    await _keep_an_owner(tx, row)
    return await _store(tx, row, {"active": False, "removed_at": tx.now}, "agent.removed")


async def change_preferences(tx: Tx, changes: Preferences) -> Preferences:
    """Changes the actor's own preferences; what `changes` does not set stays, single notifications too."""
    assert tx.actor.id is not None
    row = await member(tx.run, tx.workspace_id, tx.actor.id, locked=True)
    before = Preferences(**row.preferences).model_dump()
    after = before | changes.model_dump(exclude_unset=True)
    after["notifications"] = before["notifications"] | after["notifications"]
    preferences = Preferences.model_validate(after)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        await tx.run(_of(row).values(preferences=after))
        tx.audit(
            "preferences.updated",
            row.id,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
        fields = {"agent": shapes.agent(row), "preferences": after}
        await tx.emit("agent.updated", fields, only_agent=row.id)
    return preferences


def must_manage(actor: Actor, role: Role) -> None:
    """Refuses with 403 those who may not decide about members of that role: admins and owners are for owners."""
    actor.must("admin", "owner" if role in MANAGING else "admin")


def may_hold(row: Row) -> bool:
    """Whether this member may hold conversations at all."""
    return bool(row.active) and row.role != "viewer"


async def release_what_they_hold(core: Core, actor: Actor, row: Row) -> None:
    """After the commit that took away a member's right to hold conversations: lets go of those they hold."""
    if not may_hold(row):
        for listener in core.on_member_removed:
            await listener(core, actor, row.id)


def _must_manage_both(actor: Actor, row: Row, role: Role) -> None:
    # Admins may step down, or leave, by themselves.
    if row.id != actor.id:
        must_manage(actor, row.role)
    if role != row.role:
        must_manage(actor, role)


async def _keep_an_owner(tx: Tx, row: Row) -> None:
    # The workspace's row is held: two owners cannot both see the other one staying.
    if row.role != "owner" or not row.active:
        return
    others = select(agents.c.id).where(
        agents.c.workspace_id == tx.workspace_id, agents.c.role == "owner", agents.c.active, agents.c.id != row.id
    )
    if await tx.one(others.limit(1)) is None:
        raise Invalid("role", f"{row.name} is the last owner; make somebody else an owner first")


async def _store(tx: Tx, row: Row, new: dict[str, Any], action: str) -> Row:
    after = await tx.one(_of(row).values(new).returning(*agents.c))
    assert after is not None
    if new.get("active") is False:
        await end_access(tx, row.id)
    seen = [name for name in new if name != "removed_at"]
    tx.audit(
        action, row.id, before={name: getattr(row, name) for name in seen}, after={name: new[name] for name in seen}
    )
    await tx.emit("agent.updated", {"agent": shapes.agent(after)})
    return after


async def end_access(tx: Tx, agent_id: str) -> None:
    """Ends every session and kills every key and reset link of an agent."""
    for table in (sessions, password_resets):
        await tx.run(delete(table).where(table.c.workspace_id == tx.workspace_id, table.c.agent_id == agent_id))
    await tx.run(
        update(api_keys)
        .where(
            api_keys.c.workspace_id == tx.workspace_id,
            api_keys.c.agent_id == agent_id,
            api_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=tx.now)
    )


def _of(row: Row) -> Any:
    return update(agents).where(agents.c.workspace_id == row.workspace_id, agents.c.id == row.id)
