"""In-app notifications: each is a row written in the transaction of its cause, for exactly the people it concerns."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, bindparam, insert, or_, select, update

from dibs import ids
from dibs.accounts.tables import agents
from dibs.actor import ROLES
from dibs.conversations.ownership import matching
from dibs.conversations.tables import claims
from dibs.db.compiled import Row
from dibs.db.types import Id, Instant
from dibs.delivery.mentions import mentioned
from dibs.delivery.shapes import shape
from dibs.delivery.tables import notifications
from dibs.pools import eligibility
from dibs.pools.rules import rules
from dibs.tx import Change, Core, Tx

_a, _n, _s = agents.c, notifications.c, claims.c
_ws = bindparam("ws", type_=Id)
_INSERT = insert(notifications).values({column.name: bindparam(column.name, type_=column.type) for column in _n})
_AGENTS = select(_a.id, _a.name, _a.role, _a.skills, _a.preferences).where(_a.workspace_id == _ws, _a.active)
_LAST_CLAIM = (
    select(_s.agent_id)
    .where(_s.workspace_id == _ws, _s.conversation_id == bindparam("conversation", type_=Id))
    .order_by(_s.epoch.desc())
    .limit(1)
)
_SEEN = (
    update(notifications)
    .where(_n.workspace_id == _ws, _n.agent_id == bindparam("agent", type_=Id), _n.seen_at.is_(None))
    .where(or_(_n.id <= bindparam("upto", type_=Id), _n.id == bindparam("one", type_=Id)))
    .values(seen_at=bindparam("at", type_=Instant))
    .returning(_n.id)
)
PAGE = (
    select(notifications)
    .where(_n.workspace_id == _ws, _n.agent_id == bindparam("agent", type_=Id), _n.id < bindparam("before", type_=Id))
    .order_by(_n.id.desc())
    .limit(bindparam("most", type_=Integer))
)


def register(core: Core) -> None:
    """Notifies in the transaction of each of these events."""
    core.react("message.created", _message)
    core.react("conversation.claimed", _handed_over)
    core.react("conversation.reassigned", _handed_over)
    core.react("conversation.released", _released)
    core.react("conversation.stale", _stale)
    core.react("conversation.escalated", _escalated)
    core.react("takeover.requested", _takeover_requested)
    core.react("takeover.answered", _takeover_answered)


async def _message(tx: Tx, change: Change) -> None:
    row, message = change.conversation, change.fields["message"]
    if row is None:
        return
    if message["kind"] == "note":
        await _mentions(tx, row, message, change.fields.get("mentions"))
    if message["kind"] != "customer" or row.spam:
        return
    if row.assignee_id is not None:
        people = [agent for agent in await _active(tx) if agent.id == row.assignee_id]
        await _notify(tx, people, "customer_reply", row, f"{row.contact_name or 'The customer'}: {row.preview}")
    elif (reopened := change.fields.get("reopened")) or await _no_bot_serves(tx, row):
        able = await _could_claim(tx, row)
        # Escalated by this very message: those who could claim it were told just now.
        people = [] if row.escalated_at == tx.now else able
        if reopened:
            people = people + await _last_assignee(tx, row, apart_from=able)
        text = f"{row.contact_name or 'A customer'} is waiting: {row.preview}"
        await _notify(tx, people, "unclaimed_waiting", row, text)


async def _no_bot_serves(tx: Tx, row: Row) -> bool:
    if row.bot_paused or row.escalated_at is not None:
        return True
    return (await rules(tx.run, tx.workspace_id)).settings.bot.kind == "off"


async def _escalated(tx: Tx, change: Change) -> None:
    row = change.conversation
    if row is None or row.assignee_id is not None:
        return
    text = f"{row.contact_name or 'A customer'} needs a person: {change.fields.get('reason', '')}"
    await _notify(tx, await _could_claim(tx, row), "unclaimed_waiting", row, text)


async def _last_assignee(tx: Tx, row: Row, *, apart_from: list[Row]) -> list[Row]:
    last = await tx.one(_LAST_CLAIM, {"ws": tx.workspace_id, "conversation": row.id})
    if last is None or any(agent.id == last.agent_id for agent in apart_from):
        return []
    return [agent for agent in await _active(tx) if agent.id == last.agent_id]


async def _mentions(tx: Tx, row: Row, message: dict[str, Any], chosen: list[str] | None) -> None:
    """Tells those whom the author chose, otherwise those whom the text names."""
    if not chosen and (chosen is not None or "@" not in message["text"]):
        return
    people = await _active(tx)
    people = mentioned(message["text"], people) if chosen is None else [each for each in people if each.id in chosen]
    await _notify(tx, people, "mention", row, f"{tx.actor.name} mentioned you", note=message["text"])


async def _handed_over(tx: Tx, change: Change) -> None:
    row = change.conversation
    if row is None or row.assignee_id == tx.actor.id:
        return
    people = [agent for agent in await _active(tx) if agent.id == row.assignee_id]
    text = f"{tx.actor.name} gave you {row.contact_name or 'a conversation'}"
    if change.fields.get("via") != "takeover":
        await _notify(tx, people, "reassigned", row, text, note=change.fields.get("note"))


async def _released(tx: Tx, change: Change) -> None:
    row, how = change.conversation, change.fields.get("ended_as")
    if row is None or how not in ("forced", "stale", "member_removed"):
        return
    former = change.fields["previous_assignee"]["id"]
    everybody = await _active(tx)
    if how != "member_removed":
        whose = [agent for agent in everybody if agent.id == former]
        text = f"{row.contact_name or 'A conversation'} was taken from you: {change.fields.get('reason') or how}"
        await _notify(tx, whose, "released", row, text)
        others = [agent for agent in await _could_claim(tx, row) if agent.id != former]
        waiting = f"{row.contact_name or 'A conversation'} is unclaimed again"
        await _notify(tx, others, "unclaimed_waiting", row, waiting)


async def _stale(tx: Tx, change: Change) -> None:
    row = change.conversation
    if row is None:
        return
    owner = [agent for agent in await _active(tx) if agent.id == row.assignee_id]
    if releases_at := change.fields.get("releases_at"):
        text = f"{row.contact_name or 'A conversation'} goes back to Unclaimed at {releases_at} unless you keep it"
        await _notify(tx, owner, "claim_expiring", row, text)
        return
    admins = [agent for agent in await _active(tx) if _is(agent, "admin") and agent.id != row.assignee_id]
    text = f"{row.contact_name or 'A conversation'}, held by {row.assignee_name}, is stale"
    await _notify(tx, [*owner, *admins], "claim_stale", row, text)


async def _takeover_requested(tx: Tx, change: Change) -> None:
    request = change.fields["takeover_request"]
    people = [agent for agent in await _active(tx) if agent.id == request["assignee"]["id"]]
    text = f"{request['asker']['name']} asks to take over {_contact(change.conversation)}"
    await _notify(tx, people, "takeover_requested", change.conversation, text, note=request["note"])


async def _takeover_answered(tx: Tx, change: Change) -> None:
    request = change.fields["takeover_request"]
    if request["state"] == "cancelled":
        return
    people = [agent for agent in await _active(tx) if agent.id == request["asker"]["id"]]
    text = f"Your take-over request was {request['state']}"
    await _notify(
        tx, people, "takeover_answered", None, text, note=request["reason"], conversation_id=request["conversation_id"]
    )


def _contact(row: Row | None) -> str:
    return (row.contact_name if row is not None else None) or "a conversation"


def _is(agent: Row, role: str) -> bool:
    return ROLES.index(agent.role) >= ROLES.index(role)


async def _active(tx: Tx) -> list[Row]:
    return await tx.run(_AGENTS, {"ws": tx.workspace_id})


async def _could_claim(tx: Tx, row: Row) -> list[Row]:
    """The active agents whose role and pools let them claim the conversation; limits pass and are not asked."""
    pools = matching(await rules(tx.run, tx.workspace_id), row)
    return [agent for agent in await _active(tx) if _is(agent, "agent") and not eligibility.missing(pools, agent)]


async def _notify(
    tx: Tx,
    people: Iterable[Row],
    kind: str,
    row: Row | None,
    text: str,
    *,
    note: str | None = None,
    conversation_id: str | None = None,
) -> None:
    about = row.id if row is not None else conversation_id
    written = [
        {
            "workspace_id": tx.workspace_id,
            "id": ids.new("ntf"),
            "agent_id": agent.id,
            "kind": kind,
            "conversation_id": about,
            "text": text,
            "note": note,
            "link": f"/conversations/{about}" if about else None,
            "actor": tx.actor.shape(),
            "seen_at": None,
            "created_at": tx.now,
        }
        for agent in people
        if agent.id != tx.actor.id and agent.preferences.get("notifications", {}).get(kind, True)
    ]
    await tx.run_many(_INSERT, written)
    for one in written:
        told = {"notification": shape(one)}
        await tx.emit("notification.created", told, about=about, only_agent=str(one["agent_id"]))


async def mark_seen(tx: Tx, *, one: str | None = None, upto: str | None = None) -> int:
    """Marks one notification of the actor as seen, or all up to one; returns how many were new."""
    params = {"ws": tx.workspace_id, "agent": tx.actor.id, "one": one or "", "upto": upto or "", "at": tx.now}
    return len(await tx.run(_SEEN, params))
